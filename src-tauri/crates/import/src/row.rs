//! A row of a file, validated by the same rules as what is typed in the journey.

use uuid::Uuid;

use super::csv::{Cells, Column, Layout, Trouble};
use super::problem::{Lines, Problem};
use super::realms::{Known, Realms};
use super::warnings::{Warning, Warnings};
use registrar_bandwidth::dashboard::{ApplicationId, Domain, UserName};
use registrar_digest::Digits;
use registrar_names::{is_invisible, trimmed};
use registrar_secret::SipPassword;
use registrar_secret::password::PasswordProblem;
use registrar_spreadsheet::damage;

/// Passwords with fewer characters are flagged: Bandwidth has no rule of its own, and NIST SP
/// 800-63B section 3.1.1 requires at least 8.
const SHORT_PASSWORD: usize = 8;

/// What rows are validated against.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'r> {
    /// Which column is what.
    pub layout: &'r Layout,
    /// The account's realms.
    pub realms: &'r Realms,
}

/// The parsed content of a row.
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
    /// The row's warnings.
    pub warnings: Warnings,
}

/// The source of a row's hashes.
pub enum Proof<'a> {
    /// Both hashes are given.
    Hashes([Digits; 2]),
    /// Nothing is given.
    Nothing,
    /// The password is given.
    Password(&'a str),
    /// All of them are given, and must match one another.
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
    /// Validates a row, or returns why it can't be used.
    pub fn check<'a>(&self, row: &Cells<'a>) -> Result<Wanted<'a>, Problem>
    where
        'r: 'a,
    {
        whole(row)?;
        if self.layout.has_more(row) {
            return Err(Problem::MoreCells);
        }
        // An invalid cell may be due to what a spreadsheet did to it, which is more informative.
        let headings = self.layout.repeats_headings(row);
        let undamaged = || self.undamaged(row, headings);
        let mut warnings = Warnings::default();
        warnings.add_if(headings > 0, Warning::NamedAsHeading);
        match self.wanted(row, warnings) {
            Ok(wanted) => undamaged().map(|()| wanted),
            Err(reason) => Err(undamaged().err().unwrap_or(reason)),
        }
    }

    fn wanted<'a>(&self, row: &Cells<'a>, mut warnings: Warnings) -> Result<Wanted<'a>, Problem>
    where
        'r: 'a,
    {
        warnings.add_if(row.last_line > row.first_line, Warning::SeveralLines);
        let cut = row.ends_the_file && row.count() < self.layout.columns;
        warnings.add_if(cut, Warning::CutRow);
        let password = self.layout.place(Column::Password);
        let missing = !cut && password.is_some_and(|place| place >= row.count());
        warnings.add_if(missing, Warning::MissingPassword);
        let cell = |column| self.layout.cell(row, column);
        let (user_name, domain, realm) = self.names(cell, &mut warnings)?;
        let proof = proof(cell, row, &mut warnings)?;
        let application = match cell(Column::Application).trim() {
            "" => None,
            typed => Some(ApplicationId::check(typed)?),
        };
        self.doubt(row, user_name, domain, &proof, &mut warnings);
        Ok(Wanted {
            user_name,
            domain,
            realm,
            proof,
            application,
            warnings,
        })
    }

    /// Rejects a row that can't be what was meant: a heading, or a value damaged by a spreadsheet.
    fn undamaged(&self, row: &Cells<'_>, headings: usize) -> Result<(), Problem> {
        if headings > 1 {
            return Err(Problem::RepeatsHeadings);
        }
        for column in Column::ALL {
            let cell = self.layout.cell(row, column);
            if damage::is_plain(cell) {
                continue;
            }
            let cell = cell.trim();
            if let Some(damage) = damage::damage(cell)
                && !self.layout.is_text_formula(row, column)
            {
                return Err(Problem::Damaged(column, damage));
            }
            // No name may contain one.
            if column != Column::Password && cell.starts_with('\'') {
                return Err(Problem::Apostrophe(column));
            }
        }
        Ok(())
    }

    /// Warns of values that may be intended, but may also be mistakes.
    fn doubt(
        &self,
        row: &Cells<'_>,
        user_name: &str,
        domain: Option<&str>,
        proof: &Proof<'_>,
        warnings: &mut Warnings,
    ) {
        let written = |column| self.layout.cell(row, column);
        let exact = |column| self.layout.is_text_formula(row, column);
        let invisible = |text: &str| !text.is_ascii() && text.contains(is_invisible);
        let names = [Column::UserName, Column::Domain].map(written);
        warnings.add_if(
            names.into_iter().any(invisible),
            Warning::InvisibleAroundName,
        );
        let reformatted = (!exact(Column::UserName) && damage::may_be_reformatted(user_name))
            || (!exact(Column::Domain) && domain.is_some_and(damage::may_be_reformatted));
        warnings.add_if(reformatted, Warning::ReformattedName);
        let placeholder = !exact(Column::UserName) && damage::is_placeholder(user_name);
        warnings.add_if(placeholder, Warning::Placeholder);
        let (Proof::Password(password) | Proof::PasswordAndHashes(password, _)) = proof else {
            return;
        };
        let is_ascii = password.is_ascii();
        let length = if is_ascii {
            password.len()
        } else {
            password.chars().count()
        };
        warnings.add_if(length < SHORT_PASSWORD, Warning::ShortPassword);
        warnings.add_if(length == SipPassword::LONGEST, Warning::LongestPassword);
        let as_written = written(Column::UserName);
        let same = as_written.len() >= password.len()
            && (password.eq_ignore_ascii_case(user_name)
                || password.eq_ignore_ascii_case(as_written.trim()));
        warnings.add_if(same, Warning::PasswordIsName);
        warnings.add_if(Digits::read(password).is_some(), Warning::HashAsPassword);
        warnings.add_if(damage::has_escape(password), Warning::EscapedPassword);
        warnings.add_if(
            damage::has_typeset_signs(password),
            Warning::TypesetPassword,
        );
        if !is_ascii {
            let wrongly = damage::is_wrongly_encoded(password);
            warnings.add_if(wrongly, Warning::WronglyEncodedPassword);
        }
        if exact(Column::Password) {
            let needless = registrar_spreadsheet::cell::keeps(password);
            warnings.add_if(needless, Warning::TextFormulaAsPassword);
        } else {
            let reformatted = damage::may_be_reformatted(password);
            warnings.add_if(reformatted, Warning::ReformattedPassword);
            warnings.add_if(password.starts_with('\''), Warning::ApostrophePassword);
            warnings.add_if(damage::is_placeholder(password), Warning::Placeholder);
        }
    }

    /// Splits `user@domain` if the user name's cell contains both.
    fn names<'a>(
        &self,
        cell: impl Fn(Column) -> &'a str,
        warnings: &mut Warnings,
    ) -> Result<(&'a str, Option<&'a str>, &'a Known), Problem>
    where
        'r: 'a,
    {
        let (user, behind) = match cell(Column::UserName).split_once('@') {
            Some((user, behind)) => (user, trimmed(behind)),
            None => (cell(Column::UserName), ""),
        };
        let (domain, realm) = (trimmed(cell(Column::Domain)), cell(Column::Realm));
        let user_name = UserName::check(user)?;
        if behind.is_empty() {
            let domain = checked_domain(domain)?;
            return Ok((user_name, domain, self.realms.named(realm)?));
        }
        // Some phones send `user@realm`, where the realm isn't a domain.
        if let Some(named) = self.realms.with_full_name(behind) {
            let known = self.realms.named(if trimmed(realm).is_empty() {
                behind
            } else {
                realm
            })?;
            if known.id != named.id {
                return Err(Problem::RealmBehindAt);
            }
            warnings.add(Warning::RealmInName);
            return Ok((user_name, checked_domain(domain)?, known));
        }
        if !domain.is_empty() && !domain.eq_ignore_ascii_case(behind) {
            return Err(Problem::DomainBehindAt);
        }
        let domain = checked_domain(behind)?;
        Ok((user_name, domain, self.realms.named(realm)?))
    }
}

fn checked_domain(typed: &str) -> Result<Option<&str>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    Ok(Some(Domain::check(typed)?))
}

fn whole(row: &Cells<'_>) -> Result<(), Problem> {
    Err(match row.trouble {
        None => return Ok(()),
        Some(Trouble::QuoteInside) => Problem::QuoteInside(lines(row)),
        Some(Trouble::QuoteOpen) => Problem::QuoteOpen {
            line: row.first_line,
        },
        Some(Trouble::TooLong) => Problem::TooLong(lines(row)),
        Some(Trouble::TooManyCells) => Problem::TooManyCells,
    })
}

fn lines(row: &Cells<'_>) -> Lines {
    Lines {
        first: row.first_line,
        last: row.last_line,
    }
}

fn proof<'a>(
    cell: impl Fn(Column) -> &'a str,
    row: &Cells<'_>,
    warnings: &mut Warnings,
) -> Result<Proof<'a>, Problem> {
    let password = checked_password(cell(Column::Password), row)?;
    let hashes = match (cell(Column::Hash1).trim(), cell(Column::Hash1b).trim()) {
        ("", "") if password.is_empty() => return Ok(Proof::Nothing),
        ("", "") => return Ok(Proof::Password(password)),
        (_, "") => return Err(Problem::Hash1bMissing),
        ("", _) => return Err(Problem::Hash1Missing),
        (hash1, hash1b) => [
            digits(hash1, warnings).ok_or(Problem::Hash1Malformed)?,
            digits(hash1b, warnings).ok_or(Problem::Hash1bMalformed)?,
        ],
    };
    Ok(if password.is_empty() {
        Proof::Hashes(hashes)
    } else {
        Proof::PasswordAndHashes(password, hashes)
    })
}

fn digits(text: &str, warnings: &mut Warnings) -> Option<Digits> {
    let digits = Digits::read(text)?;
    warnings.add_if(
        text.bytes().any(|digit| digit.is_ascii_uppercase()),
        Warning::CapitalHashes,
    );
    Some(digits)
}

fn checked_password<'a>(password: &'a str, row: &Cells<'_>) -> Result<&'a str, Problem> {
    match SipPassword::check(password) {
        Err(PasswordProblem::Empty) if password.is_empty() => Ok(""),
        Err(PasswordProblem::ControlCharacter) if password.contains('\n') => {
            Err(Problem::PasswordOverLines(lines(row)))
        }
        checked => checked.map_err(Problem::Password),
    }
}

#[cfg(test)]
#[path = "row_tests.rs"]
mod tests;
