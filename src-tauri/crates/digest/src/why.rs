//! Finds out why a password doesn't produce the stored hashes, by looking for the mistake that
//! does.
//!
//! All common mistakes in the password, the user name, the realm and the format are tried, alone
//! and in small combinations. The one that produces the stored hash is what happened, because
//! nothing else has the same MD5.

mod spellings;

use md5::{Digest, Md5};
use subtle::ConstantTimeEq;

use self::spellings::{Named, Spelling, names, passwords, realms};
use super::{StoredHashes, composite};
use registrar_secret::{Hash, SipPassword};

/// What a credential's hashes are computed from, and what they may have been computed from by
/// mistake.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// Its user name.
    pub user_name: &'a str,
    /// Its domain, if stored separately.
    pub domain: Option<&'a str>,
    /// The full name of its realm.
    pub realm: &'a str,
    /// The full names of the account's realms.
    pub realms: &'a [String],
    /// The domains of the account's SIP credentials.
    pub domains: &'a [String],
}

/// A mistake made when a hash was computed or stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// It's stored in uppercase.
    Capitals,
    /// With a domain that the credential doesn't have.
    DomainAdded(String),
    /// Without the credential's domain.
    DomainLeftOut,
    /// For the user name in another letter case, given here.
    NameCase(String),
    /// For the user name in capital letters.
    NameInCapitals,
    /// With the line feed that `echo` appends to the password.
    Newline,
    /// In the other hash's format.
    OtherHash,
    /// In another Unicode form of the same letters.
    OtherLetters,
    /// For another realm of the account.
    OtherRealm(String),
    /// For the realm's name in capital letters.
    RealmInCapitals,
    /// For the first part of the realm's name, given here.
    ShortRealm(String),
    /// Without the spaces around the password.
    SpacesDropped,
    /// With a space after the password.
    SpaceBehind,
    /// With a space before the password.
    SpaceBefore,
    /// In the format `user:realm:realm:password`, as printed in a table of the guide.
    TableForm,
    /// Encoded as Windows-1252 instead of UTF-8.
    WindowsLetters,
    /// With a Windows line ending after the password.
    WindowsNewline,
}

impl Slip {
    /// Returns whether it's about a hash's format, which may differ between the two.
    #[must_use]
    pub fn is_of_the_form(&self) -> bool {
        matches!(self, Self::OtherHash | Self::TableForm)
    }
}

/// How one stored hash was computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// Not stored.
    Missing,
    /// From this password, correctly.
    Right,
    /// From this password, with these mistakes.
    With(Vec<Slip>),
    /// From another password, or by an unknown mistake.
    Unknown,
}

/// How both stored hashes were computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Hash1.
    pub hash1: Made,
    /// Hash1b.
    pub hash1b: Made,
}

impl Why {
    /// Returns whether both hashes are correct.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.hash1 == Made::Right && self.hash1b == Made::Right
    }
}

/// Finds how the stored hashes were computed from a password, if they were.
#[must_use]
pub fn why(typed: &SipPassword, stored: Option<&StoredHashes>, of: &Names<'_>) -> Why {
    let Some(stored) = stored else {
        return Why {
            hash1: Made::Missing,
            hash1b: Made::Missing,
        };
    };
    let capitals = stored.in_capitals;
    Why {
        hash1: made(
            typed,
            &stored.hash1,
            capitals.hash1,
            of,
            [Form::Plain, Form::WithRealm],
        ),
        hash1b: stored.hash1b.as_ref().map_or(Made::Missing, |hash1b| {
            let forms = [Form::WithRealm, Form::Plain];
            made(typed, hash1b, capitals.hash1b, of, forms)
        }),
    }
}

/// The order of the parts in the hashed text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `user:realm:password`, which is Hash1.
    Plain,
    /// `user:realm:realm:password`, which is neither.
    Table,
    /// `user@realm:realm:password`, which is Hash1b.
    WithRealm,
}

/// Maximum number of combined mistakes, not counting the format and the digits' case.
const MOST: u32 = 3;

fn made(
    typed: &SipPassword,
    stored: &Hash,
    in_capitals: bool,
    of: &Names<'_>,
    [right, other]: [Form; 2],
) -> Made {
    let mut digits = [0; 16];
    if hex::decode_to_slice(stored.expose(), &mut digits).is_err() {
        return Made::Unknown;
    }
    let forms = [
        (right, None),
        (other, Some(Slip::OtherHash)),
        (Form::Table, Some(Slip::TableForm)),
    ];
    let whole = composite(of.user_name, of.domain);
    let passwords = passwords(typed);
    let names = names(&whole, of.domains, of.realm);
    let realms = realms(of.realm, of.realms);
    let mut found: Option<Vec<Slip>> = None;
    for password in &passwords {
        for name in &names {
            for realm in &realms {
                if password.costs + name.costs + realm.costs > MOST {
                    continue;
                }
                for (form, form_slip) in &forms {
                    if !makes(&digits, *form, name, realm, of.realm, password) {
                        continue;
                    }
                    let slips: Vec<Slip> = (password.slip.iter())
                        .chain(&name.slip)
                        .chain(&realm.slip)
                        .chain(form_slip)
                        .cloned()
                        .collect();
                    // Among equals, the first wins: likelier ones are tried first.
                    if found.as_ref().is_none_or(|best| slips.len() < best.len()) {
                        found = Some(slips);
                    }
                }
            }
        }
    }
    let found = found.or_else(|| in_another_case(&digits, &whole, of.realm, &passwords, &forms));
    match found {
        None => Made::Unknown,
        Some(mut slips) => {
            slips.extend(in_capitals.then_some(Slip::Capitals));
            if slips.is_empty() {
                Made::Right
            } else {
                Made::With(slips)
            }
        }
    }
}

/// Tries every letter case of the name, with the password and realm unchanged.
fn in_another_case(
    digits: &[u8; 16],
    whole: &str,
    realm: &str,
    passwords: &[Spelling],
    forms: &[(Form, Option<Slip>); 3],
) -> Option<Vec<Slip>> {
    let password = passwords.first()?;
    let right = Named::right(realm);
    spellings::cases(whole).find_map(|name| {
        let (_, form_slip) = forms
            .iter()
            .find(|(form, _)| makes(digits, *form, &name, &right, realm, password))?;
        Some(name.slip.iter().chain(form_slip).cloned().collect())
    })
}

/// Returns whether these parts in this format produce the stored digits. In Hash1b's format, the
/// realm may be misspelled in both places or in one.
fn makes(
    digits: &[u8; 16],
    form: Form,
    name: &Named,
    realm: &Named,
    full: &str,
    password: &Spelling,
) -> bool {
    let is = |head: &[&str]| {
        let mut hasher = Md5::new();
        for part in head {
            hasher.update(part.as_bytes());
        }
        hasher.update(b":");
        hasher.update(&password.bytes);
        bool::from(hasher.finalize().as_slice().ct_eq(digits))
    };
    let (name, realm) = (name.text.as_str(), realm.text.as_str());
    match form {
        Form::Plain => is(&[name, ":", realm]),
        Form::Table => is(&[name, ":", realm, ":", realm]),
        Form::WithRealm => {
            is(&[name, "@", realm, ":", realm])
                || is(&[name, "@", full, ":", realm])
                || is(&[name, "@", realm, ":", full])
        }
    }
}

#[cfg(test)]
mod tests;
