//! Why a row can't be used, with the details a message needs. It contains no cell's text: in a row
//! whose cells are shifted, any of them may be a password.

use serde::{Deserialize, Serialize};

use super::csv::Column;
use registrar_bandwidth::dashboard::NameProblem;
use registrar_jobs::{Action, RowProblem};
use registrar_secret::password::PasswordProblem;
use registrar_spreadsheet::Damage;

/// Why a row can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "p", content = "of", rename_all = "snake_case")]
pub enum Problem {
    /// The cell starts with an apostrophe, which spreadsheets put before text.
    Apostrophe(Column),
    /// Another program changed the cell's value.
    Damaged(Column, Damage),
    /// The @ in the user name is followed by a domain other than the row's.
    DomainBehindAt,
    /// Several lines name the same SIP credential; the first one is used.
    Double {
        /// The line that is used.
        first: u64,
        /// The line of this row.
        line: u64,
    },
    /// Hash1 isn't 32 hexadecimal digits.
    Hash1Malformed,
    /// Only Hash1b is given.
    Hash1Missing,
    /// Hash1b isn't 32 hexadecimal digits.
    Hash1bMalformed,
    /// Only Hash1 is given.
    Hash1bMissing,
    /// The account has the name in a letter case other than the one the hashes were made for.
    HashesOfOtherCase,
    /// The hashes aren't those of the password beside them.
    HashesOfOtherPassword,
    /// The row has more cells than there are headings.
    MoreCells,
    /// A user name, a domain or a voice application can't be sent.
    Name(NameProblem),
    /// The password can't be used.
    Password(PasswordProblem),
    /// The password has a line break, and the row runs over these lines.
    PasswordOverLines(Lines),
    /// A quotation mark inside a cell isn't doubled.
    QuoteInside(Lines),
    /// The quotation mark in this line is never closed.
    QuoteOpen {
        /// Counted from 1.
        line: u64,
    },
    /// The realm can't be used.
    Realm(RealmProblem),
    /// The @ in the user name is followed by a realm other than the row's.
    RealmBehindAt,
    /// The row repeats the headings.
    RepeatsHeadings,
    /// The row has too many bytes.
    TooLong(Lines),
    /// The row has too many cells.
    TooManyCells,
    /// From a plan of a version that stored sentences.
    #[serde(untagged)]
    Told(String),
}

/// The lines that a row spans, starting at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// The first one.
    pub first: u64,
    /// The last one; the same where it is only one.
    pub last: u64,
}

/// Why a row has no realm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RealmProblem {
    /// Several realms have this short name.
    Ambiguous,
    /// Bandwidth hasn't finished creating it, or failed to.
    NotActive {
        /// Its full name.
        name: String,
    },
    /// The row names none, and the account has no default realm.
    NoDefault,
    /// The account has no realm at all.
    NoRealm,
    /// The account has no realm with this name.
    Unknown {
        /// The full names of some that it has.
        some: Vec<String>,
        /// How many more there are.
        more: usize,
    },
}

impl Problem {
    /// Returns the action for the row: none.
    #[must_use]
    pub fn into_action(self) -> Action {
        let problem = RowProblem::of(&self);
        Action::Refused { problem }
    }
}

impl From<NameProblem> for Problem {
    fn from(problem: NameProblem) -> Self {
        Self::Name(problem)
    }
}

impl From<RealmProblem> for Problem {
    fn from(problem: RealmProblem) -> Self {
        Self::Realm(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::problems;

    #[test]
    fn each_problem_is_read_as_it_was_written() {
        for problem in problems() {
            let written = serde_json::to_string(&problem).unwrap();
            let Action::Refused { problem: kept } = problem.clone().into_action() else {
                panic!("{problem:?}")
            };

            let read: Problem = serde_json::from_str(&written).unwrap();

            assert_eq!(read, problem, "{written}");
            assert_eq!(kept.read(), Some(problem), "{written}");
        }
    }
}
