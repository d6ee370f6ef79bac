//! The paginated list of SIP credentials, and its filters.

use hyper::{Method, StatusCode, header};
use serde::Serialize;
use url::form_urlencoded;

use super::{Found, Views, view};
use crate::credential::Credential;
use crate::dashboard::xml::{self, Root};
use crate::dashboard::{Dashboard, Visit};
use crate::http::Answer;
use crate::realm::Realm;
use crate::state::State;

/// The default page size.
const PAGE: usize = 500;
/// The maximum page size.
const LARGEST_PAGE: usize = 5_000;

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

impl Dashboard {
    pub(in crate::dashboard) fn list_credentials(
        &self,
        visit: &Visit<'_>,
        realm: Option<&str>,
    ) -> Answer {
        let realm_id = match self.realm_of_path(visit, realm, Root::SipCredentials) {
            Ok(realm_id) => realm_id,
            Err(answer) => return answer,
        };
        let path = match realm {
            Some(realm) => format!("{}/realms/{realm}/sipcredentials", visit.base),
            None => format!("{}/sipcredentials", visit.base),
        };
        let here = self.endpoint.link(&path);
        let Some(page) = visit.request.query("page") else {
            // Seen live: the list without a page redirects to its first page.
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
        let stored = self.faults.now().stored;
        let listed = self.memory.look(|state| {
            let all = || {
                let all = state.credentials.from(realm_id, 0);
                all.filter(|one| filter.takes(one, state))
            };
            let first = match page.parse::<usize>() {
                Ok(index) => index.checked_sub(1)?,
                Err(_) => all().position(|one| one.composite() == page)?,
            };
            // Without a filter, a page is found by its index, so that a long list isn't slower.
            let (count, views): (usize, Vec<_>) = if filter.takes_all() {
                let count = realm_id.map_or_else(
                    || state.credentials.count(),
                    |id| state.credentials.count_in(id),
                );
                let page = state.credentials.from(realm_id, first).take(size);
                (count, page.map(|one| view(one, state, stored)).collect())
            } else {
                let page = all().skip(first).take(size);
                (
                    all().count(),
                    page.map(|one| view(one, state, stored)).collect(),
                )
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
}

/// A list's filter. Names are compared ignoring case.
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
                .map(Realm::full_name)
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
