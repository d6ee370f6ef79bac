//! Hashes as they are stored after a mistake. Practice knows no password, so this is about a SIP
//! credential and a password that are fixed for it.

use md5::{Digest as _, Md5};
use registrar_digest::with_realm;
use registrar_secret::Hash;

use super::Fault;
use crate::credential::Credential;
use crate::state::{SAMPLE_PASSWORD, SAMPLE_USER_NAME, State};

/// The SIP credential with a domain that a fresh account has.
const WITH_DOMAIN: &str = "anna@phones.example";
/// A domain that `reception` doesn't have.
const DOMAIN: &str = "phones.example";
/// A password whose letters can be encoded in several ways.
const WITH_UMLAUT: &str = "pr\u{e4}ctice-phone";
/// The same in another Unicode form.
const DECOMPOSED: &str = "pra\u{308}ctice-phone";
/// The same in Windows-1252.
const WINDOWS: &[u8] = b"pr\xe4ctice-phone";

/// Returns a credential as it is stored while a fault is about its hashes.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the other faults are not about hashes"
)]
pub(crate) fn stored_as(
    mut credential: Credential,
    state: &State,
    fault: Option<Fault>,
) -> Credential {
    let Some(fault) = fault else {
        return credential;
    };
    let user = if fault == Fault::HashDomainLeftOut {
        WITH_DOMAIN
    } else {
        SAMPLE_USER_NAME
    };
    let realm = state.realm(credential.realm_id);
    let Some(realm) = realm.filter(|_| credential.composite() == user) else {
        return credential;
    };
    let full = realm.full_name();
    let other = state.realms.iter().find(|other| other.id != realm.id);
    let other = other.map(crate::realm::Realm::full_name);
    let password = SAMPLE_PASSWORD.as_bytes();
    let framed =
        |before: &str, after: &str| [before.as_bytes(), password, after.as_bytes()].concat();
    let both = |name: &str, realm: &str, password: &[u8]| {
        let long = with_realm(name, realm);
        (
            hash(&[name, realm], password),
            hash(&[&long, realm], password),
        )
    };
    let (hash1, hash1b) = match fault {
        Fault::HashCapitals => {
            let (one, other) = both(user, &full, password);
            (one.to_ascii_uppercase(), other.to_ascii_uppercase())
        }
        Fault::HashDomainAdded => both(&format!("{user}@{DOMAIN}"), &full, password),
        Fault::HashDomainLeftOut => both(&credential.user_name, &full, password),
        Fault::HashNameCase => both("Reception", &full, password),
        Fault::HashNameInCapitals => both(&user.to_uppercase(), &full, password),
        Fault::HashNewline => both(user, &full, &framed("", "\n")),
        Fault::HashesSwapped => {
            let (one, other) = both(user, &full, password);
            (other, one)
        }
        Fault::HashOtherLetters => both(user, &full, DECOMPOSED.as_bytes()),
        Fault::HashOtherRealm => both(user, &other.unwrap_or(full), password),
        Fault::HashRealmInCapitals => both(user, &full.to_uppercase(), password),
        Fault::HashShortRealm => both(user, &realm.short_name, password),
        Fault::HashSpacesDropped => both(user, &full, password),
        Fault::HashSpaceBehind => both(user, &full, &framed("", " ")),
        Fault::HashSpaceBefore => both(user, &full, &framed(" ", "")),
        Fault::HashTableForm => {
            let table = hash(&[user, &full, &full], password);
            (table.clone(), table)
        }
        Fault::HashWindowsLetters => both(user, &full, WINDOWS),
        Fault::HashWindowsNewline => both(user, &full, &framed("", "\r\n")),
        _ => return credential,
    };
    credential.hash1 = Hash::new(hash1);
    credential.hash1b = Some(Hash::new(hash1b));
    credential
}

/// Returns the password that a person enters to find the mistake.
pub(crate) fn typed(fault: Fault) -> Option<String> {
    fault.is_of_hashes().then(|| {
        if matches!(fault, Fault::HashOtherLetters | Fault::HashWindowsLetters) {
            WITH_UMLAUT.to_owned()
        } else if fault == Fault::HashSpacesDropped {
            format!(" {SAMPLE_PASSWORD} ")
        } else {
            SAMPLE_PASSWORD.to_owned()
        }
    })
}

fn hash(before: &[&str], password: &[u8]) -> String {
    let mut hasher = Md5::new();
    for part in before {
        hasher.update(part.as_bytes());
        hasher.update(b":");
    }
    hasher.update(password);
    hex::encode(hasher.finalize())
}
