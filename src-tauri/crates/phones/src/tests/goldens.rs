//! Files written by hand from the documentation, before the code that writes them.

use std::path::Path;

use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;

use crate::{EXPIRY, Secret, Settings, file, find, phones};

/// Fits into every file but those that quote or end values by one of its characters.
const AWKWARD: &str = "a\"b'c<d>e&f;g\\h$i%j#k l=m";
const WITHOUT_DOMAIN: &str = "o$neil&co";
const WITH_DOMAIN: &str = "bob@somewhere.com";
const HASH: &str = "0123456789abcdef0123456789abcdef";

/// Phone, dialect, what the format can't hold of the awkward password, and the goldens.
const GOLDENS: [(&str, &str, &str, &str); 25] = [
    (
        "asterisk",
        "digest",
        "",
        "asterisk.digest.password.conf asterisk.digest.hash.domain.conf",
    ),
    (
        "asterisk",
        "md5",
        "",
        "asterisk.md5.password.conf asterisk.md5.hash.domain.conf",
    ),
    (
        "baresip",
        "any",
        "\"",
        "baresip.password.txt baresip.password.domain.txt",
    ),
    ("cisco-mpp", "mpp", "", "cisco-mpp.password.domain.xml"),
    (
        "cisco-spa",
        "spa",
        "",
        "cisco-spa.password.xml cisco-spa.password.domain.xml",
    ),
    ("fanvil", "text", "", "fanvil.text.password.txt"),
    ("fanvil", "xml", "", "fanvil.xml.password.domain.xml"),
    (
        "freeswitch",
        "gateway",
        "",
        "freeswitch.password.xml freeswitch.password.domain.xml",
    ),
    (
        "gigaset",
        "nx70",
        "",
        "gigaset.password.xml gigaset.password.domain.xml",
    ),
    ("grandstream", "adapter", " ", "grandstream.password.xml"),
    (
        "grandstream",
        "phone",
        " ",
        "grandstream.password.xml grandstream.password.domain.xml",
    ),
    (
        "grandstream-wave",
        "any",
        "",
        "grandstream-wave.password.domain.txt",
    ),
    (
        "kamailio",
        "uac",
        "\\",
        "kamailio.password.sql kamailio.hash.domain.sql",
    ),
    (
        "linphone",
        "any",
        "",
        "linphone.password.xml linphone.hash.domain.xml",
    ),
    ("microsip", "any", "", "microsip.password.domain.ini"),
    (
        "obihai",
        "obi",
        "",
        "obihai.password.xml obihai.password.domain.xml",
    ),
    ("opensips", "registrant", "", "opensips.hash.domain.sql"),
    ("pjsua", "any", "\"", "pjsua.password.domain.txt"),
    (
        "poly",
        "uc",
        "",
        "poly.password.xml poly.password.domain.xml",
    ),
    (
        "sipexer",
        "any",
        "",
        "sipexer.password.sh sipexer.hash.domain.sh",
    ),
    ("sipnetic", "any", "", "sipnetic.password.domain.txt"),
    ("sipp", "any", "\" ;\\", "sipp.password.domain.csv"),
    ("snom", "v10", "", "snom.password.xml"),
    ("snom", "v8", "", "snom.password.xml snom.hash.domain.xml"),
    (
        "yealink",
        "current",
        "",
        "yealink.password.cfg yealink.password.domain.cfg",
    ),
];

fn settings<'a>(user_name: &'a str, secret: Secret<'a>) -> Settings<'a> {
    Settings {
        user_name,
        display_name: Some("Front Desk"),
        realm: "office.1a2b3c.auth.bandwidth.com",
        registrar: "office.1a2b3c.auth.bandwidth.com",
        port: Some(5072),
        transport: TransportName::Udp,
        expiry: EXPIRY,
        secret: Some(secret),
    }
}

/// Compares the file of a dialect with the golden `name`, whose parts say what went into it.
fn compare(name: &str, phone: &str, dialect: &str, password: &str) {
    let dialect = find(phone)
        .and_then(|phone| phone.dialect(dialect))
        .unwrap();
    let password = SipPassword::new(password);
    let hash = Hash::new(HASH);
    let secret = if name.contains(".hash.") {
        Secret::Hash1(&hash)
    } else {
        Secret::Password(&password)
    };
    let user_name = if name.contains(".domain.") {
        WITH_DOMAIN
    } else {
        WITHOUT_DOMAIN
    };
    let written = file(dialect, &settings(user_name, secret)).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens");
    let mut expected = std::fs::read_to_string(path.join(name)).unwrap();
    let text = if phone == "microsip" {
        expected = expected.replace('\n', "\r\n");
        utf16(written.expose())
    } else {
        String::from_utf8(written.expose().to_vec()).unwrap()
    };
    if phone == "fanvil" {
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
    for (phone, dialect, without, names) in GOLDENS {
        let password: String = AWKWARD
            .chars()
            .filter(|odd| !without.contains(*odd))
            .collect();
        for name in names.split(' ') {
            compare(name, phone, dialect, &password);
        }
    }
}

#[test]
fn every_golden_and_every_format_is_compared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens");
    let names: Vec<&str> = GOLDENS
        .iter()
        .flat_map(|(.., names)| names.split(' '))
        .collect();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            names.contains(&name.as_str()),
            "{name} is compared with nothing"
        );
    }
    for phone in phones() {
        for dialect in phone
            .dialects
            .iter()
            .filter(|dialect| dialect.format.is_some())
        {
            let compared = GOLDENS
                .iter()
                .any(|(own, id, ..)| (*own, *id) == (phone.id, dialect.id));
            assert!(compared, "{} {}", phone.id, dialect.id);
        }
    }
}
