//! The file from which Linphone sets an account up.
//!
//! It carries Hash1 in place of the password (`ha1`), so a phone is set up without anybody seeing
//! a password. The file is as secret as the password: whoever has Hash1 can register.
//! Source: Linphone's provisioning documentation, sections `proxy_0` and `auth_info_0`.

use quick_xml::se::Serializer;
use serde::Serialize;

use registrar_secret::Hash;
use registrar_sip::TransportName;

use crate::Error;

/// What the file is made of.
#[derive(Debug)]
pub struct Settings<'a> {
    /// The composite user name.
    pub user_name: &'a str,
    /// The full name of the realm.
    pub realm: &'a str,
    /// The registrar's host, which is the realm unless another address was typed.
    pub registrar: &'a str,
    /// The transport that worked.
    pub transport: TransportName,
    /// The registrar's port, where it is known.
    pub port: Option<u16>,
    /// Hash1, where it is known.
    pub hash1: Option<&'a Hash>,
}

#[derive(Serialize)]
#[serde(rename = "config")]
struct Config<'a> {
    #[serde(rename = "@xmlns")]
    namespace: &'a str,
    section: Vec<Section<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    #[serde(rename = "@name")]
    name: &'a str,
    entry: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    #[serde(rename = "@name")]
    name: &'a str,
    #[serde(rename = "@overwrite")]
    overwrite: bool,
    #[serde(rename = "$text")]
    text: String,
}

/// Writes the file.
pub fn file(settings: &Settings<'_>) -> Result<Vec<u8>, Error> {
    let Settings {
        user_name,
        realm,
        registrar,
        transport,
        port,
        hash1,
    } = settings;
    let user_part = user_name.replace('@', "%40");
    let transport = transport.as_str().to_ascii_lowercase();
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let registrar = format!("<sip:{registrar}{port};transport={transport}>");
    let mut auth = vec![
        entry("username", (*user_name).to_owned()),
        entry("userid", (*user_name).to_owned()),
        entry("realm", (*realm).to_owned()),
        entry("domain", (*realm).to_owned()),
        entry("algorithm", "MD5".to_owned()),
    ];
    if let Some(hash1) = hash1 {
        auth.push(entry("ha1", hash1.expose().to_owned()));
    }
    let config = Config {
        namespace: "http://www.linphone.org/xsds/lpconfig.xsd",
        section: vec![
            Section {
                name: "sip",
                entry: vec![entry("default_proxy", "0".to_owned())],
            },
            Section {
                name: "proxy_0",
                entry: vec![
                    entry("reg_proxy", registrar),
                    entry("reg_identity", format!("sip:{user_part}@{realm}")),
                    entry("realm", (*realm).to_owned()),
                    entry("reg_expires", "3600".to_owned()),
                    entry("reg_sendregister", "1".to_owned()),
                ],
            },
            Section {
                name: "auth_info_0",
                entry: auth,
            },
        ],
    };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut serializer = Serializer::new(&mut xml);
    serializer.indent(' ', 2);
    let written = config.serialize(serializer);
    written.map_err(|_| Error::Unwritable)?;
    xml.push('\n');
    Ok(xml.into_bytes())
}

fn entry(name: &'static str, text: String) -> Entry<'static> {
    Entry {
        name,
        overwrite: true,
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(user_name: &str) -> String {
        let hash = Hash::new("0123456789abcdef0123456789abcdef");
        let settings = Settings {
            user_name,
            realm: "office.1a2b3c.auth.bandwidth.com",
            registrar: "office.1a2b3c.auth.bandwidth.com",
            transport: TransportName::Udp,
            port: Some(5006),
            hash1: Some(&hash),
        };
        String::from_utf8(file(&settings).unwrap()).unwrap()
    }

    #[test]
    fn it_holds_the_registrar_the_identity_and_hash1() {
        let file = written("bob@somewhere.com");

        for part in [
            r#"<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">"#,
            "&lt;sip:office.1a2b3c.auth.bandwidth.com:5006;transport=udp&gt;",
            "sip:bob%40somewhere.com@office.1a2b3c.auth.bandwidth.com",
            r#"<entry name="username" overwrite="true">bob@somewhere.com</entry>"#,
            r#"<entry name="ha1" overwrite="true">0123456789abcdef0123456789abcdef</entry>"#,
        ] {
            assert!(file.contains(part), "{part} in\n{file}");
        }
        assert!(!file.contains("passwd"));
    }

    #[test]
    fn a_name_with_markup_is_escaped() {
        let file = written("a&b<c>");

        assert!(file.contains("a&amp;b&lt;c&gt;"), "{file}");
    }
}
