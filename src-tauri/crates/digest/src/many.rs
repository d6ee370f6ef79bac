//! Hashes of many credentials, in reused memory.

use crate::maker::Maker;
use zeroize::Zeroizing;

use super::Hashes;
use registrar_secret::Hash;

/// The 32 digits of a hash, without an allocation of their own.
///
/// As secret as [`struct@Hash`]: its `Debug` prints a placeholder.
// Aligned, because rows with unaligned hashes are slow to move.
#[derive(Clone, Default)]
#[repr(align(8))]
pub struct Digits(Zeroizing<[u8; 32]>);

impl Digits {
    /// Parses 32 hexadecimal digits in either case, and nothing else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut digits: Zeroizing<[u8; 32]> = Zeroizing::new(text.as_bytes().try_into().ok()?);
        if digits.iter().any(|digit| !digit.is_ascii_hexdigit()) {
            return None;
        }
        digits.make_ascii_lowercase();
        Some(Self(digits))
    }

    /// Returns the digits. Call it in the one expression that needs them.
    #[must_use]
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&*self.0).unwrap_or_default()
    }

    /// Returns whether these are the digits of that hash.
    #[must_use]
    pub fn are(&self, hash: &Hash) -> bool {
        use subtle::ConstantTimeEq as _;
        self.0.ct_eq(hash.expose().as_bytes()).into()
    }
}

impl std::fmt::Debug for Digits {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Digits([REDACTED])")
    }
}

/// Computes the hashes of one credential after another.
#[derive(Default)]
pub struct HashMaker(Maker);

impl HashMaker {
    /// Computes Hash1 and Hash1b, like [`Hashes::make`].
    pub fn make(
        &mut self,
        user_name: &str,
        domain: Option<&str>,
        realm: &str,
        password: &str,
    ) -> [Digits; 2] {
        let mut made = <[Digits; 2]>::default();
        let into = made.each_mut().map(|digits| &mut *digits.0);
        self.0.make(user_name, domain, realm, password, into);
        made
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
    use registrar_secret::SipPassword;

    #[test]
    fn they_are_the_same_as_those_that_are_made_one_by_one() {
        let mut maker = HashMaker::default();
        for (user, domain, password) in [
            ("anna", None, "short"),
            ("bob", Some("bw.com"), "pä ss:@\"\\"),
            ("carl", Some(""), ""),
        ] {
            let composite = crate::composite(user, domain);
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
        assert_eq!(format!("{digits:?}"), "Digits([REDACTED])");
        assert!(Digits::read("fe438bddfc087dda89d29e637f5684a").is_none());
        assert!(Digits::read("ge438bddfc087dda89d29e637f5684ab").is_none());
        assert!(Digits::read("").is_none());
    }
}
