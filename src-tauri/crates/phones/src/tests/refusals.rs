//! Settings that a phone can't represent are refused before anything is written.

use std::collections::BTreeSet;

use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;

use crate::{
    Cause, Dialect, EXPIRY, FieldValue, Refusal, Secret, Settings, Sure, Value, fields, file, find,
    phones,
};

fn settings(secret: Option<Secret<'_>>) -> Settings<'_> {
    Settings {
        user_name: "frontdesk",
        display_name: None,
        realm: "office.example",
        registrar: "office.example",
        port: Some(5072),
        transport: TransportName::Udp,
        expiry: EXPIRY,
        secret,
    }
}

fn dialect(phone: &str) -> &'static Dialect {
    &find(phone).unwrap().dialects[0]
}

/// Returns why the file of a phone can't have this password.
fn cause(phone: &str, password: &str) -> Option<Cause> {
    let password = SipPassword::new(password);
    match file(dialect(phone), &settings(Some(Secret::Password(&password)))) {
        Ok(_) => None,
        Err(Refusal::Value { value, cause }) => {
            assert_eq!(value, Value::Password);
            Some(cause)
        }
        Err(other) => panic!("{phone}: {other}"),
    }
}

#[test]
fn a_password_that_a_format_cannot_hold_is_refused() {
    use Cause::*;
    let long = "x".repeat(190);
    let longest = "\u{e4}".repeat(255);
    for (phone, password, expected) in [
        ("asterisk", ";a;--b>", None),
        ("baresip", "a\"b", Some(Character('"'))),
        ("baresip", "a\\", Some(End('\\'))),
        ("baresip", "\\a", None),
        ("baresip", &longest, Some(TooLong(186))),
        ("freeswitch", "a$$b", Some(Dollars)),
        ("freeswitch", "a$b$", None),
        ("grandstream", "a b", Some(Character(' '))),
        ("grandstream", "\u{e4}", Some(Character('\u{e4}'))),
        ("kamailio", "a\\b", Some(Character('\\'))),
        ("kamailio", &long, Some(TooLong(64))),
        ("kamailio", "'", None),
        ("linphone", "a\u{fffe}", Some(Character('\u{fffe}'))),
        ("linphone", "a\u{1}", Some(Character('\u{1}'))),
        ("microsip", "0123456789abcdef", Some(LooksEncrypted)),
        ("microsip", "0123456789abcde", None),
        ("microsip", "\"quoted\"", None),
        (
            "opensips",
            "0x0123456789abcdef0123456789abcdef",
            Some(LooksEncrypted),
        ),
        ("opensips", "0x0123456789abcdef0123456789abcde", None),
        ("opensips", "xx0123456789abcdef0123456789abcdef", None),
        ("pjsua", "a\"'b", Some(BothQuotes)),
        ("pjsua", "a'b", None),
        ("pjsua", "#a", Some(Start('#'))),
        ("pjsua", "a #b", None),
        ("pjsua", &long, Some(TooLong(186))),
        ("pjsua", &long[4..], None),
        ("sipp", "a;b", Some(Character(';'))),
        ("sipp", "a b", Some(Character(' '))),
        ("sipp", "\\x41", Some(Character('\\'))),
        ("sipp", "\u{e4}", Some(Character('\u{e4}'))),
        ("sipp", &"x".repeat(213), None),
        ("sipp", &"x".repeat(214), Some(TooLong(213))),
        ("yealink", "%NULL%", Some(Character('%'))),
        ("yealink", " a", Some(OuterSpace)),
        ("yealink", "a\nb", Some(Character('\n'))),
    ] {
        assert_eq!(cause(phone, password), expected, "{phone} {password:?}");
    }
}

#[test]
fn the_address_is_named_where_it_alone_is_too_long() {
    let (realm, password) = ("r".repeat(200), SipPassword::new("!"));
    let settings = Settings {
        realm: &realm,
        registrar: &realm,
        port: Some(50_720),
        ..settings(Some(Secret::Password(&password)))
    };

    let refused = file(dialect("baresip"), &settings).map(drop);

    // The line would have 511 bytes without the password.
    let (value, cause) = (Value::Address, Cause::TooLong(209));
    assert_eq!(refused, Err(Refusal::Value { value, cause }));
}

#[test]
fn a_display_name_may_fill_its_field() {
    let file_with = |name: &str| {
        let settings = Settings {
            display_name: Some(name),
            ..settings(None)
        };
        file(dialect("microsip"), &settings).map(drop)
    };
    let (value, cause) = (Value::LineName, Cause::TooLong(127));
    let refused = Err(Refusal::Value { value, cause });
    assert_eq!(file_with(&"\u{1f511}".repeat(127)), Ok(()));
    assert_eq!(file_with(&"\u{1f511}".repeat(128)), refused);
}

#[test]
fn a_limit_counts_what_may_be_changed() {
    let realm = "r".repeat(65);
    let settings = Settings {
        realm: &realm,
        registrar: &"h".repeat(250),
        ..settings(None)
    };
    let refused = file(dialect("opensips"), &settings).map(drop);
    // `sip:` and `:5072;transport=udp` need 23 of 255.
    let (value, cause) = (Value::Host, Cause::TooLong(232));
    assert_eq!(refused, Err(Refusal::Value { value, cause }));

    let refused = file(dialect("kamailio"), &settings).map(drop);
    let (value, cause) = (Value::Realm, Cause::TooLong(64));
    assert_eq!(refused, Err(Refusal::Value { value, cause }));
}

#[test]
fn the_version_of_a_file_changes_with_each_setting() {
    let versions = (0..1000).map(|number| {
        let password = SipPassword::new(format!("password{number}"));
        let written = file(
            dialect("fanvil"),
            &settings(Some(Secret::Password(&password))),
        )
        .unwrap();
        let text = String::from_utf8(written.expose().to_vec()).unwrap();
        let (_, version) = text.split_once("<Version>").unwrap();
        version.split_once('<').unwrap().0.to_owned()
    });
    assert_eq!(versions.collect::<BTreeSet<_>>().len(), 1000);
}

#[test]
fn a_field_refuses_what_the_phone_cannot_hold() {
    let password = SipPassword::new("two words");
    let refused = fields(
        dialect("grandstream"),
        &settings(Some(Secret::Password(&password))),
    );
    let cause = Cause::Character(' ');
    let value = Value::Password;
    assert_eq!(refused, Err(Refusal::Value { value, cause }));
}

#[test]
fn a_hash_goes_only_where_it_is_taken() {
    let hash = Hash::new("0123456789abcdef0123456789abcdef");
    let settings = settings(Some(Secret::Hash1(&hash)));
    let mut taking = Vec::new();
    for phone in phones() {
        for dialect in phone.dialects {
            let expected = match (dialect.format, dialect.takes_hash()) {
                (None, _) => Err(Refusal::NoFile),
                (Some(_), false) => Err(Refusal::Hash),
                (Some(_), true) => Ok(()),
            };
            assert_eq!(file(dialect, &settings).map(drop), expected, "{}", phone.id);
            if dialect.takes_hash() {
                taking.push(format!("{} {}", phone.id, dialect.id));
            }
        }
    }
    let expected = [
        "asterisk digest",
        "asterisk md5",
        "kamailio uac",
        "linphone any",
        "opensips registrant",
        "sipexer any",
        "snom v8",
    ];
    assert_eq!(taking, expected);
}

#[test]
fn hash1b_goes_with_user_and_realm() {
    let hash = Hash::new("0123456789abcdef0123456789abcdef");
    let written = file(dialect("linphone"), &settings(Some(Secret::Hash1b(&hash)))).unwrap();
    let text = String::from_utf8(written.expose().to_vec()).unwrap();
    assert!(text.contains(">frontdesk@office.example</entry>"), "{text}");
    assert!(
        text.contains(">sip:frontdesk@office.example</entry>"),
        "{text}"
    );
}

#[test]
fn a_transport_without_a_word_is_refused() {
    let old = find("fanvil")
        .and_then(|phone| phone.dialect("text"))
        .unwrap();
    let tls = Settings {
        transport: TransportName::Tls,
        ..settings(None)
    };
    assert_eq!(
        file(old, &tls).map(drop),
        Err(Refusal::Transport(TransportName::Tls))
    );
}

#[test]
fn every_file_says_which_transport() {
    for phone in phones() {
        let file_over = |dialect: &Dialect, transport| {
            let settings = Settings {
                transport,
                ..settings(None)
            };
            let written = file(dialect, &settings).ok()?;
            Some(written.expose().to_vec())
        };
        // The call of SIPp says it, and Grandstream Wave only on its screen.
        let dialects = phone
            .dialects
            .iter()
            .filter(|_| !["grandstream-wave", "sipp"].contains(&phone.id));
        for dialect in dialects.filter(|dialect| dialect.format.is_some()) {
            let over_udp = file_over(dialect, TransportName::Udp);
            let over_tcp = file_over(dialect, TransportName::Tcp);
            assert!(over_udp.is_some() && over_udp != over_tcp, "{}", phone.id);
        }
    }
}

#[test]
fn a_file_without_a_secret_holds_none() {
    for phone in phones() {
        for dialect in phone
            .dialects
            .iter()
            .filter(|dialect| dialect.format.is_some())
        {
            let written = file(dialect, &settings(None)).unwrap();
            let debug = format!("{written:?}");
            assert_eq!(debug, "File(..)");
            let text = String::from_utf8_lossy(written.expose()).to_lowercase();
            assert!(
                !text.contains("passw") && !text.contains("ha1"),
                "{}: {text}",
                phone.id
            );
        }
    }
}

#[test]
fn a_screen_has_the_labels_in_order_and_no_secret() {
    let password = SipPassword::new("canary-7f3a");
    let hash = Hash::new("0123456789abcdef0123456789abcdef");
    for secret in [Secret::Password(&password), Secret::Hash1(&hash)] {
        for phone in phones() {
            for dialect in phone.dialects {
                let shown = fields(dialect, &settings(Some(secret))).unwrap();
                let printed = format!("{shown:?}");
                assert!(!printed.contains("canary") && !printed.contains("0123456789"));
                let passwords = shown
                    .iter()
                    .filter(|field| field.value == FieldValue::Password);
                assert!(
                    passwords.count() == usize::from(!shown.is_empty()),
                    "{}",
                    phone.id
                );
            }
        }
    }
    let yealink = dialect("yealink");
    let shown = fields(yealink, &settings(None)).unwrap();
    let labels: Vec<&str> = shown.iter().map(|field| field.label).collect();
    assert_eq!(labels[3..6], ["Register Name", "User Name", "Password"]);
    assert_eq!(
        (dialect("snom").sure(), yealink.sure()),
        (Sure::Read, Sure::General)
    );
}

#[test]
fn minutes_are_counted_where_the_phone_counts_them() {
    let shown = fields(dialect("grandstream"), &settings(None)).unwrap();
    let expiry = shown
        .iter()
        .find(|field| field.label == "Register Expiration")
        .unwrap();
    assert_eq!(expiry.value, FieldValue::Text("60".to_owned()));
    assert_eq!(expiry.trap, Some("minutes-not-seconds"));
}

#[test]
fn another_address_goes_into_the_outbound_proxy() {
    let elsewhere = Settings {
        registrar: "192.0.2.1",
        ..settings(None)
    };
    for (phone, expected) in [
        ("yealink", "account.1.outbound_proxy_enable = 1"),
        ("yealink", "account.1.outbound_proxy.1.address = 192.0.2.1"),
        (
            "asterisk",
            "outbound_proxy = sip:192.0.2.1:5072\\;transport=udp\\;lr",
        ),
        ("grandstream", "<P48>192.0.2.1:5072</P48>"),
        ("sipexer", "udp:192.0.2.1:5072"),
    ] {
        let written = file(dialect(phone), &elsewhere).unwrap();
        let text = String::from_utf8_lossy(written.expose()).into_owned();
        assert!(text.contains(expected), "{text}");
        assert!(text.contains("office.example"), "{text}");
    }
}
