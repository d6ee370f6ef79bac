//! Compares what the API stored with what it was sent, character by character.
//!
//! The API accepts names in any letter case and may store another one. The hashes are computed from
//! the names exactly as sent, so a single changed letter makes them useless.

use registrar_digest::Hashes;
use registrar_secret::SipPassword;

use super::{Credential, NewCredential};

/// A difference between what was sent and what the API stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EchoDifference {
    /// Another voice application, or none.
    ApplicationId,
    /// Another Hash1.
    Hash1,
    /// Another Hash1b.
    Hash1b,
    /// The realm's name, at least in letter case: the hashes are useless.
    Realm {
        /// As it was sent.
        sent: String,
        /// As it is stored.
        stored: String,
    },
    /// The composite user name, at least in letter case: the hashes are useless.
    UserName {
        /// As it was sent.
        sent: String,
        /// As it is stored.
        stored: String,
    },
}

impl EchoDifference {
    /// Returns whether no phone can register with the stored hashes.
    #[must_use]
    pub fn makes_hashes_useless(&self) -> bool {
        match self {
            Self::Hash1 | Self::Hash1b | Self::Realm { .. } | Self::UserName { .. } => true,
            Self::ApplicationId => false,
        }
    }
}

/// What it takes for phones to register with a credential that was just created.
#[derive(Clone, Debug)]
pub enum Remedy {
    /// Only deletion remains: its names differ from those in the hashes, and its password is
    /// unknown.
    Delete,
    /// Nothing.
    Nothing,
    /// These hashes must be stored.
    Store(Hashes),
}

impl Credential {
    /// Returns what it takes for phones to register, if this credential is what the API made of
    /// `sent`. The password is the one in its hashes, if known.
    #[must_use]
    pub fn remedy(&self, sent: &NewCredential, password: Option<&SipPassword>) -> Remedy {
        let differences = self.echo_differences(sent);
        let of_its_names =
            password.map(|password| Hashes::make(&self.composite(), &self.realm, password));
        let is_right = of_its_names.as_ref().is_some_and(|hashes| self.has(hashes));
        let useless = differences.iter().any(EchoDifference::makes_hashes_useless);
        if !useless || is_right {
            return Remedy::Nothing;
        }
        let same_names = self.composite() == sent.composite() && self.realm == sent.realm;
        let hashes = of_its_names.or_else(|| same_names.then(|| sent.hashes.clone()));
        hashes.map_or(Remedy::Delete, Remedy::Store)
    }

    /// Returns every difference between this credential and what was sent to create it.
    #[must_use]
    pub fn echo_differences(&self, sent: &NewCredential) -> Vec<EchoDifference> {
        let mut differences = Vec::new();
        let (stored, wanted) = (self.composite(), sent.composite());
        if stored != wanted {
            differences.push(EchoDifference::UserName {
                sent: wanted,
                stored,
            });
        }
        if self.realm != sent.realm {
            differences.push(EchoDifference::Realm {
                sent: sent.realm.clone(),
                stored: self.realm.clone(),
            });
        }
        if let Some(hashes) = &self.hashes {
            if !hashes.hash1.matches(&sent.hashes.hash1) {
                differences.push(EchoDifference::Hash1);
            }
            if let Some(hash1b) = &hashes.hash1b
                && !hash1b.matches(&sent.hashes.hash1b)
            {
                differences.push(EchoDifference::Hash1b);
            }
        }
        let stored = self.application_id.as_deref().unwrap_or_default();
        let wanted = sent.application_id.as_ref().map_or("", |id| id.as_str());
        if !stored.eq_ignore_ascii_case(wanted) {
            differences.push(EchoDifference::ApplicationId);
        }
        differences
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{ApplicationId, CredentialId, Domain, RealmId, UserName};
    use super::*;

    const REALM: &str = "desk.abc123.auth.example";

    #[test]
    fn an_exact_echo_has_no_differences_in_either_form() {
        let (sent, mut stored) = pair();
        assert_eq!(stored.echo_differences(&sent), []);

        stored.user_name = "Bob@bw.com".to_owned();
        stored.domain = None;
        stored.hashes = None;
        assert_eq!(stored.echo_differences(&sent), []);
    }

    #[test]
    fn a_changed_letter_case_makes_the_hashes_useless() {
        let (sent, mut stored) = pair();
        stored.user_name = "bob".to_owned();

        let differences = stored.echo_differences(&sent);

        assert_eq!(
            differences,
            [EchoDifference::UserName {
                sent: "Bob@bw.com".to_owned(),
                stored: "bob@bw.com".to_owned(),
            }]
        );
        assert!(differences[0].makes_hashes_useless());
    }

    #[test]
    fn right_hashes_are_stored_where_somebody_knows_them() {
        let password = SipPassword::new("password");
        let (sent, right) = pair();
        let renamed = Credential {
            user_name: "bob".to_owned(),
            ..right.clone()
        };
        let of_its_names = Hashes::make("bob@bw.com", REALM, &password);
        let other = Credential {
            hashes: Some(Hashes::make("x", REALM, &password).into()),
            ..right.clone()
        };
        let mended = Credential {
            hashes: Some(of_its_names.clone().into()),
            ..renamed.clone()
        };
        let stores = |made: &Credential, password, hashes: &Hashes| matches!(made.remedy(&sent, password), Remedy::Store(right) if right.matches(hashes));

        assert!(matches!(right.remedy(&sent, None), Remedy::Nothing));
        assert!(matches!(
            mended.remedy(&sent, Some(&password)),
            Remedy::Nothing
        ));
        assert!(stores(&renamed, Some(&password), &of_its_names));
        assert!(stores(&other, None, &sent.hashes));
        assert!(matches!(renamed.remedy(&sent, None), Remedy::Delete));
    }

    #[test]
    fn every_other_change_is_named() {
        let (sent, mut stored) = pair();
        let other = Hashes::make("x", REALM, &SipPassword::new("y"));
        stored.realm = REALM.to_uppercase();
        stored.hashes = Some(other.into());
        stored.application_id = None;

        let differences = stored.echo_differences(&sent);

        assert_eq!(differences.len(), 4, "{differences:?}");
        assert!(!EchoDifference::ApplicationId.makes_hashes_useless());
    }

    fn pair() -> (NewCredential, Credential) {
        let hashes = Hashes::make("Bob@bw.com", REALM, &SipPassword::new("password"));
        let id = "5ba6761d-36bd-4307-8f7b-a6f806c35abf";
        let sent = NewCredential {
            user_name: UserName::parse("Bob").unwrap(),
            domain: Some(Domain::parse("bw.com").unwrap()),
            realm: REALM.to_owned(),
            hashes: hashes.clone(),
            application_id: Some(ApplicationId::parse(id).unwrap()),
        };
        let stored = Credential {
            id: CredentialId(1),
            realm_id: RealmId(2),
            user_name: "Bob".to_owned(),
            domain: Some("bw.com".to_owned()),
            realm: REALM.to_owned(),
            hashes: Some(hashes.into()),
            application_id: Some(id.to_ascii_uppercase()),
        };
        (sent, stored)
    }
}
