//! What must never be sent: the password and what is derived from it.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use registrar_digest::Hashes;
use registrar_secret::SipPassword;
use registrar_sip::answer::Proof;
use registrar_sip::challenge::schemes;
use registrar_sip::message::Message;

use super::{COMPOSITE, REALM};

const PASSWORD: &str = "canary-7f3a-Zebra";

/// Every form of the secrets that is looked for, in lower case.
static FORMS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let hash = |name: &str| hex::encode(Md5::digest(format!("{name}:{REALM}:{PASSWORD}")));
    let mut forms = vec![
        PASSWORD.to_ascii_lowercase(),
        hash(COMPOSITE),
        hash(&format!("{COMPOSITE}@{REALM}")),
    ];
    // In base64 a text looks different behind none, one or two letters; its ends depend on what
    // stands beside it.
    for before in ["", "x", "xy"] {
        let coded = STANDARD.encode(format!("{before}{PASSWORD}"));
        forms.push(coded[4..coded.len() - 4].to_ascii_lowercase());
    }
    forms
});

/// Returns whether a secret is among `bytes`.
pub(super) fn are_in(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    FORMS.iter().any(|form| text.contains(form))
}

/// The password, or the hashes that are made of it.
pub(super) fn proof(hashes: bool) -> Proof {
    let password = SipPassword::new(PASSWORD);
    if hashes {
        Proof::Hashes(Hashes::make(COMPOSITE, REALM, &password).into())
    } else {
        Proof::Password(password)
    }
}

/// Fails where a message proves who we are by anything but one digest.
pub(super) fn only_digests(message: &Message) {
    for (name, value) in message.all_headers() {
        if !name.to_ascii_lowercase().ends_with("authorization") {
            continue;
        }
        let read = schemes(value);
        let [(scheme, parameters)] = &read[..] else {
            panic!("{} schemes in {name}", read.len());
        };
        assert_eq!(scheme, "Digest");
        let response = registrar_sip::syntax::value(parameters, "response");
        let length = response.map_or(0, str::len);
        assert!(length == 32 || length == 64, "{length} digits");
    }
}
