//! Writes the data as Rust.

use crate::data::{Dialect, Field, Note, Phone, Piece, Sure, Texts, When};

/// Returns the constant with all phones.
pub(crate) fn phones(phones: &[Phone]) -> String {
    let phones = list(phones, |phone| {
        format!(
            "Phone {{ id: {:?}, maker: {:?}, name: {:?}, kind: Kind::{:?}, also: &{:?}, dialects: {} }}",
            phone.id,
            phone.maker,
            phone.name,
            phone.kind,
            phone.also,
            list(&phone.dialects, |own| dialect(phone, own)),
        )
    });
    format!("const PHONES: &[Phone] = {phones};\n")
}

/// Returns the constant with all sentences, sorted by name.
pub(crate) fn sentences(texts: &Texts) -> String {
    let all: Vec<_> = texts.iter().collect();
    let all = list(&all, |(name, text)| format!("({name:?}, {text:?})"));
    format!("const SENTENCES: &[(&str, &str)] = {all};\n")
}

fn dialect(phone: &Phone, dialect: &Dialect) -> String {
    let format = dialect
        .format
        .as_deref()
        .map(|name| format!("Format::{name}"));
    let words = ["udp", "tcp", "tls"].map(|word| {
        let own = dialect.transport.get(word).map(String::as_str);
        // Who has no words of its own takes the names that URIs have (RFC 3261 section 25.1).
        own.or(dialect.transport.is_empty().then_some(word))
    });
    let notes = |notes: &[Note]| {
        let own: Vec<&Note> = notes
            .iter()
            .filter(|note| note.is_in(&dialect.id))
            .collect();
        list(&own, |note| format!("{:?}", note.text))
    };
    let fields: Vec<&Field> = (phone.fields.iter())
        .filter(|field| field.is_in(&dialect.id))
        .collect();
    format!(
        "Dialect {{ id: {:?}, name: {:?}, models: &{:?}, format: {}, file_name: {:?}, fetches: {}, cloud_id: {}, \
         replaces_accounts: {}, words: {words:?}, open: {}, load: {}, scan: {}, press: {}, traps: {}, \
         fields: {} }}",
        dialect.id,
        dialect.name,
        dialect.models,
        option(format),
        dialect.file_name,
        dialect.fetches,
        dialect.cloud_id,
        dialect.replaces_accounts,
        notes(&phone.open),
        notes(&phone.load),
        notes(&phone.scan),
        notes(&phone.press),
        notes(&phone.traps),
        list(&fields, |own| field(own)),
    )
}

fn field(field: &Field) -> String {
    let when = match field.depends_on() {
        None => "When::Always",
        Some(When::AtRealm) => "When::AtRealm",
        Some(When::Elsewhere) => "When::Elsewhere",
        Some(When::Hash) => "When::Hash",
        Some(When::Password) => "When::Password",
    };
    let sure = match field.sure {
        Some(Sure::Tried) => "Tried",
        Some(Sure::Read) => "Read",
        Some(Sure::General) | None => "General",
    };
    format!(
        "Field {{ label: {:?}, key: {:?}, pieces: {}, when: {when}, choose: {}, shown: {:?}, longest: {:?}, \
         visible_ascii: {}, trap: {:?}, sure: Sure::{sure} }}",
        field.label,
        field.key,
        list(&field.pieces, piece),
        field.choose,
        field.shown,
        field.longest,
        field.visible_ascii,
        field.trap,
    )
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => format!("Piece::Text({text:?})"),
        Piece::Value(value) => format!("Piece::Value(Value::{value})"),
    }
}

fn option(text: Option<String>) -> String {
    text.map_or_else(|| "None".to_owned(), |text| format!("Some({text})"))
}

fn list<T>(all: &[T], write: impl Fn(&T) -> String) -> String {
    let all: Vec<String> = all.iter().map(write).collect();
    format!("&[{}]", all.join(", "))
}
