//! A typed or pasted hash.

use super::Hash;

/// Number of hexadecimal digits of an MD5 hash.
const DIGITS: usize = 32;

/// Why typed text isn't a hash. It contains no digit of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashTypo {
    /// Nothing but white space.
    #[error("nothing was typed")]
    Empty,
    /// A character that isn't a hexadecimal digit.
    #[error("character {at} is no hexadecimal digit")]
    Foreign {
        /// Its position, starting at 1, without white space.
        at: usize,
    },
    /// More than 32 digits.
    #[error("{count} digits, more than 32")]
    TooLong {
        /// Their number.
        count: usize,
    },
    /// Fewer than 32 digits.
    #[error("{count} digits, fewer than 32")]
    TooShort {
        /// Their number.
        count: usize,
    },
}

/// A typed hash in the form that registrars verify. Its `Debug` prints a placeholder.
#[derive(Clone, Debug)]
pub struct TypedHash {
    hash: Hash,
    lowered: bool,
}

impl TypedHash {
    /// Parses typed text: 32 hexadecimal digits. White space is dropped, also between the groups of
    /// four in which this app shows a hash; uppercase letters become lowercase.
    pub fn read(typed: &Hash) -> Result<Self, HashTypo> {
        let mut count = 0;
        let mut lowered = false;
        for letter in letters(typed) {
            count += 1;
            if !letter.is_ascii_hexdigit() {
                return Err(HashTypo::Foreign { at: count });
            }
            lowered |= letter.is_ascii_uppercase();
        }
        match count {
            0 => Err(HashTypo::Empty),
            DIGITS => {
                let small = letters(typed).map(|letter| letter.to_ascii_lowercase());
                let hash = Hash::new(small.collect::<String>());
                Ok(Self { hash, lowered })
            }
            count @ ..DIGITS => Err(HashTypo::TooShort { count }),
            count => Err(HashTypo::TooLong { count }),
        }
    }

    /// Returns the hash.
    #[must_use]
    pub fn into_hash(self) -> Hash {
        self.hash
    }

    /// Returns whether it had uppercase letters.
    #[must_use]
    pub fn was_lowered(&self) -> bool {
        self.lowered
    }
}

fn letters(typed: &Hash) -> impl Iterator<Item = char> + '_ {
    typed
        .expose()
        .chars()
        .filter(|letter| !letter.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "fe438bddfc087dda89d29e637f5684ab";

    fn read(text: &str) -> Result<TypedHash, HashTypo> {
        TypedHash::read(&Hash::new(text))
    }

    #[test]
    fn a_hash_is_taken_with_white_space_in_groups_and_in_capitals() {
        for (text, lowered) in [
            (HASH.to_owned(), false),
            (format!("  {HASH}\r\n"), false),
            ("fe43 8bdd fc08 7dda 89d2 9e63 7f56 84ab".to_owned(), false),
            (HASH.to_uppercase(), true),
        ] {
            let typed = read(&text).unwrap();

            assert_eq!(typed.was_lowered(), lowered, "{text}");
            assert_eq!(typed.into_hash().expose(), HASH);
        }
    }

    #[test]
    fn what_is_no_hash_is_named_without_its_digits() {
        for (text, typo) in [
            (" \t".to_owned(), HashTypo::Empty),
            (HASH[1..].to_owned(), HashTypo::TooShort { count: 31 }),
            (HASH[..1].to_owned(), HashTypo::TooShort { count: 1 }),
            (format!("{HASH}0"), HashTypo::TooLong { count: 33 }),
            (format!("{HASH}{HASH}"), HashTypo::TooLong { count: 64 }),
            (HASH.replace('c', "o"), HashTypo::Foreign { at: 10 }),
            (format!("\"{HASH}\""), HashTypo::Foreign { at: 1 }),
            ("\u{ff11}".repeat(32), HashTypo::Foreign { at: 1 }),
        ] {
            let found = read(&text).unwrap_err();

            assert_eq!(found, typo);
            assert!(!found.to_string().contains("fe43"), "{found}");
        }
    }

    #[test]
    fn a_typed_hash_prints_as_a_placeholder() {
        let printed = format!("{:?}", read(HASH).unwrap());

        assert!(!printed.contains("fe43"), "{printed}");
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config {
            failure_persistence: None,
            ..proptest::test_runner::Config::with_cases(256)
        })]
        #[test]
        fn hash_with_white_space_and_capitals_is_the_same_hash(
            digits in "[0-9a-f]{32}",
            capitals in proptest::collection::vec(proptest::bool::ANY, 32),
            spaces in proptest::collection::vec("[ \t\r\n\u{a0}\u{3000}]{0,2}", 33),
        ) {
            let mut text = spaces[32].clone();
            for (place, digit) in digits.chars().enumerate() {
                text.push_str(&spaces[place]);
                text.push(if capitals[place] { digit.to_ascii_uppercase() } else { digit });
            }

            let typed = read(&text).unwrap();

            assert!(typed.into_hash().matches(&Hash::new(digits)), "{text:?}");
        }
    }
}
