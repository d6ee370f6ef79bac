//! Computes Hash1 and Hash1b of many SIP credentials, one after another, at full speed.
//!
//! An import spends most of its CPU time here. The rest of the app is optimized for size, this
//! crate for speed (see the release profile in Cargo.toml).

use md5::{Digest as _, Md5};
use zeroize::Zeroizing;

/// The 32 digits of a hash. As secret as the password, so the caller overwrites them.
pub(crate) type Digits = [u8; 32];

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

/// Computes the hashes of one credential after another in reused memory, which is overwritten at
/// the end.
#[derive(Default)]
pub(crate) struct Maker {
    text: Zeroizing<Vec<u8>>,
}

impl Maker {
    /// Computes Hash1 and Hash1b, in this order. An empty domain counts as none. `realm` is the
    /// full name that the API returned.
    pub(crate) fn make(
        &mut self,
        user_name: &str,
        domain: Option<&str>,
        realm: &str,
        password: &str,
        [hash1, hash1b]: [&mut Digits; 2],
    ) {
        let (at, domain) = match domain {
            Some(domain) if !domain.is_empty() => ("@", domain),
            Some(_) | None => ("", ""),
        };
        let first = [user_name, at, domain, ":", realm, ":", password];
        let second = [user_name, at, domain, "@", realm, ":", realm, ":", password];
        let (first_length, second_length) = (length(&first), length(&second));
        let both = self.room(first_length + second_length);
        let (first_text, second_text) = both.split_at_mut(first_length);
        // Both are written before either is hashed: reading right after writing is slow.
        write(first_text, &first);
        write(second_text, &second);
        digits(first_text, hash1);
        digits(second_text, hash1b);
    }

    fn room(&mut self, length: usize) -> &mut [u8] {
        if self.text.len() < length {
            // Replaced instead of grown, because growing would leave a copy of the old content
            // behind.
            self.text = Zeroizing::new(vec![0; length.next_power_of_two()]);
        }
        &mut self.text[..length]
    }
}

fn length(parts: &[&str]) -> usize {
    parts.iter().map(|part| part.len()).sum()
}

/// Concatenates the parts by copying each into place: appending part by part takes a quarter of the
/// hash's own time.
fn write(mut into: &mut [u8], parts: &[&str]) {
    for part in parts {
        let (place, behind) = into.split_at_mut(part.len());
        place.copy_from_slice(part.as_bytes());
        into = behind;
    }
}

fn digits(text: &[u8], into: &mut Digits) {
    let (pairs, _) = into.as_chunks_mut();
    for (pair, byte) in pairs.iter_mut().zip(Md5::digest(text)) {
        *pair = PAIRS[usize::from(byte)];
    }
}
