//! QR codes, drawn by librsvg and read by zbar: exactly the text that was meant comes back.

use std::fs;
use std::process::Command;

use registrar_phones::qr::{self, CloudId, QrImage};
use registrar_phones::{Dialect, EXPIRY, Secret, Settings, file, find};
use registrar_secret::SipPassword;
use registrar_sip::TransportName;

const NAMES: [&str; 2] = ["o$neil&co=+~!*._-", "bob@somewhere.com"];

/// The last one is as long as a camera can still read.
fn passwords() -> [SipPassword; 4] {
    [
        "correct-horse".to_owned(),
        "a\"b'c<d>e&f;g\\h$i%j#k l=m,:@".to_owned(),
        "\u{e4}\u{f6}\u{fc}\u{df} \u{5bc6}\u{7801} \u{1f511}".to_owned(),
        "0aA;".repeat(SipPassword::LONGEST / 4),
    ]
    .map(SipPassword::new)
}

fn dialect(phone: &str) -> &'static Dialect {
    &find(phone).unwrap().dialects[0]
}

/// Returns what zbar reads from an image, as librsvg draws it at this many pixels a module.
fn read(image: &QrImage, zoom: u32) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (svg, png) = (
        folder.path().join("code.svg"),
        folder.path().join("code.png"),
    );
    // As the window draws it.
    let document = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\">\
         <path fill=\"#fff\" d=\"M0 0h{0}v{0}H0z\"/><path d=\"{1}\"/></svg>",
        image.side(),
        image.expose(),
    );
    fs::write(&svg, document).unwrap();
    let drawn = Command::new("rsvg-convert")
        .args(["--zoom", &zoom.to_string(), "--output"])
        .args([&png, &svg])
        .status()
        .expect("rsvg-convert comes with the package librsvg2-bin");
    assert!(drawn.success());
    let told = Command::new("zbarimg")
        .args(["--quiet", "--raw"])
        .arg(&png)
        .output()
        .expect("zbarimg comes with the package zbar-tools");
    let text = String::from_utf8(told.stdout).unwrap();
    text.strip_suffix('\n')
        .map(str::to_owned)
        .unwrap_or_default()
}

#[test]
fn pictures_hold_exactly_the_settings() {
    for phone in ["grandstream-wave", "sipnetic"] {
        for (name, password) in NAMES
            .iter()
            .flat_map(|name| passwords().map(|own| (name, own)))
        {
            for display_name in [None, Some("B\u{fc}ro; \"Nord\" & Co")] {
                let settings = Settings {
                    user_name: name,
                    display_name,
                    realm: "office.1a2b3c.auth.bandwidth.com",
                    registrar: "office.1a2b3c.auth.bandwidth.com",
                    port: Some(5072),
                    transport: TransportName::Udp,
                    expiry: EXPIRY,
                    secret: Some(Secret::Password(&password)),
                };
                let image = qr::settings(dialect(phone), &settings).unwrap();

                let told = read(&image, 4);

                let meant = file(dialect(phone), &settings).unwrap();
                assert_eq!(told.as_bytes(), meant.expose(), "{phone} {name} {told}");
            }
        }
    }
}

#[test]
fn linphone_is_led_to_its_file() {
    for url in [
        "http://192.168.178.20:49152/0123456789abcdef0123456789abcdef",
        "http://[fd12:3456:789a:1::1]:1/0123456789abcdef0123456789abcdef",
    ] {
        let image = qr::address(dialect("linphone"), url).unwrap();

        assert_eq!(read(&image, 4), url);
    }
}

#[test]
fn acrobits_reads_user_name_password_and_cloud_id() {
    let cloud = find("groundwire").unwrap().dialect("cloud").unwrap();
    let id = CloudId::parse("OFFICE*").unwrap();
    let password = SipPassword::new("a:b@c%d /\u{e4}");
    for (password, meant) in [
        (None, "csc:bob%40somewhere%2Ecom@OFFICE*"),
        (
            Some(&password),
            "csc:bob%40somewhere%2Ecom:a%3Ab%40c%25d%20%2F%C3%A4@OFFICE*",
        ),
    ] {
        let image = qr::acrobits(cloud, "bob@somewhere.com", password, &id).unwrap();

        assert_eq!(read(&image, 4), meant);
    }
}
