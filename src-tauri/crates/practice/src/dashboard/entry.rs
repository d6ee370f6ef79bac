//! Validates a SIP credential before it is accepted.

use registrar_secret::Hash;
use serde::{Deserialize, Serialize};

use super::realms;
use crate::credential::Credential;
use crate::faults::Faults;
use crate::state::State;

/// The pretend account's only voice application.
pub(crate) const APPLICATION: &str = "7a1c5b52-0f3e-4d0a-9c55-0d5500123abc";
/// Longest user name and longest domain, in letters.
const LONGEST_NAME: usize = 32;
/// Maximum length of a hash, in characters. Its form isn't checked: a wrong hash only shows at the
/// phone.
const LONGEST_HASH: usize = 64;

/// A credential as submitted, which an error repeats.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Entry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) user_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) domain: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hash1: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hash1b: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) realm_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) realm: Option<String>,
    #[serde(rename = "HttpVoiceV2AppId", skip_serializing_if = "Option::is_none")]
    pub(super) application_id: Option<String>,
}

/// Bandwidth's error code and description.
pub(super) struct Wrong(pub(super) u32, pub(super) String);

/// The address and time of a request.
pub(super) struct Place<'a> {
    pub(super) account: &'a str,
    /// The realm of the path; `None` at account level.
    pub(super) realm_id: Option<u64>,
    pub(super) now_ms: u64,
    pub(super) faults: &'a Faults,
}

impl Entry {
    /// Adds the credential, and returns its number.
    pub(super) fn make(&self, state: &mut State, place: &Place<'_>) -> Result<u64, Wrong> {
        let user_name = required(self.user_name.as_deref(), "UserName")?;
        let domain = filled(self.domain.as_deref());
        check_names(user_name, domain)?;
        let (hash1, hash1b) = self.hashes()?;
        let application_id = self.application(place)?;
        let realm_id = self.realm(state, place)?;
        let user_name = if place.faults.letter_case_changed {
            other_case(user_name)
        } else {
            user_name.to_owned()
        };
        let credential = Credential {
            id: 0,
            realm_id,
            user_name,
            domain: domain.map(str::to_owned),
            hash1,
            hash1b,
            application_id,
        };
        self.check_new(state, place, &credential)?;
        let id = state.take_id();
        state.credentials.put(Credential { id, ..credential });
        Ok(id)
    }

    /// Replaces everything except the name of an existing credential.
    pub(super) fn change(
        &self,
        state: &mut State,
        place: &Place<'_>,
        id: u64,
    ) -> Result<(), Wrong> {
        let Some(was) = state.credentials.by_id(id).cloned() else {
            return Err(Wrong(23010, "Sip credential was not found".to_owned()));
        };
        match place.realm_id {
            Some(_) if self.user_name.is_some() => {
                let words = "UserName must not be present in the request";
                return Err(Wrong(23030, words.to_owned()));
            }
            Some(_) if self.realm_id.is_none() => {
                return Err(Wrong(23031, "RealmId is required".to_owned()));
            }
            _ => {}
        }
        let renamed = |new: &Option<String>, old: Option<&str>| {
            new.is_some() && filled(new.as_deref()) != old
        };
        if renamed(&self.user_name, Some(&was.user_name))
            || renamed(&self.domain, was.domain.as_deref())
        {
            let words = "Unable to change the UserName or the Domain associated with the Hash \
                         Values. To do so requires deletion of one set of credentials and \
                         addition of a new set of credentials.";
            return Err(Wrong(23004, words.to_owned()));
        }
        let (hash1, hash1b) = self.hashes()?;
        let application_id = match self.application(place)? {
            _ if place.faults.application_kept => was.application_id.clone(),
            application_id => application_id,
        };
        let realm_id = match (&self.realm, &self.realm_id) {
            (None, None) => was.realm_id,
            _ => self.realm(state, place)?,
        };
        let moved = realm_id != was.realm_id;
        let changed = Credential {
            realm_id,
            hash1,
            hash1b,
            application_id,
            ..was
        };
        if moved {
            self.check_new(state, place, &changed)?;
        }
        state.credentials.put(changed);
        Ok(())
    }

    fn hashes(&self) -> Result<(Hash, Option<Hash>), Wrong> {
        let hash1 = required(self.hash1.as_deref(), "Hash1")?;
        let hash1b = filled(self.hash1b.as_deref());
        for (name, hash) in [("Hash1", Some(hash1)), ("Hash1b", hash1b)] {
            if hash.is_some_and(|hash| hash.chars().count() > LONGEST_HASH) {
                let words = format!("{name} is too long ({LONGEST_HASH} characters max)");
                return Err(Wrong(23002, words));
            }
        }
        Ok((Hash::new(hash1), hash1b.map(Hash::new)))
    }

    fn application(&self, place: &Place<'_>) -> Result<Option<String>, Wrong> {
        let Some(id) = filled(self.application_id.as_deref()) else {
            return Ok(None);
        };
        if uuid::Uuid::try_parse(id).is_err() {
            let words = "HttpVoiceV2AppId must be a valid UUID";
            return Err(Wrong(23020, words.to_owned()));
        }
        if !id.eq_ignore_ascii_case(APPLICATION) {
            let account = place.account;
            let words = format!(
                "Application with ID {id} was not found on the account with ID = {account}"
            );
            return Err(Wrong(23019, words));
        }
        Ok(Some(id.to_owned()))
    }

    /// Finds the named realm, which must be ready.
    fn realm(&self, state: &State, place: &Place<'_>) -> Result<u64, Wrong> {
        let name = filled(self.realm.as_deref());
        let number = filled(self.realm_id.as_deref());
        let named = |name: &str| {
            state
                .realms_at(place.now_ms)
                .find(|realm| realm.full_name() == name)
        };
        let numbered = |number: &str| realms::find(state, number, place.now_ms);
        let found = match (place.realm_id, name, number) {
            (Some(id), name, number) => {
                let other = name
                    .filter(|name| named(name).is_none_or(|realm| realm.id != id))
                    .or(number.filter(|number| number.parse() != Ok(id)));
                if let Some(other) = other {
                    let words = format!(
                        "Realm '{other}' does not correspond to the realm with ID = {id}. \
                         Please remove this field from the Sip credential body."
                    );
                    return Err(Wrong(23018, words));
                }
                state.realm(id)
            }
            (None, Some(name), _) => named(name),
            (None, None, Some(number)) => numbered(number),
            (None, None, None) => {
                let default = state.realms_at(place.now_ms).find(|realm| realm.default);
                return match default {
                    None => Err(Wrong(
                        23021,
                        "There is no default realm on the account".to_owned(),
                    )),
                    Some(realm) => ready(realm, place),
                };
            }
        };
        let Some(realm) = found else {
            let asked = name.or(number).unwrap_or_default();
            let account = place.account;
            let words =
                format!("Realm '{asked}' was not found on the account with ID = {account}.");
            return Err(Wrong(23018, words));
        };
        ready(realm, place)
    }

    /// Returns an error if the name is taken. Its description repeats the hashes, as seen live.
    fn check_new(&self, state: &State, place: &Place<'_>, new: &Credential) -> Result<(), Wrong> {
        let composite = new.composite();
        let account = place.account;
        let in_realm = |id: u64| state.credentials.by_name(id, &composite).is_some();
        if place.realm_id.is_some() {
            if in_realm(new.realm_id) {
                let words = format!(
                    "Sip credential {composite} does already exist on realm with ID = {} and \
                     account with ID = {account} (Hash1 = {}, Hash1b = {})",
                    new.realm_id,
                    self.hash1.as_deref().unwrap_or_default(),
                    self.hash1b.as_deref().unwrap_or_default(),
                );
                return Err(Wrong(23026, words));
            }
        } else if state.realms.iter().any(|realm| in_realm(realm.id)) {
            let words = format!(
                "Sip credential {composite} does already exist on the account with ID = {account}"
            );
            return Err(Wrong(23009, words));
        }
        Ok(())
    }
}

fn ready(realm: &crate::realm::Realm, place: &Place<'_>) -> Result<u64, Wrong> {
    if realms::usable(realm, place.now_ms, place.faults) {
        Ok(realm.id)
    } else {
        let words = format!("Realm '{}' is not active", realm.full_name());
        Err(Wrong(23022, words))
    }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

fn required<'a>(text: Option<&'a str>, name: &str) -> Result<&'a str, Wrong> {
    filled(text).ok_or_else(|| Wrong(1003, format!("{name} is required")))
}

fn check_names(user_name: &str, domain: Option<&str>) -> Result<(), Wrong> {
    for (name, text) in [("UserName", Some(user_name)), ("Domain", domain)] {
        if text.is_some_and(|text| text.chars().count() > LONGEST_NAME) {
            let words = format!("{name} is too long ({LONGEST_NAME} characters max)");
            return Err(Wrong(23002, words));
        }
    }
    let letters = |text: &str, more: &str| {
        text.chars().all(|letter| {
            letter.is_ascii_alphanumeric() || "._-!$&*+=~".contains(letter) || more.contains(letter)
        })
    };
    if domain.is_some() && user_name.contains('@') {
        let words = "UserName must not contain '@' when Domain is present";
        return Err(Wrong(23016, words.to_owned()));
    }
    if !letters(user_name, "@") {
        let words = "UserName contains characters that are not allowed";
        return Err(Wrong(23014, words.to_owned()));
    }
    if !domain.is_none_or(|domain| letters(domain, "")) {
        let words = "Domain contains characters that are not allowed";
        return Err(Wrong(23015, words.to_owned()));
    }
    Ok(())
}

/// Changes the case of the first letter.
fn other_case(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| {
        if first.is_ascii_uppercase() {
            first.to_ascii_lowercase()
        } else {
            first.to_ascii_uppercase()
        }
    });
    first.into_iter().chain(letters).collect()
}
