//! Phone numbers, as accepted by Twilio and Bandwidth's Voice API.

use crate::{name, trimmed};

/// What is wrong with a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("no phone number: {self:?}")]
pub enum NumberProblem {
    /// It begins with 0 behind the +.
    LeadingZero,
    /// It isn't + and digits.
    Malformed,
    /// It is empty.
    Missing,
    /// It has more digits than E.164 allows.
    TooLong,
    /// It has fewer digits than any number with its country code.
    TooShort,
}

name!(
    /// A phone number in E.164: `+` and 7 to 15 digits.
    PhoneNumber, NumberProblem
);

impl PhoneNumber {
    /// Reads what was typed, or says what is wrong with it. Spaces, hyphens, dots
    /// and brackets between the digits are dropped.
    pub fn parse(typed: &str) -> Result<Self, NumberProblem> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err(NumberProblem::Missing);
        }
        if typed.len() > 64 {
            return Err(NumberProblem::TooLong);
        }
        let plain: String = typed
            .chars()
            .filter(|letter| !letter.is_whitespace() && !"-.()/\u{2010}\u{2011}".contains(*letter))
            .collect();
        let digits = plain.strip_prefix('+').ok_or(NumberProblem::Malformed)?;
        if digits.is_empty() || !digits.bytes().all(|letter| letter.is_ascii_digit()) {
            return Err(NumberProblem::Malformed);
        }
        if digits.starts_with('0') {
            return Err(NumberProblem::LeadingZero);
        }
        if digits.len() < 7 {
            return Err(NumberProblem::TooShort);
        }
        if digits.len() > 15 {
            return Err(NumberProblem::TooLong);
        }
        Ok(Self(plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_as_people_write_it() {
        for typed in [
            "+17778889999",
            " +1 (777) 888-9999\n",
            "+1.777.888.9999",
            "\u{feff}+1\u{a0}777\u{2011}8889999",
        ] {
            assert_eq!(PhoneNumber::parse(typed).unwrap().as_str(), "+17778889999");
        }
    }

    #[test]
    fn a_number_that_is_not_e164_is_refused() {
        let long = "1".repeat(10_000);
        for typed in [
            "",
            "7778889999",
            "0017778889999",
            "+0777888999",
            "+1777",
            "+1777888999A",
            "+1234567890123456",
            "+",
            "++17778889999",
            "+1777٨٨٨9999",
            &long,
        ] {
            assert!(PhoneNumber::parse(typed).is_err(), "{typed}");
        }
    }
}
