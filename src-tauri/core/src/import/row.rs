//! A row of a file, checked: by the same rules as what is typed in the journey.

use std::borrow::Cow;

use uuid::Uuid;

use super::csv::{Cells, Column, Layout, Trouble};
use super::marks::Marks;
use super::realms::{Known, Realms};
use crate::dashboard::{ApplicationId, Domain, UserName};
use crate::digest::Digits;

/// Longest password, as in the journey.
const LONGEST_PASSWORD: usize = 255;

/// A sentence that says why a row cannot be used.
pub type Reason = Cow<'static, str>;

/// What rows are checked with.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'r> {
    /// Which column is what.
    pub layout: &'r Layout,
    /// The account's realms.
    pub realms: &'r Realms,
}

/// What a row asks for.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The user name, without the domain.
    pub user_name: &'a str,
    /// The domain.
    pub domain: Option<&'a str>,
    /// The realm.
    pub realm: &'a Known,
    /// What the hashes come from.
    pub proof: Proof<'a>,
    /// The voice application.
    pub application: Option<Uuid>,
    /// What is to be said about the row.
    pub marks: Marks,
}

/// What a row's hashes come from.
pub enum Proof<'a> {
    /// Both hashes are given.
    Hashes([Digits; 2]),
    /// Nothing is given.
    Nothing,
    /// The password is given.
    Password(&'a str),
    /// All of them are given, and have to fit together.
    PasswordAndHashes(&'a str, [Digits; 2]),
}

impl std::fmt::Debug for Proof<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Hashes(_) => "Hashes",
            Self::Nothing => "Nothing",
            Self::Password(_) => "Password",
            Self::PasswordAndHashes(..) => "PasswordAndHashes",
        })
    }
}

impl<'r> Rules<'r> {
    /// Checks a row, or says why it cannot be used.
    pub fn check<'a>(&self, row: &Cells<'a>) -> Result<Wanted<'a>, Reason>
    where
        'r: 'a,
    {
        let mut marks = Marks::default();
        whole(row)?;
        if self.layout.has_more(row) {
            return Err(
                "The row has more cells than there are headings. A cell that holds the separator \
                 needs quotation marks around it."
                    .into(),
            );
        }
        if row.last_line > row.first_line {
            marks.several_lines();
        }
        let cell = |column| self.layout.cell(row, column);
        let (user_name, domain, realm) = self.names(cell, &mut marks)?;
        let proof = proof(cell, row, &mut marks)?;
        let application = match cell(Column::Application).trim() {
            "" => None,
            typed => Some(ApplicationId::check(typed)?),
        };
        Ok(Wanted {
            user_name,
            domain,
            realm,
            proof,
            application,
            marks,
        })
    }

    /// Takes `user@domain` apart where the user name's cell holds both.
    fn names<'a>(
        &self,
        cell: impl Fn(Column) -> &'a str,
        marks: &mut Marks,
    ) -> Result<(&'a str, Option<&'a str>, &'a Known), Reason>
    where
        'r: 'a,
    {
        let (user, behind) = match cell(Column::UserName).split_once('@') {
            Some((user, behind)) => (user, behind.trim()),
            None => (cell(Column::UserName), ""),
        };
        let (domain, realm) = (cell(Column::Domain).trim(), cell(Column::Realm).trim());
        let user_name = UserName::check(user)?;
        if behind.is_empty() {
            let domain = checked_domain(domain)?;
            return Ok((user_name, domain, self.realms.named(realm)?));
        }
        // `user@realm` is what some phones send: the realm is no domain.
        if let Some(named) = self.realms.with_full_name(behind) {
            let known = self
                .realms
                .named(if realm.is_empty() { behind } else { realm })?;
            if known.id != named.id {
                return Err(
                    "The realm behind the @ of the user name is another one than the row's realm."
                        .into(),
                );
            }
            marks.realm_in_name();
            return Ok((user_name, checked_domain(domain)?, known));
        }
        if !domain.is_empty() && !domain.eq_ignore_ascii_case(behind) {
            return Err(
                "The domain behind the @ of the user name is another one than the row's domain."
                    .into(),
            );
        }
        let domain = checked_domain(behind)?;
        Ok((user_name, domain, self.realms.named(realm)?))
    }
}

fn checked_domain(typed: &str) -> Result<Option<&str>, Reason> {
    if typed.is_empty() {
        return Ok(None);
    }
    Ok(Some(Domain::check(typed)?))
}

fn whole(row: &Cells<'_>) -> Result<(), Reason> {
    Err(match row.trouble {
        None => return Ok(()),
        Some(Trouble::QuoteOpen) => format!(
            "A quotation mark is opened in line {} and never closed, so that everything up to the \
             end of the file counts as one cell.",
            row.first_line
        )
        .into(),
        Some(Trouble::TooLong) if row.last_line > row.first_line => format!(
            "Lines {} to {} are one row that is too long. A quotation mark may be missing.",
            row.first_line, row.last_line
        )
        .into(),
        Some(Trouble::TooLong) => "The row has more than 16,384 bytes.".into(),
        Some(Trouble::TooManyCells) => "The row has more than 256 cells.".into(),
    })
}

fn proof<'a>(
    cell: impl Fn(Column) -> &'a str,
    row: &Cells<'_>,
    marks: &mut Marks,
) -> Result<Proof<'a>, Reason> {
    let password = checked_password(cell(Column::Password), row)?;
    let hashes = match (cell(Column::Hash1).trim(), cell(Column::Hash1b).trim()) {
        ("", "") if password.is_empty() => return Ok(Proof::Nothing),
        ("", "") => return Ok(Proof::Password(password)),
        (_, "") => {
            return Err(
                "Hash1b is missing. A phone that sends the realm with its name is checked \
                        with it: give both hashes, or the password."
                    .into(),
            );
        }
        ("", _) => return Err("Hash1 is missing: give both hashes, or the password.".into()),
        (hash1, hash1b) => [
            digits(hash1, "Hash1 has to be 32 digits 0 to 9 and a to f.", marks)?,
            digits(
                hash1b,
                "Hash1b has to be 32 digits 0 to 9 and a to f.",
                marks,
            )?,
        ],
    };
    Ok(if password.is_empty() {
        Proof::Hashes(hashes)
    } else {
        Proof::PasswordAndHashes(password, hashes)
    })
}

fn digits(text: &str, wrong: &'static str, marks: &mut Marks) -> Result<Digits, Reason> {
    let digits = Digits::read(text).ok_or(wrong)?;
    if text.bytes().any(|digit| digit.is_ascii_uppercase()) {
        marks.capital_hashes();
    }
    Ok(digits)
}

/// Nothing of the password is in the sentences.
fn checked_password<'a>(password: &'a str, row: &Cells<'_>) -> Result<&'a str, Reason> {
    let ordinary = |byte: u8| byte.is_ascii_graphic();
    if password.len() <= LONGEST_PASSWORD && password.bytes().all(ordinary) {
        return Ok(password);
    }
    if password.trim() != password {
        return Err(if password.trim().is_empty() {
            "The password is white space only. Leave the cell empty to have one made.".into()
        } else {
            "The password begins or ends with white space, which phones and people lose. Take it \
             off."
                .into()
        });
    }
    if password.chars().count() > LONGEST_PASSWORD {
        return Err("A password has at most 255 characters.".into());
    }
    if password.contains('\u{fffd}') {
        return Err(
            "The password has a letter that cannot be read. Save the file as CSV UTF-8.".into(),
        );
    }
    if password.contains('\n') && row.last_line > row.first_line {
        return Err(format!(
            "The password runs over lines {} to {}. A quotation mark may be missing.",
            row.first_line, row.last_line
        )
        .into());
    }
    if password.chars().any(char::is_control) {
        return Err("There is a character in the password that cannot be typed on a phone.".into());
    }
    Ok(password)
}

#[cfg(test)]
#[path = "row_tests.rs"]
mod tests;
