//! The HTTP client for all services: it enforces the limits and records each exchange redacted.
//!
//! Redirects are never followed here, because a redirect would carry the sign-in to another host.
//! Beyond this computer only https is allowed; loopback addresses never go through a proxy.
//!
//! An [`Http`] sends a [`Request`] and passes its [`Answer`] to the caller's reader. A failed
//! request is an [`Error`], classified by what may have happened at the other end. TLS trust roots
//! are in [`trust`].
//!
//! ```
//! use registrar_activity::Service;
//! use registrar_http::{Authorization, Method, Request};
//! use registrar_secret::AccessToken;
//! use url::Url;
//!
//! # fn main() -> Result<(), url::ParseError> {
//! let url = Url::parse("https://api.example/v1/realms")?;
//! let token = AccessToken::new("keep this to yourself");
//! let request = Request::new(Service::Dashboard, "List the realms", Method::Get, url)
//!     .signed(Authorization::Bearer(token));
//!
//! let shown = request.text().text();
//! assert!(shown.starts_with("GET /v1/realms"));
//! assert!(!shown.contains("yourself"));
//! # Ok(())
//! # }
//! ```

mod answer;
mod error;
mod failure;
mod json;
mod piece;
mod recording;
mod request;
mod route;
mod scrub;
pub mod service_url;
mod shown;
pub mod trust;

#[cfg(test)]
mod proxies;
#[cfg(any(test, feature = "testing"))]
pub mod scripted;
#[cfg(test)]
mod socket_tests;

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use url::Url;
use zeroize::Zeroizing;

pub use answer::{Answer, Refused};
pub use error::{Error, Refusal};
pub use json::Member;
pub use request::{Authorization, Field, Method, Request};
pub use route::choose_ring;
pub use shown::RequestText;

use recording::Recording;
use registrar_activity::{Activity, Service, Silence};
use registrar_secret::redact::Secrets;
use route::Routes;

/// Limits on the time and size of one exchange.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until the connection is established.
    pub connect: Duration,
    /// Until the last byte of the response.
    pub total: Duration,
    /// Size of the decoded body, in bytes.
    pub body: usize,
}

impl Default for Limits {
    /// 10 seconds to connect, 30 in all, 8 MiB: a page of 500 credentials takes a quarter of one.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(30),
            body: 8 * 1024 * 1024,
        }
    }
}

/// The client. Creating it doesn't touch the network.
#[derive(Debug)]
pub struct Http {
    activity: Arc<Activity>,
    limits: Limits,
    routes: Arc<Routes>,
    /// All secrets sent so far, because a later response may repeat them too.
    sent: Arc<Mutex<Secrets>>,
}

impl Http {
    /// Creates a client that records its exchanges in `activity`.
    #[must_use]
    pub fn new(activity: Arc<Activity>, limits: Limits) -> Self {
        Self {
            activity,
            limits,
            routes: Arc::default(),
            sent: Arc::default(),
        }
    }

    /// Returns a client that shares the connections but records elsewhere.
    #[must_use]
    pub fn recording(&self, activity: Arc<Activity>) -> Self {
        Self {
            activity,
            limits: self.limits,
            routes: Arc::clone(&self.routes),
            sent: Arc::clone(&self.sent),
        }
    }

    /// Sends a request and passes the response to `read`, which decides whether it is acceptable.
    ///
    /// The exchange is recorded even if it fails or the caller stops waiting for it.
    pub async fn send<T>(
        &self,
        request: &Request,
        read: impl FnOnce(&Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let recording = Recording::begin(&self.activity, request);
        match self.exchange(request).await {
            Ok(answer) => {
                let outcome = read(&answer);
                recording.answered(&answer, request, outcome.as_ref().err());
                outcome
            }
            Err(error) => {
                recording.failed(&error);
                Err(error)
            }
        }
    }

    fn secrets_in_use(&self, request: &Request) -> Secrets {
        let mut sent = self.sent.lock();
        *sent = sent.and(&request.secrets());
        sent.clone()
    }

    async fn exchange(&self, request: &Request) -> Result<Answer, Error> {
        let service = request.service();
        let began = tokio::time::Instant::now();
        let client = self
            .routes
            .client(service, request.url().url(), self.limits)?;
        let mut outgoing = client
            .request(request.method().into(), request.url().expose())
            .header(ACCEPT, request.accept());
        outgoing = match request.authorization() {
            Authorization::None => outgoing,
            Authorization::Basic { user, secret, .. } => {
                outgoing.basic_auth(user, Some(secret.as_str()))
            }
            Authorization::Bearer(token) => outgoing.bearer_auth(token.expose()),
        };
        if let Some(content_type) = request.content_type() {
            outgoing = outgoing
                .header(CONTENT_TYPE, content_type)
                .body(request.bytes());
        }

        let sent = outgoing.send().await;
        let mut response = sent
            .map_err(|error| failure::of(service, &error, self.routes.way(request.url().url())))?;
        let mut answer = Answer::begin(
            response.status().as_u16(),
            response.headers(),
            self.secrets_in_use(request),
        );
        let mut body = Zeroizing::new(Vec::new());
        while let Some(chunk) =
            (response.chunk().await).map_err(|error| failure::of_body(service, &error))?
        {
            if body.len() + chunk.len() > self.limits.body {
                return Err(Error::TooLarge {
                    service,
                    limit: self.limits.body,
                });
            }
            body.extend_from_slice(&chunk);
        }
        answer.body = text(service, &body)?;
        tracing::debug!(
            ?service,
            status = answer.status,
            length = answer.body.len(),
            took_ms = began.elapsed().as_millis(),
            "Got an answer"
        );
        Ok(answer)
    }
}

fn text(service: Service, body: &[u8]) -> Result<Zeroizing<String>, Error> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match std::str::from_utf8(body) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(Error::Malformed {
            service,
            what: "text that isn’t UTF-8",
        }),
    }
}

/// Returns whether a URL leads to this computer: 127.0.0.0/8, `::1` or `localhost`.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Returns whether requests may go to a URL: https, or http to this computer, without user name,
/// password, query or fragment.
#[must_use]
pub fn is_allowed_base(url: &Url) -> bool {
    let scheme = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url));
    scheme
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
}

/// Describes a silence for the record, in one sentence.
fn silence_in_words(silence: Silence) -> &'static str {
    match silence {
        Silence::CutOff => "The connection was closed in the middle of the answer.",
        Silence::NameUnknown => "This computer's DNS does not know the name of the host.",
        Silence::Proxy => "This computer's proxy made no connection.",
        Silence::Refused => "Nobody accepted the connection.",
        Silence::TimedOut => "Nothing came within the time limit.",
    }
}
