//! Why a row of a file can't be used.

use std::borrow::Cow;

use super::name;
use crate::isolated;
use crate::number::grouped;

use registrar_import::csv::Column;
use registrar_import::{Damage, Lines, Problem, RealmProblem};
use registrar_jobs::RowProblem;
use registrar_secret::password::PasswordProblem;

/// Returns why a row of a plan can't be used.
#[must_use]
pub fn kept(problem: &RowProblem) -> Cow<'static, str> {
    let problem = problem.read::<Problem>();
    problem.map_or_else(
        || {
            "A newer version of this app wrote why this row can’t be used. Open the plan with that \
            version to read it."
                .into()
        },
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
            "The value for “{}” begins with an apostrophe, which spreadsheets put before text. Delete \
             it.",
            name(*column)
        )
        .into(),
        Problem::Damaged(column, damage) => damaged(*column, *damage).into(),
        Problem::DomainBehindAt => {
            "The domain after the @ in the user name is different from the row’s domain. Delete \
             the wrong one.".into()
        }
        Problem::Double { first, line } => format!(
            "Lines {first} and {line} name the same SIP credential. Capitalization doesn’t count. \
             Line {first} is used. To use the other one, delete line {first}."
        )
        .into(),
        Problem::Hash1Malformed => "Hash1 must be 32 digits 0 to 9 or letters a to f.".into(),
        Problem::Hash1Missing => "Hash1 is missing. Give both hashes, or the password.".into(),
        Problem::Hash1bMalformed => "Hash1b must be 32 digits 0 to 9 or letters a to f.".into(),
        Problem::Hash1bMissing => "Hash1b is missing. Phones that send the realm with the user \
                                   name need it. Give both hashes, or the password."
            .into(),
        Problem::HashesOfOtherCase => "The account has this name with different capitalization. \
                                       The hashes would have to be made again from the password. \
                                       Write the name as the account has it, or give the password."
            .into(),
        Problem::HashesOfOtherPassword => "The hashes don’t belong to this password in this \
                                           realm. Leave out the hashes or the password."
            .into(),
        Problem::MoreCells => "The row has more cells than there are headings. Put quotation marks \
                               around each cell that contains the separator."
            .into(),
        Problem::Name(problem) => crate::name::sentence(*problem).into(),
        Problem::Password(problem) => password(*problem).into(),
        Problem::PasswordOverLines(Lines { first, last }) => format!(
            "The password runs over lines {first} to {last}. Check for a missing quotation mark."
        )
        .into(),
        Problem::QuoteInside(Lines { first, last }) if last > first => format!(
            "A quotation mark inside a cell isn’t doubled, so lines {first} to {last} run \
             together. Write \"\" for each quotation mark inside a cell, or export the file \
             again."
        )
        .into(),
        Problem::QuoteInside(_) => "A quotation mark inside a cell isn’t doubled, so it isn’t \
                                    clear where the cell ends. Write \"\" for each quotation mark \
                                    inside a cell, or export the file again."
            .into(),
        Problem::QuoteOpen { line } => format!(
            "A quotation mark opens in line {line} and never closes. Everything after it counts as \
             a single cell. Close it, or delete it."
        )
        .into(),
        Problem::Realm(problem) => realm(problem),
        Problem::RealmBehindAt => {
            "The realm after the @ in the user name is different from the row’s realm. Delete the \
             wrong one.".into()
        }
        Problem::RepeatsHeadings => "This row repeats the headings. Files may have been combined. \
                                     Delete the row."
            .into(),
        Problem::Told(sentence) => sentence.clone().into(),
        Problem::TooLong(Lines { first, last }) if last > first => format!(
            "Lines {first} to {last} are a single row that’s too long. Check for a missing \
             quotation mark."
        )
        .into(),
        Problem::TooLong(_) => "The row is too long: it has more than 16,384 bytes. Check for a \
                                missing quotation mark.".into(),
        Problem::TooManyCells => "The row has more than 256 cells. Delete the columns that aren’t \
                                  needed.".into(),
    }
}

fn damaged(column: Column, damage: Damage) -> String {
    const AGAIN: &str = "Format the column as text in the spreadsheet, enter the value again, and \
                         save the file.";
    let name = name(column);
    match damage {
        Damage::ErrorValue => format!(
            "A spreadsheet put an error value, such as #NAME?, in place of the value for “{name}”. \
             {AGAIN}"
        ),
        Damage::Masked => format!(
            "The value for “{name}” is hidden by dots or asterisks, because the program that wrote \
             the file left it out. Export the file again with it."
        ),
        Damage::Scientific => format!(
            "A spreadsheet wrote the value for “{name}” as a rounded number, such as 1.5E+10, and \
             lost digits. {AGAIN}"
        ),
        Damage::TooNarrow => format!(
            "A spreadsheet put ### in place of the value for “{name}”, because its column was too \
             narrow. Make the column wider, and save the file again."
        ),
    }
}

/// A file may leave a password out, and be saved in another encoding.
fn password(problem: PasswordProblem) -> &'static str {
    match problem {
        PasswordProblem::Blank | PasswordProblem::Empty => {
            "The password has only spaces. Leave the cell empty to generate one."
        }
        PasswordProblem::Unreadable => {
            "The password has a letter that can’t be read. Save the file as CSV UTF-8."
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
            "2 realms in this account have this short name. Write the full name.".into()
        }
        RealmProblem::NoDefault => {
            "The row has no realm, and the account has no default realm. Enter a realm in the row."
                .into()
        }
        RealmProblem::NoRealm => "The account has no realm. Create one first.".into(),
        RealmProblem::NotActive { name } => format!(
            "The realm {} isn’t active at Bandwidth, so it can’t have SIP credentials. Use \
             another one.",
            isolated(name)
        )
        .into(),
        RealmProblem::Unknown { some, more } => {
            let names: Vec<String> = some.iter().map(|name| isolated(name)).collect();
            let names = names.join(", ");
            match more {
                0 => format!(
                    "The account has no realm with this name. Use one of its realms: \
                             {names}."
                )
                .into(),
                more => format!(
                    "The account has no realm with this name. Use one of its realms: {names}, and \
                     {} more.",
                    grouped(*more as u64)
                )
                .into(),
            }
        }
    }
}
