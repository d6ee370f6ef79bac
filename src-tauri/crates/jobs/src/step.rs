//! What is done for one row of a plan.
//!
//! Steps are passed from the plan's creator (the import's CSV, the desk's selection) to the job
//! through a file, so that a million of them take no memory: see [`super::plan`].

mod record;

use serde::{Deserialize, Serialize};

use self::record::Row;
pub(super) use self::record::RowHashes;
use super::precondition::Precondition;
use super::problem::RowProblem;
use registrar_bandwidth::dashboard::{ApplicationId, CredentialId, RealmId};
use registrar_digest as digest;
use registrar_digest::Hashes;
use registrar_storage::record_log::Payload;

/// One row of a plan.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its line in the file, or its position in the selection, starting at 1.
    pub line: u64,
    /// The user name, without the domain; as stored if the credential exists.
    pub user_name: String,
    /// The domain.
    pub domain: Option<String>,
    /// The realm's full name, letter by letter as the API returned it.
    pub realm: String,
    /// What is to be done.
    pub action: Action,
}

/// What is to be done for a row.
#[derive(Clone, Debug)]
pub enum Action {
    /// Nothing: the account has it already.
    AlreadyRight,
    /// Create the SIP credential.
    Create {
        /// Its realm.
        realm: RealmId,
        /// Its voice application.
        application: Option<ApplicationId>,
        /// Its hashes, or that a password is to be made.
        secret: Secret,
    },
    /// Delete an existing one.
    Delete {
        /// Which.
        of: Key,
        /// What the plan saw of it.
        precondition: Precondition,
    },
    /// Point an existing one to another voice application; its hashes stay.
    Move {
        /// Which.
        of: Key,
        /// What the plan saw of it.
        precondition: Precondition,
        /// The target.
        application: ApplicationId,
    },
    /// Nothing: the row cannot be used.
    Refused {
        /// Why.
        problem: RowProblem,
    },
    /// Give an existing one other hashes.
    Replace {
        /// Which.
        of: Key,
        /// What the plan saw of it.
        precondition: Precondition,
        /// Another voice application; `None` keeps the current one.
        application: Option<ApplicationId>,
        /// The hashes, or that a password is to be made.
        secret: Secret,
    },
}

/// What names an existing credential: both numbers stay as long as it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Its realm.
    pub realm: RealmId,
    /// Its own number.
    pub credential: CredentialId,
}

/// Where a row's hashes come from.
#[derive(Clone, Debug)]
pub enum Secret {
    /// Given, computed for exactly the row's names.
    Given(Hashes),
    /// The job makes a password, and writes it into the passwords file before it is used.
    ToMake,
}

impl Step {
    /// Returns the user name that a phone registers with.
    #[must_use]
    pub fn composite(&self) -> String {
        digest::composite(&self.user_name, self.domain.as_deref())
    }

    /// Returns whether the job makes a password for it.
    #[must_use]
    pub fn makes_password(&self) -> bool {
        matches!(
            self.action,
            Action::Create {
                secret: Secret::ToMake,
                ..
            } | Action::Replace {
                secret: Secret::ToMake,
                ..
            }
        )
    }

    /// Returns whether a request is needed for it.
    #[must_use]
    pub fn is_to_do(&self) -> bool {
        !matches!(self.action, Action::AlreadyRight | Action::Refused { .. })
    }

    pub(super) fn write(&self) -> serde_json::Result<Payload> {
        serde_json::to_vec(&Row::from(self)).map(Payload::new)
    }

    /// Reads what [`Step::write`] wrote; `None` where it is something else.
    pub(super) fn read(payload: &[u8]) -> Option<Self> {
        let row: Row<'_> = serde_json::from_slice(payload).ok()?;
        Some(row.into_step())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use registrar_secret::{Hash, SipPassword};

    pub(crate) fn hashes(name: &str) -> Hashes {
        Hashes::make(name, "r.example", &SipPassword::new("canary-7f3a"))
    }

    #[test]
    fn every_action_survives_the_file() {
        let of = Key {
            realm: RealmId(22),
            credential: CredentialId(39),
        };
        let application = ApplicationId::parse("5ba6761d-36bd-4307-8f7b-a6f806c35abf").unwrap();
        let given = || Secret::Given(hashes("bob"));
        let precondition =
            || Precondition::of(Some(&hashes("before").into()), Some("an application"));
        for action in [
            Action::AlreadyRight,
            Action::Create {
                realm: RealmId(22),
                application: Some(application.clone()),
                secret: given(),
            },
            Action::Create {
                realm: RealmId(22),
                application: None,
                secret: Secret::ToMake,
            },
            Action::Delete {
                of,
                precondition: precondition(),
            },
            Action::Move {
                of,
                precondition: precondition(),
                application: application.clone(),
            },
            Action::Refused {
                problem: RowProblem::of(&"The \"realm\" is missing, ä."),
            },
            Action::Refused {
                problem: RowProblem::of(&serde_json::json!({ "p": "name", "of": [7, null] })),
            },
            Action::Replace {
                of,
                precondition: Precondition::of(None, None),
                application: None,
                secret: given(),
            },
        ] {
            let step = Step {
                line: 7,
                user_name: "bob".to_owned(),
                domain: Some("bw.com".to_owned()),
                realm: "r.example".to_owned(),
                action,
            };

            let read = Step::read(&step.write().unwrap()).unwrap();

            // Debug hides the hashes, so these are compared as they are written.
            assert_eq!(read.write().unwrap(), step.write().unwrap());
            assert_eq!(format!("{read:?}"), format!("{step:?}"));
        }
        assert!(Step::read(b"{}").is_none());
    }

    #[test]
    fn a_reason_that_an_earlier_version_wrote_is_kept() {
        let written =
            br#"{"l":7,"u":"bob","r":"r.example","x":{"refused":{"reason":"Enter a password."}}}"#;

        let step = Step::read(written).unwrap();

        let Action::Refused { problem } = &step.action else {
            panic!("{step:?}")
        };
        assert_eq!(problem.read(), Some("Enter a password.".to_owned()));
        assert_eq!(step.write().unwrap().as_slice(), written);
    }

    /// Any step, with any text where text is free.
    pub(crate) fn any_step() -> impl Strategy<Value = Step> {
        let names = (
            any::<String>(),
            proptest::option::of(any::<String>()),
            any::<String>(),
        );
        (any::<u64>(), names, any_action()).prop_map(
            |(line, (user_name, domain, realm), action)| Step {
                line,
                user_name,
                domain,
                realm,
                action,
            },
        )
    }

    /// Any hashes.
    pub(crate) fn any_hashes() -> impl Strategy<Value = Hashes> {
        ("[0-9a-f]{32}", "[0-9a-f]{32}").prop_map(|(one, other)| Hashes {
            hash1: Hash::new(one),
            hash1b: Hash::new(other),
        })
    }

    fn any_problem() -> impl Strategy<Value = RowProblem> {
        prop_oneof![
            any::<String>().prop_map(|sentence| RowProblem::of(&sentence)),
            (any::<String>(), any::<Vec<u64>>()).prop_map(|(kind, of)| {
                RowProblem::of(&serde_json::json!({ "p": kind, "of": of }))
            }),
        ]
    }

    fn any_action() -> impl Strategy<Value = Action> {
        let secret = || {
            proptest::option::of(any_hashes())
                .prop_map(|hashes| hashes.map_or(Secret::ToMake, Secret::Given))
        };
        let key = || {
            (any::<u64>(), any::<u64>()).prop_map(|(realm, credential)| Key {
                realm: RealmId(realm),
                credential: CredentialId(credential),
            })
        };
        let precondition = || {
            let hashes = proptest::option::of(any_hashes().prop_map(Into::into));
            let application = proptest::option::of(any::<String>());
            (hashes, application).prop_map(|(hashes, application)| {
                Precondition::of(hashes.as_ref(), application.as_deref())
            })
        };
        let application = || {
            let id = any::<u128>().prop_map(|id| uuid::Uuid::from_u128(id).into());
            proptest::option::of(id)
        };
        prop_oneof![
            Just(Action::AlreadyRight),
            any_problem().prop_map(|problem| Action::Refused { problem }),
            (any::<u64>(), application(), secret()).prop_map(|(realm, application, secret)| {
                Action::Create {
                    realm: RealmId(realm),
                    application,
                    secret,
                }
            }),
            (key(), precondition())
                .prop_map(|(of, precondition)| Action::Delete { of, precondition }),
            (key(), precondition(), any::<u128>()).prop_map(|(of, precondition, id)| {
                Action::Move {
                    of,
                    precondition,
                    application: uuid::Uuid::from_u128(id).into(),
                }
            }),
            (key(), precondition(), application(), secret()).prop_map(
                |(of, precondition, application, secret)| {
                    Action::Replace {
                        of,
                        precondition,
                        application,
                        secret,
                    }
                }
            ),
        ]
    }
}
