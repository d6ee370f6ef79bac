//! QR codes are drawn for the phones that read them, and can't be printed. `tests/contract` reads
//! them with another program.

use registrar_secret::SipPassword;
use registrar_sip::TransportName;

use crate::{Dialect, EXPIRY, Refusal, Secret, Settings, find, phones, qr};

fn settings(password: &SipPassword) -> Settings<'_> {
    Settings {
        user_name: "frontdesk",
        display_name: None,
        realm: "office.example",
        registrar: "office.example",
        port: Some(5072),
        transport: TransportName::Udp,
        expiry: EXPIRY,
        secret: Some(Secret::Password(password)),
    }
}

fn dialect(phone: &str) -> &'static Dialect {
    &find(phone).unwrap().dialects[0]
}

#[test]
fn only_phones_that_read_a_code_get_one() {
    let password = SipPassword::new("canary-7f3a");
    for phone in phones() {
        for dialect in phone.dialects {
            let drawn = qr::settings(dialect, &settings(&password)).map(drop);
            let led = qr::address(dialect, "http://192.0.2.1/").map(drop);

            let is_picture = ["grandstream-wave", "sipnetic"].contains(&phone.id);
            assert_eq!(drawn.is_ok(), is_picture, "{} {drawn:?}", phone.id);
            assert_eq!(led.is_ok(), phone.id == "linphone", "{}", phone.id);
            let id = qr::CloudId::parse("OFFICE").unwrap();
            let named = qr::acrobits(dialect, "frontdesk", None, &id).map(drop);
            assert_eq!(named.is_ok(), dialect.id == "cloud", "{}", phone.id);
        }
    }
}

#[test]
fn image_is_printed_as_a_placeholder() {
    let password = SipPassword::new("canary-7f3a");

    let image = qr::settings(dialect("sipnetic"), &settings(&password)).unwrap();

    assert_eq!(format!("{image:?}"), "QrImage(..)");
    assert!(!image.expose().contains("canary"));
}

#[test]
fn settings_too_long_for_a_camera_are_refused() {
    let longest = SipPassword::new("\"".repeat(SipPassword::LONGEST));

    let wave = qr::settings(dialect("grandstream-wave"), &settings(&longest));
    let sipnetic = qr::settings(dialect("sipnetic"), &settings(&longest));

    assert_eq!(wave.map(drop), Err(Refusal::TooLongForQrCode));
    assert_eq!(sipnetic.map(drop), Ok(()));
}
