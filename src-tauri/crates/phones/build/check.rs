//! What makes the data of a phone wrong although it can be read.

use std::collections::BTreeSet;

use super::data::{Dialect, Field, Phone, Piece, Sources, Sure, Texts, sureness};

/// Refuses a phone whose parts don't fit together.
pub(crate) fn phone(phone: &Phone, sources: &Sources, texts: &Texts) -> Result<(), String> {
    if phone.dialects.is_empty() {
        return Err("it has no dialect".to_owned());
    }
    let ids: Vec<&str> = phone.dialects.iter().map(|own| own.id.as_str()).collect();
    once("dialect", ids.iter().copied())?;
    let names = phone.fields.iter().flat_map(|own| [&own.label, &own.key]);
    let mut names = [&phone.maker, &phone.name]
        .into_iter()
        .chain(names.flatten());
    if names.any(|name| name.trim().is_empty()) || ids.contains(&"") {
        return Err("a name is empty".to_owned());
    }
    let notes = phone.notes();
    let lists =
        (notes.iter().map(|note| &note.only)).chain(phone.fields.iter().map(|own| &own.only));
    if let Some(name) = lists.flatten().find(|name| !ids.contains(&name.as_str())) {
        return Err(format!("there is no dialect {name}"));
    }
    for name in named(phone) {
        if !texts.contains_key(name) {
            return Err(format!("there is no text {name}"));
        }
    }
    for note in &notes {
        sureness(&note.from, sources)?;
    }
    // A person follows a step without a way back: it is in a source, or it is left out.
    let steps = [&phone.open, &phone.load, &phone.scan, &phone.press];
    for step in steps.into_iter().flatten() {
        if sureness(&step.from, sources)? == Sure::General {
            return Err(format!("the step {} has no source", step.text));
        }
    }
    phone
        .dialects
        .iter()
        .try_for_each(|dialect| dialect_of(phone, dialect, sources))
}

fn dialect_of(phone: &Phone, dialect: &Dialect, sources: &Sources) -> Result<(), String> {
    sureness(&dialect.from, sources)?;
    sureness(
        dialect.models_from.as_ref().unwrap_or(&dialect.from),
        sources,
    )?;
    let words = ["udp", "tcp", "tls"];
    if let Some(word) = (dialect.transport.keys()).find(|word| !words.contains(&word.as_str())) {
        return Err(format!("there is no transport {word}"));
    }
    let fields: Vec<&Field> = phone
        .fields
        .iter()
        .filter(|field| field.is_in(&dialect.id))
        .collect();
    for (place, field) in fields.iter().enumerate() {
        for other in &fields[..place] {
            unlike(field, other)?;
        }
        if field.label.is_none() && field.key.is_none() {
            return Err(format!("{} has neither a label nor a key", field.value));
        }
        if field.shown.is_some() && (field.label.is_none() || !field.choose) {
            return Err(format!("{} is shown where nothing is chosen", field.value));
        }
        if field.label.is_none() && field.trap.is_some() {
            return Err(format!("{} warns beside no label", field.value));
        }
        if field.key.is_some() && dialect.format.is_none() {
            return Err(format!(
                "{} has a key, but {} has no format",
                field.value, dialect.id
            ));
        }
        if field.when.is_some() && field.when != field.depends_on() {
            return Err(format!("{} depends on two things", field.value));
        }
        let alone = field.pieces == [Piece::Value("Password")];
        if field.label.is_some() && (field.has("Hash") || field.has("Password") && !alone) {
            return Err(format!(
                "{} would be shown with a secret in it",
                field.value
            ));
        }
    }
    if let Some(name) = dialect.file_name.as_deref()
        && (dialect.format.is_none() || name.is_empty() || name.contains(['/', '\\']))
    {
        return Err(format!(
            "{name:?} is no name for the file of {}",
            dialect.id
        ));
    }
    let has_key = fields.iter().any(|field| field.key.is_some());
    if dialect.format.is_some() && !has_key {
        return Err(format!("the file of {} would be empty", dialect.id));
    }
    Ok(())
}

/// Refuses two fields that would stand side by side under one name.
fn unlike(one: &Field, other: &Field) -> Result<(), String> {
    let apart = match (one.depends_on(), other.depends_on()) {
        (Some(one), Some(other)) => one.excludes(other),
        _ => false,
    };
    let same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
    let (what, name) = if same(&one.label, &other.label) {
        ("label", &one.label)
    } else if same(&one.key, &other.key) {
        ("key", &one.key)
    } else {
        return Ok(());
    };
    if apart {
        return Ok(());
    }
    Err(format!(
        "two have the {what} {}",
        name.as_deref().unwrap_or_default()
    ))
}

/// Refuses a sentence that no phone names.
pub(crate) fn unused(phones: &[Phone], texts: &Texts) -> Result<(), String> {
    let used: BTreeSet<&str> = phones.iter().flat_map(named).collect();
    match texts.keys().find(|text| !used.contains(text.as_str())) {
        Some(text) => Err(format!("texts: no phone names {text}")),
        None => Ok(()),
    }
}

/// Returns the names of the sentences that a phone refers to.
fn named(phone: &Phone) -> Vec<&str> {
    let traps = phone
        .fields
        .iter()
        .filter_map(|field| field.trap.as_deref());
    let notes = phone.notes().into_iter().map(|note| note.text.as_str());
    notes.chain(traps).collect()
}

fn once<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(format!("two have the {what} {name}"));
        }
    }
    Ok(())
}
