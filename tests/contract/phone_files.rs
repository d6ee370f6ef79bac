//! Phones' files in XML are well-formed, and Linphone's has only the settings that Linphone knows.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{fs, io};

const FOLDER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../src-tauri/crates/phones/tests/goldens"
);
const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/contract/linphone.xsd");

/// Returns the files by hand that are in XML: the writers' own are the same.
fn documents() -> Vec<PathBuf> {
    let entries: io::Result<Vec<_>> = fs::read_dir(FOLDER).unwrap().collect();
    let paths = entries.unwrap().into_iter().map(|entry| entry.path());
    let is_xml = |path: &PathBuf| fs::read(path).unwrap().starts_with(b"<?xml");
    paths.filter(is_xml).collect()
}

fn xmllint(document: &Path, more: &[&OsStr]) -> Output {
    let mut judge = Command::new("xmllint");
    judge.args(["--noout", "--nonet"]).args(more).arg(document);
    judge
        .output()
        .expect("xmllint comes with the package libxml2-utils")
}

#[test]
fn files_in_xml_are_well_formed() {
    let documents = documents();
    assert!(documents.len() > 20, "{documents:?}");
    for document in documents {
        let verdict = xmllint(&document, &[]);
        assert!(verdict.status.success(), "{verdict:?}");
    }
}

#[test]
fn linphone_files_have_only_known_settings_once() {
    let schema = ["--schema".as_ref(), SCHEMA.as_ref()];
    let is_linphone = |path: &PathBuf| name(path).starts_with("linphone.");
    let documents: Vec<_> = documents().into_iter().filter(is_linphone).collect();
    assert!(documents.len() >= 3, "{documents:?}");
    for document in documents {
        let verdict = xmllint(&document, &schema);
        assert!(verdict.status.success(), "{verdict:?}");

        let folder = tempfile::tempdir().unwrap();
        let wrong = folder.path().join("wrong.xml");
        let text = fs::read_to_string(&document).unwrap();
        for (from, to) in [
            ("reg_proxy", "proxy"),
            ("proxy_0", "proxy_1"),
            ("userid", "username"),
            ("\"sip\"", "\"misc\""),
            ("overwrite=\"true\"", "overwrite=\"always\""),
        ] {
            fs::write(&wrong, text.replacen(from, to, 1)).unwrap();
            let verdict = xmllint(&wrong, &schema);
            assert!(!verdict.status.success(), "{from} as {to} is accepted");
        }
    }
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}
