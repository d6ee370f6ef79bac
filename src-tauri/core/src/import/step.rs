//! What one row of a plan leads to.
//!
//! Steps pass from whoever makes a plan (the import's CSV, the desk's selection) to the job through
//! a file, so that a million of them need no memory: see [`super::plan`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::problem::Problem;
use super::seen::Seen;
use crate::dashboard::{ApplicationId, CredentialId, RealmId};
use crate::digest::{self, Hashes};
use crate::framed::Payload;
use crate::secret::Hash;

/// One row of a plan.
#[derive(Clone, Debug)]
pub struct Step {
    /// The line of the file that it came from, or its place in the selection; counted from 1.
    pub line: u64,
    /// The user name, without the domain; as it is stored where the credential exists.
    pub user_name: String,
    /// The domain.
    pub domain: Option<String>,
    /// The realm's full name, letter by letter as the API returned it.
    pub realm: String,
    /// What is to be done.
    pub deed: Deed,
}

/// What is to be done for a row.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Nothing: the account has it already.
    AlreadyRight,
    /// Make the SIP credential.
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
        seen: Seen,
    },
    /// Point an existing one to another voice application; its hashes stay.
    Move {
        /// Which.
        of: Key,
        /// What the plan saw of it.
        seen: Seen,
        /// Where to.
        application: ApplicationId,
    },
    /// Nothing: the row cannot be used.
    Refused {
        /// Why.
        problem: Problem,
    },
    /// Give an existing one other hashes.
    Replace {
        /// Which.
        of: Key,
        /// What the plan saw of it.
        seen: Seen,
        /// Another voice application; `None` keeps the one that it has.
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
    /// They are given, over exactly the row's names.
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
            self.deed,
            Deed::Create {
                secret: Secret::ToMake,
                ..
            } | Deed::Replace {
                secret: Secret::ToMake,
                ..
            }
        )
    }

    /// Returns whether a request is needed for it.
    #[must_use]
    pub fn is_to_do(&self) -> bool {
        !matches!(self.deed, Deed::AlreadyRight | Deed::Refused { .. })
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

/// A step as it lies in the file.
#[derive(Serialize, Deserialize)]
struct Row<'a> {
    l: u64,
    u: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    d: Option<Cow<'a, str>>,
    r: Cow<'a, str>,
    x: RowDeed<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RowDeed<'a> {
    AlreadyRight,
    Create {
        realm: RealmId,
        application: Option<ApplicationId>,
        secret: Option<RowHashes<'a>>,
    },
    Delete {
        of: Key,
        seen: Cow<'a, Seen>,
    },
    Move {
        of: Key,
        seen: Cow<'a, Seen>,
        application: ApplicationId,
    },
    Refused {
        #[serde(rename = "reason")]
        problem: Cow<'a, Problem>,
    },
    Replace {
        of: Key,
        seen: Cow<'a, Seen>,
        application: Option<ApplicationId>,
        secret: Option<RowHashes<'a>>,
    },
}

/// Both hashes; a step without them makes a password.
#[derive(Serialize, Deserialize)]
pub(super) struct RowHashes<'a>(Cow<'a, str>, Cow<'a, str>);

impl<'a> RowHashes<'a> {
    pub(super) fn of(hashes: &'a Hashes) -> Self {
        Self(hashes.hash1.expose().into(), hashes.hash1b.expose().into())
    }

    pub(super) fn hashes(&self) -> Hashes {
        Hashes {
            hash1: Hash::new(&*self.0),
            hash1b: Hash::new(&*self.1),
        }
    }
}

impl<'a> From<&'a Step> for Row<'a> {
    fn from(step: &'a Step) -> Self {
        let hashes = |secret: &'a Secret| match secret {
            Secret::Given(hashes) => Some(RowHashes::of(hashes)),
            Secret::ToMake => None,
        };
        let deed = match &step.deed {
            Deed::AlreadyRight => RowDeed::AlreadyRight,
            Deed::Create {
                realm,
                application,
                secret,
            } => RowDeed::Create {
                realm: *realm,
                application: application.clone(),
                secret: hashes(secret),
            },
            Deed::Delete { of, seen } => RowDeed::Delete {
                of: *of,
                seen: Cow::Borrowed(seen),
            },
            Deed::Move {
                of,
                seen,
                application,
            } => RowDeed::Move {
                of: *of,
                seen: Cow::Borrowed(seen),
                application: application.clone(),
            },
            Deed::Refused { problem } => RowDeed::Refused {
                problem: Cow::Borrowed(problem),
            },
            Deed::Replace {
                of,
                seen,
                application,
                secret,
            } => RowDeed::Replace {
                of: *of,
                seen: Cow::Borrowed(seen),
                application: application.clone(),
                secret: hashes(secret),
            },
        };
        Self {
            l: step.line,
            u: step.user_name.as_str().into(),
            d: step.domain.as_deref().map(Into::into),
            r: step.realm.as_str().into(),
            x: deed,
        }
    }
}

impl Row<'_> {
    fn into_step(self) -> Step {
        let secret = |hashes: Option<RowHashes<'_>>| {
            hashes.map_or(Secret::ToMake, |hashes| Secret::Given(hashes.hashes()))
        };
        let deed = match self.x {
            RowDeed::AlreadyRight => Deed::AlreadyRight,
            RowDeed::Create {
                realm,
                application,
                secret: hashes,
            } => Deed::Create {
                realm,
                application,
                secret: secret(hashes),
            },
            RowDeed::Delete { of, seen } => Deed::Delete {
                of,
                seen: seen.into_owned(),
            },
            RowDeed::Move {
                of,
                seen,
                application,
            } => Deed::Move {
                of,
                seen: seen.into_owned(),
                application,
            },
            RowDeed::Refused { problem } => Deed::Refused {
                problem: problem.into_owned(),
            },
            RowDeed::Replace {
                of,
                seen,
                application,
                secret: hashes,
            } => Deed::Replace {
                of,
                seen: seen.into_owned(),
                application,
                secret: secret(hashes),
            },
        };
        Step {
            line: self.l,
            user_name: self.u.into_owned(),
            domain: self.d.map(Cow::into_owned),
            realm: self.r.into_owned(),
            deed,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::super::problem::tests::problems;
    use super::*;
    use crate::arbitrary;
    use crate::dashboard::NameProblem;
    use crate::secret::SipPassword;

    pub(crate) fn hashes(name: &str) -> Hashes {
        Hashes::make(name, "r.example", &SipPassword::new("canary-7f3a"))
    }

    #[test]
    fn every_deed_survives_the_file() {
        let of = Key {
            realm: RealmId(22),
            credential: CredentialId(39),
        };
        let application = ApplicationId::parse("5ba6761d-36bd-4307-8f7b-a6f806c35abf").unwrap();
        let given = || Secret::Given(hashes("bob"));
        let seen = || Seen::of(Some(&hashes("before").into()), Some("an application"));
        for deed in [
            Deed::AlreadyRight,
            Deed::Create {
                realm: RealmId(22),
                application: Some(application.clone()),
                secret: given(),
            },
            Deed::Create {
                realm: RealmId(22),
                application: None,
                secret: Secret::ToMake,
            },
            Deed::Delete { of, seen: seen() },
            Deed::Move {
                of,
                seen: seen(),
                application: application.clone(),
            },
            Deed::Refused {
                problem: Problem::Told("The \"realm\" is missing, ä.".to_owned()),
            },
            Deed::Refused {
                problem: Problem::Name(NameProblem::UserNameColon),
            },
            Deed::Replace {
                of,
                seen: Seen::of(None, None),
                application: None,
                secret: given(),
            },
        ] {
            let step = Step {
                line: 7,
                user_name: "bob".to_owned(),
                domain: Some("bw.com".to_owned()),
                realm: "r.example".to_owned(),
                deed,
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

        let Deed::Refused { problem } = &step.deed else {
            panic!("{step:?}")
        };
        assert_eq!(*problem, Problem::Told("Enter a password.".to_owned()));
        assert_eq!(step.write().unwrap().as_slice(), written);
    }

    /// Any step, with any text where text is free.
    pub(crate) fn any_step() -> impl Strategy<Value = Step> {
        let names = (
            any::<String>(),
            proptest::option::of(any::<String>()),
            any::<String>(),
        );
        (any::<u64>(), names, any_deed()).prop_map(|(line, (user_name, domain, realm), deed)| {
            Step {
                line,
                user_name,
                domain,
                realm,
                deed,
            }
        })
    }

    fn any_problem() -> impl Strategy<Value = Problem> {
        prop_oneof![
            any::<String>().prop_map(Problem::Told),
            proptest::sample::select(problems()),
        ]
    }

    fn any_deed() -> impl Strategy<Value = Deed> {
        let secret = || {
            proptest::option::of(arbitrary::hashes())
                .prop_map(|hashes| hashes.map_or(Secret::ToMake, Secret::Given))
        };
        let key = || {
            (any::<u64>(), any::<u64>()).prop_map(|(realm, credential)| Key {
                realm: RealmId(realm),
                credential: CredentialId(credential),
            })
        };
        let seen = || {
            let hashes = proptest::option::of(arbitrary::hashes().prop_map(Into::into));
            let application = proptest::option::of(any::<String>());
            (hashes, application)
                .prop_map(|(hashes, application)| Seen::of(hashes.as_ref(), application.as_deref()))
        };
        let application = arbitrary::application;
        prop_oneof![
            Just(Deed::AlreadyRight),
            any_problem().prop_map(|problem| Deed::Refused { problem }),
            (any::<u64>(), application(), secret()).prop_map(|(realm, application, secret)| {
                Deed::Create {
                    realm: RealmId(realm),
                    application,
                    secret,
                }
            }),
            (key(), seen()).prop_map(|(of, seen)| Deed::Delete { of, seen }),
            (key(), seen(), any::<u128>()).prop_map(|(of, seen, id)| Deed::Move {
                of,
                seen,
                application: uuid::Uuid::from_u128(id).into(),
            }),
            (key(), seen(), application(), secret()).prop_map(|(of, seen, application, secret)| {
                Deed::Replace {
                    of,
                    seen,
                    application,
                    secret,
                }
            }),
        ]
    }
}
