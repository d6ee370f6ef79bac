//! Why a row of a file can't be used.

use std::borrow::Cow;

use super::name;

use registrar_import::csv::Column;
use registrar_import::{Damage, Lines, Problem, RealmProblem};
use registrar_jobs::RowProblem;
use registrar_secret::password::PasswordProblem;

/// Returns why a row of a plan can't be used.
#[must_use]
pub fn kept(problem: &RowProblem) -> Cow<'static, str> {
    let problem = problem.read::<Problem>();
    problem.map_or_else(
        || "A newer version of this app wrote why this row can't be used.".into(),
        |problem| sentence(&problem),
    )
}

/// Returns why a row can't be used, and what to do about it.
#[must_use]
#[allow(
    clippy::too_many_lines,
    reason = "one table, one row for each problem, is easier to check than many small ones"
)]
pub fn sentence(problem: &Problem) -> Cow<'static, str> {
    match problem {
        Problem::Apostrophe(column) => format!(
            "The {} begins with an apostrophe, which spreadsheets put before text. Delete it.",
            name(*column)
        )
        .into(),
        Problem::Damaged(column, damage) => damaged(*column, *damage).into(),
        Problem::DomainBehindAt => {
            "The domain behind the @ of the user name is another one than the row's domain.".into()
        }
        Problem::Double { first, line } => format!(
            "Lines {first} and {line} name the same SIP credential; letter case does not count. \
             Line {first} is used."
        )
        .into(),
        Problem::Hash1Malformed => "Hash1 has to be 32 digits 0 to 9 and a to f.".into(),
        Problem::Hash1Missing => "Hash1 is missing: give both hashes, or the password.".into(),
        Problem::Hash1bMalformed => "Hash1b has to be 32 digits 0 to 9 and a to f.".into(),
        Problem::Hash1bMissing => "Hash1b is missing. A phone that sends the realm with its name \
             is checked with it: give both hashes, or the password."
            .into(),
        Problem::HashesOfOtherCase => "The account has this name in other letter case, and hashes \
             cannot be made for it without the password. Write the name as it is there, or give \
             the password."
            .into(),
        Problem::HashesOfOtherPassword => "The hashes are not those of this password in this \
             realm. Leave either out."
            .into(),
        Problem::MoreCells => "The row has more cells than there are headings. A cell that holds \
             the separator needs quotation marks around it."
            .into(),
        Problem::Name(problem) => crate::name::sentence(*problem).into(),
        Problem::Password(problem) => password(*problem).into(),
        Problem::PasswordOverLines(Lines { first, last }) => format!(
            "The password runs over lines {first} to {last}. A quotation mark may be missing."
        )
        .into(),
        Problem::QuoteInside(Lines { first, last }) if last > first => format!(
            "A quotation mark inside a cell isn't doubled, so lines {first} to {last} run \
             together. Write \"\" for each quotation mark inside a cell, or have the program that \
             made the file write it anew."
        )
        .into(),
        Problem::QuoteInside(_) => "A quotation mark inside a cell isn't doubled, so what the \
             cell was can't be told. Write \"\" for each quotation mark inside a cell, or have the \
             program that made the file write it anew."
            .into(),
        Problem::QuoteOpen { line } => format!(
            "A quotation mark is opened in line {line} and never closed, so that everything up to \
             the end of the file counts as one cell."
        )
        .into(),
        Problem::Realm(problem) => realm(problem),
        Problem::RealmBehindAt => {
            "The realm behind the @ of the user name is another one than the row's realm.".into()
        }
        Problem::RepeatsHeadings => "This row repeats the headings. Two files may have been put \
             together. Delete the row."
            .into(),
        Problem::Told(sentence) => sentence.clone().into(),
        Problem::TooLong(Lines { first, last }) if last > first => format!(
            "Lines {first} to {last} are one row that is too long. A quotation mark may be missing."
        )
        .into(),
        Problem::TooLong(_) => "The row has more than 16,384 bytes.".into(),
        Problem::TooManyCells => "The row has more than 256 cells.".into(),
    }
}

fn damaged(column: Column, damage: Damage) -> String {
    const AGAIN: &str = "Format the column as text in the spreadsheet, enter the value again, and \
                         save the file.";
    let name = name(column);
    match damage {
        Damage::ErrorValue => format!(
            "A spreadsheet put an error value, such as #NAME?, in place of the {name}. {AGAIN}"
        ),
        Damage::Masked => format!(
            "The {name} is hidden behind dots or asterisks: the program that wrote the file left it \
             out. Export it again with its {name}."
        ),
        Damage::Scientific => format!(
            "A spreadsheet wrote the {name} as a rounded number, such as 1.5E+10, and lost digits. \
             {AGAIN}"
        ),
        Damage::TooNarrow => format!(
            "A spreadsheet put ### in place of the {name}, because its column was too narrow. Make \
             the column wider, and save the file again."
        ),
    }
}

/// A file may leave a password out, and be saved in another encoding.
fn password(problem: PasswordProblem) -> &'static str {
    match problem {
        PasswordProblem::Blank | PasswordProblem::Empty => {
            "The password is white space only. Leave the cell empty to have one made."
        }
        PasswordProblem::Unreadable => {
            "The password has a letter that cannot be read. Save the file as CSV UTF-8."
        }
        PasswordProblem::ControlCharacter
        | PasswordProblem::Invisible
        | PasswordProblem::OuterSpace
        | PasswordProblem::TooLong => crate::password::sentence(problem),
    }
}

fn realm(problem: &RealmProblem) -> Cow<'static, str> {
    match problem {
        RealmProblem::Ambiguous => {
            "Two realms of this account have this short name. Write the full name.".into()
        }
        RealmProblem::NoDefault => {
            "The row names no realm, and the account has no default realm.".into()
        }
        RealmProblem::NoRealm => "The account has no realm.".into(),
        RealmProblem::NotActive { name } => {
            format!("The realm {name} is not active at Bandwidth, so it takes no SIP credentials.")
                .into()
        }
        RealmProblem::Unknown { some, more } => {
            let names = some.join(", ");
            let others = match more {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("The account has no realm of this name. It has {names}{others}.").into()
        }
    }
}
