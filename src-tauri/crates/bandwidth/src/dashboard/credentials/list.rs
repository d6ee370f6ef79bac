//! Lists credentials across all pages.
//!
//! The API decides where a page ends and the next begins: its link to the next page is followed,
//! but only the link's `page` and `size` are used, never its address.

use std::collections::HashSet;

use url::Url;

use super::super::answer::{self, malformed};
use super::super::realms::RealmId;
use super::super::wire::{CredentialsResponse, filled};
use super::super::{Dashboard, Method};
use super::{Credential, Scope, parse};
use registrar_activity::Service;
use registrar_http::service_url::ServiceUrl;
use registrar_http::{Answer, Error, Request};

/// The API's own page size.
const PAGE_SIZE: &str = "500";

/// Maximum number of credentials listed: ten times what the desk is designed for.
const MOST: usize = 1_000_000;

/// Maximum number of pages requested.
const MOST_PAGES: usize = 10_000;

/// Maximum number of redirects per page.
const MOST_REDIRECTS: usize = 3;

/// Maximum length of a page marker, which may be a composite user name.
const LONGEST_MARK: usize = 256;

/// Minimum and maximum length of a name fragment that can be searched for.
const FRAGMENT: std::ops::RangeInclusive<usize> = 3..=64;

/// A paginated list that follows the API's own links.
#[derive(Debug)]
pub struct Pages {
    dashboard: Dashboard,
    scope: Scope,
    fragment: Option<String>,
    /// The next page's marker; `None` after the last one.
    mark: Option<(String, String)>,
    seen: HashSet<(String, String)>,
}

/// The next part of a list.
#[derive(Debug)]
pub enum Listed {
    /// One page.
    Credentials(Vec<Credential>),
    /// Nothing more.
    End,
    /// A page that was returned before: the API's links are circular.
    Repeats,
}

impl Pages {
    fn new(dashboard: Dashboard, scope: Scope, fragment: Option<&str>) -> Self {
        Self {
            dashboard,
            scope,
            fragment: fragment.map(str::to_owned),
            mark: Some(("1".to_owned(), PAGE_SIZE.to_owned())),
            seen: HashSet::new(),
        }
    }

    /// Requests the next page. After a failure, the same page can be requested again.
    pub async fn next(&mut self) -> Result<Listed, Error> {
        let Some(mark) = &self.mark else {
            return Ok(Listed::End);
        };
        if self.seen.contains(mark) || self.seen.len() >= MOST_PAGES {
            return Ok(Listed::Repeats);
        }
        let dashboard = &self.dashboard;
        let url = dashboard.page_url(self.scope, mark, self.fragment.as_deref());
        let (credentials, next) = dashboard.page(url).await?;
        let next = next.filter(|_| !credentials.is_empty());
        if let Some(asked) = std::mem::replace(&mut self.mark, next) {
            self.seen.insert(asked);
        }
        Ok(if credentials.is_empty() {
            Listed::End
        } else {
            Listed::Credentials(credentials)
        })
    }
}

enum Page {
    Here {
        credentials: Vec<Credential>,
        next: Option<(String, String)>,
    },
    Elsewhere(Url),
}

impl Dashboard {
    /// Lists all credentials of the account, or of one realm.
    pub async fn credentials(&self, scope: Scope) -> Result<Vec<Credential>, Error> {
        self.list(scope, None).await
    }

    /// Returns the credential of a realm with this composite user name. The API treats names that
    /// differ only in letter case as the same, so if no name matches exactly, one that differs in
    /// case is returned.
    pub async fn find_credential(
        &self,
        realm: RealmId,
        composite: &str,
    ) -> Result<Option<Credential>, Error> {
        let user_name = composite.split('@').next().unwrap_or_default();
        let fragment = FRAGMENT.contains(&user_name.len()).then_some(user_name);
        let found = self.list(Scope::Realm(realm), fragment).await?;
        let mut same = found
            .into_iter()
            .filter(|credential| credential.composite().eq_ignore_ascii_case(composite))
            .collect::<Vec<_>>();
        let exact = same
            .iter()
            .position(|credential| credential.composite() == composite);
        Ok((!same.is_empty()).then(|| same.swap_remove(exact.unwrap_or(0))))
    }

    async fn list(&self, scope: Scope, fragment: Option<&str>) -> Result<Vec<Credential>, Error> {
        let mut pages = Pages::new(self.clone(), scope, fragment);
        let mut all = Vec::new();
        loop {
            match pages.next().await? {
                Listed::Credentials(credentials) => all.extend(credentials),
                Listed::End => return Ok(all),
                Listed::Repeats => return Err(malformed("an endless list")),
            }
            if all.len() > MOST {
                return Err(malformed("a list of more than a million credentials"));
            }
        }
    }

    /// Starts listing the credentials of the account, or of one realm, page by page.
    #[must_use]
    pub fn credential_pages(&self, scope: Scope) -> Pages {
        Pages::new(self.clone(), scope, None)
    }

    /// Requests one page. This is the only place that follows a redirect, and only to the same
    /// host.
    async fn page(
        &self,
        mut url: ServiceUrl,
    ) -> Result<(Vec<Credential>, Option<(String, String)>), Error> {
        for _ in 0..=MOST_REDIRECTS {
            let from = url.clone();
            let title = "List the SIP credentials";
            let request = Request::new(Service::Dashboard, title, Method::Get, url);
            match self
                .send(request, |answer, now| read(answer, from.url(), now))
                .await?
            {
                Page::Here { credentials, next } => return Ok((credentials, next)),
                Page::Elsewhere(target) => url = from.redirected(target),
            }
        }
        Err(malformed("endless redirects"))
    }

    fn page_url(
        &self,
        scope: Scope,
        mark: &(String, String),
        fragment: Option<&str>,
    ) -> ServiceUrl {
        let mut query = vec![("page", mark.0.as_str()), ("size", mark.1.as_str())];
        query.extend(fragment.map(|fragment| ("userNamefragment", fragment)));
        match scope {
            Scope::Account => self.url(&["sipcredentials"], &query),
            Scope::Realm(id) => self.url(&["realms", &id.to_string(), "sipcredentials"], &query),
        }
    }
}

/// Parses a page, or the address to which it redirects.
pub(in crate::dashboard) fn read_page(
    answer: &Answer,
    from: &Url,
    now_ms: u64,
) -> Result<(), Error> {
    read(answer, from, now_ms).map(drop)
}

fn read(answer: &Answer, from: &Url, now_ms: u64) -> Result<Page, Error> {
    if answer.status == 303 {
        return redirect(answer, from)
            .map(Page::Elsewhere)
            .map_err(malformed);
    }
    let response = answer::read_list::<CredentialsResponse>(
        answer,
        "SipCredentialsResponse",
        "SipCredentials",
        now_ms,
    );
    let response = match response {
        // 'There are no SIP credentials' is how the API returns an empty list.
        Err(Error::Refused(refusal)) if refusal.code == Some(23008) => {
            CredentialsResponse::default()
        }
        response => response?,
    };
    let credentials = response.sip_credentials.unwrap_or_default().sip_credential;
    let next = response.links.and_then(|links| filled(links.next));
    Ok(Page::Here {
        credentials: credentials
            .into_iter()
            .map(parse)
            .collect::<Result<_, _>>()?,
        next: next
            .map(|link| next_mark(&link).ok_or(malformed("a link that can’t be read")))
            .transpose()?,
    })
}

/// Parses a page that came with status 200.
#[cfg(test)]
pub(super) fn credentials_of(body: &str) -> Vec<Credential> {
    let answer = Answer::of(Service::Dashboard, 200, body.as_bytes()).unwrap();
    let from = Url::parse("https://api.example/").unwrap();
    match read(&answer, &from, 0).unwrap() {
        Page::Here { credentials, .. } => credentials,
        Page::Elsewhere(_) => Vec::new(),
    }
}

fn redirect(answer: &Answer, from: &Url) -> Result<Url, &'static str> {
    let location = answer.location.as_deref().unwrap_or_default();
    let target = from.join(location).map_err(|_| "a redirect to nowhere")?;
    let own = target.origin() == from.origin()
        && target.username().is_empty()
        && target.password().is_none();
    if own {
        Ok(target)
    } else {
        Err("a redirect to another host, which is not followed")
    }
}

/// Parses `page` and `size` in `Link=<address>;rel="next";`.
fn next_mark(link: &str) -> Option<(String, String)> {
    let (_, rest) = link.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    let url = Url::parse(address).ok()?;
    let value = |name: &str| {
        let mut pairs = url.query_pairs();
        let (_, value) = pairs.find(|(key, _)| key == name)?;
        Some(value.into_owned())
    };
    let page = value("page").filter(|page| !page.is_empty() && page.len() <= LONGEST_MARK)?;
    let size = value("size").filter(|size| size.parse::<u16>().is_ok());
    Some((page, size.unwrap_or_else(|| PAGE_SIZE.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_page_and_size_are_taken_from_a_link() {
        let link = r#"Link=<http://other.example/iris/accounts/14/x?size=500&page=bob%40bw.com>;rel="next";"#;

        assert_eq!(
            next_mark(link),
            Some(("bob@bw.com".to_owned(), "500".to_owned()))
        );
        for bad in [
            "",
            "Link=<>",
            "Link=<http://a.example/>;",
            "http://a.example/?page=2",
        ] {
            assert_eq!(next_mark(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_redirect_stays_on_its_host() {
        let from = Url::parse("https://api.example/api/v2/accounts/1/sipcredentials").unwrap();
        let to = |location: &str| {
            let answer = Answer {
                location: Some(location.to_owned()),
                ..Answer::default()
            };
            redirect(&answer, &from)
        };

        assert!(to("https://api.example/api/v2/accounts/1/sipcredentials?page=1").is_ok());
        assert!(to("?page=1&size=500").is_ok());
        for elsewhere in [
            "https://evil.example/",
            "//evil.example/",
            "http://api.example/",
            "https://api.example:8443/",
            "https://api.example.evil.example/",
            "https://user@api.example/",
            "file:///etc/passwd",
        ] {
            assert!(to(elsewhere).is_err(), "{elsewhere}");
        }
    }
}
