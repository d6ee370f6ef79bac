//! What can be done to a realm and what prevents it, determined before trying.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{Realm, RealmSnapshot, RealmStatus};
use registrar_explain::number::counted;
use registrar_explain::{self as explain, Notice};
use registrar_secret::redact::sanitized_line;

use crate::desk::number;
use crate::desk::view::float;
use crate::ipc::{RealmCard, RealmPrecondition};
use crate::texts;

/// Maximum length of a displayed name or description, in characters.
const LONGEST: usize = 300;

/// Returns the card of a realm, given all of the account's realms.
pub(super) fn card(realm: &Realm, all: &[&Realm]) -> RealmCard {
    RealmCard {
        id: float(realm.id.0),
        name: sanitized_line(&realm.name, LONGEST),
        description: sanitized_line(&realm.description, LONGEST),
        default: realm.default,
        credentials: float(realm.credential_count),
        status: texts::realm_status(realm.status).to_owned(),
        tone: match realm.status {
            RealmStatus::Active => Tone::Good,
            RealmStatus::CreateFailed | RealmStatus::DeleteFailed => Tone::Bad,
            RealmStatus::CreatePending | RealmStatus::DeletePending | RealmStatus::Unknown => {
                Tone::Wait
            }
        },
        no_default: no_default(realm),
        no_delete: no_delete(realm, all),
    }
}

/// Returns why a realm can't be made the default.
fn no_default(realm: &Realm) -> Option<Notice> {
    if realm.default {
        return Some(why(
            "It’s already the account’s default realm.",
            "It stops being the default when you make another realm the default.",
        ));
    }
    match realm.status {
        RealmStatus::Active => None,
        RealmStatus::CreatePending | RealmStatus::Unknown => Some(why(
            "Only an active realm can be the default.",
            "Refresh in a minute.",
        )),
        RealmStatus::CreateFailed | RealmStatus::DeleteFailed | RealmStatus::DeletePending => {
            Some(why(
                "Only an active realm can be the default.",
                "Choose another realm.",
            ))
        }
    }
}

/// Returns why a realm can't be deleted.
pub(super) fn no_delete(realm: &Realm, all: &[&Realm]) -> Option<Notice> {
    if realm.status == RealmStatus::DeletePending {
        return Some(why(
            "Bandwidth is already deleting it.",
            "Refresh in a minute.",
        ));
    }
    if realm.default {
        let others = all.iter().any(|other| other.id != realm.id);
        return Some(why(
            "Bandwidth doesn’t delete the default realm.",
            if others {
                "Make another realm the default first, then delete this one."
            } else {
                "Create a new default realm first, then delete this one."
            },
        ));
    }
    if realm.credential_count == 0 {
        return None;
    }
    let held = counted(realm.credential_count, "SIP credential", "SIP credentials");
    Some(why(
        &format!("It has {held}, and Bandwidth only deletes empty realms."),
        &format!(
            "Delete its {held} first, or create them in another realm and delete them here. \
             Phones that use them then stop registering."
        ),
    ))
}

/// Returns what someone else changed after the realm was displayed. Its number of SIP credentials
/// matters only for deletion.
pub(super) fn conflict(
    precondition: &RealmPrecondition,
    now: &Realm,
    counts: bool,
) -> Option<Notice> {
    let shown = |description: &str| sanitized_line(description, LONGEST);
    let precondition = RealmSnapshot {
        description: shown(&precondition.description),
        default: precondition.default,
        credential_count: counts.then(|| number(precondition.credentials)),
    };
    explain::difference::of_realm(&precondition.differences(now, shown))
}

fn why(sentence: &str, next: &str) -> Notice {
    Notice {
        tone: Tone::Wait,
        sentence: sentence.to_owned(),
        next: Some(next.to_owned()),
    }
}
