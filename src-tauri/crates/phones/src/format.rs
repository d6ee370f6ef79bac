//! The file formats that phones read: how each is written, and what it can't represent.
//!
//! A format knows nothing about phones: what is written, and in which order, comes from the phone's
//! data. A setting's key says where it goes, as `data/README.md` describes for each format.

use zeroize::Zeroizing;

use crate::phone::{Dialect, Value};
use crate::refusal::Refusal;
use crate::settings::{Entry, Secret, Settings, entries};

mod lines;
mod quoted;
mod text;
mod xml;

/// The format of a file, or of the content of a QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `pjsip.conf` of Asterisk.
    Asterisk,
    /// `accounts` of baresip.
    Baresip,
    /// The XML profile of Cisco's phones with Multiplatform firmware.
    CiscoMpp,
    /// The XML profile of Cisco's SPA phones and ATA adapters.
    CiscoSpa,
    /// The text of older firmware of Fanvil.
    FanvilText,
    /// The XML of Fanvil.
    FanvilXml,
    /// A gateway of `FreeSWITCH`.
    Freeswitch,
    /// The XML of Gigaset's cordless systems.
    Gigaset,
    /// The XML of Grandstream's phones, with P values.
    Grandstream,
    /// The XML in the QR code of Grandstream Wave.
    GrandstreamWave,
    /// Rows of Kamailio's table `uacreg`.
    KamailioSql,
    /// The XML that Linphone fetches.
    Linphone,
    /// `microsip.ini`.
    Microsip,
    /// The XML of Obihai's phones and adapters.
    Obihai,
    /// Rows of the table `registrant` of `OpenSIPS`.
    OpensipsSql,
    /// The options of pjsua, one a line.
    Pjsua,
    /// The XML of Poly's phones, in attributes.
    Poly,
    /// A command for a POSIX shell.
    Shell,
    /// The text in the QR code of Sipnetic.
    Sipnetic,
    /// An injection file of `SIPp`.
    Sipp,
    /// The XML of Snom.
    Snom,
    /// The `.cfg` of Yealink.
    Yealink,
}

impl Format {
    /// Returns the usual file name extension.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Asterisk => "conf",
            Self::Baresip | Self::FanvilText | Self::Pjsua | Self::Sipnetic => "txt",
            Self::CiscoMpp
            | Self::CiscoSpa
            | Self::FanvilXml
            | Self::Freeswitch
            | Self::Gigaset
            | Self::Grandstream
            | Self::GrandstreamWave
            | Self::Linphone
            | Self::Obihai
            | Self::Poly
            | Self::Snom => "xml",
            Self::KamailioSql | Self::OpensipsSql => "sql",
            Self::Microsip => "ini",
            Self::Shell => "sh",
            Self::Sipp => "csv",
            Self::Yealink => "cfg",
        }
    }

    /// Returns whether it is the content of a QR code rather than a file: an image that is as
    /// secret as the password.
    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(self, Self::GrandstreamWave | Self::Sipnetic)
    }

    fn write(self, entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Asterisk => Ok(text::asterisk(entries)),
            Self::Baresip => quoted::baresip(entries),
            Self::CiscoMpp => xml::cisco(entries, &[("ua", "na")]),
            Self::CiscoSpa => xml::cisco(entries, &[]),
            Self::FanvilText => Ok(lines::fanvil(entries)),
            Self::FanvilXml => xml::fanvil(entries),
            Self::Freeswitch => xml::freeswitch(entries),
            Self::Gigaset => xml::gigaset(entries),
            Self::Grandstream => xml::grandstream(entries),
            Self::GrandstreamWave => xml::grandstream_wave(entries),
            Self::KamailioSql => quoted::sql("uacreg", entries),
            Self::Linphone => xml::linphone(entries),
            Self::Microsip => text::microsip(entries),
            Self::Obihai => xml::obihai(entries),
            Self::OpensipsSql => quoted::registrant(entries),
            Self::Pjsua => quoted::pjsua(entries),
            Self::Poly => xml::poly(entries),
            Self::Shell => Ok(quoted::shell(entries)),
            Self::Sipnetic => Ok(lines::sipnetic(entries)),
            Self::Sipp => lines::sipp(entries),
            Self::Snom => xml::snom(entries),
            Self::Yealink => lines::yealink(entries),
        }
    }
}

/// The bytes of a file. They are as secret as the password, and are zeroed on drop.
pub struct File(Zeroizing<Vec<u8>>);

impl File {
    /// Returns the bytes. Call this in the one expression that needs them.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for File {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("File").finish_non_exhaustive()
    }
}

/// Writes a phone's file, or returns why it can't be written.
pub fn file(dialect: &Dialect, settings: &Settings<'_>) -> Result<File, Refusal> {
    let format = dialect.format.ok_or(Refusal::NoFile)?;
    let hash = matches!(settings.secret, Some(Secret::Hash1(_) | Secret::Hash1b(_)));
    if hash && !dialect.takes_hash() {
        return Err(Refusal::Hash);
    }
    let written = format.write(&entries(dialect, settings)?)?;
    Ok(File(Zeroizing::new(written)))
}

/// Returns how many of a text's characters fit into `room`, or nothing where all do.
fn fitting(text: &str, room: usize, size: fn(char) -> usize) -> Option<usize> {
    let mut taken = 0;
    let fits = |letter: &char| {
        taken += size(*letter);
        taken <= room
    };
    let fitting = text.chars().take_while(fits).count();
    (taken > room).then_some(fitting)
}

/// Refuses entries that are too long together: the password, or else the first of them.
fn all_fits(entries: &[Entry], length: usize, most: usize) -> Result<(), Refusal> {
    let over = length.saturating_sub(most);
    let password = |entry: &&Entry| entry.about == Value::Password && entry.text.len() > over;
    match entries.iter().find(password).or(entries.first()) {
        Some(entry) if over > 0 => {
            let room = entry.text.len().saturating_sub(over);
            let fitting = fitting(&entry.text, room, char::len_utf8);
            Err(entry.too_long(fitting.unwrap_or_default()))
        }
        Some(_) | None => Ok(()),
    }
}

/// Returns the version of a Fanvil file. It changes whenever a setting does, because the phone
/// ignores a file whose version it already has.
fn fanvil_version(entries: &[Entry]) -> String {
    // FNV-1a, truncated to ten digits, is enough to distinguish two files of one phone.
    let bytes = (entries.iter()).flat_map(|entry| entry.key.bytes().chain(entry.text.bytes()));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("2.{:010}", hash % 10_000_000_000)
}
