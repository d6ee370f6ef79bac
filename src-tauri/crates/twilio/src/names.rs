//! Validated names used by Twilio.

use registrar_names::{name, trimmed};

/// Why a SID is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("no SID: {self:?}")]
pub enum SidProblem {
    /// The account's SID is that of an API key.
    AccountIsKey,
    /// The account's SID isn't `AC` and 32 hexadecimal digits.
    AccountMalformed,
    /// The account's SID is empty.
    AccountMissing,
    /// The API key's SID is that of an account.
    KeyIsAccount,
    /// The API key's SID isn't `SK` and 32 hexadecimal digits.
    KeyMalformed,
    /// The API key's SID is empty.
    KeyMissing,
    /// Twilio sent something that isn't a call's SID.
    NoCall,
}

name!(
    /// A Twilio account: `AC` and 32 hexadecimal digits.
    AccountSid, SidProblem
);
name!(
    /// A Twilio API key: `SK` and 32 hexadecimal digits.
    KeySid, SidProblem
);
name!(
    /// A call at Twilio: `CA` and letters and digits.
    CallSid, SidProblem
);
impl AccountSid {
    /// Parses typed text, or returns what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, SidProblem> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err(SidProblem::AccountMissing);
        }
        if typed.starts_with("SK") {
            return Err(SidProblem::AccountIsKey);
        }
        if !is_sid(typed, "AC") {
            return Err(SidProblem::AccountMalformed);
        }
        Ok(Self(typed.to_owned()))
    }
}

impl KeySid {
    /// Parses typed text, or returns what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, SidProblem> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err(SidProblem::KeyMissing);
        }
        if typed.starts_with("AC") {
            return Err(SidProblem::KeyIsAccount);
        }
        if !is_sid(typed, "SK") {
            return Err(SidProblem::KeyMalformed);
        }
        Ok(Self(typed.to_owned()))
    }
}

impl CallSid {
    /// Parses a SID sent by Twilio.
    pub fn parse(sent: &str) -> Result<Self, SidProblem> {
        let good = sent.starts_with("CA")
            && sent.len() <= 64
            && sent.bytes().all(|letter| letter.is_ascii_alphanumeric());
        good.then(|| Self(sent.to_owned()))
            .ok_or(SidProblem::NoCall)
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
        assert_eq!(AccountSid::parse(&key), Err(SidProblem::AccountIsKey));
        assert_eq!(KeySid::parse(&account), Err(SidProblem::KeyIsAccount));
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
