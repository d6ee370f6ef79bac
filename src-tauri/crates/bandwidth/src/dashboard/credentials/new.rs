//! A SIP credential to create, and what the account already has under its name.

use registrar_digest::{Hashes, composite};

use super::super::realms::RealmId;
use super::super::{ApplicationId, Domain, NameProblem, UserName};
use super::{Credential, Scope};

/// A SIP credential to create.
#[derive(Clone, Debug)]
pub struct NewCredential {
    /// Its user name, without the domain.
    pub user_name: UserName,
    /// Its domain.
    pub domain: Option<Domain>,
    /// The realm's full name, as the API returned it.
    pub realm: String,
    /// The hashes computed from exactly these names.
    pub hashes: Hashes,
    /// The voice application that its calls go to.
    pub application_id: Option<ApplicationId>,
}

impl NewCredential {
    /// Creates a credential from a user name and its domain, or returns what is wrong with them.
    pub fn parse(
        (user_name, domain): (&str, Option<&str>),
        realm: &str,
        hashes: Hashes,
        application_id: Option<ApplicationId>,
    ) -> Result<Self, NameProblem> {
        Ok(Self {
            user_name: UserName::parse(user_name)?,
            domain: domain.map(Domain::parse).transpose()?,
            realm: realm.to_owned(),
            hashes,
            application_id,
        })
    }

    /// Creates a credential from a composite user name as returned by the API.
    pub fn parse_composite(
        composite: &str,
        realm: &str,
        hashes: Hashes,
        application_id: Option<ApplicationId>,
    ) -> Result<Self, NameProblem> {
        let names = match composite.split_once('@') {
            Some((user_name, domain)) => (user_name, Some(domain)),
            None => (composite, None),
        };
        Self::parse(names, realm, hashes, application_id)
    }

    /// Returns the user name that the phone will register with.
    #[must_use]
    pub fn composite(&self) -> String {
        let domain = self.domain.as_ref().map(Domain::as_str);
        composite(self.user_name.as_str(), domain)
    }

    /// Returns the level at which it is created: the realm, or the account if it has a domain.
    #[must_use]
    pub fn scope(&self, realm: RealmId) -> Scope {
        match self.domain {
            Some(_) => Scope::Account,
            None => Scope::Realm(realm),
        }
    }
}

/// What the account has under the name of a credential to be created.
#[derive(Clone, Debug)]
pub enum NameUse {
    /// Nothing.
    Free,
    /// A credential with hashes that were sent: it was already created.
    Made(Credential),
    /// A credential with other hashes, or with hashes that the API doesn't return.
    Taken(Credential),
}

impl NameUse {
    /// Judges what was found under the name. `sent` are the hashes that it may have been created
    /// with.
    pub fn of<'h>(found: Option<Credential>, sent: impl IntoIterator<Item = &'h Hashes>) -> Self {
        match found {
            None => Self::Free,
            Some(found) if sent.into_iter().any(|hashes| found.has(hashes)) => Self::Made(found),
            Some(found) => Self::Taken(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use registrar_secret::SipPassword;

    use super::super::super::CredentialId;
    use super::*;

    fn hashes(password: &str) -> Hashes {
        Hashes::make("bob@bw.com", "r.example", &SipPassword::new(password))
    }

    fn found(hashes: Option<Hashes>) -> Credential {
        Credential {
            id: CredentialId(39),
            realm_id: RealmId(22),
            user_name: "bob@bw.com".to_owned(),
            domain: None,
            realm: "r.example".to_owned(),
            hashes: hashes.map(Into::into),
            application_id: None,
        }
    }

    #[test]
    fn a_name_read_back_is_made_under_the_same_names() {
        let again = NewCredential::parse_composite("bob@bw.com", "r.example", hashes("x"), None);
        let again = again.unwrap();

        assert_eq!(again.user_name.as_str(), "bob");
        assert_eq!(again.composite(), "bob@bw.com");
        assert_eq!(again.scope(RealmId(22)), Scope::Account);

        let typed = NewCredential::parse(("bob@bw.com", None), "r.example", hashes("x"), None);
        assert_eq!(typed.unwrap_err(), NameProblem::UserNameAt);
    }

    #[test]
    fn only_hashes_that_were_sent_tell_that_it_was_made() {
        let sent = [hashes("first"), hashes("second")];
        let of = |found| NameUse::of(found, &sent);

        assert!(matches!(of(None), NameUse::Free));
        for ours in &sent {
            assert!(matches!(
                of(Some(found(Some(ours.clone())))),
                NameUse::Made(_)
            ));
        }
        for other in [Some(hashes("third")), None] {
            assert!(matches!(of(Some(found(other))), NameUse::Taken(_)));
        }
    }
}
