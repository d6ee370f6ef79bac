//! The two hashes that Bandwidth stores in place of a SIP password.
//!
//! Hash1 is `md5(composite:realm:password)`, Hash1b is `md5(composite@realm:realm:password)`, in
//! lower-case hexadecimal, over the bytes of UTF-8, without a newline. The realm is the full name
//! that the API returned. Source: `composite-username@Realm:Realm:Password` in Bandwidth's RAML and
//! its command line; the public guide's table row named 'Hash2' is wrong in every version.
//!
//! [`Hashes::make`] computes both for one credential, a [`HashMaker`] those of many, and
//! [`why::why`] finds the mistake that produced hashes which don't match a password.
//!
//! ```
//! use registrar_digest::{Hashes, composite};
//! use registrar_secret::SipPassword;
//!
//! let name = composite("anna", Some("phones.example"));
//! let password = SipPassword::new("correct-horse");
//! let made = Hashes::make(&name, "custxx.auth.bandwidth.com", &password);
//! assert!(made.matches(&Hashes::make(&name, "custxx.auth.bandwidth.com", &password)));
//! ```

mod maker;
mod many;
mod typed;
pub mod why;

use md5::{Digest, Md5};
use zeroize::Zeroizing;

use registrar_secret::{Hash, SipPassword};

pub use many::{Digits, HashMaker};
pub use typed::{HashTypo, TypedHash};

/// The user name a phone registers with: `user`, or `user@domain` if there is a domain.
#[must_use]
pub fn composite(user_name: &str, domain: Option<&str>) -> String {
    match domain {
        Some(domain) if !domain.is_empty() => format!("{user_name}@{domain}"),
        _ => user_name.to_owned(),
    }
}

/// The user name for Hash1b: the composite user name followed by `@realm`.
#[must_use]
pub fn with_realm(composite: &str, realm: &str) -> String {
    format!("{composite}@{realm}")
}

/// Both hashes of one credential.
#[derive(Clone, Debug)]
pub struct Hashes {
    /// For the composite user name.
    pub hash1: Hash,
    /// For the composite user name with `@realm`.
    pub hash1b: Hash,
}

impl Hashes {
    /// Computes both hashes. `realm` is the full name that the API returned.
    #[must_use]
    pub fn make(composite: &str, realm: &str, password: &SipPassword) -> Self {
        Self {
            hash1: ha1(composite, realm, password),
            hash1b: ha1(&with_realm(composite, realm), realm, password),
        }
    }

    /// Returns whether both hashes are the same as those of `other`.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.hash1.matches(&other.hash1) && self.hash1b.matches(&other.hash1b)
    }
}

/// The hashes of one credential as they are stored.
#[derive(Clone, Debug)]
pub struct StoredHashes {
    /// For the composite user name.
    pub hash1: Hash,
    /// For the composite user name with `@realm`; not every credential has one.
    pub hash1b: Option<Hash>,
    /// Which of them are stored in uppercase. They are lowercase here.
    pub in_capitals: InCapitals,
}

/// Which stored hashes have uppercase letters. Registrars compute lowercase ones, so such a hash
/// never matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InCapitals {
    /// Hash1.
    pub hash1: bool,
    /// Hash1b.
    pub hash1b: bool,
}

impl StoredHashes {
    /// Creates the value from the hashes as the API returns them.
    #[must_use]
    pub fn read(hash1: &Hash, hash1b: Option<&Hash>) -> Self {
        let small = |hash: &Hash| Hash::new(hash.expose().to_ascii_lowercase());
        let capital = |hash: &Hash| {
            hash.expose()
                .bytes()
                .any(|digit| digit.is_ascii_uppercase())
        };
        Self {
            hash1: small(hash1),
            hash1b: hash1b.map(small),
            in_capitals: InCapitals {
                hash1: capital(hash1),
                hash1b: hash1b.is_some_and(capital),
            },
        }
    }

    /// Returns whether both hashes are stored exactly as computed.
    #[must_use]
    pub fn are(&self, made: &Hashes) -> bool {
        self.hash1b.is_some() && self.matches(made) && self.in_capitals == InCapitals::default()
    }

    /// Returns whether both values are stored identically.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        let second = match (&self.hash1b, &other.hash1b) {
            (Some(one), Some(two)) => one.matches(two),
            (one, two) => one.is_none() && two.is_none(),
        };
        self.hash1.matches(&other.hash1) && second && self.in_capitals == other.in_capitals
    }

    /// Returns whether the stored hashes match the computed ones; a missing one matches.
    #[must_use]
    pub fn matches(&self, made: &Hashes) -> bool {
        let second = self.hash1b.as_ref();
        self.hash1.matches(&made.hash1) && second.is_none_or(|hash| hash.matches(&made.hash1b))
    }
}

impl From<Hashes> for StoredHashes {
    fn from(made: Hashes) -> Self {
        Self {
            hash1: made.hash1,
            hash1b: Some(made.hash1b),
            in_capitals: InCapitals::default(),
        }
    }
}

/// `md5(user_name:realm:password)`, which RFC 2617 calls HA1.
#[must_use]
pub fn ha1(user_name: &str, realm: &str, password: &SipPassword) -> Hash {
    let text = Zeroizing::new(format!("{user_name}:{realm}:{}", password.expose()));
    Hash::new(hex::encode(Md5::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VECTORS: &str = include_str!("../tests/fixtures/hash-vectors.json");

    fn vectors() -> Vec<serde_json::Value> {
        serde_json::from_str(VECTORS).unwrap()
    }

    fn md5(text: &str) -> String {
        hex::encode(Md5::digest(text.as_bytes()))
    }

    #[test]
    fn the_published_vectors_come_out() {
        for vector in vectors() {
            let text = |name: &str| vector[name].as_str().unwrap();

            let (user, realm, password) = (text("username"), text("realm"), text("password"));

            let made = Hashes::make(user, realm, &SipPassword::new(password));
            let many = HashMaker::default().make(user, None, realm, password);

            for made in [&made, &Hashes::from(&many)] {
                assert_eq!(made.hash1.expose(), text("hash1"));
                assert_eq!(made.hash1b.expose(), text("hash1b"));
            }
        }
    }

    #[test]
    fn the_guides_sample_of_31_digits_lost_its_last_one() {
        let printed_in_the_guide = "79bb0e55551e14a2f329a282c7cf145";

        let made = Hashes::make(
            "sipauthtest",
            "custxx.auth.bandwidth.com",
            &SipPassword::new("password"),
        );

        assert_eq!(printed_in_the_guide.len(), 31);
        assert_eq!(made.hash1b.expose(), format!("{printed_in_the_guide}6"));
    }

    #[test]
    fn one_right_hash_of_two_is_no_match() {
        let made = Hashes::make("bob", "office.example", &SipPassword::new("right"));
        let other = Hashes::make("bob", "office.example", &SipPassword::new("wrong"));
        let mixed = |hash1: &Hashes, hash1b: &Hashes| Hashes {
            hash1: hash1.hash1.clone(),
            hash1b: hash1b.hash1b.clone(),
        };

        for (hashes, same) in [
            (mixed(&made, &made), true),
            (mixed(&made, &other), false),
            (mixed(&other, &made), false),
            (other.clone(), false),
        ] {
            let stored = StoredHashes::from(hashes.clone());

            assert_eq!(hashes.matches(&made), same);
            assert_eq!(stored.matches(&made), same);
            assert_eq!(stored.are(&made), same);
            assert_eq!(stored.same_as(&made.clone().into()), same);
        }
    }

    #[test]
    fn a_hash_in_capitals_or_missing_is_not_as_made() {
        let made = Hashes::make("bob", "office.example", &SipPassword::new("right"));
        let capital = |hash: &Hash| Hash::new(hash.expose().to_ascii_uppercase());
        let as_made = StoredHashes::from(made.clone());

        for (hash1, hash1b) in [
            (capital(&made.hash1), Some(made.hash1b.clone())),
            (made.hash1.clone(), Some(capital(&made.hash1b))),
            (made.hash1.clone(), None),
        ] {
            let stored = StoredHashes::read(&hash1, hash1b.as_ref());

            assert!(stored.matches(&made), "the same digits as far as they go");
            assert!(!stored.are(&made));
            assert!(!stored.same_as(&as_made) && !as_made.same_as(&stored));
            assert!(stored.same_as(&stored.clone()));
        }
    }

    #[test]
    fn the_guides_hash2_row_makes_another_hash_than_hash1b() {
        for vector in vectors() {
            let text = |name: &str| vector[name].as_str().unwrap();
            let (user, realm, password) = (text("username"), text("realm"), text("password"));

            let by_the_table = md5(&format!("{user}:{realm}:{realm}:{password}"));

            assert_eq!(by_the_table, text("wrong_table_hash1b_user_realm_realm_pw"));
            assert_ne!(
                by_the_table,
                text("hash1b"),
                "the table row is not what is verified"
            );
        }
    }

    #[test]
    fn the_usual_mistakes_make_other_hashes() {
        for vector in vectors() {
            let text = |name: &str| vector[name].as_str().unwrap();
            let (user, realm, password) = (text("username"), text("realm"), text("password"));

            assert_eq!(
                md5(&format!("{user}:{realm}:{password}\n")),
                text("wrong_trailing_newline_hash1")
            );
            assert_eq!(
                md5(&format!("{user}:custxx:{password}")),
                text("wrong_short_realm_hash1")
            );
            assert_eq!(
                md5(&format!("{user}:{}:{password}", realm.to_uppercase())),
                text("wrong_upper_realm_hash1")
            );
        }
    }

    #[test]
    fn a_password_is_hashed_as_its_utf8_bytes() {
        let made = ha1("zoë", "r.example", &SipPassword::new("pä ss:@\"\\ "));

        assert_eq!(made.expose(), md5("zoë:r.example:pä ss:@\"\\ "));
    }
}
