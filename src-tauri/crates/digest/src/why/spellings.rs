//! Common misspellings of a password, a user name and a realm in a hash.

use std::collections::HashSet;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use zeroize::Zeroizing;

use super::Slip;
use registrar_secret::SipPassword;

/// Maximum number of an account's realms and domains to try.
const MOST_TRIED: usize = 1_000;
/// Maximum number of letters of a name for which each letter case is tried: there are 2 to that
/// power.
const MOST_CASED: usize = 14;
/// Weight of a mistake with many candidates: few others are tried with it.
const MANY: u32 = 2;

/// A password variant that may have been hashed.
pub(super) struct Spelling {
    pub(super) bytes: Zeroizing<Vec<u8>>,
    pub(super) slip: Option<Slip>,
    pub(super) costs: u32,
}

/// A name variant that may have been hashed.
pub(super) struct Named {
    pub(super) text: String,
    pub(super) slip: Option<Slip>,
    pub(super) costs: u32,
}

impl Named {
    /// The unchanged name.
    pub(super) fn right(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            slip: None,
            costs: 0,
        }
    }

    fn wrong(text: String, slip: Slip, costs: u32) -> Self {
        Self {
            text,
            slip: Some(slip),
            costs,
        }
    }
}

/// Returns the password first, then the variants that may have been hashed by mistake.
pub(super) fn passwords(typed: &SipPassword) -> Vec<Spelling> {
    let plain = typed.expose();
    let framed = |before: &str, behind: &str| {
        let parts = [before.as_bytes(), plain.as_bytes(), behind.as_bytes()];
        Some(Zeroizing::new(parts.concat()))
    };
    let changed = |text: Zeroizing<String>| {
        (*text != plain).then(|| Zeroizing::new(text.as_bytes().to_vec()))
    };
    let trimmed = Zeroizing::new(plain.trim().to_owned());
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(plain);
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(plain);
    [
        (framed("", ""), None),
        (framed("", "\n"), Some(Slip::Newline)),
        (framed("", "\r\n"), Some(Slip::WindowsNewline)),
        (framed("", " "), Some(Slip::SpaceBehind)),
        (framed(" ", ""), Some(Slip::SpaceBefore)),
        (changed(trimmed), Some(Slip::SpacesDropped)),
        (
            changed(Zeroizing::new(composed.into_owned())),
            Some(Slip::OtherLetters),
        ),
        (
            changed(Zeroizing::new(decomposed.into_owned())),
            Some(Slip::OtherLetters),
        ),
        (windows_letters(plain), Some(Slip::WindowsLetters)),
    ]
    .into_iter()
    .filter_map(|(bytes, slip)| {
        Some(Spelling {
            bytes: bytes?,
            costs: u32::from(slip.is_some()),
            slip,
        })
    })
    .collect()
}

/// The letters as Windows-1252 shares them with Latin-1, one byte each; `None` if one isn't among
/// them, or if all are the same in UTF-8.
fn windows_letters(plain: &str) -> Option<Zeroizing<Vec<u8>>> {
    if plain.is_ascii() {
        return None;
    }
    let letter = |letter: char| match letter {
        '€' => Some(0x80),
        '\u{80}'..='\u{9f}' => None,
        letter => u8::try_from(letter).ok(),
    };
    let bytes: Option<Vec<u8>> = plain.chars().map(letter).collect();
    bytes.map(Zeroizing::new)
}

/// Returns the composite user name first, then the variants that may have been hashed by mistake.
pub(super) fn names(whole: &str, domains: &[String], realm: &str) -> Vec<Named> {
    let mut all = vec![Named::right(whole)];
    let mut add = |text: String, slip: Slip, costs| {
        if all.iter().all(|known| known.text != text) {
            all.push(Named::wrong(text, slip, costs));
        }
    };
    let name = whole.split('@').next().unwrap_or_default();
    add(whole.to_uppercase(), Slip::NameInCapitals, 1);
    let lower = whole.to_lowercase();
    add(lower.clone(), Slip::NameCase(lower), 1);
    let flipped = first_letter_flipped(whole);
    add(flipped.clone(), Slip::NameCase(flipped), 1);
    if name != whole {
        add(name.to_owned(), Slip::DomainLeftOut, 1);
        add(name.to_lowercase(), Slip::DomainLeftOut, 1);
    }
    let mut tried: HashSet<&str> = HashSet::from([realm, ""]);
    for domain in domains.iter().take(MOST_TRIED) {
        if tried.insert(domain) {
            let text = format!("{name}@{domain}");
            add(text, Slip::DomainAdded(domain.clone()), MANY);
        }
    }
    all
}

/// Returns the realm's full name first, then the variants that may have been hashed by mistake.
pub(super) fn realms(full: &str, account: &[String]) -> Vec<Named> {
    let mut all = vec![Named::right(full)];
    let mut tried: HashSet<String> = HashSet::from([full.to_owned()]);
    let mut add = |text: &str, slip: Slip, costs| {
        if tried.insert(text.to_owned()) {
            all.push(Named::wrong(text.to_owned(), slip, costs));
        }
    };
    // The full name is `name.<digits>.…` or `name-<digits>.…`.
    let first = full.split('.').next().unwrap_or_default();
    let short = first.rsplit_once('-').map_or(first, |(name, _)| name);
    for part in [first, short] {
        add(part, Slip::ShortRealm(part.to_owned()), 1);
    }
    add(&full.to_uppercase(), Slip::RealmInCapitals, 1);
    for part in [first, short] {
        let capitals = part.to_uppercase();
        add(&capitals, Slip::ShortRealm(capitals.clone()), MANY);
    }
    for realm in account.iter().take(MOST_TRIED) {
        add(realm, Slip::OtherRealm(realm.clone()), MANY);
    }
    all
}

/// The API has been seen to change the case of some letters of a name; which ones isn't known.
fn first_letter_flipped(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| flipped(first, true));
    first.into_iter().chain(letters).collect()
}

/// Returns a name in every other letter case, if it's short enough to try them all.
pub(super) fn cases(whole: &str) -> impl Iterator<Item = Named> + '_ {
    let cased = |letter: char| letter.is_ascii_alphabetic();
    let count = whole.chars().filter(|letter| cased(*letter)).count();
    let last = if count <= MOST_CASED {
        1_u32 << count
    } else {
        0
    };
    (1..last).map(move |mask| {
        let mut place = 0;
        let text: String = whole
            .chars()
            .map(|letter| {
                let flips = cased(letter) && mask >> place & 1 == 1;
                place += u32::from(cased(letter));
                flipped(letter, flips)
            })
            .collect();
        Named::wrong(text.clone(), Slip::NameCase(text), 1)
    })
}

fn flipped(letter: char, flips: bool) -> char {
    if !flips {
        letter
    } else if letter.is_ascii_uppercase() {
        letter.to_ascii_lowercase()
    } else {
        letter.to_ascii_uppercase()
    }
}
