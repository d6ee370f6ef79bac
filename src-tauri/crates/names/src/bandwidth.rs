//! Names that people type. A value of one of these types has been validated and can be sent.
//!
//! Limits and allowed characters come from Bandwidth's API description and its errors 23003 to
//! 23016, 33003 and 33013. Whitespace and invisible characters around pasted text are dropped.

use serde::{Deserialize, Serialize};

use crate::{is_invisible, name, trimmed};

/// Why a typed name is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[error("no name that can be sent: {self:?}")]
pub enum NameProblem {
    /// The account number contains something other than digits.
    AccountNumberLetters,
    /// The account number is empty.
    AccountNumberMissing,
    /// The account number is too long.
    AccountNumberTooLong,
    /// The ID of a voice application isn't a UUID.
    ApplicationId,
    /// The description contains a control character, or one that XML can't represent.
    DescriptionLetters,
    /// The description is too long.
    DescriptionTooLong,
    /// The domain contains an invisible character.
    DomainInvisible,
    /// The domain contains characters that the API rejects.
    DomainLetters,
    /// The domain is empty.
    DomainMissing,
    /// The domain is too long.
    DomainTooLong,
    /// The realm's name has capitals.
    RealmNameCapitals,
    /// The realm's name contains characters that the API rejects.
    RealmNameLetters,
    /// The realm's name is empty.
    RealmNameMissing,
    /// The realm's name is too long.
    RealmNameTooLong,
    /// The user name contains an @, which is followed by a domain.
    UserNameAt,
    /// The user name has a colon.
    UserNameColon,
    /// The user name contains an invisible character.
    UserNameInvisible,
    /// The user name contains characters that the API rejects.
    UserNameLetters,
    /// The user name is empty.
    UserNameMissing,
    /// The user name contains neither a letter nor a digit.
    UserNameOnlySigns,
    /// The user name is too long.
    UserNameTooLong,
}

name!(
    /// Bandwidth's number for an account: digits.
    AccountNumber, NameProblem
);
name!(
    /// The short name of a realm, without the suffix that Bandwidth adds: `[a-z0-9]{1,30}`.
    RealmName, NameProblem
);
name!(
    /// The description of a realm: one line of at most 255 characters, or nothing.
    Description, NameProblem
);
name!(
    /// The user name of a SIP credential, without the domain: 1 to 32 characters.
    UserName, NameProblem
);
name!(
    /// The domain of a SIP credential: 1 to 32 characters.
    Domain, NameProblem
);
name!(
    /// The ID of a voice application: a UUID, in lower case.
    ApplicationId, NameProblem
);

impl AccountNumber {
    /// Maximum length of an account number, in digits.
    const LONGEST: usize = 15;

    /// Parses typed text, or returns what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err(NameProblem::AccountNumberMissing);
        }
        if !typed.bytes().all(|letter| letter.is_ascii_digit()) {
            return Err(NameProblem::AccountNumberLetters);
        }
        if typed.len() > Self::LONGEST {
            return Err(NameProblem::AccountNumberTooLong);
        }
        Ok(Self(typed.to_owned()))
    }
}

impl RealmName {
    /// Parses typed text, or returns what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err(NameProblem::RealmNameMissing);
        }
        if typed.len() > 30 {
            return Err(NameProblem::RealmNameTooLong);
        }
        if typed.bytes().any(|letter| letter.is_ascii_uppercase()) {
            return Err(NameProblem::RealmNameCapitals);
        }
        if !typed
            .bytes()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        {
            return Err(NameProblem::RealmNameLetters);
        }
        Ok(Self(typed.to_owned()))
    }
}

impl Description {
    /// Parses typed text, or returns what is wrong with it. It may be empty.
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        let typed = trimmed(typed);
        if typed.chars().take(256).count() > 255 {
            return Err(NameProblem::DescriptionTooLong);
        }
        if typed
            .chars()
            .any(|letter| letter.is_control() || !is_xml(letter))
        {
            return Err(NameProblem::DescriptionLetters);
        }
        Ok(Self(typed.to_owned()))
    }
}

impl UserName {
    /// Parses typed text, or returns what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        Self::check(typed).map(|name| Self(name.to_owned()))
    }

    /// Returns the part of the typed text that is the name, without copying.
    pub fn check(typed: &str) -> Result<&str, NameProblem> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err(NameProblem::UserNameMissing);
        }
        if has_invisible(typed) {
            return Err(NameProblem::UserNameInvisible);
        }
        if typed.contains('@') {
            return Err(NameProblem::UserNameAt);
        }
        if typed.contains(':') {
            return Err(NameProblem::UserNameColon);
        }
        if typed.len() > 32 {
            return Err(NameProblem::UserNameTooLong);
        }
        if !typed.bytes().all(is_in_a_name) {
            return Err(NameProblem::UserNameLetters);
        }
        if !typed.bytes().any(|letter| letter.is_ascii_alphanumeric()) {
            return Err(NameProblem::UserNameOnlySigns);
        }
        Ok(typed)
    }
}

impl Domain {
    /// Parses typed text, or returns what is wrong with it. An empty field means no domain: see
    /// [`Domain::parse_optional`].
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        Self::check(typed).map(|name| Self(name.to_owned()))
    }

    /// Returns the part of the typed text that is the domain, without copying.
    pub fn check(typed: &str) -> Result<&str, NameProblem> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err(NameProblem::DomainMissing);
        }
        if has_invisible(typed) {
            return Err(NameProblem::DomainInvisible);
        }
        if typed.len() > 32 {
            return Err(NameProblem::DomainTooLong);
        }
        if !typed.bytes().all(is_in_a_name) {
            return Err(NameProblem::DomainLetters);
        }
        Ok(typed)
    }

    /// Parses an optional field.
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, NameProblem> {
        optional(typed, Self::parse)
    }
}

impl ApplicationId {
    /// Parses typed text, or returns what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        Self::check(typed).map(Self::from)
    }

    /// Validates typed text without copying.
    pub fn check(typed: &str) -> Result<uuid::Uuid, NameProblem> {
        uuid::Uuid::try_parse(trimmed(typed)).map_err(|_| NameProblem::ApplicationId)
    }

    /// Reads a field that may stay empty.
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, NameProblem> {
        optional(typed, Self::parse)
    }
}

impl From<uuid::Uuid> for ApplicationId {
    fn from(id: uuid::Uuid) -> Self {
        Self(id.hyphenated().to_string())
    }
}

fn optional<T>(
    typed: &str,
    parse: fn(&str) -> Result<T, NameProblem>,
) -> Result<Option<T>, NameProblem> {
    match trimmed(typed) {
        "" => Ok(None),
        typed => parse(typed).map(Some),
    }
}

fn has_invisible(typed: &str) -> bool {
    !typed.is_ascii() && typed.contains(is_invisible)
}

/// Errors 23014 and 23015 name these letters.
fn is_in_a_name(letter: u8) -> bool {
    letter.is_ascii_alphanumeric() || b"._-!$&*+=~".contains(&letter)
}

/// XML 1.0 section 2.2, without the control characters.
fn is_xml(letter: char) -> bool {
    !matches!(letter, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::test_runner::Config;
    use registrar_digest::{Hashes, composite};
    use registrar_secret::SipPassword;

    use super::*;

    #[test]
    fn what_a_paste_brings_along_is_dropped() {
        let pasted = "\u{feff} \r\n\u{a0}5500123\u{200b}\t\n";

        assert_eq!(AccountNumber::parse(pasted).unwrap().as_str(), "5500123");
        assert_eq!(RealmName::parse(" desk1\n").unwrap().as_str(), "desk1");
        assert_eq!(
            UserName::parse("\tfrontdesk ").unwrap().as_str(),
            "frontdesk"
        );
        assert_eq!(Domain::parse_optional(" \u{a0}\n").unwrap(), None);
        assert_eq!(Description::parse(" a  b \n").unwrap().as_str(), "a  b");
    }

    #[test]
    fn ten_thousand_letters_are_refused_everywhere() {
        let long = "1".repeat(10_000);

        assert!(AccountNumber::parse(&long).is_err());
        assert!(RealmName::parse(&long).is_err());
        assert!(UserName::parse(&long).is_err());
        assert!(Domain::parse(&long).is_err());
        assert!(ApplicationId::parse(&long).is_err());
        assert!(Description::parse(&long).is_err());
    }

    #[test]
    fn each_limit_is_the_last_that_passes() {
        assert!(RealmName::parse(&"a".repeat(30)).is_ok());
        assert!(RealmName::parse(&"a".repeat(31)).is_err());
        assert!(UserName::parse(&"a".repeat(32)).is_ok());
        assert!(UserName::parse(&"a".repeat(33)).is_err());
        assert!(Domain::parse(&"a".repeat(32)).is_ok());
        assert!(Domain::parse(&"a".repeat(33)).is_err());
        assert!(Description::parse(&"ä".repeat(255)).is_ok());
        assert!(Description::parse(&"ä".repeat(256)).is_err());
    }

    #[test]
    fn what_the_api_refuses_is_refused_before_it_is_sent() {
        for bad in ["", "Desk", "my-realm", "my realm", "désk", "a.b"] {
            assert!(RealmName::parse(bad).is_err(), "{bad}");
        }
        for bad in [
            "", "a:b", "a@b", "a b", "zoë", "a/b", "a<b", "..", "a\u{0}b",
        ] {
            assert!(UserName::parse(bad).is_err(), "{bad}");
        }
        for bad in ["", "55-123", "٥٥", "-1", "5 5"] {
            assert!(AccountNumber::parse(bad).is_err(), "{bad}");
        }
        for bad in ["a\u{1}b", "a\nb", "a\u{fffe}"] {
            assert!(Description::parse(bad).is_err(), "{bad:?}");
        }
        for bad in ["", "none", "5ba6761d-36bd-4307-8f7b-a6f806c35ab", "{}"] {
            assert!(ApplicationId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn all_letters_that_the_api_takes_pass() {
        assert!(UserName::parse("aZ9._-!$&*+=~").is_ok());
        assert!(Domain::parse("bw.com").is_ok());
        let id = ApplicationId::parse("5BA6761D-36BD-4307-8F7B-A6F806C35ABF").unwrap();
        assert_eq!(id.as_str(), "5ba6761d-36bd-4307-8f7b-a6f806c35abf");
    }

    proptest::proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(256) })]
        #[test]
        fn white_space_around_a_pasted_name_changes_no_hash(
            name in "[-=+!._$&*~]{0,3}[a-zA-Z0-9][a-zA-Z0-9._!$&*+=~-]{0,20}",
            domain in "[a-zA-Z0-9][a-zA-Z0-9.-]{0,20}",
            before in "[ \t\r\n]{0,3}",
            behind in "[ \t\r\n]{0,3}",
        ) {
            let pasted = |text: &str| format!("{before}{text}{behind}");
            let of = |name: &str, domain: &str| {
                let name = UserName::parse(name).unwrap();
                let domain = Domain::parse(domain).unwrap();
                let composite = composite(name.as_str(), Some(domain.as_str()));
                Hashes::make(&composite, "r.example", &SipPassword::new("password"))
            };

            assert!(of(&pasted(&name), &pasted(&domain)).matches(&of(&name, &domain)));
        }
    }
}
