//! Properties that hold for any allowed password and any name.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;
use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;

use super::readers::read;
use crate::settings::entries;
use crate::{Dialect, EXPIRY, Secret, Settings, fields, file, phones};

/// Every dialect that has a file.
fn dialects() -> Vec<&'static Dialect> {
    let all = phones().iter().flat_map(|phone| phone.dialects);
    all.filter(|dialect| dialect.format.is_some()).collect()
}

/// A password that is allowed, with many of the characters that formats give a meaning.
fn password() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        4 => proptest::char::range('!', '~'),
        4 => select(" \"'\\;#$%&<>=:,|[]{}()@/`!~^*".chars().collect::<Vec<_>>()),
        1 => select("ä密🔑\u{fffe}".chars().collect::<Vec<_>>()),
    ];
    let short = proptest::collection::vec(letter.clone(), 1..24);
    let longest = proptest::collection::vec(letter, 200..=SipPassword::LONGEST);
    prop_oneof![9 => short, 1 => longest]
        .prop_map(|letters| letters.into_iter().collect::<String>())
        .prop_filter("a password is allowed", |text| {
            SipPassword::check(text).is_ok()
        })
}

/// A composite user name of the letters that Bandwidth allows.
fn user_name() -> impl Strategy<Value = String> {
    let part = "[a-zA-Z0-9._!$&*+=~-]{1,32}";
    (part, proptest::option::of(part)).prop_map(|(user, domain)| match domain {
        Some(domain) => format!("{user}@{domain}"),
        None => user,
    })
}

fn transport() -> impl Strategy<Value = TransportName> {
    select(vec![
        TransportName::Udp,
        TransportName::Tcp,
        TransportName::Tls,
    ])
}

/// Returns whether the phone finds in the file what was to go into it.
fn comes_back(dialect: &Dialect, settings: &Settings<'_>) -> bool {
    let Ok(file) = file(dialect, settings) else {
        return true;
    };
    let expected: Vec<(String, String)> = (entries(dialect, settings).unwrap().iter())
        .map(|entry| (entry.key.to_owned(), entry.text.to_string()))
        .collect();
    read(dialect.format.unwrap(), file.expose()) == Some(expected)
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(192) })]

    #[test]
    fn a_phone_reads_back_what_was_written(
        password in password(),
        user_name in user_name(),
        transport in transport(),
        port in proptest::option::of(1_u16..),
        registrar in select(vec!["office.example", "192.0.2.1", "[2001:db8::1]"]),
        display_name in proptest::option::of("[a-zA-Z][a-zA-Z0-9 '\"&<;]{0,20}[a-z]"),
        hash in proptest::bool::ANY,
    ) {
        let password = SipPassword::new(password);
        let hash1 = Hash::new("0123456789abcdef0123456789abcdef");
        let settings = Settings {
            user_name: &user_name,
            display_name: display_name.as_deref(),
            realm: "office.example",
            registrar,
            port,
            transport,
            expiry: EXPIRY,
            secret: Some(if hash { Secret::Hash1(&hash1) } else { Secret::Password(&password) }),
        };
        for dialect in dialects() {
            prop_assert!(comes_back(dialect, &settings), "{:?} {settings:?}", dialect.format);
        }
    }
}

#[test]
fn made_passwords_fit_everywhere() {
    let password = SipPassword::make();
    let settings = Settings {
        user_name: "frontdesk",
        display_name: None,
        realm: "office.1a2b3c.auth.bandwidth.com",
        registrar: "office.1a2b3c.auth.bandwidth.com",
        port: Some(5072),
        transport: TransportName::Udp,
        expiry: EXPIRY,
        secret: Some(Secret::Password(&password)),
    };
    for phone in phones() {
        for dialect in phone.dialects {
            assert!(fields(dialect, &settings).is_ok(), "{}", phone.id);
        }
    }
    for dialect in dialects() {
        assert_eq!(file(dialect, &settings).map(drop), Ok(()));
        assert!(comes_back(dialect, &settings), "{:?}", dialect.format);
    }
}
