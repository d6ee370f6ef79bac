//! Realms: list, create, read, change, delete.

use hyper::StatusCode;
use serde::{Deserialize, Serialize};

use super::xml::{self, Root};
use super::{Dashboard, Visit};
use crate::faults::{Fault, Faults};
use crate::http::Answer;
use crate::realm::{Fate, Realm, Status};
use crate::state::State;

/// Longest short name, in letters (error 33003).
const LONGEST_NAME: usize = 30;
/// Longest description, in letters.
const LONGEST_DESCRIPTION: usize = 255;
/// Maximum number of realms in practice. Bandwidth doesn't publish its limit.
const MOST_REALMS: usize = 200;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RealmView {
    id: u64,
    realm: String,
    default: bool,
    description: String,
    sip_credential_count: usize,
    status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RealmList {
    realms: Realms,
}

#[derive(Serialize)]
struct Realms {
    #[serde(rename = "Realm")]
    realms: Vec<RealmView>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct OneRealm<T> {
    realm: T,
}

/// The same as [`RealmView`], with the description before the default: this is how a realm is
/// returned when it is created or read, but not when it is listed or changed.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct DescribedFirst {
    id: u64,
    realm: String,
    description: String,
    default: bool,
    sip_credential_count: usize,
    status: &'static str,
}

impl From<RealmView> for DescribedFirst {
    fn from(view: RealmView) -> Self {
        Self {
            id: view.id,
            realm: view.realm,
            description: view.description,
            default: view.default,
            sip_credential_count: view.sip_credential_count,
            status: view.status,
        }
    }
}

#[derive(Deserialize)]
enum Body {
    Realm(Asked),
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Asked {
    realm: Option<String>,
    description: Option<String>,
    default: Option<bool>,
}

/// Why a request about a realm is refused.
struct Refusal(StatusCode, Option<u32>, String);

impl Refusal {
    fn bad(code: u32, words: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, Some(code), words.into())
    }

    fn conflict(code: u32, words: impl Into<String>) -> Self {
        Self(StatusCode::CONFLICT, Some(code), words.into())
    }

    /// Seen live: the error for a missing realm has a description but no code.
    fn missing() -> Self {
        let words = "The resource does not exist".to_owned();
        Self(StatusCode::NOT_FOUND, None, words)
    }

    fn answer(&self) -> Answer {
        xml::refused(Root::Realm, self.0, self.1, &self.2)
    }
}

impl Dashboard {
    pub(super) fn list_realms(&self, visit: &Visit<'_>) -> Answer {
        let fragment = visit.request.query("realmfragment").unwrap_or_default();
        if !fragment.is_empty() && fragment.chars().count() < 3 {
            let words = "realmfragment should contain at least 3 characters.";
            return xml::refused(Root::Realms, StatusCode::BAD_REQUEST, Some(33011), words);
        }
        let faults = self.faults.now();
        let realms = self.memory.look(|state| {
            state
                .realms_at(visit.now_ms)
                .filter(|realm| realm.full_name().contains(fragment))
                .map(|realm| view(realm, state, visit.now_ms, &faults))
                .collect()
        });
        let list = RealmList {
            realms: Realms { realms },
        };
        xml::answer(Root::Realms, StatusCode::OK, &list)
    }

    pub(super) async fn make_realm(&self, visit: &Visit<'_>) -> Answer {
        let Body::Realm(asked) = match xml::read(Root::Realm, visit.request) {
            Ok(body) => body,
            Err(answer) => return answer,
        };
        let faults = self.faults.now();
        let made = self
            .memory
            .change(|state| {
                let id = make(state, &asked, visit.now_ms, &faults)?;
                Ok(one(state, id, visit.now_ms, &faults))
            })
            .await;
        for fault in [Fault::RealmFailed, Fault::RealmNameTaken] {
            self.faults.seen(fault);
        }
        finish(StatusCode::CREATED, made)
    }

    pub(super) fn one_realm(&self, visit: &Visit<'_>, name: &str) -> Answer {
        let faults = self.faults.now();
        let found = self.memory.look(|state| {
            find(state, name, visit.now_ms)
                .map(|realm| Some(view(realm, state, visit.now_ms, &faults)))
                .ok_or_else(Refusal::missing)
        });
        finish(StatusCode::OK, Ok(found))
    }

    pub(super) async fn change_realm(&self, visit: &Visit<'_>, name: &str) -> Answer {
        let Body::Realm(asked) = match xml::read(Root::Realm, visit.request) {
            Ok(body) => body,
            Err(answer) => return answer,
        };
        let faults = self.faults.now();
        let changed = self
            .memory
            .change(|state| {
                let found = find(state, name, visit.now_ms).ok_or_else(Refusal::missing)?;
                let (id, was) = (found.id, found.clone());
                let renamed = asked
                    .realm
                    .as_ref()
                    .is_some_and(|new| *new != was.short_name && *new != was.full_name());
                if renamed {
                    let words =
                        "Cannot update Realm value. Instead, you must delete and recreate it.";
                    return Err(Refusal::bad(33005, words));
                }
                let description = description(&asked)?;
                let becomes_default = asked.default == Some(true);
                for realm in &mut state.realms {
                    if realm.id == id {
                        realm.description.clone_from(&description);
                        realm.default |= becomes_default;
                    } else if becomes_default {
                        realm.default = false;
                    }
                }
                one(state, id, visit.now_ms, &faults).ok_or_else(Refusal::missing)
            })
            .await;
        finish_change(changed)
    }

    pub(super) async fn delete_realm(&self, visit: &Visit<'_>, name: &str) -> Answer {
        let deleted = self
            .memory
            .change(|state| {
                let found = find(state, name, visit.now_ms).ok_or_else(|| {
                    let words = format!("Realm '{name}' was not found");
                    Refusal(StatusCode::NOT_FOUND, Some(33001), words)
                })?;
                let (id, default) = (found.id, found.default);
                if default {
                    let words =
                        "Cannot delete default Realm. Please assign a new Realm to be the default.";
                    return Err(Refusal::conflict(33006, words));
                }
                if state.credentials.count_in(id) > 0 {
                    let words = format!("Realm '{name}' is in use by SIP credentials");
                    return Err(Refusal::conflict(12666, words));
                }
                for realm in &mut state.realms {
                    if realm.id == id {
                        realm.deleted_at_ms.get_or_insert(visit.now_ms);
                    }
                }
                Ok(None)
            })
            .await;
        finish(StatusCode::ACCEPTED, deleted)
    }
}

/// Adds a realm and returns its number.
fn make(state: &mut State, asked: &Asked, now_ms: u64, faults: &Faults) -> Result<u64, Refusal> {
    let name = asked.realm.as_deref().unwrap_or_default();
    if name.is_empty() {
        return Err(Refusal::bad(1003, "Realm is required"));
    }
    let Some(default) = asked.default else {
        return Err(Refusal::bad(1003, "Default is required"));
    };
    if name.chars().count() > LONGEST_NAME {
        let words = format!("Realm '{name}' is too long ({LONGEST_NAME} characters max)");
        return Err(Refusal::bad(33003, words));
    }
    let allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    if !name.chars().all(allowed) {
        let words = format!("Realm '{name}' must contain lowercase alphanumeric characters only");
        return Err(Refusal::bad(33013, words));
    }
    let description = description(asked)?;
    state.realms.retain(|realm| !realm.gone(now_ms));
    let taken = state.realms.iter().any(|realm| realm.short_name == name);
    if taken || faults.realm_name_taken {
        let words = format!("Realm '{name}' already exists");
        return Err(Refusal::conflict(33002, words));
    }
    if state.realms.len() >= MOST_REALMS {
        let words = "Service is Unavailable".to_owned();
        return Err(Refusal(StatusCode::SERVICE_UNAVAILABLE, None, words));
    }
    if default {
        for realm in &mut state.realms {
            realm.default = false;
        }
    }
    let id = state.take_id();
    state.realms.push(Realm {
        id,
        short_name: name.to_owned(),
        description,
        default,
        made_at_ms: now_ms,
        deleted_at_ms: None,
        fate: match (faults.realm_stuck, faults.realm_fails) {
            (true, _) => Fate::Stuck,
            (false, true) => Fate::Fails,
            (false, false) => Fate::Good,
        },
    });
    Ok(id)
}

fn description(asked: &Asked) -> Result<String, Refusal> {
    let given = asked.description.as_deref().unwrap_or_default();
    if given.chars().count() > LONGEST_DESCRIPTION {
        let words = format!("Description is too long ({LONGEST_DESCRIPTION} characters max)");
        return Err(Refusal(StatusCode::BAD_REQUEST, None, words));
    }
    Ok(given
        .chars()
        .filter(|letter| !letter.is_control())
        .collect())
}

/// Finds a realm by its ID or its full name. A short name finds nothing, as seen live.
pub(super) fn find<'a>(state: &'a State, name: &str, now_ms: u64) -> Option<&'a Realm> {
    let id = name.parse::<u64>().ok();
    state
        .realms_at(now_ms)
        .find(|realm| id == Some(realm.id) || realm.full_name() == name)
}

/// Returns whether credentials may be created in a realm.
pub(super) fn usable(realm: &Realm, now_ms: u64, faults: &Faults) -> bool {
    realm.status(now_ms, faults) == Status::Active
}

fn one(state: &State, id: u64, now_ms: u64, faults: &Faults) -> Option<RealmView> {
    let realm = state.realm(id)?;
    Some(view(realm, state, now_ms, faults))
}

fn view(realm: &Realm, state: &State, now_ms: u64, faults: &Faults) -> RealmView {
    RealmView {
        id: realm.id,
        realm: realm.full_name(),
        default: realm.default,
        description: realm.description.clone(),
        sip_credential_count: state.credentials.count_in(realm.id),
        status: realm.status(now_ms, faults).word(),
    }
}

fn finish(
    status: StatusCode,
    outcome: Result<Result<Option<RealmView>, Refusal>, crate::Error>,
) -> Answer {
    match outcome {
        Err(_) => xml::unavailable(Root::Realm),
        Ok(Err(refusal)) => refusal.answer(),
        Ok(Ok(None)) => Answer::empty(status),
        Ok(Ok(Some(view))) => {
            let realm = DescribedFirst::from(view);
            xml::answer(Root::Realm, status, &OneRealm { realm })
        }
    }
}

fn finish_change(outcome: Result<Result<RealmView, Refusal>, crate::Error>) -> Answer {
    match outcome {
        Err(_) => xml::unavailable(Root::Realm),
        Ok(Err(refusal)) => refusal.answer(),
        Ok(Ok(realm)) => xml::answer(Root::Realm, StatusCode::OK, &OneRealm { realm }),
    }
}
