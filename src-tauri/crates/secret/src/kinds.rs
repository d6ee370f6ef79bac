//! Secrets: values that are entered once and can't be printed or serialized.
//!
//! Each kind has its own type, so that a Twilio token can't be sent in place of a SIP password.
//! Hashes are secrets too: anyone who has Hash1 can register.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// It has no `Serialize` and no `Display`, and its `Debug` prints a placeholder.
        ///
        /// ```compile_fail,E0277
        /// fn out<T: serde::Serialize>(_: T) {}
        #[doc = concat!("out(registrar_secret::", stringify!($name), "::new(\"hunter2\"));")]
        /// ```
        #[derive(Clone, Debug, Deserialize)]
        #[cfg_attr(
            feature = "export-types",
            derive(ts_rs::TS),
            ts(type = "string", export_to = "types.d.ts")
        )]
        #[serde(transparent)]
        pub struct $name(SecretString);

        impl $name {
            /// Wraps plain text. The caller drops its own copy.
            pub fn new(plain: impl Into<String>) -> Self {
                Self(SecretString::from(plain.into()))
            }

            /// Returns whether nothing was typed.
            pub fn is_empty(&self) -> bool {
                self.0.expose_secret().is_empty()
            }

            /// Returns the number of characters, which the window may show.
            #[must_use]
            pub fn length(&self) -> usize {
                self.0.expose_secret().chars().count()
            }

            /// Returns the secret without leading and trailing line breaks, which pasting adds.
            #[must_use]
            pub fn without_line_breaks(&self) -> Self {
                Self::new(self.0.expose_secret().trim_matches(['\r', '\n']))
            }

            /// Returns the plain text. Call this in the one expression that needs it.
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }

            /// Compares in time that doesn't depend on where two secrets differ.
            #[must_use]
            pub fn matches(&self, other: &Self) -> bool {
                self.0.expose_secret().as_bytes().ct_eq(other.0.expose_secret().as_bytes()).into()
            }
        }
    };
}

secret!(
    /// What signs in to Bandwidth: an API client's secret or an API user's password.
    SignInSecret
);
secret!(
    /// A Bearer token that the token endpoint gave out.
    AccessToken
);
secret!(
    /// The password of a SIP credential, as the phone will use it.
    SipPassword
);
secret!(
    /// Hash1 or Hash1b: 32 lower-case hexadecimal digits.
    Hash
);
secret!(
    /// What was typed to prove a SIP credential: its password, Hash1 or Hash1b.
    CheckSecret
);
secret!(
    /// A Twilio Auth Token or the secret of a Twilio API key.
    TwilioSecret
);
secret!(
    /// The part of an address of practice that nobody can guess: 32 hexadecimal digits.
    PathSecret
);
secret!(
    /// A secret on its way into the keychain or out of it; its entry says of which kind.
    Kept
);

impl PathSecret {
    /// Returns 128 fresh bits from the system's random source.
    #[must_use]
    pub fn generate() -> Self {
        use rand::RngExt as _;
        Self::new(hex::encode(rand::rng().random::<[u8; 16]>()))
    }
}

impl SipPassword {
    /// Letters and digits that can't be confused with one another: no `0 O o`, `1 l I`.
    const LETTERS: &'static [u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
    /// Length of a generated password: 22 of 56 letters are 127 bits.
    pub const MADE_LENGTH: usize = 22;

    /// Generates a password from the system's random source.
    #[must_use]
    pub fn make() -> Self {
        use rand::RngExt as _;
        let mut random = rand::rng();
        let letter = |_| char::from(Self::LETTERS[random.random_range(0..Self::LETTERS.len())]);
        Self::new((0..Self::MADE_LENGTH).map(letter).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_as_a_placeholder() {
        let printed = format!("{:?}", SipPassword::new("canary-7f3a"));

        assert!(!printed.contains("canary"), "{printed}");
    }

    #[test]
    fn a_made_password_has_22_letters_without_look_alikes() {
        let made = SipPassword::make();

        assert_eq!(made.length(), 22);
        assert!(!made.expose().contains(['0', 'O', 'o', '1', 'l', 'I']));
        assert!(
            !made.matches(&SipPassword::make()),
            "two made passwords differ"
        );
    }

    #[test]
    fn path_secrets_have_128_random_bits() {
        let secret = PathSecret::generate();

        assert_eq!(secret.length(), 32);
        assert!(
            secret
                .expose()
                .bytes()
                .all(|digit| digit.is_ascii_hexdigit())
        );
        assert!(!secret.matches(&PathSecret::generate()));
    }
}
