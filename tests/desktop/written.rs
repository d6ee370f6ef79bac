//! Searches what the window displayed and what the app wrote for secrets.

use std::fs;
use std::path::Path;

use acceptance::secret_forms::{found_in, open_values};
use md5::{Digest, Md5};
use registrar_practice::Practice;

use crate::walk::{PASSWORD, Walk};

/// The realm and the name of the journey in `journey.rs`.
const REALM: &str = "lobby.1a2b3c.auth.bandwidth.com";
const NAME: &str = "front-desk@somewhere.com";

/// Fails where the journey's password or hashes are anywhere: see [`holds_none_of`].
pub(crate) fn holds_no_secret(walk: &Walk) {
    holds_none_of(walk, NAME, REALM, PASSWORD);
}

/// Returns Hash1 and Hash1b.
pub(crate) fn hashes(name: &str, realm: &str, password: &str) -> [String; 2] {
    let md5 = |text: String| hex::encode(Md5::digest(text.as_bytes()));
    [
        md5(format!("{name}:{realm}:{password}")),
        md5(format!("{name}@{realm}:{realm}:{password}")),
    ]
}

/// Fails where the password, in any form, or the digits of a hash are anywhere but in the files in
/// which the pretend Bandwidth keeps the hashes that it was sent.
pub(crate) fn holds_none_of(walk: &Walk, name: &str, realm: &str, password: &str) {
    let hashes = hashes(name, realm, password);
    let of_this_journey = [password, &hashes[0], &hashes[1]];
    // The window shows the pretend sign-ins on purpose; no file may hold them.
    let sample = Practice::sample_sign_in().client_secret;
    let twilio = Practice::sample_twilio().auth_token;

    let session = walk.window.session();
    let said = format!("{}{}", walk.said.borrow(), session.printed());
    assert!(said.contains(name), "it was listened to");
    for secret in of_this_journey {
        assert_eq!(found_in(&said, secret), None, "the window said {secret}");
    }
    assert_eq!(open_values(&said), Vec::<String>::new(), "the window said");
    let mut remembered = false;
    for (path, text) in files(session.folder()) {
        // The whole of it, and the changes since that was written.
        let memory = path.ends_with("practice/state.json") || path.ends_with("practice/changes");
        remembered |= memory && text.contains(&hashes[0]);
        let kept = if memory {
            &of_this_journey[..1]
        } else {
            &of_this_journey[..]
        };
        for secret in kept
            .iter()
            .copied()
            .chain([sample.as_str(), twilio.as_str()])
        {
            assert_eq!(found_in(&text, secret), None, "{secret} is in {path}");
        }
    }
    assert!(
        remembered,
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
