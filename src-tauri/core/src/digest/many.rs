//! Hashes of many credentials, in memory that is used again and again.

use md5::{Digest as _, Md5};
use zeroize::{Zeroize as _, Zeroizing};

use super::Hashes;
use crate::secret::Hash;

/// The two digits of each byte.
static PAIRS: [[u8; 2]; 256] = {
    const LETTERS: &[u8; 16] = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        pairs[byte] = [LETTERS[byte >> 4], LETTERS[byte & 15]];
        byte += 1;
    }
    pairs
};

/// The 32 digits of a hash, without an allocation of their own.
///
/// As secret as [`Hash`]: its `Debug` prints a placeholder.
#[derive(Clone, Default)]
pub struct Digits([u8; 32]);

impl Digits {
    /// Reads 32 hexadecimal digits in either letter case, or nothing else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut digits: [u8; 32] = text.as_bytes().try_into().ok()?;
        if digits.iter().any(|digit| !digit.is_ascii_hexdigit()) {
            digits.zeroize();
            return None;
        }
        digits.make_ascii_lowercase();
        Some(Self(digits))
    }

    /// Returns the digits. Call it in the one expression that needs them.
    #[must_use]
    pub(crate) fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Returns whether these are the digits of that hash.
    #[must_use]
    pub fn are(&self, hash: &Hash) -> bool {
        use subtle::ConstantTimeEq as _;
        self.0.ct_eq(hash.expose().as_bytes()).into()
    }

    fn of(text: &[u8]) -> Self {
        let mut digits = [0; 32];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(Md5::digest(text)) {
            pair.copy_from_slice(&PAIRS[usize::from(byte)]);
        }
        Self(digits)
    }
}

impl Drop for Digits {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for Digits {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Digits([REDACTED])")
    }
}

/// Makes the hashes of one credential after the other.
#[derive(Default)]
pub struct HashMaker {
    text: Zeroizing<Vec<u8>>,
}

impl HashMaker {
    /// Makes Hash1 and Hash1b, as [`Hashes::make`] does.
    pub fn make(
        &mut self,
        user_name: &str,
        domain: Option<&str>,
        realm: &str,
        password: &str,
    ) -> [Digits; 2] {
        let (at, domain) = match domain {
            Some(domain) if !domain.is_empty() => ("@", domain),
            Some(_) | None => ("", ""),
        };
        [
            self.one(&[user_name, at, domain, ":", realm, ":", password]),
            self.one(&[user_name, at, domain, "@", realm, ":", realm, ":", password]),
        ]
    }

    /// Hashes the parts behind each other. They are copied into their places: growing a text part by
    /// part takes a quarter of the time that the hash itself takes.
    fn one(&mut self, parts: &[&str]) -> Digits {
        let length = parts.iter().map(|part| part.len()).sum();
        if self.text.len() < length {
            // Replaced, not grown: what is in it is overwritten, and not left behind as a copy.
            self.text = Zeroizing::new(vec![0; length.next_power_of_two()]);
        }
        let mut rest = &mut self.text[..length];
        for part in parts {
            let (place, behind) = rest.split_at_mut(part.len());
            place.copy_from_slice(part.as_bytes());
            rest = behind;
        }
        Digits::of(&self.text[..length])
    }
}

impl std::fmt::Debug for HashMaker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("HashMaker").finish_non_exhaustive()
    }
}

impl From<&[Digits; 2]> for Hashes {
    fn from([hash1, hash1b]: &[Digits; 2]) -> Self {
        Self {
            hash1: Hash::new(hash1.expose()),
            hash1b: Hash::new(hash1b.expose()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::SipPassword;

    #[test]
    fn they_are_the_same_as_those_that_are_made_one_by_one() {
        let mut maker = HashMaker::default();
        for (user, domain, password) in [
            ("anna", None, "short"),
            ("bob", Some("bw.com"), "pä ss:@\"\\"),
            ("carl", Some(""), ""),
        ] {
            let composite = super::super::composite(user, domain);
            let alone = Hashes::make(&composite, "r.example", &SipPassword::new(password));

            let many = maker.make(user, domain, "r.example", password);

            assert!(Hashes::from(&many).matches(&alone), "{user}");
            assert!(many[0].are(&alone.hash1) && !many[0].are(&alone.hash1b));
        }
        assert_eq!(format!("{maker:?}"), "HashMaker { .. }", "no password");
    }

    #[test]
    fn digits_are_read_in_either_case_and_never_printed() {
        let digits = Digits::read("FE438BDDFC087DDA89D29E637F5684AB").unwrap();

        assert_eq!(digits.expose(), "fe438bddfc087dda89d29e637f5684ab");
        assert!(!format!("{digits:?}").contains("fe43"));
        assert!(Digits::read("fe438bddfc087dda89d29e637f5684a").is_none());
        assert!(Digits::read("ge438bddfc087dda89d29e637f5684ab").is_none());
        assert!(Digits::read("").is_none());
    }
}
