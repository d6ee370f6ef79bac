//! Files written by hand from the documentation, before the code that writes them.
//!
//! The name of a golden is that of its phone, of its dialect where it isn't for all of them, and of what
//! went into it: `password`, `hash` or `hash1b`; `domain` for a user name with one; `elsewhere` for a
//! registrar that isn't where the realm's name leads.

use std::path::{Path, PathBuf};

use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;

use crate::{Dialect, EXPIRY, Phone, Secret, Settings, file, find, phones};

/// Fits into every file but those that quote or end values by one of its characters.
const AWKWARD: &str = "a\"b'c<d>e&f;g\\h$i%j#k l=m";
const WITHOUT_DOMAIN: &str = "o$neil&co";
const WITH_DOMAIN: &str = "bob@somewhere.com";
const HASH: &str = "0123456789abcdef0123456789abcdef";
const REALM: &str = "office.1a2b3c.auth.bandwidth.com";

/// What a phone's format can't hold of the awkward password.
const WITHOUT: [(&str, &str); 6] = [
    ("baresip", "\""),
    ("grandstream", " "),
    ("kamailio", "\\"),
    ("opensips", "\\"),
    ("pjsua", "\""),
    ("sipp", "\" ;\\"),
];

fn goldens() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens")
}

/// Returns the names of all goldens.
fn names() -> Vec<String> {
    let entries = std::fs::read_dir(goldens()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

/// Returns the dialects that a golden is for.
fn dialects(name: &str) -> (&'static Phone, Vec<&'static Dialect>) {
    let mut parts = name.split('.');
    let phone = find(parts.next().unwrap()).unwrap();
    let own = parts.next().and_then(|part| phone.dialect(part));
    let takes = |dialect: &&Dialect| !name.contains(".hash") || dialect.takes_hash();
    let dialects = match own {
        Some(dialect) => vec![dialect],
        None => phone.dialects.iter().filter(takes).collect(),
    };
    (phone, dialects)
}

/// Compares the file of a dialect with a golden, whose name says what went into it.
fn compare(name: &str, phone: &Phone, dialect: &Dialect) {
    let has = |part: &str| name.split('.').any(|own| own == part);
    let without = WITHOUT.iter().find(|(own, _)| *own == phone.id);
    let without = without.map_or("", |(_, without)| without);
    let password: String = (AWKWARD.chars())
        .filter(|odd| !without.contains(*odd))
        .collect();
    let (password, hash) = (SipPassword::new(password), Hash::new(HASH));
    let secret = match (has("hash"), has("hash1b")) {
        (true, _) => Secret::Hash1(&hash),
        (_, true) => Secret::Hash1b(&hash),
        (false, false) => Secret::Password(&password),
    };
    let settings = Settings {
        user_name: if has("domain") {
            WITH_DOMAIN
        } else {
            WITHOUT_DOMAIN
        },
        display_name: Some("Front Desk"),
        realm: REALM,
        registrar: if has("elsewhere") { "192.0.2.1" } else { REALM },
        port: Some(5072),
        transport: TransportName::Udp,
        expiry: EXPIRY,
        secret: Some(secret),
    };
    let written = file(dialect, &settings).unwrap();
    let mut expected = std::fs::read_to_string(goldens().join(name)).unwrap();
    let text = if phone.id == "microsip" {
        expected = expected.replace('\n', "\r\n");
        utf16(written.expose())
    } else {
        String::from_utf8(written.expose().to_vec()).unwrap()
    };
    if phone.id == "fanvil" {
        let version = text.split("2.").nth(1).unwrap();
        let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
        assert_eq!(digits.len(), 10, "{text}");
        expected = expected.replace("VERSION", &digits);
    }
    assert_eq!(text, expected, "{name}");
}

pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes
        .chunks(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let text = String::from_utf16(&units.collect::<Vec<_>>()).unwrap();
    text.strip_prefix('\u{feff}').unwrap().to_owned()
}

#[test]
fn files_are_as_by_hand() {
    for name in names() {
        let (phone, dialects) = dialects(&name);
        assert!(!dialects.is_empty(), "{name} is compared with nothing");
        for dialect in dialects {
            compare(&name, phone, dialect);
        }
    }
}

#[test]
fn names_and_endings_are_those_of_each_format() {
    for name in names() {
        let (_, extension) = name.rsplit_once('.').unwrap();
        let text = std::fs::read_to_string(goldens().join(&name)).unwrap();
        for dialect in dialects(&name).1 {
            let format = dialect.format.unwrap();
            // What a QR code holds is text without a line's end, whatever it is in.
            if format.is_picture() {
                assert!(!text.ends_with('\n') && extension == "txt", "{name}");
            } else {
                assert!(text.ends_with('\n'), "{name}");
                assert_eq!(format.extension(), extension, "{name}");
            }
        }
    }
}

#[test]
fn every_file_has_goldens_for_each_way_to_write_it() {
    let names = names();
    for phone in phones() {
        for dialect in phone.dialects.iter().filter(|own| own.format.is_some()) {
            let has = |part: &str| {
                names.iter().any(|name| {
                    let (own, dialects) = dialects(name);
                    let is_own = dialects.iter().any(|other| std::ptr::eq(*other, dialect));
                    own.id == phone.id && is_own && name.contains(part)
                })
            };
            assert!(has(".password."), "{} {}", phone.id, dialect.id);
            assert!(has(".domain."), "{} {}", phone.id, dialect.id);
            let hash = has(".hash.");
            assert_eq!(hash, dialect.takes_hash(), "{} {}", phone.id, dialect.id);
        }
    }
}
