//! What someone else has changed about a credential or realm since it was last read.

use registrar_digest::StoredHashes;

use super::credentials::{Credential, same_application};
use super::realms::Realm;

/// A credential as it was last read.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its composite user name.
    pub composite: String,
    /// The full name of its realm.
    pub realm: String,
    /// Its voice application.
    pub application: Option<String>,
    /// Its hashes, or `None` if a list omitted them.
    pub hashes: Option<StoredHashes>,
}

/// A change to a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Its voice application.
    Application {
        /// The previous value.
        before: Option<String>,
        /// The current value.
        now: Option<String>,
    },
    /// It was deleted.
    Gone,
    /// Its hashes, which means that its password was changed.
    Hashes,
    /// The full name of its realm.
    Realm {
        /// The previous value.
        before: String,
        /// The current value.
        now: String,
    },
    /// Its composite user name.
    UserName {
        /// The previous value.
        before: String,
        /// The current value.
        now: String,
    },
}

impl From<&Credential> for Snapshot {
    fn from(seen: &Credential) -> Self {
        Self {
            composite: seen.composite(),
            realm: seen.realm.clone(),
            application: seen.application_id.clone(),
            hashes: seen.hashes.clone(),
        }
    }
}

impl Snapshot {
    /// Returns how a credential differs from this snapshot.
    #[must_use]
    pub fn differences(&self, now: &Credential) -> Vec<Difference> {
        let mut differences = Vec::new();
        let composite = now.composite();
        if composite != self.composite {
            differences.push(Difference::UserName {
                before: self.composite.clone(),
                now: composite,
            });
        }
        if now.realm != self.realm {
            differences.push(Difference::Realm {
                before: self.realm.clone(),
                now: now.realm.clone(),
            });
        }
        differences.extend(now.application_since(self.application.as_deref()));
        if now.has_others(self.hashes.as_ref(), StoredHashes::same_as) {
            differences.push(Difference::Hashes);
        }
        differences
    }
}

impl Credential {
    /// Returns whether its hashes differ from those last seen. `are` compares them with what was
    /// stored, which may be something other than hashes.
    ///
    /// A list may omit the hashes. Then they were never seen, and nothing has changed.
    pub fn has_others<H>(&self, seen: Option<&H>, are: impl Fn(&H, &StoredHashes) -> bool) -> bool {
        match (seen, &self.hashes) {
            (Some(seen), Some(now)) => !are(seen, now),
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    /// Returns the change of its voice application from `before`, if it has changed.
    #[must_use]
    pub fn application_since(&self, before: Option<&str>) -> Option<Difference> {
        let is_id = |id: &&str| !id.is_empty();
        let now = self.application_id.as_deref();
        (!same_application(before, now)).then(|| Difference::Application {
            before: before.filter(is_id).map(str::to_owned),
            now: now.filter(is_id).map(str::to_owned),
        })
    }
}

/// A realm as it was last read.
#[derive(Clone, Debug)]
pub struct RealmSnapshot {
    /// Its description, as much of it as was shown.
    pub description: String,
    /// It was the account's default.
    pub default: bool,
    /// Its number of SIP credentials, or `None` if that doesn't matter.
    pub credential_count: Option<u64>,
}

/// A change to a realm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RealmDifference {
    /// How many SIP credentials it holds.
    CredentialCount {
        /// The previous value.
        before: u64,
        /// The current value.
        now: u64,
    },
    /// Whether it is the account's default.
    Default {
        /// The current value.
        now: bool,
    },
    /// Its description, as much of it as is shown.
    Description {
        /// The previous value.
        before: String,
        /// The current value.
        now: String,
    },
}

impl RealmSnapshot {
    /// Returns how a realm differs from this snapshot. `shown` returns the part of a description
    /// that is shown.
    pub fn differences(&self, now: &Realm, shown: impl Fn(&str) -> String) -> Vec<RealmDifference> {
        let description = shown(&now.description);
        let description = (description != self.description).then(|| RealmDifference::Description {
            before: self.description.clone(),
            now: description,
        });
        let default =
            (now.default != self.default).then_some(RealmDifference::Default { now: now.default });
        let before = self.credential_count;
        let count = before.filter(|before| *before != now.credential_count);
        let count = count.map(|before| RealmDifference::CredentialCount {
            before,
            now: now.credential_count,
        });
        [description, default, count]
            .into_iter()
            .flatten()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use registrar_digest::Hashes;
    use registrar_secret::SipPassword;

    use super::super::{CredentialId, RealmId, RealmStatus};
    use super::*;

    const APPLICATION: &str = "5ba6761d-36bd-4307-8f7b-a6f806c35abf";

    #[test]
    fn every_difference_is_named_and_no_other() {
        let seen = seen();
        let there = there();
        let same = Credential {
            application_id: Some(APPLICATION.to_uppercase()),
            ..there.clone()
        };
        let other = Credential {
            user_name: "Bob".to_owned(),
            realm: "s.example".to_owned(),
            application_id: Some(String::new()),
            hashes: None,
            ..there
        };
        let unseen = Snapshot {
            hashes: None,
            ..seen.clone()
        };

        assert_eq!(seen.differences(&same), []);
        assert_eq!(unseen.differences(&same), []);
        let names = |before: &str, now: &str| (before.to_owned(), now.to_owned());
        let (user_name, realm) = (names("bob", "Bob"), names("r.example", "s.example"));
        assert_eq!(
            seen.differences(&other),
            [
                Difference::UserName {
                    before: user_name.0,
                    now: user_name.1
                },
                Difference::Realm {
                    before: realm.0,
                    now: realm.1
                },
                Difference::Application {
                    before: Some(APPLICATION.to_owned()),
                    now: None
                },
                Difference::Hashes,
            ]
        );
    }

    #[test]
    fn every_difference_of_a_realm_is_named() {
        let now = Realm {
            id: RealmId(22),
            name: "r.example".to_owned(),
            description: " Desk".to_owned(),
            default: true,
            credential_count: 3,
            status: RealmStatus::Active,
        };
        let seen = |description: &str, default, credential_count| {
            let description = description.to_owned();
            RealmSnapshot {
                description,
                default,
                credential_count,
            }
            .differences(&now, |text| text.trim().to_owned())
        };

        assert_eq!(seen("Desk", true, Some(3)), []);
        assert_eq!(seen("Desk", true, None), []);
        assert_eq!(
            seen("Lobby", false, Some(2)),
            [
                RealmDifference::Description {
                    before: "Lobby".to_owned(),
                    now: "Desk".to_owned()
                },
                RealmDifference::Default { now: true },
                RealmDifference::CredentialCount { before: 2, now: 3 },
            ]
        );
    }

    fn seen() -> Snapshot {
        Snapshot::from(&there())
    }

    fn there() -> Credential {
        let password = SipPassword::new("password");
        Credential {
            id: CredentialId(39),
            realm_id: RealmId(22),
            user_name: "bob".to_owned(),
            domain: None,
            realm: "r.example".to_owned(),
            hashes: Some(Hashes::make("bob", "r.example", &password).into()),
            application_id: Some(APPLICATION.to_owned()),
        }
    }
}
