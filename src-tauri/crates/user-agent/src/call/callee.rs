//! Parses the typed destination of a call.

use registrar_sip::uri::Uri;

/// Maximum number of digits of a number (ITU-T E.164).
const MOST_DIGITS: usize = 15;
/// Minimum number of digits of an international number.
const FEWEST_DIGITS: usize = 7;
/// Maximum length of a user part or host.
const LONGEST: usize = 253;
/// Emergency numbers, which a test must not call. 933 isn't among them: it reads the caller's
/// address back.
const EMERGENCY: [&str; 6] = ["000", "112", "911", "999", "1911", "9911"];

/// A callee: a number, an extension, or a SIP address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callee {
    user: String,
    /// A host other than the realm.
    host: Option<String>,
}

impl Callee {
    /// Parses typed text. Returns an error that says what is wrong and what is right, in one
    /// sentence.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("Type a number, an extension or a SIP address to call.");
        }
        let lower = text.to_ascii_lowercase();
        let callee = if lower.starts_with("sips:") {
            return Err(
                "Type the address with sip: instead of sips:; the transport is chosen below.",
            );
        } else if lower.starts_with("sip:") {
            Self::address(text)?
        } else if lower.starts_with("tel:") {
            Self::number(&text[4..])?
        } else if text.contains('@') {
            Self::address(&format!("sip:{text}"))?
        } else {
            Self::number(text)?
        };
        let digits: String = callee
            .user
            .chars()
            .filter(|c| !between_digits(*c))
            .collect();
        if EMERGENCY.contains(&digits.trim_start_matches('+')) {
            return Err("Emergency numbers are not called from here. Type another number.");
        }
        Ok(callee)
    }

    fn address(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str = "Type the SIP address like this: sip:100@example.com.";
        let uri = Uri::parse(text).ok_or(WRONG)?;
        let user = uri.user.filter(|user| !user.is_empty()).ok_or(WRONG)?;
        if user.len() > LONGEST || uri.host.len() > LONGEST || user.chars().any(char::is_control) {
            return Err(WRONG);
        }
        let port = uri.port.map(|port| format!(":{port}")).unwrap_or_default();
        Ok(Self {
            user,
            host: Some(format!("{}{port}", uri.host)),
        })
    }

    fn number(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str = "Use digits, such as +19195550150, or an extension such as 100.";
        if text.len() > LONGEST {
            return Err(WRONG);
        }
        let user: String = text
            .chars()
            .filter(|letter| !between_digits(*letter))
            .collect();
        let is_digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
        if let Some(digits) = user.strip_prefix('+') {
            if !is_digits(digits) || digits.starts_with('0') {
                return Err(
                    "Write the country code behind the +, then digits alone: +19195550150.",
                );
            }
            if !(FEWEST_DIGITS..=MOST_DIGITS).contains(&digits.len()) {
                return Err("A number with + has 7 to 15 digits.");
            }
            return Ok(Self { user, host: None });
        }
        if user
            .chars()
            .all(|letter| letter.is_ascii_digit() || "*#".contains(letter))
        {
            return if (1..=MOST_DIGITS).contains(&user.len()) {
                Ok(Self { user, host: None })
            } else {
                Err(WRONG)
            };
        }
        // An extension may be a name, from which nothing is removed.
        let legal = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        if text.chars().all(legal) && text.len() <= 64 {
            return Ok(Self {
                user: text.to_owned(),
                host: None,
            });
        }
        Err(WRONG)
    }

    /// Returns the URI to call; `realm` is the host if none was typed.
    #[must_use]
    pub fn uri(&self, realm: &str) -> String {
        let host = self.host.as_deref().unwrap_or(realm);
        Uri::new(Some(&self.user), host).to_string()
    }

    /// Returns only the number or name.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }
}

/// Separators that people write between the digits of a number (RFC 3966 section 5.1.1, and
/// spaces).
fn between_digits(letter: char) -> bool {
    " \u{a0}-./()".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_extensions_and_addresses_are_taken() {
        for (typed, uri) in [
            ("+19195550150", "sip:+19195550150@r.example"),
            (" +1 (919) 555-0150 ", "sip:+19195550150@r.example"),
            ("tel:+1-919-555-0150", "sip:+19195550150@r.example"),
            ("919.555.0150", "sip:9195550150@r.example"),
            ("100", "sip:100@r.example"),
            ("933", "sip:933@r.example"),
            ("*98#", "sip:*98%23@r.example"),
            ("front-desk", "sip:front-desk@r.example"),
            ("sip:bob@other.example", "sip:bob@other.example"),
            (
                "SIP:bob:x@other.example:5070;a=b?c=d",
                "sip:bob@other.example:5070",
            ),
            ("100@other.example", "sip:100@other.example"),
            ("sip:+15551234567@[::1]:5060", "sip:+15551234567@[::1]:5060"),
        ] {
            let callee = Callee::parse(typed);

            let found = callee.as_ref().map(|callee| callee.uri("r.example"));
            assert_eq!(found.as_deref(), Ok(uri), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_called_is_refused_with_a_sentence() {
        let long = "1".repeat(10_000);
        for typed in [
            "",
            "  ",
            "+",
            "+1",
            "+0123456789",
            "+1234567890123456",
            "1234567890123456",
            "a b",
            "bob;x",
            "bob\r\nVia: x",
            "sip:",
            "sip:@r.example",
            "sip:r.example",
            "sip:bob@",
            "sip:b\0b@r.example",
            "sips:bob@r.example",
            "http://r.example",
            "911",
            "+911",
            "sip:911@r.example",
            "sip:9-1-1@r.example",
            "9.1.1@r.example",
            "112",
            "<script>",
            &long,
        ] {
            let sentence = Callee::parse(typed).unwrap_err();

            assert!(sentence.ends_with('.'), "{typed:.20}: {sentence}");
        }
    }
}
