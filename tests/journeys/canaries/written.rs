//! Everything that was written or shown, and which of it was derived from a secret.

use std::fmt::Debug;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use md5::{Digest, Md5};
use serde::Serialize;

/// What was written or shown.
#[derive(Clone, Default)]
pub(super) struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Written {
    pub(super) fn show(&self, what: &(impl Serialize + Debug)) {
        let mut all = self.0.lock().unwrap();
        all.extend_from_slice(serde_json::to_string(what).unwrap().as_bytes());
        all.extend_from_slice(format!("\n{what:?}\n").as_bytes());
    }

    pub(super) fn file(&self, bytes: &[u8]) {
        self.0.lock().unwrap().extend_from_slice(bytes);
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

pub(super) fn md5(text: &str) -> String {
    hex::encode(Md5::digest(text.as_bytes()))
}

/// Every file below a folder: its name and its text.
pub(super) fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            found.push((
                path.file_name().unwrap().to_string_lossy().into_owned(),
                text,
            ));
        }
    }
    found
}

/// The `response` that stood in a request (RFC 2617 section 3.2.2.1), from what may be shown of it.
pub(super) fn response(shown: &str, ha1: &str) -> Option<String> {
    let answer = shown
        .lines()
        .find(|line| line.contains("Authorization: "))?;
    let (method, _) = shown.split_once(' ')?;
    let value = |name: &str| {
        let (_, behind) = answer.split_once(&format!(" {name}="))?;
        let value = behind.split([',', ' ', '\r']).next()?;
        Some(value.trim_matches('"').to_owned())
    };
    let (nonce, cnonce) = (value("nonce")?, value("cnonce")?);
    let (count, uri) = (value("nc")?, value("uri")?);
    let ha2 = md5(&format!("{method}:{uri}"));
    Some(md5(&format!("{ha1}:{nonce}:{count}:{cnonce}:auth:{ha2}")))
}
