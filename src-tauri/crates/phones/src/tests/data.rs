//! Data files that the build script refuses.

use crate::build::check;
use crate::build::data::{self, Sources, Sure, Texts};

const PHONE: &str = r#"
version = 1
maker = "Maker"
name = "Phone"
kind = "desk"

[[dialect]]
id = "one"
format = "Yealink"
from = ["read"]

[[field]]
label = "User Name"
key = "user"
value = "{user}"
trap = "careful"
from = ["read"]

[[field]]
label = "Password"
key = "password"
value = "{password}"
from = ["read"]
label_from = ["general"]

[[open]]
text = "open"
from = ["read"]
"#;

fn sources() -> Sources {
    [("general", Sure::General), ("read", Sure::Read)]
        .map(|(name, sure)| (name.to_owned(), sure))
        .into()
}

fn texts() -> Texts {
    ["careful", "open"]
        .map(|name| (name.to_owned(), "A sentence.".to_owned()))
        .into()
}

fn read(text: &str) -> Result<data::Phone, String> {
    data::phone("phone", text, &sources(), &texts())
}

/// Reads the phone with a part of it replaced.
fn changed(from: &str, to: &str) -> Result<data::Phone, String> {
    assert!(PHONE.contains(from), "{from}");
    read(&PHONE.replacen(from, to, 1))
}

#[test]
fn a_phone_is_read_with_how_sure_each_name_is() {
    let phone = read(PHONE).unwrap();

    assert_eq!(phone.fields[0].sure, Some(Sure::Read));
    assert_eq!(phone.fields[1].sure, Some(Sure::General));
    assert_eq!(check::unused(&[phone], &texts()), Ok(()));
}

#[test]
fn wrong_data_is_refused_with_its_reason() {
    for (from, to, reason) in [
        ("version = 1", "version = 2", "version 2 is unknown"),
        ("version = 1", "", "missing field `version`"),
        ("[[dialect]]", "[[dialect", "TOML parse error"),
        ("maker =", "makers =", "unknown field `makers`"),
        (
            "[\"read\"]\n\n[[field]]",
            "[]\n\n[[field]]",
            "a fact has no source",
        ),
        (
            "\"careful\"\nfrom = [\"read\"]",
            "\"careful\"",
            "missing field `from`",
        ),
        (
            "\"careful\"\nfrom = [\"read\"]",
            "\"careful\"\nfrom = []",
            "a fact has no source",
        ),
        ("[\"general\"]", "[]", "a fact has no source"),
        (
            "[\"general\"]",
            "[\"hearsay\"]",
            "there is no source hearsay",
        ),
        ("\"Maker\"", "\" \"", "a name is empty"),
        ("label = \"Password\"", "label = \"\"", "a name is empty"),
        (
            "[[field]]",
            "[[dialect]]\nid = \"one\"\nfrom = [\"read\"]\n[[field]]",
            "two have the dialect one",
        ),
        (
            "label = \"Password\"",
            "label = \"User Name\"",
            "two have the label User Name",
        ),
        (
            "key = \"password\"",
            "key = \"user\"",
            "two have the key user",
        ),
        (
            "label = \"User Name\"\n",
            "",
            "{user} warns beside no label",
        ),
        ("{user}", "{usr}", "there is no value usr"),
        ("{user}", "{user", "{user isn't closed"),
        (
            "{password}",
            "{user}:{password}",
            "would be shown with a secret in it",
        ),
        ("{password}", "{hash}", "would be shown with a secret in it"),
        ("\"careful\"", "\"carefully\"", "there is no text carefully"),
        (
            "text = \"open\"",
            "text = \"opened\"",
            "there is no text opened",
        ),
        (
            "text = \"open\"\nfrom = [\"read\"]",
            "text = \"open\"\nfrom = [\"general\"]",
            "has no source",
        ),
        (
            "\"careful\"",
            "\"careful\"\nonly = [\"two\"]",
            "there is no dialect two",
        ),
        (
            "format = \"Yealink\"",
            "",
            "has a key, but one has no format",
        ),
        (
            "format =",
            "transport = { sctp = \"4\" }\nformat =",
            "there is no transport sctp",
        ),
        (
            "{user}",
            "{password}\"\nwhen = \"hash",
            "depends on two things",
        ),
    ] {
        let refused = changed(from, to).map(drop).unwrap_err();
        assert!(refused.contains(reason), "{from} → {to}: {refused}");
        assert!(refused.starts_with("data/phones/phone.toml: "), "{refused}");
    }
}

#[test]
fn names_of_files_and_shown_values_have_their_place() {
    for (from, to, reason) in [
        (
            "format =",
            "file_name = \"../phone.cfg\"\nformat =",
            "is no name for the file of one",
        ),
        (
            "value = \"{user}\"",
            "value = \"{user}\"\nshown = \"On\"",
            "is shown where nothing is chosen",
        ),
    ] {
        let refused = changed(from, to).map(drop).unwrap_err();
        assert!(refused.contains(reason), "{from} → {to}: {refused}");
    }
}

#[test]
fn one_key_may_stand_twice_for_what_excludes_itself() {
    let twice = changed(
        "key = \"user\"\nvalue = \"{user}\"",
        "key = \"password\"\nvalue = \"{hash}\"",
    );
    assert!(
        twice.map(drop).unwrap_err().contains("secret"),
        "a hash is never shown"
    );

    let twice = changed(
        "label = \"User Name\"\nkey = \"user\"\nvalue = \"{user}\"\ntrap = \"careful\"\n",
        "key = \"password\"\nvalue = \"{hash}\"\n",
    );
    assert_eq!(twice.map(drop), Ok(()));
}

#[test]
fn damaged_sources_and_unused_texts_are_refused() {
    let no_title = "[one]\ntitle = \" \"\nsure = \"read\"";
    assert_eq!(
        data::sources(no_title).unwrap_err(),
        "sources: one has no title"
    );
    assert!(data::sources("[one]\ntitle = \"One\"\nsure = \"very\"").is_err());

    let unused = check::unused(&[], &texts()).unwrap_err();
    assert_eq!(unused, "texts: no phone names careful");
    assert!(data::texts("a = 1").is_err());
}
