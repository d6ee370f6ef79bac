//! SIP credentials, at realm level and at account level: list, make many, look, change, delete.

use hyper::{Method, StatusCode, header};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use super::entry::{Entry, Place, Wrong};
use super::xml::{self, CredentialView, OneCredential, ResponseStatus, Root};
use super::{Dashboard, Visit, realms};
use crate::practice::credential::Credential;
use crate::practice::http::Answer;
use crate::practice::memory::State;

/// Most credentials in one request (error 23003). Bandwidth publishes no number.
const MOST_AT_ONCE: usize = 1_000;
/// Most credentials that practice holds.
const MOST_IN_ALL: usize = 250_000;
/// How many a page holds where nobody says.
const PAGE: usize = 500;
/// How many a page holds at most.
const LARGEST_PAGE: usize = 5_000;

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

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Page {
    links: Links,
    sip_credentials: Views,
}

#[derive(Serialize)]
struct Links {
    first: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What one found, or the answer that says why not.
type Found<T> = Result<T, Answer>;

impl Dashboard {
    pub(super) fn list_credentials(&self, visit: &Visit<'_>, realm: Option<&str>) -> Answer {
        let realm_id = match self.realm_of_path(visit, realm, Root::SipCredentials) {
            Ok(realm_id) => realm_id,
            Err(answer) => return answer,
        };
        let path = match realm {
            Some(realm) => format!("{}/realms/{realm}/sipcredentials", visit.base),
            None => format!("{}/sipcredentials", visit.base),
        };
        let here = format!("http://{}{path}", self.address);
        let Some(page) = visit.request.query("page") else {
            // Seen live: the list without a page leads to its first page.
            let filters = visit
                .request
                .query
                .iter()
                .filter(|(name, _)| name != "size");
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("page", "1")
                .append_pair("size", visit.request.query("size").unwrap_or("500"))
                .extend_pairs(filters)
                .finish();
            return Answer::empty(StatusCode::SEE_OTHER)
                .header(header::LOCATION, format!("{here}?{query}"));
        };
        let wrong = |code, words: &str| {
            xml::refused(
                Root::SipCredentials,
                StatusCode::BAD_REQUEST,
                Some(code),
                words,
            )
        };
        let size = match visit.request.query("size").map(str::parse::<usize>) {
            None => PAGE,
            Some(Ok(size)) if (1..=LARGEST_PAGE).contains(&size) => size,
            Some(_) => return wrong(23012, "The size of a page must be a number from 1 to 5000"),
        };
        let filter = match Filter::of(visit) {
            Ok(filter) => filter,
            Err(answer) => return answer,
        };
        let listed = self.memory.look(|state| {
            let all = || {
                let all = state.credentials.from(realm_id, 0);
                all.filter(|one| filter.takes(one, state))
            };
            let first = match page.parse::<usize>() {
                Ok(index) => index.checked_sub(1)?,
                Err(_) => all().position(|one| one.composite() == page)?,
            };
            // Without a filter a page is found by its place, so that a long list costs no more.
            let (count, views): (usize, Vec<_>) = if filter.takes_all() {
                let count = realm_id.map_or_else(
                    || state.credentials.count(),
                    |id| state.credentials.count_in(id),
                );
                let page = state.credentials.from(realm_id, first).take(size);
                (count, page.map(|one| view(one, state)).collect())
            } else {
                let page = all().skip(first).take(size);
                (all().count(), page.map(|one| view(one, state)).collect())
            };
            let next = first.saturating_add(size);
            Some((count, views, (next < count).then_some(next + 1)))
        });
        let Some((count, views, next)) = listed else {
            return wrong(23011, "The page is neither an index nor a known user name");
        };
        if count == 0 && realm_id.is_none() {
            let account = visit.login.account;
            let words = format!(
                "There are no Sip credentials associated with the account with ID = {account}"
            );
            let status = StatusCode::NOT_FOUND;
            return xml::refused(Root::SipCredentials, status, Some(23008), &words);
        }
        let link = |page: usize, rel: &str| {
            format!("Link=<{here}?size={size}&page={page}>;rel=\"{rel}\";")
        };
        let page = Page {
            links: Links {
                first: link(1, "first"),
                next: next.map(|page| link(page, "next")),
            },
            sip_credentials: Views { views },
        };
        xml::answer(Root::SipCredentials, StatusCode::OK, &page)
    }

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
            Ok(Ok(())) => self.show(id),
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
        let found = self
            .memory
            .look(|state| state.credentials.by_id(id).map(|one| view(one, state)));
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
        let spoilt = place.faults.credential_refused.filter(|_| number == 0);
        let outcome = match spoilt {
            Some(code) => Err(Wrong(code, "Sip credential was refused".to_owned())),
            None if state.credentials.count() >= MOST_IN_ALL => {
                let words = format!("There are more than {MOST_IN_ALL} entries on the account");
                Err(Wrong(23003, words))
            }
            None => entry.make(state, place),
        };
        match outcome {
            Ok(id) => made.extend(state.credentials.by_id(id).map(|one| view(one, state))),
            Err(Wrong(error_code, description)) => errors.push(EntryError {
                error_code,
                description,
                sip_credential: entry,
            }),
        }
    }
    (errors, made)
}

fn view(credential: &Credential, state: &State) -> CredentialView {
    let realm = state.realm(credential.realm_id);
    CredentialView::new(
        credential,
        realm.map(super::Realm::full_name).unwrap_or_default(),
    )
}

/// What a list is narrowed to. Names are compared in any letter case.
struct Filter {
    user_name: Option<String>,
    domain: Option<String>,
    application: Option<String>,
    realm: Option<String>,
}

impl Filter {
    fn of(visit: &Visit<'_>) -> Found<Self> {
        let fragment = |name: &str| match visit.request.query(name) {
            None => Ok(None),
            Some(text) if (3..=64).contains(&text.chars().count()) => Ok(Some(text.to_lowercase())),
            Some(text) => {
                let code = if text.is_empty() {
                    13111
                } else if text.chars().count() < 3 {
                    13112
                } else {
                    13115
                };
                let words = format!("{name} should contain from 3 to 64 characters.");
                let status = StatusCode::BAD_REQUEST;
                Err(xml::refused(
                    Root::SipCredentials,
                    status,
                    Some(code),
                    &words,
                ))
            }
        };
        debug_assert_eq!(visit.request.method, Method::GET);
        Ok(Self {
            user_name: fragment("userNamefragment")?,
            domain: fragment("domainfragment")?,
            application: fragment("applicationNameFragment")?,
            realm: fragment("realmFragment")?,
        })
    }

    fn takes_all(&self) -> bool {
        [
            &self.user_name,
            &self.domain,
            &self.application,
            &self.realm,
        ]
        .into_iter()
        .all(Option::is_none)
    }

    fn takes(&self, one: &Credential, state: &State) -> bool {
        let holds = |text: &str, part: &Option<String>| {
            part.as_ref().is_none_or(|part| {
                let (text, part) = (text.as_bytes(), part.as_bytes());
                let mut places = text.windows(part.len().max(1));
                places.any(|place| place.eq_ignore_ascii_case(part))
            })
        };
        let realm = || {
            state
                .realm(one.realm_id)
                .map(super::Realm::full_name)
                .unwrap_or_default()
        };
        holds(&one.user_name, &self.user_name)
            && holds(one.domain.as_deref().unwrap_or_default(), &self.domain)
            && holds(
                one.application_id.as_deref().unwrap_or_default(),
                &self.application,
            )
            && (self.realm.is_none() || holds(&realm(), &self.realm))
    }
}
