//! The encodings that programs use for text, for tests that search them for a secret.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::*;

/// An encoding of a text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Plain,
    Percent,
    PercentAll,
    Json,
    JsonAll,
    Xml,
    XmlDecimal,
    XmlHex,
    Base64,
    Base64Url,
    Hex,
    UpperHex,
    UpperCase,
}

pub(super) const FORMS: [Form; 13] = [
    Form::Plain,
    Form::Percent,
    Form::PercentAll,
    Form::Json,
    Form::JsonAll,
    Form::Xml,
    Form::XmlDecimal,
    Form::XmlHex,
    Form::Base64,
    Form::Base64Url,
    Form::Hex,
    Form::UpperHex,
    Form::UpperCase,
];

pub(super) fn using(secrets: &[&str]) -> Secrets {
    Secrets::new(
        secrets
            .iter()
            .map(|secret| Zeroizing::new((*secret).to_owned())),
    )
}

impl Form {
    pub(super) fn write(self, text: &str) -> String {
        let each = |write: &dyn Fn(char) -> String| text.chars().map(write).collect();
        let code = |letter: char| u32::from(letter);
        let percent = |byte: u8| format!("%{byte:02X}");
        match self {
            Self::Plain => text.to_owned(),
            Self::Percent => {
                let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
                let write = |byte: u8| {
                    if kept(byte) {
                        char::from(byte).to_string()
                    } else {
                        percent(byte)
                    }
                };
                text.bytes().map(write).collect()
            }
            Self::PercentAll => text.bytes().map(percent).collect(),
            Self::Json => {
                let quoted = serde_json::to_string(text).unwrap();
                quoted[1..quoted.len() - 1].to_owned()
            }
            Self::JsonAll => {
                let units = text.encode_utf16();
                units
                    .flat_map(|unit| ["\\u".to_owned(), hex::encode(unit.to_be_bytes())])
                    .collect()
            }
            Self::Xml => quick_xml::escape::escape(text).into_owned(),
            Self::XmlDecimal => each(&|letter| format!("&#{};", code(letter))),
            Self::XmlHex => each(&|letter| format!("&#x{:X};", code(letter))),
            Self::Base64 => STANDARD.encode(text),
            Self::Base64Url => URL_SAFE_NO_PAD.encode(text),
            Self::Hex => hex::encode(text),
            Self::UpperHex => hex::encode_upper(text),
            Self::UpperCase => text.to_ascii_uppercase(),
        }
    }

    /// Decodes what [`Form::write`] wrote, if it is reversible.
    pub(super) fn read(self, text: &str) -> Option<String> {
        match self {
            Self::Plain | Self::UpperCase => Some(text.to_owned()),
            Self::Percent | Self::PercentAll => {
                let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
                decoded.ok().map(Into::into)
            }
            Self::Json | Self::JsonAll => serde_json::from_str(&format!("\"{text}\"")).ok(),
            Self::Xml | Self::XmlDecimal | Self::XmlHex => {
                quick_xml::escape::unescape(text).ok().map(Into::into)
            }
            Self::Base64 => String::from_utf8(STANDARD.decode(text).ok()?).ok(),
            Self::Base64Url => String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok(),
            Self::Hex | Self::UpperHex => String::from_utf8(hex::decode(text).ok()?).ok(),
        }
    }
}
