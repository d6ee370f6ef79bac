//! A step as stored in the plan's file.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::super::precondition::Precondition;
use super::super::problem::RowProblem;
use super::{Action, Key, Secret, Step};
use registrar_bandwidth::dashboard::{ApplicationId, RealmId};
use registrar_digest::Hashes;
use registrar_secret::Hash;

/// A step as stored in the file.
#[derive(Serialize, Deserialize)]
pub(super) struct Row<'a> {
    l: u64,
    u: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    d: Option<Cow<'a, str>>,
    r: Cow<'a, str>,
    x: RowAction<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RowAction<'a> {
    AlreadyRight,
    Create {
        realm: RealmId,
        application: Option<ApplicationId>,
        secret: Option<RowHashes<'a>>,
    },
    Delete {
        of: Key,
        #[serde(rename = "seen")]
        precondition: Cow<'a, Precondition>,
    },
    Move {
        of: Key,
        #[serde(rename = "seen")]
        precondition: Cow<'a, Precondition>,
        application: ApplicationId,
    },
    Refused {
        #[serde(rename = "reason")]
        problem: Cow<'a, RowProblem>,
    },
    Replace {
        of: Key,
        #[serde(rename = "seen")]
        precondition: Cow<'a, Precondition>,
        application: Option<ApplicationId>,
        secret: Option<RowHashes<'a>>,
    },
}

/// Both hashes; a step without them makes a password.
#[derive(Serialize, Deserialize)]
pub(crate) struct RowHashes<'a>(Cow<'a, str>, Cow<'a, str>);

impl<'a> RowHashes<'a> {
    pub(crate) fn of(hashes: &'a Hashes) -> Self {
        Self(hashes.hash1.expose().into(), hashes.hash1b.expose().into())
    }

    pub(crate) fn hashes(&self) -> Hashes {
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
        let action = match &step.action {
            Action::AlreadyRight => RowAction::AlreadyRight,
            Action::Create {
                realm,
                application,
                secret,
            } => RowAction::Create {
                realm: *realm,
                application: application.clone(),
                secret: hashes(secret),
            },
            Action::Delete { of, precondition } => RowAction::Delete {
                of: *of,
                precondition: Cow::Borrowed(precondition),
            },
            Action::Move {
                of,
                precondition,
                application,
            } => RowAction::Move {
                of: *of,
                precondition: Cow::Borrowed(precondition),
                application: application.clone(),
            },
            Action::Refused { problem } => RowAction::Refused {
                problem: Cow::Borrowed(problem),
            },
            Action::Replace {
                of,
                precondition,
                application,
                secret,
            } => RowAction::Replace {
                of: *of,
                precondition: Cow::Borrowed(precondition),
                application: application.clone(),
                secret: hashes(secret),
            },
        };
        Self {
            l: step.line,
            u: step.user_name.as_str().into(),
            d: step.domain.as_deref().map(Into::into),
            r: step.realm.as_str().into(),
            x: action,
        }
    }
}

impl Row<'_> {
    pub(super) fn into_step(self) -> Step {
        let secret = |hashes: Option<RowHashes<'_>>| {
            hashes.map_or(Secret::ToMake, |hashes| Secret::Given(hashes.hashes()))
        };
        let action = match self.x {
            RowAction::AlreadyRight => Action::AlreadyRight,
            RowAction::Create {
                realm,
                application,
                secret: hashes,
            } => Action::Create {
                realm,
                application,
                secret: secret(hashes),
            },
            RowAction::Delete { of, precondition } => Action::Delete {
                of,
                precondition: precondition.into_owned(),
            },
            RowAction::Move {
                of,
                precondition,
                application,
            } => Action::Move {
                of,
                precondition: precondition.into_owned(),
                application,
            },
            RowAction::Refused { problem } => Action::Refused {
                problem: problem.into_owned(),
            },
            RowAction::Replace {
                of,
                precondition,
                application,
                secret: hashes,
            } => Action::Replace {
                of,
                precondition: precondition.into_owned(),
                application,
                secret: secret(hashes),
            },
        };
        Step {
            line: self.l,
            user_name: self.u.into_owned(),
            domain: self.d.map(Cow::into_owned),
            realm: self.r.into_owned(),
            action,
        }
    }
}
