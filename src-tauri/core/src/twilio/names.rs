//! The names that Twilio uses, each checked once.

use crate::names::{name, trimmed};

name!(
    /// A Twilio account: `AC` and 32 hexadecimal digits.
    AccountSid, &'static str
);
name!(
    /// A Twilio API key: `SK` and 32 hexadecimal digits.
    KeySid, &'static str
);
name!(
    /// A call at Twilio: `CA` and letters and digits.
    CallSid, &'static str
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

fn is_sid(text: &str, kind: &str) -> bool {
    text.strip_prefix(kind).is_some_and(|digits| {
        digits.len() == 32 && digits.bytes().all(|letter| letter.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
