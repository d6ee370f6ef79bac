//! Why a row ended as it did, with the details a message needs. It contains no secret, because it
//! is written to the journal and the result file.

use serde::{Deserialize, Serialize};

use registrar_activity::Diagnosis;
use registrar_bandwidth::dashboard::NameProblem;
use registrar_http::Refusal;

/// Why a row ended as it did.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "r", content = "of", rename_all = "snake_case")]
pub enum Reason {
    /// Its ID now belongs to another SIP credential.
    Another {
        /// The user name of that one, as a phone registers with it.
        name: String,
    },
    /// Somebody else changed it while the job did.
    #[serde(rename = "changed_meanwhile")]
    ChangedConcurrently,
    /// Somebody else changed it between the plan and its turn.
    ChangedSincePlan(Change),
    /// The job was ended before its turn came.
    EndedEarly,
    /// The account has one of this name, with another password.
    Exists {
        /// Its user name, as a phone registers with it.
        name: String,
    },
    /// The API says that the name exists, and it isn't in its realm.
    ExistsElsewhere,
    /// The account has one of this name, and the API doesn't show its hashes.
    ExistsUnseen,
    /// The account doesn't have it.
    Gone,
    /// It was deleted to be created again, and that was refused.
    Lost(RowRefusal),
    /// It was deleted and created again, because the API can't change its voice application.
    MadeAnew,
    /// Someone else deleted it and created one with the same name.
    #[serde(rename = "made_anew_meanwhile")]
    MadeAnewConcurrently,
    /// Its user name or its domain can't be sent.
    Name(NameProblem),
    /// The API doesn't return both of its hashes.
    NoHashes,
    /// There is no password to send.
    NoPassword,
    /// The API stored another voice application than it was sent.
    OtherApplication,
    /// The change was refused, and it's as it was before.
    PutBack(RowRefusal),
    /// The API refused it.
    Refused(RowRefusal),
    /// The API stored its name in another letter case.
    Renamed {
        /// Its user name as stored.
        name: String,
    },
    /// It was deleted to be created again, and someone else created one with the same name.
    #[serde(rename = "taken_meanwhile")]
    TakenConcurrently,
    /// The name is in the list twice, and the line before is used.
    Twice,
    /// The API's answers don't mention it, and the account doesn't have it.
    Unsaid,
    /// The API stored it under a name that its hashes don't belong to.
    Useless {
        /// Its user name as stored.
        stored: String,
        /// Its user name as sent.
        sent: String,
        /// It was deleted again.
        undone: bool,
    },
    /// From a journal of a version that stored sentences.
    #[serde(untagged)]
    Told(String),
}

/// What somebody else changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Change {
    /// It has other hashes.
    pub password: bool,
    /// It has another voice application.
    pub application: Option<ApplicationChange>,
}

/// The voice application before and after, cut to what can be shown; `None` where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ApplicationChange {
    /// As the plan saw it.
    pub before: Option<String>,
    /// As it is.
    pub now: Option<String>,
}

/// The stored part of the API's refusal of a row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RowRefusal {
    /// The HTTP status.
    pub status: u16,
    /// The API's own number for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u32>,
    /// Its diagnosis, if other responses revealed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<Diagnosis>,
    /// An API user signed the request.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_api_user: bool,
}

impl From<&Refusal> for RowRefusal {
    fn from(refusal: &Refusal) -> Self {
        Self {
            status: refusal.status,
            code: refusal.code,
            diagnosis: refusal.diagnosis,
            by_api_user: refusal.by_api_user,
        }
    }
}

impl From<&Refusal> for Reason {
    fn from(refusal: &Refusal) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<NameProblem> for Reason {
    fn from(problem: NameProblem) -> Self {
        Self::Name(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::reasons;

    #[test]
    fn each_reason_is_read_as_it_was_written() {
        for reason in reasons() {
            let written = serde_json::to_string(&reason).unwrap();

            let read: Reason = serde_json::from_str(&written).unwrap();

            assert_eq!(read, reason, "{written}");
        }
    }

    #[test]
    fn reasons_keep_their_names_in_journals() {
        for (name, reason) in [
            ("changed_meanwhile", Reason::ChangedConcurrently),
            ("made_anew_meanwhile", Reason::MadeAnewConcurrently),
            ("taken_meanwhile", Reason::TakenConcurrently),
        ] {
            let read: Reason = serde_json::from_str(&format!(r#"{{"r":"{name}"}}"#)).unwrap();

            assert_eq!(read, reason, "{name}");
        }
    }
}
