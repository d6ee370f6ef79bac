//! The data of phones as it stands in `data/`, and what makes it wrong. `data/README.md` describes it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::check;

/// The only version of the data's form.
const VERSION: u32 = 1;

/// Values that a template may name, and the variants of `Value` that they become.
const VALUES: [(&str, &str); 19] = [
    (":port", "ColonPort"),
    ("address", "Address"),
    ("auth_user", "AuthUser"),
    ("display_name", "DisplayName"),
    ("hash", "Hash"),
    ("host", "Host"),
    ("identity", "Identity"),
    ("line_name", "LineName"),
    ("minutes", "Minutes"),
    ("password", "Password"),
    ("port", "Port"),
    ("realm", "Realm"),
    ("seconds", "Seconds"),
    ("server", "Server"),
    ("transport", "Transport"),
    ("transport_in_uri", "TransportInUri"),
    ("transport_name", "TransportShown"),
    ("user", "User"),
    ("user_in_uri", "UserInUri"),
];

/// Sources by name, and how sure what they say is.
pub(crate) type Sources = BTreeMap<String, Sure>;

/// The app's own sentences by name.
pub(crate) type Texts = BTreeMap<String, String>;

/// How sure a fact is, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sure {
    /// It was tried with the program itself.
    Tried,
    /// It was read in the source.
    Read,
    /// It is general knowledge, and was not tried on the phone.
    General,
}

/// A source of facts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    /// What it is, for a person who wants to look it up.
    title: String,
    /// How sure what it says is.
    sure: Sure,
}

/// `data/phones/ID.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phone {
    version: u32,
    #[serde(skip)]
    pub(crate) id: String,
    pub(crate) maker: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) also: Vec<String>,
    #[serde(rename = "dialect")]
    pub(crate) dialects: Vec<Dialect>,
    #[serde(default, rename = "field")]
    pub(crate) fields: Vec<Field>,
    #[serde(default)]
    pub(crate) open: Vec<Note>,
    #[serde(default)]
    pub(crate) load: Vec<Note>,
    #[serde(default)]
    pub(crate) scan: Vec<Note>,
    #[serde(default)]
    pub(crate) press: Vec<Note>,
    #[serde(default, rename = "trap")]
    pub(crate) traps: Vec<Note>,
}

/// What kind of phone it is.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    App,
    Desk,
    System,
    Tool,
}

/// Models or firmware that take the same fields and the same file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dialect {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) models: Vec<String>,
    pub(crate) format: Option<String>,
    pub(crate) file_name: Option<String>,
    #[serde(default)]
    pub(crate) fetches: bool,
    #[serde(default)]
    pub(crate) cloud_id: bool,
    #[serde(default)]
    pub(crate) replaces_accounts: bool,
    #[serde(default)]
    pub(crate) transport: BTreeMap<String, String>,
    pub(crate) from: Vec<String>,
    pub(crate) models_from: Option<Vec<String>>,
}

/// One setting: on the phone's screen by its label, in the phone's file by its key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    pub(crate) label: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) value: String,
    pub(crate) when: Option<When>,
    #[serde(default)]
    pub(crate) choose: bool,
    pub(crate) shown: Option<String>,
    pub(crate) longest: Option<usize>,
    #[serde(default)]
    pub(crate) visible_ascii: bool,
    pub(crate) trap: Option<String>,
    #[serde(default)]
    pub(crate) only: Vec<String>,
    pub(crate) from: Vec<String>,
    label_from: Option<Vec<String>>,
    #[serde(skip)]
    pub(crate) sure: Option<Sure>,
    #[serde(skip)]
    pub(crate) pieces: Vec<Piece>,
}

/// What has to be so for a setting to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum When {
    /// The registrar is where the realm's name leads.
    AtRealm,
    /// The registrar is at another address.
    Elsewhere,
    /// A hash goes in.
    Hash,
    /// The password goes in.
    Password,
}

impl When {
    /// Returns whether both can't be so at once.
    pub(crate) fn excludes(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::AtRealm, Self::Elsewhere)
                | (Self::Elsewhere, Self::AtRealm)
                | (Self::Hash, Self::Password)
                | (Self::Password, Self::Hash)
        )
    }
}

/// A part of a setting's value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    Value(&'static str),
}

/// A sentence of the app's own, by its name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Note {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) only: Vec<String>,
    pub(crate) from: Vec<String>,
}

impl Field {
    /// Returns whether a dialect has it.
    pub(crate) fn is_in(&self, dialect: &str) -> bool {
        is_in(&self.only, dialect)
    }

    /// Returns whether a value goes into it.
    pub(crate) fn has(&self, value: &'static str) -> bool {
        self.pieces.contains(&Piece::Value(value))
    }
}

impl Note {
    /// Returns whether a dialect has it.
    pub(crate) fn is_in(&self, dialect: &str) -> bool {
        is_in(&self.only, dialect)
    }
}

/// Reads `data/sources.toml`.
pub(crate) fn sources(text: &str) -> Result<Sources, String> {
    let read: BTreeMap<String, Source> =
        toml::from_str(text).map_err(|error| format!("sources: {error}"))?;
    read.into_iter()
        .map(|(name, source)| {
            if source.title.trim().is_empty() {
                return Err(format!("sources: {name} has no title"));
            }
            Ok((name, source.sure))
        })
        .collect()
}

/// Reads `data/texts.en.toml`.
pub(crate) fn texts(text: &str) -> Result<Texts, String> {
    toml::from_str(text).map_err(|error| format!("texts: {error}"))
}

/// Reads one phone and refuses what is wrong with it.
pub(crate) fn phone(
    id: &str,
    text: &str,
    sources: &Sources,
    texts: &Texts,
) -> Result<Phone, String> {
    let wrong = |what: String| format!("data/phones/{id}.toml: {what}");
    let mut phone: Phone = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    id.clone_into(&mut phone.id);
    if phone.version != VERSION {
        return Err(wrong(format!("version {} is unknown", phone.version)));
    }
    for field in &mut phone.fields {
        prepare(field, sources).map_err(&wrong)?;
    }
    check::phone(&phone, sources, texts).map_err(wrong)?;
    Ok(phone)
}

/// Reads the template of a field and finds how sure it is.
fn prepare(field: &mut Field, sources: &Sources) -> Result<(), String> {
    field.pieces = pieces(&field.value)?;
    let of_key = sureness(&field.from, sources)?;
    let of_label = field.label_from.as_ref();
    let of_label = of_label
        .map(|from| sureness(from, sources))
        .transpose()?
        .unwrap_or(of_key);
    field.sure = Some(if field.label.is_some() {
        of_label
    } else {
        of_key
    });
    Ok(())
}

impl Field {
    /// Returns what has to be so for it.
    pub(crate) fn depends_on(&self) -> Option<When> {
        if self.has("Hash") {
            Some(When::Hash)
        } else if self.has("Password") {
            Some(When::Password)
        } else {
            self.when
        }
    }
}

impl Phone {
    /// Returns all sentences but those beside fields.
    pub(crate) fn notes(&self) -> Vec<&Note> {
        let lists = [&self.open, &self.load, &self.scan, &self.press, &self.traps];
        lists.into_iter().flatten().collect()
    }
}

/// Returns how sure what these sources say is: as sure as the surest of them.
pub(crate) fn sureness(from: &[String], sources: &Sources) -> Result<Sure, String> {
    let mut sure = Vec::new();
    for name in from {
        let source = sources.get(name);
        sure.push(*source.ok_or_else(|| format!("there is no source {name}"))?);
    }
    (sure.into_iter().min()).ok_or_else(|| "a fact has no source".to_owned())
}

fn is_in(only: &[String], dialect: &str) -> bool {
    only.is_empty() || only.iter().any(|own| own == dialect)
}

/// Takes a template apart: text, and names of values in braces.
fn pieces(template: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after
            .split_once('}')
            .ok_or(format!("{template} isn't closed"))?;
        let value = VALUES.iter().find(|(known, _)| *known == name);
        let (_, value) = value.ok_or_else(|| format!("there is no value {name}"))?;
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        pieces.push(Piece::Value(value));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}
