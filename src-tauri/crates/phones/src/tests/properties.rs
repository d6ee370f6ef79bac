//! Properties that hold for any allowed password and any name.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;
use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;

use super::readers::read;
use crate::settings::entries;
use crate::{Cause, Dialect, EXPIRY, Refusal, Secret, Settings, Value, fields, file, phones};

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

/// A realm of Bandwidth's, or any other name of a host up to its longest.
fn realm() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just("office.example".to_owned()),
        1 => "[a-z0-9]{1,30}\\.[0-9a-f]{6}\\.auth\\.bandwidth\\.com",
        1 => "[a-z]{1,62}(\\.[a-z]{1,62}){3}",
    ]
}

fn settings<'a>(user_name: &'a str, realm: &'a str, secret: Secret<'a>) -> Settings<'a> {
    Settings {
        user_name,
        display_name: None,
        realm,
        registrar: realm,
        port: Some(5072),
        transport: TransportName::Udp,
        expiry: EXPIRY,
        secret: Some(secret),
    }
}

fn transport() -> impl Strategy<Value = TransportName> {
    select(vec![
        TransportName::Udp,
        TransportName::Tcp,
        TransportName::Tls,
    ])
}

/// Returns whether the phone finds in the file what was to go into it, or why it was refused is so.
fn comes_back_or_is_refused(dialect: &Dialect, settings: &Settings<'_>) -> bool {
    let file = match file(dialect, settings) {
        Ok(file) => file,
        Err(refusal) => return is_so(refusal, dialect, settings),
    };
    let expected: Vec<(String, String)> = (entries(dialect, settings).unwrap().iter())
        .map(|entry| (entry.key.to_owned(), entry.text.to_string()))
        .collect();
    read(dialect.format.unwrap(), file.expose()) == Some(expected)
}

/// Returns a user name as RFC 3261 lets it stand in a URI; more may be escaped than must be.
fn in_uri(user_name: &str) -> String {
    let escaped = user_name.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() || "-_.!~*+".contains(letter) => {
            letter.to_string()
        }
        letter => format!("%{:02X}", u32::from(letter)),
    });
    escaped.collect()
}

/// Returns whether what a refusal says is true of the settings.
fn is_so(refusal: Refusal, dialect: &Dialect, settings: &Settings<'_>) -> bool {
    let (value, cause) = match refusal {
        Refusal::Hash => return !dialect.takes_hash(),
        Refusal::NoFile => return dialect.format.is_none(),
        Refusal::NoQrCode | Refusal::TooLongForQrCode => return false,
        Refusal::Transport(transport) => return dialect.words[transport as usize].is_none(),
        Refusal::Value { value, cause } => (value, cause),
    };
    let text = match (value, settings.secret) {
        (Value::Password, Some(Secret::Password(password))) => password.expose().to_owned(),
        (Value::AuthUser, Some(Secret::Hash1b(_))) => {
            format!("{}@{}", settings.user_name, settings.realm)
        }
        (Value::AuthUser | Value::User, _) => settings.user_name.to_owned(),
        (Value::UserInUri, _) => in_uri(settings.user_name),
        (Value::Address | Value::Identity, _) => {
            format!("sip:{}@{}", in_uri(settings.user_name), settings.realm)
        }
        (Value::LineName, _) => settings
            .display_name
            .unwrap_or(settings.user_name)
            .to_owned(),
        (Value::DisplayName, _) => settings.display_name.unwrap_or_default().to_owned(),
        (Value::Realm, _) => settings.realm.to_owned(),
        (Value::Host | Value::Server, _) => settings.registrar.to_owned(),
        _ => panic!("{value:?} can always be held"),
    };
    match cause {
        Cause::BothQuotes => text.contains('"') && text.contains('\''),
        Cause::Character(odd) => text.contains(odd),
        Cause::Dollars => text.contains("$$"),
        Cause::End(odd) => text.ends_with(odd),
        Cause::LooksEncrypted => text.trim_start_matches("0x").len() >= 16,
        Cause::OuterSpace => text.trim() != text,
        Cause::Start(odd) => text.starts_with(odd),
        Cause::TooLong(most) => text.chars().count() > most,
    }
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(192) })]

    #[test]
    fn a_phone_reads_back_what_was_written(
        password in password(),
        user_name in user_name(),
        transport in transport(),
        port in proptest::option::of(1_u16..),
        realm in realm(),
        registrar in proptest::option::of(select(vec!["192.0.2.1", "[2001:db8::1]"])),
        display_name in proptest::option::of("[a-zA-Z][a-zA-Z0-9 '\"&<;]{0,20}[a-z]"),
        secret in 0..3,
    ) {
        let password = SipPassword::new(password);
        let hash = Hash::new("0123456789abcdef0123456789abcdef");
        let settings = Settings {
            user_name: &user_name,
            display_name: display_name.as_deref(),
            realm: &realm,
            registrar: registrar.unwrap_or(&realm),
            port,
            transport,
            expiry: EXPIRY,
            secret: Some(match secret {
                0 => Secret::Password(&password),
                1 => Secret::Hash1(&hash),
                _ => Secret::Hash1b(&hash),
            }),
        };
        for dialect in dialects() {
            let well = comes_back_or_is_refused(dialect, &settings);
            prop_assert!(well, "{:?} {settings:?}", dialect.format);
        }
    }
}

/// What means something to one format or another, where it stands first, last, alone, or in the middle.
const ODD: [&str; 24] = [
    "#",
    "##",
    "$",
    "$$",
    "${a}",
    "$${a}",
    "%NULL%",
    "%%",
    "&amp;",
    "--",
    ";--",
    "--;",
    "0x",
    ";",
    ";;",
    "=",
    "=>",
    "\\",
    "\\;",
    "\\\\",
    "]]>",
    "<![CDATA[",
    "\"",
    "'",
];

#[test]
fn the_oddest_passwords_come_back_or_are_refused() {
    let printable = (' '..='~').map(|letter| letter.to_string());
    let odd: Vec<String> = printable.chain(ODD.map(str::to_owned)).collect();
    let written = odd.iter().flat_map(|odd| {
        let longest = odd.repeat(SipPassword::LONGEST / odd.len());
        [
            odd.clone(),
            format!("{odd}a"),
            format!("a{odd}"),
            format!("a{odd}b"),
            longest,
        ]
    });
    let long = ["\u{e4}", "\u{5bc6}", "\u{1f511}", "\u{fffe}", "f"]
        .map(|letter| letter.repeat(SipPassword::LONGEST));
    let mut tried = 0;
    for password in written.chain(long) {
        if SipPassword::check(&password).is_err() {
            continue;
        }
        let password = SipPassword::new(password);
        let settings = settings("a$$", "office.example", Secret::Password(&password));
        for dialect in dialects() {
            let well = comes_back_or_is_refused(dialect, &settings);
            assert!(well, "{:?} {:?}", dialect.format, password.expose());
            tried += 1;
        }
    }
    assert!(tried > 10_000, "{tried}");
}

#[test]
fn the_longest_and_oddest_names_come_back_or_are_refused() {
    let password = SipPassword::make();
    let hash = Hash::new("0123456789abcdef0123456789abcdef");
    let longest_realm = format!("{}.1a2b3c.auth.bandwidth.com", "r".repeat(30));
    let longest_host = vec!["h".repeat(62); 4].join(".");
    for mark in "._-!$&*+=~z9".chars() {
        let part = format!("a{}", mark.to_string().repeat(31));
        for user_name in [part.clone(), format!("{part}@{part}"), format!("a@{mark}")] {
            assert!(user_name.split('@').all(|part| part.len() <= 32));
            for realm in [&longest_realm, &longest_host] {
                for secret in [
                    Secret::Password(&password),
                    Secret::Hash1(&hash),
                    Secret::Hash1b(&hash),
                ] {
                    let settings = settings(&user_name, realm, secret);
                    for dialect in dialects() {
                        let well = comes_back_or_is_refused(dialect, &settings);
                        assert!(well, "{:?} {settings:?}", dialect.format);
                    }
                }
            }
        }
    }
}

#[test]
fn made_passwords_fit_everywhere() {
    let password = SipPassword::make();
    let realm = "office.1a2b3c.auth.bandwidth.com";
    let settings = settings("frontdesk", realm, Secret::Password(&password));
    for phone in phones() {
        for dialect in phone.dialects {
            assert!(fields(dialect, &settings).is_ok(), "{}", phone.id);
        }
    }
    for dialect in dialects() {
        assert_eq!(file(dialect, &settings).map(drop), Ok(()));
        let well = comes_back_or_is_refused(dialect, &settings);
        assert!(well, "{:?}", dialect.format);
    }
}
