//! The known phones: the files of `data/`, checked and turned into constants by the build script.

use crate::format::Format;

include!(concat!(env!("OUT_DIR"), "/phones.rs"));

/// Returns all phones, in the order of their IDs.
#[must_use]
pub fn phones() -> &'static [Phone] {
    PHONES
}

/// Returns the phone that has this ID.
#[must_use]
pub fn find(id: &str) -> Option<&'static Phone> {
    PHONES.iter().find(|phone| phone.id == id)
}

/// Returns the app's own sentence that has this name.
#[must_use]
pub fn sentence(name: &str) -> Option<&'static str> {
    let at = SENTENCES.binary_search_by_key(&name, |(own, _)| own).ok()?;
    SENTENCES.get(at).map(|(_, text)| *text)
}

/// A phone, an app, or a phone system, with its own names for all settings.
#[derive(Debug)]
pub struct Phone {
    /// The name of its file in `data/phones`, such as `yealink`.
    pub id: &'static str,
    /// Its maker.
    pub maker: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What kind of phone it is.
    pub kind: Kind,
    /// Other names that a person may search for.
    pub also: &'static [&'static str],
    /// Its dialects: at least one.
    pub dialects: &'static [Dialect],
}

impl Phone {
    /// Returns the dialect that has this ID.
    #[must_use]
    pub fn dialect(&self, id: &str) -> Option<&'static Dialect> {
        self.dialects.iter().find(|dialect| dialect.id == id)
    }
}

/// What kind of phone it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An app on a computer or a cell phone.
    App,
    /// A desk phone, a cordless one, or an adapter.
    Desk,
    /// A phone system, which registers as a phone does.
    System,
    /// A program for engineers.
    Tool,
}

/// Models or firmware of a phone that take the same fields and the same file.
#[derive(Debug)]
pub struct Dialect {
    /// Its name within the phone.
    pub id: &'static str,
    /// What tells it apart on the phone, or nothing where there is only one.
    pub name: &'static str,
    /// The models that are known to be like this.
    pub models: &'static [&'static str],
    /// The file, or picture, that it takes.
    pub format: Option<Format>,
    /// What its file has to be called, where the phone looks for it by that name.
    pub file_name: Option<&'static str>,
    /// It fetches that file from an address, which it reads from a QR code.
    pub fetches: bool,
    /// It reads the ID of a provider's configuration from a QR code, as apps of Acrobits do.
    pub cloud_id: bool,
    /// Its file replaces accounts that the phone already has.
    pub replaces_accounts: bool,
    /// The names of the sentences that say how its settings are opened.
    pub open: &'static [&'static str],
    /// The names of the sentences that say how its file is loaded.
    pub load: &'static [&'static str],
    /// The names of the sentences that say how a QR code is scanned.
    pub scan: &'static [&'static str],
    /// The names of the sentences that say what is pressed at the end.
    pub press: &'static [&'static str],
    /// The names of the sentences that warn of what goes wrong with it.
    pub traps: &'static [&'static str],
    /// What it calls UDP, TCP and TLS; nothing stands for what it doesn't have.
    pub(crate) words: [Option<&'static str>; 3],
    pub(crate) fields: &'static [Field],
}

impl Dialect {
    /// Returns whether its file can hold Hash1 in place of the password.
    #[must_use]
    pub fn takes_hash(&self) -> bool {
        self.fields.iter().any(|field| field.has(Value::Hash))
    }

    /// Returns how sure the least sure of the names on its screen is.
    #[must_use]
    pub fn sure(&self) -> Sure {
        let shown = self.fields.iter().filter(|field| field.label.is_some());
        shown.map(|field| field.sure).max().unwrap_or(Sure::Read)
    }
}

/// How sure a fact is, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// It was tried with the program itself.
    Tried,
    /// It was read in the source.
    Read,
    /// It is general knowledge, and was not tried on the phone.
    General,
}

/// One setting of a phone.
#[derive(Debug)]
pub(crate) struct Field {
    /// What the phone's screen calls it, where it is on a screen.
    pub(crate) label: Option<&'static str>,
    /// What the phone's file calls it, where it is in a file.
    pub(crate) key: Option<&'static str>,
    pub(crate) pieces: &'static [Piece],
    pub(crate) when: When,
    /// It is chosen from a list, not typed.
    pub(crate) choose: bool,
    /// What the screen shows for the value, where that is something else than the file holds.
    pub(crate) shown: Option<&'static str>,
    pub(crate) longest: Option<usize>,
    /// Only ASCII from 33 to 126 fits into it.
    pub(crate) visible_ascii: bool,
    pub(crate) trap: Option<&'static str>,
    pub(crate) sure: Sure,
}

impl Field {
    pub(crate) fn has(&self, value: Value) -> bool {
        let mut pieces = self.pieces.iter();
        pieces.any(|piece| matches!(piece, Piece::Value(own) if *own == value))
    }

    /// Returns the value that a person has to change where the phone can't hold this.
    pub(crate) fn about(&self) -> Value {
        let values = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Value(value) => Some(*value),
        });
        values.min().unwrap_or(Value::Realm)
    }
}

/// What has to be so for a setting to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Always,
    /// The registrar is where the realm's name leads.
    AtRealm,
    /// The registrar is at another address, to which the phone is led by an outbound proxy.
    Elsewhere,
    /// A hash goes in.
    Hash,
    /// The password goes in.
    Password,
}

/// A part of a setting's value.
#[derive(Debug)]
pub(crate) enum Piece {
    Text(&'static str),
    Value(Value),
}

/// What goes into a setting. Where a setting has several, the first of them here is the one to name
/// when the phone can't hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// The password.
    Password,
    /// Hash1 or Hash1b.
    Hash,
    /// The composite user name.
    User,
    /// The composite user name, escaped for a SIP URI.
    UserInUri,
    /// What the digest is made with: the user name, or user name and realm where Hash1b is used.
    AuthUser,
    /// `user@realm`, escaped.
    Address,
    /// `sip:user@realm`, escaped.
    Identity,
    /// The name that calls show, where there is one.
    DisplayName,
    /// What the phone's own screen calls the line: the display name, or else the user name.
    LineName,
    /// The full name of the realm.
    Realm,
    /// The registrar's host.
    Host,
    /// The registrar's port.
    Port,
    /// A colon and the registrar's port, or nothing where it isn't known.
    ColonPort,
    /// The registrar as a SIP URI, with port and transport.
    Server,
    /// The phone's own word for the transport.
    Transport,
    /// The transport's usual name, in capitals.
    TransportShown,
    /// The transport's name in a SIP URI.
    TransportInUri,
    /// How long a registration lasts, in seconds.
    Seconds,
    /// How long a registration lasts, in minutes.
    Minutes,
}
