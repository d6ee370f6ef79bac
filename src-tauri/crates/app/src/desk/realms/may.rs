//! What can be done to a realm, and what stands in the way, said before it is tried.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{Realm, RealmStatus};
use registrar_explain::Notice;
use registrar_secret::redact::foreign_line;

use crate::desk::view::{float, grouped};
use crate::ipc::{RealmCard, SeenRealm};
use crate::texts;

/// Longest name or description that is shown, in characters.
const LONGEST: usize = 300;

/// Returns a realm among all of the account as it is shown.
pub(super) fn card(realm: &Realm, all: &[&Realm]) -> RealmCard {
    RealmCard {
        id: float(realm.id.0),
        name: foreign_line(&realm.name, LONGEST),
        description: foreign_line(&realm.description, LONGEST),
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

/// Says why a realm cannot be made the default.
fn no_default(realm: &Realm) -> Option<Notice> {
    if realm.default {
        return Some(why(
            "It is the account's default realm already.",
            "It stops being that when another realm is made the default.",
        ));
    }
    match realm.status {
        RealmStatus::Active => None,
        RealmStatus::CreatePending | RealmStatus::Unknown => Some(why(
            "Only an active realm can be the default.",
            "Look again in a minute.",
        )),
        RealmStatus::CreateFailed | RealmStatus::DeleteFailed | RealmStatus::DeletePending => {
            Some(why(
                "Only an active realm can be the default.",
                "Choose another realm.",
            ))
        }
    }
}

/// Says why a realm cannot be deleted.
pub(super) fn no_delete(realm: &Realm, all: &[&Realm]) -> Option<Notice> {
    if realm.status == RealmStatus::DeletePending {
        return Some(why(
            "Bandwidth is deleting it already.",
            "Look again in a minute.",
        ));
    }
    if realm.default {
        let others = all.iter().any(|other| other.id != realm.id);
        return Some(why(
            "Bandwidth does not delete the default realm.",
            if others {
                "Make another realm the default first, then delete this one."
            } else {
                "Make a new realm as the default first, then delete this one."
            },
        ));
    }
    let held = match realm.credential_count {
        0 => return None,
        1 => "1 SIP credential".to_owned(),
        count => format!("{} SIP credentials", grouped(count)),
    };
    Some(why(
        &format!("It holds {held}, and Bandwidth deletes only an empty realm."),
        &format!(
            "Delete its {held} first, or make them on another realm and delete them here. Phones \
             that use them stop registering then."
        ),
    ))
}

/// Says what somebody else changed after the realm was shown. How many SIP credentials it holds
/// matters only where it is to be deleted.
pub(super) fn changed_meanwhile(seen: &SeenRealm, now: &Realm, counts: bool) -> Option<Notice> {
    let mut changes = Vec::new();
    let description = foreign_line(&now.description, LONGEST);
    if seen.description != description {
        changes.push(format!(
            "its description was '{}' and is '{description}'",
            foreign_line(&seen.description, LONGEST)
        ));
    }
    if seen.default != now.default {
        changes.push(if now.default {
            "it became the default".to_owned()
        } else {
            "it is no longer the default".to_owned()
        });
    }
    let count = float(now.credential_count);
    if counts && (seen.credentials - count).abs() > 0.5 {
        changes.push(format!(
            "it held {} SIP credentials and holds {}",
            seen.credentials,
            grouped(now.credential_count)
        ));
    }
    if changes.is_empty() {
        return None;
    }
    Some(Notice {
        tone: Tone::Wait,
        sentence: format!(
            "Somebody else changed this realm meanwhile: {}.",
            changes.join("; ")
        ),
        next: Some(
            "Nothing was sent. The page shows the realm as it is: do it again where you still want \
             it."
                .to_owned(),
        ),
    })
}

fn why(sentence: &str, next: &str) -> Notice {
    Notice {
        tone: Tone::Wait,
        sentence: sentence.to_owned(),
        next: Some(next.to_owned()),
    }
}
