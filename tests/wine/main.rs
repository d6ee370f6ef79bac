//! What Windows reads in the files for its programs, by its own functions as Wine has them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{fs, iter};

use registrar_phones::{EXPIRY, Secret, Settings, file, find};
use registrar_secret::SipPassword;
use registrar_sip::TransportName;

const REALM: &str = "office.1a2b3c.auth.bandwidth.com";

/// The settings of `microsip.ini`, in its order.
const KEYS: [&str; 11] = [
    "Settings/accountId",
    "Account1/label",
    "Account1/server",
    "Account1/username",
    "Account1/domain",
    "Account1/authID",
    "Account1/password",
    "Account1/displayName",
    "Account1/transport",
    "Account1/registerRefresh",
    "Account1/keepAlive",
];

#[test]
fn microsip_finds_each_value_in_its_file() {
    let longest = "\u{1f511}".repeat(SipPassword::LONGEST);
    let printable: String = ('!'..='~').collect();
    for (name, shown, password) in [
        (
            "o$neil&co=+~!*._-",
            "Front Desk",
            "a\"b'c<d>e&f;g\\h$i%j#k l=m,\u{e4}",
        ),
        (
            "bob@somewhere.com",
            "\u{5bc6}\u{7801} ; # [x]",
            "\"quoted\"",
        ),
        ("bob", "\"Bob\"", "'single'"),
        ("bob", "'Bob'", "\""),
        ("bob", "Bob = 1", ";comment"),
        ("bob", "%APPDATA%", "[Account2]"),
        ("bob", &"n".repeat(254), &printable),
        ("bob", "Bob", &longest),
    ] {
        let password = SipPassword::parse(password).unwrap();
        let settings = Settings {
            user_name: name,
            display_name: Some(shown),
            realm: REALM,
            registrar: "192.0.2.1",
            port: Some(5072),
            transport: TransportName::Udp,
            expiry: EXPIRY,
            secret: Some(Secret::Password(&password)),
        };

        let written = file(&find("microsip").unwrap().dialects[0], &settings).unwrap();

        let expected = [
            "1",
            shown,
            "192.0.2.1:5072",
            name,
            REALM,
            name,
            password.expose(),
            shown,
            "udp",
            "3600",
            "15",
        ];
        assert_eq!(read(written.expose()), expected);
    }
}

/// Returns what Windows reads in a file, for each key.
fn read(ini: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("microsip.ini");
    fs::write(&path, ini).unwrap();
    let path = format!("Z:{}", path.display());
    let arguments = iter::once(path.as_str()).chain(KEYS);
    let output = wine(reader()).args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let values = text.lines().map(|digits| {
        let units = digits.as_bytes().chunks(4).map(|unit| {
            let unit = std::str::from_utf8(unit).unwrap();
            u16::from_str_radix(unit, 16).unwrap()
        });
        String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
    });
    values.collect()
}

/// Compiles the program that reads, once.
fn reader() -> &'static Path {
    static READER: OnceLock<PathBuf> = OnceLock::new();
    READER.get_or_init(|| {
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("read_ini.exe");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/wine/read_ini.c");
        let compiled = Command::new("x86_64-w64-mingw32-gcc")
            .args(["-municode", "-O1", "-s", "-o"])
            .arg(&program)
            .arg(source)
            .status();
        assert!(compiled.unwrap().success());
        program
    })
}

/// Makes a call of a program for Windows, in a Windows folder of the tests' own.
fn wine(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("wine");
    command
        .arg(program)
        .env(
            "WINEPREFIX",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("wine"),
        )
        .env("WINEDEBUG", "-all")
        // Neither .NET nor a browser of Wine's own, which it would ask to be downloaded.
        .env("WINEDLLOVERRIDES", "mscoree=;mshtml=")
        .env("DISPLAY", "");
    command
}
