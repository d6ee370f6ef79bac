//! Writes setup sheets for the test that prints them: `acceptance-sheets FOLDER PASSWORD`.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use registrar_activity::Tone;
use registrar_phones::sheet::{Check, Chosen, Page, Password, Row, Sheet};
use registrar_phones::{Dialect, EXPIRY, Phone, Secret, Settings, find, phones};
use registrar_secret::SipPassword;
use registrar_sip::TransportName;

/// The longest names that Bandwidth accepts, which differ by the page.
const LONGEST_USER: usize = 32;
const LONGEST_REALM: usize = 30;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let missing = || io::Error::from(io::ErrorKind::InvalidInput);
    let folder = PathBuf::from(arguments.next().ok_or_else(missing)?);
    let password = arguments.next().ok_or_else(missing)?;
    let password = SipPassword::new(password.to_str().ok_or_else(missing)?);
    let longest = SipPassword::new("W".repeat(SipPassword::LONGEST));
    std::fs::create_dir_all(&folder)?;
    let every = || {
        phones()
            .iter()
            .flat_map(|phone| phone.dialects.iter().map(move |own| (phone, own)))
    };
    let yealink = find("yealink").and_then(|phone| Some((phone, phone.dialects.first()?)));

    write(
        &folder.join("with.html"),
        &password,
        true,
        every().map(Some).chain([None]),
        name,
    )?;
    write(
        &folder.join("without.html"),
        &password,
        false,
        every().map(Some).chain([None]),
        name,
    )?;
    write(
        &folder.join("longest.html"),
        &longest,
        true,
        every().map(Some).chain([None]),
        long_name,
    )?;
    write(
        &folder.join("two.html"),
        &password,
        true,
        [None, yealink].into_iter(),
        name,
    )?;
    let many = std::iter::repeat_n(yealink, 1000);
    write(&folder.join("thousand.html"), &password, true, many, name)
}

fn name(page: usize) -> String {
    format!("phone-{page}")
}

fn long_name(page: usize) -> String {
    let user = format!("{page}{}", "w".repeat(LONGEST_USER));
    format!("{}@{}", &user[..LONGEST_USER], "m".repeat(LONGEST_USER))
}

/// Writes a sheet with a page for each phone, as the journey writes it.
fn write(
    path: &Path,
    password: &SipPassword,
    shows: bool,
    phones: impl Iterator<Item = Option<(&'static Phone, &'static Dialect)>>,
    name: impl Fn(usize) -> String,
) -> io::Result<()> {
    let realm = format!(
        "{}.1a2b3c.auth.bandwidth.com",
        "office-".repeat(5).split_at(LONGEST_REALM).0
    );
    let row = |name: &str, value: &str| Row {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let about = [
        row("Account", "Northwind (5500123)"),
        row("Voice application", "93de2f0a-5ba6-4307-8f7b-a6f806c351c8"),
    ];
    let check = |tone, sentence: &str| Check {
        tone,
        sentence: sentence.to_owned(),
    };
    let checks = [
        check(
            Tone::Good,
            "The settings are right: the registrar accepted this password.",
        ),
        check(Tone::Wait, "No registered phone was seen."),
        check(Tone::Wait, "No test call was made."),
    ];
    let left_open = [
        "Emergency calling wasn’t set up or tested here. Don’t rely on this phone for \
                      emergency calls until that’s done."
            .to_owned(),
    ];
    let mut sheet = Sheet::begin(File::create(path)?, true, shows)?;
    for (place, phone) in phones.enumerate() {
        let user_name = name(place + 1);
        let settings = Settings {
            user_name: &user_name,
            display_name: None,
            realm: &realm,
            registrar: &realm,
            port: Some(5072),
            transport: TransportName::Udp,
            expiry: EXPIRY,
            secret: Some(Secret::Password(password)),
        };
        let chosen = phone.and_then(|(phone, own)| Chosen::fill(phone, own, &settings).ok());
        sheet.page(&Page {
            phone: chosen.as_ref(),
            settings: &settings,
            about: &about,
            notes: &[],
            checks: &checks,
            left_open: &left_open,
            password: if shows {
                Password::InBox(password)
            } else {
                Password::LeftOut
            },
        })?;
    }
    sheet.end().map(drop)
}
