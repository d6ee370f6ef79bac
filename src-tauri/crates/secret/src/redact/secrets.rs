//! The secrets in use, and every place in a text where one of them occurs in any form.
//!
//! A secret is found verbatim, in another letter case, with any of its letters escaped, with markup
//! or control characters in between, and inside base64 (RFC 4648) or hexadecimal, which may
//! themselves be nested.

use std::ops::Range;
use std::sync::Arc;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use zeroize::Zeroizing;

use super::escapes::Escapes;
use super::patterns;
use super::view::View;

/// Secrets with fewer characters are found only if no letter or digit is next to them, because they
/// would otherwise match in any text.
const SHORTEST: usize = 4;

/// Minimum length of a secret that is found across a line break surrounded by blanks.
const SHORTEST_FOLDED: usize = 8;

/// A secret of at least this many bytes is also recognized by its first half as many.
const LONG: usize = 32;

/// Maximum length of markup that is skipped inside a secret, in bytes.
const LONGEST_MARKUP: usize = 256;

/// Maximum number of secrets to remember.
const MOST: usize = 64;

/// How many of the latest readings of a text are searched for a duplicate.
const LATEST: usize = 24;

/// Maximum nesting depth of encodings of the whole text.
const DEEPEST: usize = 4;

/// The length of an MD5 hash in hexadecimal digits.
const HASH: usize = 32;

/// The secrets that a response might repeat. Clones share them.
#[derive(Clone, Default)]
pub struct Secrets {
    all: Arc<Vec<Arc<Secret>>>,
}

/// Which runs of hexadecimal digits are secrets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hashes {
    /// Any run as long as a hash.
    Any,
    /// Only known ones.
    Known,
}

struct Secret {
    bytes: Zeroizing<Vec<u8>>,
    /// Matches only if it stands alone.
    alone: bool,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Secrets").finish_non_exhaustive()
    }
}

impl Secrets {
    /// Creates a set of secrets. Hashes are left out, because any run of that many hexadecimal
    /// digits is recognized in all forms anyway.
    pub fn new(plain: impl IntoIterator<Item = Zeroizing<String>>) -> Self {
        let is_hash = |plain: &Zeroizing<String>| {
            plain.len() >= HASH && plain.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        Self::with_hashes(plain.into_iter().filter(|plain| !is_hash(plain)))
    }

    /// Creates a set of secrets including hashes, for text in which other hashes may remain.
    pub fn with_hashes(plain: impl IntoIterator<Item = Zeroizing<String>>) -> Self {
        let mut all: Vec<Arc<Secret>> = Vec::new();
        for plain in plain.into_iter().filter(|plain| !plain.is_empty()) {
            let alone = plain.chars().count() < SHORTEST;
            for bytes in spellings(&plain) {
                if !all.iter().any(|secret| *secret.bytes == *bytes) {
                    all.push(Arc::new(Secret { bytes, alone }));
                }
            }
        }
        Self { all: Arc::new(all) }
    }

    /// Returns the union of two sets. If there are too many, the latest are kept.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        let is_known = |other: &Arc<Secret>| {
            let mut all = self.all.iter();
            all.any(|secret| *secret.bytes == *other.bytes)
        };
        let new: Vec<_> = (others.all.iter().filter(|other| !is_known(other))).collect();
        if new.is_empty() {
            return self.clone();
        }
        let mut all: Vec<_> = self.all.iter().chain(new).cloned().collect();
        all.drain(..all.len().saturating_sub(MOST));
        Self { all: Arc::new(all) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns where a text contains a secret, and where it contains one of these `hashes` inside
    /// another encoding.
    pub(super) fn places(
        &self,
        escapes: &Escapes<'_>,
        views: &[View],
        hashes: Hashes,
    ) -> Vec<Range<usize>> {
        self.places_in(escapes, views, hashes, DEEPEST)
    }

    fn places_in(
        &self,
        escapes: &Escapes<'_>,
        views: &[View],
        hashes: Hashes,
        depth: usize,
    ) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for secret in self.all.iter() {
            secret.find(escapes, &mut found);
        }
        if let Some(depth) = depth.checked_sub(1) {
            let shortest = self.all.iter().map(|secret| secret.bytes.len()).min();
            let shortest = shortest.unwrap_or(HASH).min(HASH);
            for view in views {
                for (run, decoded) in view.encoded(shortest) {
                    if self.is_in(&decoded, hashes, depth) {
                        found.push(run);
                    }
                }
            }
        }
        found
    }

    fn is_in(&self, text: &[u8], hashes: Hashes, depth: usize) -> bool {
        let escapes = Escapes::read(text);
        let views = View::all(&escapes);
        let has_hash = hashes == Hashes::Any && views.iter().any(patterns::has_hash);
        has_hash || !self.places_in(&escapes, &views, hashes, depth).is_empty()
    }
}

/// Returns a secret's bytes in UTF-8 and in Latin-1, in each Unicode normalization form.
fn spellings(plain: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut all = vec![Zeroizing::new(plain.as_bytes().to_vec())];
    if !plain.is_ascii() {
        let composed = ComposingNormalizerBorrowed::new_nfc().normalize(plain);
        let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(plain);
        all.push(Zeroizing::new(composed.as_bytes().to_vec()));
        all.push(Zeroizing::new(apart.as_bytes().to_vec()));
        let latin = composed.chars().map(|letter| u8::try_from(letter).ok());
        all.extend(latin.collect::<Option<Vec<u8>>>().map(Zeroizing::new));
    }
    all
}

impl Secret {
    fn find(&self, escapes: &Escapes<'_>, found: &mut Vec<Range<usize>>) {
        let first = self.bytes[0];
        let mut starts: Vec<usize> = (escapes.text.iter().enumerate())
            .filter(|(_, byte)| self.same(**byte, first))
            .map(|(at, _)| at)
            .chain(escapes.places())
            .collect();
        starts.sort_unstable();
        let mut behind = 0;
        for start in starts {
            if self.is_long() && start < behind {
                continue;
            }
            if let Some(end) = self.end(escapes, start)
                && (!self.alone || stands_alone(escapes.text, start, end))
            {
                found.push(start..end);
                behind = end;
            }
        }
    }

    /// Returns whether its first `LONG / 2` bytes already count as the secret: a gateway may
    /// truncate what it repeats.
    fn is_long(&self) -> bool {
        self.bytes.len() >= LONG
    }

    /// Returns where the secret starting here ends, by the reading that reaches farthest.
    fn end(&self, escapes: &Escapes<'_>, start: usize) -> Option<usize> {
        let enough = if self.is_long() {
            LONG / 2
        } else {
            self.bytes.len()
        };
        let mut farthest = None;
        // How many bytes of the secret matched, and how far the text was read.
        let mut states = vec![(0_usize, start)];
        // A text has few readings at a time; more of them add nothing.
        for at in 0..4 * self.bytes.len() + 64 {
            let Some(&(matched, place)) = states.get(at) else {
                break;
            };
            if matched >= enough {
                farthest = farthest.max(Some(place));
            }
            if matched == self.bytes.len() {
                continue;
            }
            let mut go = |matched: usize, place: usize| {
                let mut latest = states.iter().rev().take(LATEST);
                if !latest.any(|state| *state == (matched, place)) {
                    states.push((matched, place));
                }
            };
            for unit in escapes.units(place) {
                let mut buffer = [0; 4];
                let bytes = unit.value.bytes(&mut buffer);
                let rest = &self.bytes[matched..];
                let same = |(byte, wanted): (&u8, &u8)| self.same(*byte, *wanted);
                if !bytes.is_empty()
                    && bytes.len() <= rest.len()
                    && bytes.iter().zip(rest).all(same)
                {
                    go(matched + bytes.len(), unit.next);
                } else if rest[0] == b' ' && is_blank(bytes) {
                    go(matched + 1, unit.next);
                } else if matched > 0 && is_control(bytes) {
                    go(matched, unit.next);
                }
            }
            let rest = escapes.text.get(place..).unwrap_or_default();
            let wide = (2..=3).find(|length| rest.get(..*length).is_some_and(is_blank));
            if let (b' ', Some(length)) = (self.bytes[matched], wide) {
                go(matched + 1, place + length);
            }
            if matched > 0 {
                for next in self.passed_over(escapes.text, matched, place) {
                    go(matched, next);
                }
            }
        }
        farthest
    }

    /// Returns the positions to continue at after something that may occur inside a secret without
    /// being displayed.
    fn passed_over(&self, text: &[u8], matched: usize, at: usize) -> Vec<usize> {
        let rest = &text[at..];
        let mut next = Vec::new();
        if rest.starts_with(b"<![CDATA[") {
            next.push(at + 9);
        } else if rest.starts_with(b"]]>") {
            next.push(at + 3);
        } else if rest.starts_with(b"=\n") {
            // A soft line break of quoted-printable.
            next.push(at + 2);
        } else if rest.starts_with(b"=\r\n") {
            next.push(at + 3);
        } else if rest.starts_with(b"<!--") {
            let within = &rest[..rest.len().min(LONGEST_MARKUP)];
            let end = within.windows(3).position(|three| three == b"-->");
            next.extend(end.map(|end| at + end + 3));
        } else if rest.first() == Some(&b'<') {
            let within = &rest[..rest.len().min(LONGEST_MARKUP)];
            let end = within.iter().position(|byte| *byte == b'>');
            next.extend(end.map(|end| at + end + 1));
        }
        let invisible: [&[u8]; 7] = [
            "\u{ad}".as_bytes(),
            "\u{200b}".as_bytes(),
            "\u{200c}".as_bytes(),
            "\u{200d}".as_bytes(),
            "\u{200e}".as_bytes(),
            "\u{2060}".as_bytes(),
            "\u{feff}".as_bytes(),
        ];
        let invisible = invisible.iter().find(|bytes| rest.starts_with(bytes));
        next.extend(invisible.map(|bytes| at + bytes.len()));
        // Several blanks are displayed as one; a folded line continues.
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        let blanks = &rest[..blanks.count()];
        let goes_on = self.bytes[matched - 1].is_ascii_whitespace()
            || (blanks.contains(&b'\n') && self.bytes.len() >= SHORTEST_FOLDED);
        if !blanks.is_empty() && goes_on {
            next.push(at + blanks.len());
        }
        next
    }

    fn same(&self, byte: u8, wanted: u8) -> bool {
        let blank = wanted == b' ' && byte.is_ascii_whitespace();
        byte == wanted || blank || (!self.alone && byte.eq_ignore_ascii_case(&wanted))
    }
}

/// Returns whether the bytes are a single blank that is displayed as a space.
fn is_blank(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    !text.is_empty() && text.chars().all(char::is_whitespace)
}

fn is_control(bytes: &[u8]) -> bool {
    match bytes {
        [byte] => byte.is_ascii_control(),
        // The C1 control characters: U+0080 to U+009F.
        [0xc2, byte] => (0x80..0xa0).contains(byte),
        _ => false,
    }
}

fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let is_letter =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    let before = start.checked_sub(1).and_then(|at| text.get(at));
    !is_letter(before) && !is_letter(text.get(end))
}
