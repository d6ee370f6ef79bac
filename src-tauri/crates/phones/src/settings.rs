//! The settings for a phone, and how they map to the phone's own fields.

use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;
use registrar_sip::uri::Uri;
use zeroize::Zeroizing;

use crate::phone::{Dialect, Field, Piece, Sure, Value, When};
use crate::refusal::{Cause, Refusal};

/// Seconds that a registration lasts where Bandwidth publishes nothing else.
pub const EXPIRY: u32 = 3600;

/// What a phone is set up with.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The composite user name.
    pub user_name: &'a str,
    /// The name that calls show.
    pub display_name: Option<&'a str>,
    /// The full name of the realm.
    pub realm: &'a str,
    /// The registrar's host, which is the realm unless another address was typed.
    pub registrar: &'a str,
    /// The registrar's port, where it is known.
    pub port: Option<u16>,
    /// The transport that worked.
    pub transport: TransportName,
    /// Seconds that a registration lasts.
    pub expiry: u32,
    /// What proves who registers, where it is known: a phone may ask for the password itself.
    pub secret: Option<Secret<'a>>,
}

/// What proves who registers.
#[derive(Clone, Copy, Debug)]
pub enum Secret<'a> {
    /// The password.
    Password(&'a SipPassword),
    /// Hash1, made with the user name alone.
    Hash1(&'a Hash),
    /// Hash1b, made with user name and realm.
    Hash1b(&'a Hash),
}

/// A field of a phone's screen, filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledField {
    /// What the phone calls it.
    pub label: &'static str,
    /// What goes in.
    pub value: FieldValue,
    /// It is chosen from a list, not typed.
    pub choose: bool,
    /// The name of the sentence that warns of what goes wrong here.
    pub trap: Option<&'static str>,
    /// How sure the name is.
    pub sure: Sure,
}

/// What goes into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// The password, which is shown apart from everything else.
    Password,
    /// Text that may be seen.
    Text(String),
}

/// A setting of a phone's file, filled in.
pub(crate) struct Entry {
    pub(crate) key: &'static str,
    pub(crate) text: Zeroizing<String>,
    /// The value to name where the format can't hold it.
    pub(crate) about: Value,
    /// The number of characters in the text that aren't of that value.
    pub(crate) beside: usize,
}

impl Entry {
    /// Returns the refusal of this entry.
    pub(crate) fn refuse(&self, cause: Cause) -> Refusal {
        Refusal::Value {
            value: self.about,
            cause,
        }
    }

    /// Returns the refusal of an entry of which only so many characters fit.
    pub(crate) fn too_long(&self, fitting: usize) -> Refusal {
        self.refuse(Cause::TooLong(fitting.saturating_sub(self.beside)))
    }
}

/// Returns the fields of a phone's screen in its own order. Those whose value isn't known are left out.
pub fn fields(dialect: &Dialect, settings: &Settings<'_>) -> Result<Vec<FilledField>, Refusal> {
    let mut filled = Vec::new();
    for field in dialect.fields {
        let Some(label) = field.label else { continue };
        let value = if field.has(Value::Password) {
            if let Some(Secret::Password(password)) = settings.secret {
                fits(field, password.expose(), 0)?;
            }
            FieldValue::Password
        } else {
            let Some((text, _)) = fill(dialect, field, settings)? else {
                continue;
            };
            FieldValue::Text(field.shown.map_or_else(|| text.to_string(), str::to_owned))
        };
        filled.push(FilledField {
            label,
            value,
            choose: field.choose,
            trap: field.trap,
            sure: field.sure,
        });
    }
    Ok(filled)
}

/// Returns the settings of a phone's file in its own order.
pub(crate) fn entries(dialect: &Dialect, settings: &Settings<'_>) -> Result<Vec<Entry>, Refusal> {
    let mut filled = Vec::new();
    for field in dialect.fields {
        let Some(key) = field.key else { continue };
        if let Some((text, beside)) = fill(dialect, field, settings)? {
            let about = field.about();
            filled.push(Entry {
                key,
                text,
                about,
                beside,
            });
        }
    }
    Ok(filled)
}

/// Returns the value of a field, and how many of its characters aren't of the value that it is about;
/// or nothing where a part of it isn't known.
fn fill(
    dialect: &Dialect,
    field: &Field,
    settings: &Settings<'_>,
) -> Result<Option<(Zeroizing<String>, usize)>, Refusal> {
    let known = match field.when {
        When::Always => true,
        When::AtRealm => settings.registrar == settings.realm,
        When::Elsewhere => settings.registrar != settings.realm,
        When::Hash => matches!(settings.secret, Some(Secret::Hash1(_) | Secret::Hash1b(_))),
        When::Password => matches!(settings.secret, Some(Secret::Password(_))),
    };
    if !known {
        return Ok(None);
    }
    let mut filled = Zeroizing::new(String::new());
    let mut beside = 0;
    for piece in field.pieces {
        let text = match piece {
            Piece::Text(text) => Zeroizing::new((*text).to_owned()),
            Piece::Value(value) => match settings.value(dialect, *value)? {
                Some(text) => text,
                None => return Ok(None),
            },
        };
        if !matches!(piece, Piece::Value(value) if *value == field.about()) {
            beside += text.chars().count();
        }
        filled.push_str(&text);
    }
    fits(field, &filled, beside)?;
    Ok(Some((filled, beside)))
}

/// Refuses what the field can't hold, whichever way it gets there.
fn fits(field: &Field, text: &str, beside: usize) -> Result<(), Refusal> {
    let cause = if let Some(odd) = text.chars().find(|letter| letter.is_control()) {
        Cause::Character(odd)
    } else if text.trim() != text {
        Cause::OuterSpace
    } else if let Some(longest) = field.longest.filter(|most| text.chars().count() > *most) {
        Cause::TooLong(longest.saturating_sub(beside))
    } else if let Some(odd) = odd_of(field, text) {
        Cause::Character(odd)
    } else {
        return Ok(());
    };
    Err(Refusal::Value {
        value: field.about(),
        cause,
    })
}

fn odd_of(field: &Field, text: &str) -> Option<char> {
    let mut odd = text.chars().filter(|letter| !letter.is_ascii_graphic());
    odd.next().filter(|_| field.visible_ascii)
}

impl Settings<'_> {
    fn value(&self, dialect: &Dialect, value: Value) -> Result<Option<Zeroizing<String>>, Refusal> {
        let text = match value {
            Value::Address => self.identity()["sip:".len()..].to_owned(),
            Value::AuthUser => match self.secret {
                Some(Secret::Hash1b(_)) => format!("{}@{}", self.user_name, self.realm),
                Some(Secret::Hash1(_) | Secret::Password(_)) | None => self.user_name.to_owned(),
            },
            Value::ColonPort => self.port.map(|port| format!(":{port}")).unwrap_or_default(),
            Value::DisplayName => match self.display_name {
                Some(name) => name.to_owned(),
                None => return Ok(None),
            },
            Value::Hash => match self.secret {
                Some(Secret::Hash1(hash) | Secret::Hash1b(hash)) => hash.expose().to_owned(),
                Some(Secret::Password(_)) | None => return Ok(None),
            },
            Value::Host => self.registrar.to_owned(),
            Value::Identity => self.identity(),
            Value::LineName => self.display_name.unwrap_or(self.user_name).to_owned(),
            Value::Minutes => self.expiry.div_ceil(60).to_string(),
            Value::Password => match self.secret {
                Some(Secret::Password(password)) => password.expose().to_owned(),
                Some(Secret::Hash1(_) | Secret::Hash1b(_)) | None => return Ok(None),
            },
            Value::Port => match self.port {
                Some(port) => port.to_string(),
                None => return Ok(None),
            },
            Value::Realm => self.realm.to_owned(),
            Value::Seconds => self.expiry.to_string(),
            Value::Server => self.server(),
            Value::Transport => match dialect.words[self.transport as usize] {
                Some(word) => word.to_owned(),
                None => return Err(Refusal::Transport(self.transport)),
            },
            Value::TransportInUri => self.transport.as_str().to_ascii_lowercase(),
            Value::TransportShown => self.transport.as_str().to_owned(),
            Value::User => self.user_name.to_owned(),
            Value::UserInUri => {
                let identity = self.identity();
                let user = identity.rsplit_once('@').map_or("", |(user, _)| user);
                user["sip:".len()..].to_owned()
            }
        };
        Ok(Some(Zeroizing::new(text)))
    }

    fn identity(&self) -> String {
        uri(Some(self.user_name), self.realm, None, Vec::new())
    }

    fn server(&self) -> String {
        let transport = self.transport.as_str().to_ascii_lowercase();
        let transport = vec![("transport".to_owned(), Some(transport))];
        uri(None, self.registrar, self.port, transport)
    }
}

/// Writes a SIP URI as SIP itself does, so that what is not allowed in it is escaped.
fn uri(
    user: Option<&str>,
    host: &str,
    port: Option<u16>,
    parameters: Vec<(String, Option<String>)>,
) -> String {
    let uri = Uri {
        scheme: "sip".to_owned(),
        user: user.map(str::to_owned),
        host: host.to_owned(),
        port,
        parameters,
    };
    uri.to_string()
}
