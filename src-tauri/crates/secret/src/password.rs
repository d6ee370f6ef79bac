//! The rules for SIP passwords, the same whether typed, pasted or imported.

use serde::{Deserialize, Serialize};

use crate::SipPassword;
use crate::typed::is_invisible;

/// Why a text can't be the password of a SIP credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordProblem {
    /// It is only white space.
    Blank,
    /// It has a control character, such as a tab or a line break.
    ControlCharacter,
    /// It has no characters.
    Empty,
    /// It contains a character that is invisible or looks like a space: see [`is_invisible`].
    Invisible,
    /// It starts or ends with white space.
    OuterSpace,
    /// It has more than [`SipPassword::LONGEST`] characters.
    TooLong,
    /// It contains U+FFFD, which marks text decoded with the wrong encoding.
    Unreadable,
}

impl SipPassword {
    /// Maximum number of characters: Twilio's limit for `SipAuthPassword`.
    pub const LONGEST: usize = 255;

    /// Parses a typed or pasted password.
    pub fn parse(typed: &str) -> Result<Self, PasswordProblem> {
        Self::check(typed).map(Self::new)
    }

    /// Returns the part of a text that is the password, without copying: line breaks around it,
    /// which pasting adds, aren't part of it.
    pub fn check(text: &str) -> Result<&str, PasswordProblem> {
        // Fast path: nearly all passwords are like this, and a file may contain a million.
        let ordinary = |byte: u8| byte.is_ascii_graphic();
        if !text.is_empty() && text.len() <= Self::LONGEST && text.bytes().all(ordinary) {
            return Ok(text);
        }
        let password = text.trim_matches(['\r', '\n']);
        let has = |odd: fn(char) -> bool| password.contains(odd);
        Err(if password.is_empty() {
            PasswordProblem::Empty
        } else if password.trim().is_empty() {
            PasswordProblem::Blank
        } else if password.chars().nth(Self::LONGEST).is_some() {
            PasswordProblem::TooLong
        } else if has(|letter| letter == char::REPLACEMENT_CHARACTER) {
            PasswordProblem::Unreadable
        } else if has(is_invisible) {
            PasswordProblem::Invisible
        } else if password.trim() != password {
            PasswordProblem::OuterSpace
        } else if has(char::is_control) {
            PasswordProblem::ControlCharacter
        } else {
            return Ok(password);
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::*;

    fn problem(text: &str) -> Option<PasswordProblem> {
        SipPassword::parse(text).err()
    }

    #[test]
    fn each_problem_of_a_password_is_told_apart() {
        use PasswordProblem::*;
        for (text, expected) in [
            ("", Empty),
            ("\r\n", Empty),
            ("  ", Blank),
            ("\u{3000}\t", Blank),
            ("canary ", OuterSpace),
            (" canary\n", OuterSpace),
            ("\tcanary", OuterSpace),
            ("can\tary", ControlCharacter),
            ("can\nary", ControlCharacter),
            ("can\u{85}ary", ControlCharacter),
            ("can\u{fffd}ary", Unreadable),
        ] {
            assert_eq!(problem(text), Some(expected), "{text:?}");
        }
        assert_eq!(problem(&"x".repeat(256)), Some(TooLong));
        assert_eq!(problem(&"\u{e4}".repeat(256)), Some(TooLong));
    }

    #[test]
    fn characters_that_are_not_seen_are_refused_anywhere() {
        for odd in [
            '\u{a0}',
            '\u{ad}',
            '\u{61c}',
            '\u{180e}',
            '\u{2007}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{202f}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{e0041}',
        ] {
            for text in [
                format!("{odd}abcd"),
                format!("ab{odd}cd"),
                format!("abcd{odd}"),
            ] {
                assert_eq!(problem(&text), Some(PasswordProblem::Invisible), "{text:?}");
            }
        }
    }

    #[test]
    fn what_a_phone_can_type_is_kept_as_it_is() {
        for text in [
            "p\u{e4}ss w\u{f6}rd",
            "=1+1",
            "+x",
            "-x",
            "@x",
            "'x",
            "\u{5bc6}\u{7801}",
        ] {
            assert_eq!(SipPassword::check(text), Ok(text));
        }
        assert_eq!(SipPassword::check("\r\npasted\n"), Ok("pasted"));
        assert_eq!(problem(&"\u{e4}".repeat(255)), None);
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(256) })]
        #[test]
        fn a_password_that_was_read_is_read_as_itself(text in any::<String>()) {
            if let Ok(password) = SipPassword::check(&text) {
                prop_assert_eq!(SipPassword::check(password), Ok(password));
                prop_assert!(text.contains(password) && password.trim() == password);
                prop_assert!(!password.contains(|odd: char| odd.is_control() || is_invisible(odd)));
            }
        }
    }
}
