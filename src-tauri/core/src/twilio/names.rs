//! The names that Twilio uses, each checked once.

use crate::names::{name, trimmed};

name!(
    /// A Twilio account: `AC` and 32 hexadecimal digits.
    AccountSid
);
name!(
    /// A Twilio API key: `SK` and 32 hexadecimal digits.
    KeySid
);
name!(
    /// A call at Twilio: `CA` and letters and digits.
    CallSid
);
name!(
    /// A phone number in E.164: `+` and 7 to 15 digits.
    PhoneNumber
);

impl AccountSid {
    /// Reads what was typed, or says in a sentence what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err("The account SID is needed.");
        }
        if typed.starts_with("SK") {
            return Err("This is the SID of an API key. The account's own begins with AC.");
        }
        if !is_sid(typed, "AC") {
            return Err("An account SID is AC and 32 digits or letters a to f.");
        }
        Ok(Self(typed.to_owned()))
    }
}

impl KeySid {
    /// Reads what was typed, or says in a sentence what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err("The SID of the API key is needed.");
        }
        if typed.starts_with("AC") {
            return Err("This is the account's SID. The one of an API key begins with SK.");
        }
        if !is_sid(typed, "SK") {
            return Err("The SID of an API key is SK and 32 digits or letters a to f.");
        }
        Ok(Self(typed.to_owned()))
    }
}

impl CallSid {
    /// Reads what Twilio sent.
    pub fn parse(sent: &str) -> Result<Self, &'static str> {
        let good = sent.starts_with("CA")
            && sent.len() <= 64
            && sent.bytes().all(|letter| letter.is_ascii_alphanumeric());
        good.then(|| Self(sent.to_owned()))
            .ok_or("This is no call SID.")
    }
}

impl PhoneNumber {
    /// Reads what was typed, or says in a sentence what is wrong with it. Spaces, hyphens, dots
    /// and brackets between the digits are dropped.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        const FORM: &str = "Write the number with + and the country code, such as +17778889999.";
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err("The phone number is needed.");
        }
        if typed.len() > 64 {
            return Err("A phone number has at most 15 digits.");
        }
        let plain: String = typed
            .chars()
            .filter(|letter| !letter.is_whitespace() && !"-.()/\u{2010}\u{2011}".contains(*letter))
            .collect();
        let digits = plain.strip_prefix('+').ok_or(FORM)?;
        if digits.is_empty() || !digits.bytes().all(|letter| letter.is_ascii_digit()) {
            return Err(FORM);
        }
        if digits.starts_with('0') {
            return Err("No country code begins with 0. Leave out the 0 or 00 before it.");
        }
        if digits.len() < 7 {
            return Err("This number is too short: country code, area and number are needed.");
        }
        if digits.len() > 15 {
            return Err("A phone number has at most 15 digits.");
        }
        Ok(Self(plain))
    }
}

fn is_sid(text: &str, kind: &str) -> bool {
    text.strip_prefix(kind).is_some_and(|digits| {
        digits.len() == 32 && digits.bytes().all(|letter| letter.is_ascii_hexdigit())
    })
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

    #[test]
    fn a_sid_of_the_other_kind_is_named_as_such() {
        let digits = "0123456789abcdef0123456789abcdef";
        let (account, key) = (format!("AC{digits}"), format!("SK{digits}"));

        assert_eq!(
            AccountSid::parse(&format!(" {account}\n"))
                .unwrap()
                .as_str(),
            account
        );
        assert_eq!(KeySid::parse(&key).unwrap().as_str(), key);
        assert!(AccountSid::parse(&key).unwrap_err().contains("API key"));
        assert!(KeySid::parse(&account).unwrap_err().contains("account"));
        for bad in [
            "",
            "AC",
            digits,
            "AC0123456789abcdef0123456789abcdeg",
            &"A".repeat(10_000),
        ] {
            assert!(AccountSid::parse(bad).is_err(), "{bad}");
        }
    }
}
