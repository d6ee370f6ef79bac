//! What a source confirms of each phone, and what is general knowledge: `data/confirmed.md`.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, iter};

use crate::build::data::{self, Dialect, Note, Phone, Sources, Sure, sureness};

const HEAD: &str = "\
# What is confirmed of each phone

Made from the data; a test compares it and prints it as it would have to be. `tried`: with the program itself.
`read`: in a source, but not tried here. `general`: general knowledge, in no source and not tried.

| phone | dialect | by hash | settings of its file | names on its screen | models | steps | warnings |
|---|---|---|---|---|---|---|---|
";

/// Returns how many facts are how sure.
fn count(facts: impl Iterator<Item = Sure>) -> String {
    let facts: Vec<Sure> = facts.collect();
    let parts = [
        (Sure::Tried, "tried"),
        (Sure::Read, "read"),
        (Sure::General, "general"),
    ]
    .map(|(sure, name)| (facts.iter().filter(|own| **own == sure).count(), name));
    let parts: Vec<String> = (parts.iter().filter(|(number, _)| *number > 0))
        .map(|(number, name)| format!("{number} {name}"))
        .collect();
    if parts.is_empty() {
        "–".to_owned()
    } else {
        parts.join(", ")
    }
}

fn row(phone: &Phone, dialect: &Dialect, sources: &Sources) -> String {
    let of = |from: &Vec<String>| sureness(from, sources).unwrap();
    let fields = || phone.fields.iter().filter(|field| field.is_in(&dialect.id));
    let notes = |notes: &[Note]| {
        let own = notes.iter().filter(|note| note.is_in(&dialect.id));
        own.map(|note| of(&note.from)).collect::<Vec<_>>()
    };
    let hash = if fields().any(|field| field.has("Hash")) {
        "yes"
    } else {
        "no"
    };
    let settings = fields().filter(|field| field.key.is_some());
    let labels = fields().filter(|field| field.label.is_some());
    let models = dialect.models_from.as_ref().unwrap_or(&dialect.from);
    let steps = [&phone.open, &phone.load, &phone.press].map(|steps| notes(steps));
    format!(
        "| {} | {} | {hash} | {} | {} | {} | {} | {} |",
        phone.name,
        if dialect.name.is_empty() {
            "–"
        } else {
            &dialect.name
        },
        count(settings.map(|field| of(&field.from))),
        count(labels.map(|field| field.sure.unwrap())),
        count(iter::repeat_n(of(models), dialect.models.len())),
        count(steps.into_iter().flatten()),
        count(notes(&phone.traps).into_iter()),
    )
}

#[test]
fn table_says_what_is_confirmed_of_each_phone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let sources = data::sources(&text("sources.toml")).unwrap();
    let texts = data::texts(&text("texts.en.toml")).unwrap();

    let mut table = HEAD.to_owned();
    for phone in crate::phones() {
        let file = text(&format!("phones/{}.toml", phone.id));
        let phone = data::phone(phone.id, &file, &sources, &texts).unwrap();
        for dialect in &phone.dialects {
            writeln!(table, "{}", row(&phone, dialect, &sources)).unwrap();
        }
    }

    assert!(
        table == text("confirmed.md"),
        "confirmed.md would have to be:\n{table}"
    );
}
