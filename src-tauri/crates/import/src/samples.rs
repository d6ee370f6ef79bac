//! Sample values for the tests of this crate and its dependents.

use registrar_names::every;
use registrar_names::testing::{name_problems, password_problems};
use registrar_spreadsheet::Damage;

use crate::csv::Column;
use crate::{Lines, Problem, RealmProblem};

/// Each problem in all forms that have words of their own.
#[must_use]
pub fn problems() -> Vec<Problem> {
    let one = Lines { first: 7, last: 7 };
    let three = Lines { first: 7, last: 9 };
    let columns = Column::ALL.map(Problem::Apostrophe);
    let kinds = every!(Damage {
        Damage::ErrorValue => [Damage::ErrorValue],
        Damage::Masked => [Damage::Masked],
        Damage::Scientific => [Damage::Scientific],
        Damage::TooNarrow => [Damage::TooNarrow],
    });
    let damaged = kinds
        .into_iter()
        .map(|damage| Problem::Damaged(Column::Password, damage));
    let mut all = every!(Problem {
        Problem::Apostrophe(_) => columns,
        Problem::Damaged(..) => damaged,
        Problem::DomainBehindAt => [Problem::DomainBehindAt],
        Problem::Double { .. } => [Problem::Double { first: 7, line: 9 }],
        Problem::Hash1Malformed => [Problem::Hash1Malformed],
        Problem::Hash1Missing => [Problem::Hash1Missing],
        Problem::Hash1bMalformed => [Problem::Hash1bMalformed],
        Problem::Hash1bMissing => [Problem::Hash1bMissing],
        Problem::HashesOfOtherCase => [Problem::HashesOfOtherCase],
        Problem::HashesOfOtherPassword => [Problem::HashesOfOtherPassword],
        Problem::MoreCells => [Problem::MoreCells],
        Problem::Name(_) => name_problems().into_iter().map(Problem::Name),
        Problem::Password(_) => password_problems().into_iter().map(Problem::Password),
        Problem::PasswordOverLines(_) => [Problem::PasswordOverLines(three)],
        Problem::QuoteInside(_) => [one, three].map(Problem::QuoteInside),
        Problem::QuoteOpen { .. } => [Problem::QuoteOpen { line: 7 }],
        Problem::Realm(_) => realms().into_iter().map(Problem::Realm),
        Problem::RealmBehindAt => [Problem::RealmBehindAt],
        Problem::RepeatsHeadings => [Problem::RepeatsHeadings],
        Problem::TooLong(_) => [one, three].map(Problem::TooLong),
        Problem::TooManyCells => [Problem::TooManyCells],
        Problem::Told(_) => [Problem::Told("As an earlier version told it.".to_owned())],
    });
    // The other columns differ in their name only.
    all.extend(Column::ALL.map(|column| Problem::Damaged(column, Damage::ErrorValue)));
    all
}

fn realms() -> Vec<RealmProblem> {
    let unknown = |more| {
        let some = vec!["office.example".to_owned(), "lobby.example".to_owned()];
        RealmProblem::Unknown { some, more }
    };
    let name = "office.example".to_owned();
    every!(RealmProblem {
        RealmProblem::Ambiguous => [RealmProblem::Ambiguous],
        RealmProblem::NoDefault => [RealmProblem::NoDefault],
        RealmProblem::NoRealm => [RealmProblem::NoRealm],
        RealmProblem::NotActive { .. } => [RealmProblem::NotActive { name }],
        RealmProblem::Unknown { .. } => [unknown(0), unknown(3)],
    })
}
