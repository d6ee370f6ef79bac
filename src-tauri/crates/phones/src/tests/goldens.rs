//! Files that were written by hand from the facts, before the code that writes them.

use std::path::Path;

use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;

use crate::{EXPIRY, Secret, Settings, file, find};

/// Fits into every file but those that quote or end values by one of its characters.
const AWKWARD: &str = "a\"b'c<d>e&f;g\\h$i%j#k l=m";
const WITHOUT_DOMAIN: &str = "o$neil&co";
const WITH_DOMAIN: &str = "bob@somewhere.com";
const HASH: &str = "0123456789abcdef0123456789abcdef";

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

/// Compares the file of a dialect with the golden of that name.
fn compare(golden: &str, phone: &str, dialect: &str, user_name: &str, secret: Secret<'_>) {
    let dialect = find(phone)
        .and_then(|phone| phone.dialect(dialect))
        .unwrap();
    let written = file(dialect, &settings(user_name, secret)).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/goldens")
        .join(golden);
    let expected = std::fs::read_to_string(&path).unwrap();
    let text = String::from_utf8(written.expose().to_vec()).unwrap();
    assert_eq!(text, expected, "{golden}");
}

#[test]
fn files_with_a_password_are_as_by_hand() {
    for (golden, phone, dialect, user_name, password) in [
        (
            "linphone.password.xml",
            "linphone",
            "any",
            WITHOUT_DOMAIN,
            AWKWARD,
        ),
        (
            "yealink.password.cfg",
            "yealink",
            "current",
            WITHOUT_DOMAIN,
            AWKWARD,
        ),
        (
            "yealink.password.domain.cfg",
            "yealink",
            "current",
            WITH_DOMAIN,
            AWKWARD,
        ),
        ("poly.password.xml", "poly", "uc", WITHOUT_DOMAIN, AWKWARD),
        (
            "poly.password.domain.xml",
            "poly",
            "uc",
            WITH_DOMAIN,
            AWKWARD,
        ),
        (
            "cisco-spa.password.xml",
            "cisco-spa",
            "spa",
            WITHOUT_DOMAIN,
            AWKWARD,
        ),
        (
            "cisco-spa.password.domain.xml",
            "cisco-spa",
            "spa",
            WITH_DOMAIN,
            AWKWARD,
        ),
        (
            "cisco-mpp.password.domain.xml",
            "cisco-mpp",
            "mpp",
            WITH_DOMAIN,
            AWKWARD,
        ),
        ("snom.password.xml", "snom", "v10", WITHOUT_DOMAIN, AWKWARD),
    ] {
        let password = SipPassword::new(password);
        compare(
            golden,
            phone,
            dialect,
            user_name,
            Secret::Password(&password),
        );
    }
    for golden in [
        "grandstream.password.xml",
        "grandstream.password.domain.xml",
    ] {
        let user_name = if golden.contains("domain") {
            WITH_DOMAIN
        } else {
            WITHOUT_DOMAIN
        };
        let password = SipPassword::new(AWKWARD.replace(' ', ""));
        for dialect in ["phone", "adapter"] {
            compare(
                golden,
                "grandstream",
                dialect,
                user_name,
                Secret::Password(&password),
            );
        }
    }
}

#[test]
fn files_with_a_hash_are_as_by_hand() {
    let hash = Hash::new(HASH);
    for (golden, phone, dialect) in [
        ("linphone.hash.domain.xml", "linphone", "any"),
        ("snom.hash.domain.xml", "snom", "v8"),
    ] {
        compare(golden, phone, dialect, WITH_DOMAIN, Secret::Hash1(&hash));
    }
}
