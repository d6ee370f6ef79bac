//! SIP credentials, at realm level and at account level: create many, read, change, delete. They
//! are listed in [`list`].

mod list;

use hyper::StatusCode;
use serde::{Deserialize, Serialize};

use super::entry::{Entry, Place, Wrong};
use super::xml::{self, CredentialView, OneCredential, ResponseStatus, Root};
use super::{Dashboard, Visit, realms};
use crate::credential::Credential;
use crate::faults::{Fault, stored_as};
use crate::http::Answer;
use crate::state::State;

/// Most credentials in one request (error 23003). Bandwidth publishes no number.
const MOST_AT_ONCE: usize = 1_000;
/// Maximum number of credentials in practice.
const MOST_IN_ALL: usize = 250_000;
#[derive(Deserialize)]
enum Many {
    SipCredentials(Entries),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    #[serde(rename = "SipCredential", default)]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
enum One {
    SipCredential(Entry),
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Made {
    #[serde(skip_serializing_if = "Option::is_none")]
    response_status: Option<ResponseStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Errors>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_sip_credentials: Option<Views>,
}

#[derive(Serialize)]
struct Errors {
    #[serde(rename = "Error")]
    errors: Vec<EntryError>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct EntryError {
    error_code: u32,
    description: String,
    sip_credential: Entry,
}

#[derive(Serialize)]
struct Views {
    #[serde(rename = "SipCredential")]
    views: Vec<CredentialView>,
}

/// What was found, or the response that says why not.
type Found<T> = Result<T, Answer>;

impl Dashboard {
    pub(super) async fn make_credentials(&self, visit: &Visit<'_>, realm: Option<&str>) -> Answer {
        let root = Root::SipCredentials;
        let Many::SipCredentials(Entries { entries }) = match xml::read(root, visit.request) {
            Ok(body) => body,
            Err(answer) => return answer,
        };
        let refused =
            |code, words: &str| xml::refused(root, StatusCode::BAD_REQUEST, Some(code), words);
        if entries.is_empty() {
            return refused(23006, "The list of Sip credentials is empty");
        }
        let most = self.faults.now().most_at_once.unwrap_or(MOST_AT_ONCE);
        if entries.len() > most {
            return refused(
                23003,
                &format!("There are more than {most} entries in list"),
            );
        }
        let realm_id = match self.realm_of_path(visit, realm, root) {
            Ok(realm_id) => realm_id,
            Err(answer) => return answer,
        };
        let faults = self.faults.now();
        let place = Place {
            account: visit.login.account,
            realm_id,
            now_ms: visit.now_ms,
            faults: &faults,
        };
        let made = self
            .memory
            .change(|state| make_all(state, entries, &place))
            .await;
        for fault in [Fault::OneRefused, Fault::LetterCaseChanged] {
            self.faults.seen(fault);
        }
        let Ok((errors, views)) = made else {
            return xml::unavailable(root);
        };
        let none_made = views.is_empty() && !faults.refusals_as_created;
        let status = if none_made {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::CREATED
        };
        let made = Made {
            response_status: none_made.then(|| ResponseStatus {
                error_code: None,
                description: "Please check your input parameters.".to_owned(),
            }),
            errors: (!errors.is_empty()).then_some(Errors { errors }),
            valid_sip_credentials: (!views.is_empty()).then_some(Views { views }),
        };
        xml::answer(root, status, &made)
    }

    pub(super) fn one_credential(
        &self,
        visit: &Visit<'_>,
        realm: Option<&str>,
        name: &str,
    ) -> Answer {
        match self.credential_of_path(visit, realm, name) {
            Ok((id, _)) => self.show(id),
            Err(answer) => answer,
        }
    }

    pub(super) async fn change_credential(
        &self,
        visit: &Visit<'_>,
        realm: Option<&str>,
        name: &str,
    ) -> Answer {
        let root = Root::SipCredential;
        let One::SipCredential(entry) = match xml::read(root, visit.request) {
            Ok(body) => body,
            Err(answer) => return answer,
        };
        let (id, realm_id) = match self.credential_of_path(visit, realm, name) {
            Ok(found) => found,
            Err(answer) => return answer,
        };
        let faults = self.faults.now();
        let place = Place {
            account: visit.login.account,
            realm_id,
            now_ms: visit.now_ms,
            faults: &faults,
        };
        match self
            .memory
            .change(|state| entry.change(state, &place, id))
            .await
        {
            Err(_) => xml::unavailable(root),
            Ok(Err(Wrong(code, words))) => {
                xml::refused(root, StatusCode::BAD_REQUEST, Some(code), &words)
            }
            Ok(Ok(())) => {
                self.repair(id);
                self.show(id)
            }
        }
    }

    /// Ends a mistake in the stored hashes of a credential, which have just been replaced.
    fn repair(&self, id: u64) {
        if let Some(fault) = self.faults.now().stored {
            let is_of_it = self.memory.look(|state| {
                let one = state.credentials.by_id(id);
                one.is_some_and(|one| {
                    let stored = stored_as(one.clone(), state, Some(fault));
                    !stored.hash1.matches(&one.hash1)
                })
            });
            if is_of_it {
                self.faults.switch(fault, None);
            }
        }
    }

    pub(super) async fn delete_credential(
        &self,
        visit: &Visit<'_>,
        realm: Option<&str>,
        name: &str,
    ) -> Answer {
        match self.credential_of_path(visit, realm, name) {
            Err(answer) => answer,
            Ok((id, _)) => match self
                .memory
                .change(|state| state.credentials.remove(id))
                .await
            {
                Ok(()) => Answer::empty(StatusCode::OK),
                Err(_) => xml::unavailable(Root::SipCredential),
            },
        }
    }

    fn show(&self, id: u64) -> Answer {
        let stored = self.faults.now().stored;
        let found = self.memory.look(|state| {
            let one = state.credentials.by_id(id);
            one.map(|one| view(one, state, stored))
        });
        match found {
            Some(sip_credential) => {
                let one = OneCredential { sip_credential };
                xml::answer(Root::SipCredential, StatusCode::OK, &one)
            }
            None => Answer::empty(StatusCode::NOT_FOUND),
        }
    }

    /// Finds the realm that the path names; `None` at account level.
    fn realm_of_path(
        &self,
        visit: &Visit<'_>,
        realm: Option<&str>,
        root: Root,
    ) -> Found<Option<u64>> {
        let Some(name) = realm else {
            return Ok(None);
        };
        self.memory
            .look(|state| realms::find(state, name, visit.now_ms).map(|found| found.id))
            .map(Some)
            .ok_or_else(|| {
                let words = format!("Realm '{name}' was not found");
                xml::refused(root, StatusCode::NOT_FOUND, Some(33001), &words)
            })
    }

    /// Finds the credential that the path names, with the path's realm.
    fn credential_of_path(
        &self,
        visit: &Visit<'_>,
        realm: Option<&str>,
        name: &str,
    ) -> Found<(u64, Option<u64>)> {
        let root = Root::SipCredential;
        let realm_id = self.realm_of_path(visit, realm, root)?;
        let account = visit.login.account;
        let found = self.memory.look(|state| match realm_id {
            Some(realm_id) => state
                .credentials
                .by_id(name.parse().ok()?)
                .filter(|one| one.realm_id == realm_id)
                .map(|one| one.id),
            None => state
                .realms_at(visit.now_ms)
                .find_map(|realm| state.credentials.by_name(realm.id, name))
                .map(|one| one.id),
        });
        let (code, words) = match realm_id {
            Some(realm_id) => (
                23025,
                format!(
                    "Sip credential with ID {name} was not found on realm with ID = {realm_id} \
                     and account with ID = {account}"
                ),
            ),
            None => (
                23007,
                format!("Sip credential {name} was not found on the account with ID = {account}"),
            ),
        };
        found
            .map(|id| (id, realm_id))
            .ok_or_else(|| xml::refused(root, StatusCode::NOT_FOUND, Some(code), &words))
    }
}

/// Takes what can be taken of a request.
fn make_all(
    state: &mut State,
    entries: Vec<Entry>,
    place: &Place<'_>,
) -> (Vec<EntryError>, Vec<CredentialView>) {
    let (mut errors, mut made) = (Vec::new(), Vec::new());
    for (number, entry) in entries.into_iter().enumerate() {
        let spoiled = place.faults.credential_refused.filter(|_| number == 0);
        let outcome = match spoiled {
            Some(code) => Err(Wrong(code, "Sip credential was refused".to_owned())),
            None if state.credentials.count() >= MOST_IN_ALL => {
                let words = format!("There are more than {MOST_IN_ALL} entries on the account");
                Err(Wrong(23003, words))
            }
            None => entry.make(state, place),
        };
        match outcome {
            Ok(id) => {
                let one = state.credentials.by_id(id);
                made.extend(one.map(|one| view(one, state, place.faults.stored)));
            }
            Err(Wrong(error_code, description)) => errors.push(EntryError {
                error_code,
                description,
                sip_credential: entry,
            }),
        }
    }
    (errors, made)
}

fn view(credential: &Credential, state: &State, stored: Option<Fault>) -> CredentialView {
    let realm = state.realm(credential.realm_id);
    let realm = realm.map(super::Realm::full_name).unwrap_or_default();
    match stored {
        None => CredentialView::new(credential, realm),
        stored => CredentialView::new(&stored_as(credential.clone(), state, stored), realm),
    }
}
