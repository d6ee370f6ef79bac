//! What the window said and what the app wrote on the way, searched for secrets.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use md5::{Digest, Md5};

use crate::walk::{PASSWORD, Walk};

/// The realm and the name of the journey in `journey.rs`.
const REALM: &str = "lobby.1a2b3c.auth.bandwidth.com";
const NAME: &str = "front-desk@somewhere.com";

/// Fails where the password, in any form, or the digits of a hash are anywhere but in the file in
/// which the pretend Bandwidth keeps the hashes that it was sent.
pub(crate) fn holds_no_secret(walk: &Walk) {
    let md5 = |text: String| hex::encode(Md5::digest(text.as_bytes()));
    let hashes = [
        md5(format!("{NAME}:{REALM}:{PASSWORD}")),
        md5(format!("{NAME}@{REALM}:{REALM}:{PASSWORD}")),
    ];
    let whole = &PASSWORD[..PASSWORD.len() / 3 * 3];
    let password = [
        PASSWORD.to_owned(),
        serde_json::to_string(PASSWORD)
            .unwrap()
            .trim_matches('"')
            .to_owned(),
        base64::engine::general_purpose::STANDARD_NO_PAD.encode(whole),
        percent_encoding::utf8_percent_encode(PASSWORD, percent_encoding::NON_ALPHANUMERIC)
            .to_string(),
    ];
    let secrets = || password.iter().chain(&hashes);

    let session = walk.window.session();
    let said = format!("{}{}", walk.said.borrow(), session.printed());
    assert!(said.contains(NAME), "it was listened to");
    for secret in secrets() {
        assert!(!said.contains(secret), "the window said {secret}");
    }
    let mut memories = 0;
    for (path, text) in files(session.folder()) {
        let memory = path.ends_with("practice/state.json");
        memories += usize::from(memory && text.contains(&hashes[0]));
        for secret in secrets().filter(|secret| !memory || !hashes.contains(secret)) {
            assert!(!text.contains(secret.as_str()), "{secret} is in {path}");
        }
    }
    assert_eq!(
        memories, 1,
        "the hashes of this test are those that were sent"
    );
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else if let (true, Ok(bytes)) = (path.is_file(), fs::read(&path)) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            found.push((path.display().to_string(), text));
        }
    }
    found
}
