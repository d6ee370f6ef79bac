//! The parts of Twilio's REST API that a test call needs (www.twilio.com/docs/voice/api).
//!
//! A [`Twilio`] is one account, signed in to with a [`Key`]; it places a [`NewCall`], follows it to
//! its end and hangs it up. A call that Twilio would refuse is reported as a [`CallProblem`] before
//! anything is sent; a failed request is a [`registrar_http::Error`].
//!
//! ```
//! use registrar_twilio::{Message, TwimlFault, TwimlProblem};
//!
//! let problem = Message::twiml("<Response><say>Hello</say></Response>").unwrap_err();
//! assert_eq!(
//!     problem,
//!     TwimlProblem::At {
//!         line: 1,
//!         column: 11,
//!         fault: TwimlFault::Spelling { right: "Say", found: "say".to_owned() },
//!     }
//! );
//! ```

mod answer;
mod call;
mod message;
pub mod names;
mod notifications;
mod numbers;
mod problem;

#[cfg(test)]
mod socket_tests;

use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;
use url::Url;
use zeroize::Zeroizing;

pub use call::{Call, CallStatus, NewCall, target};
pub use message::Message;
pub use names::{AccountSid, CallSid, KeySid, SidProblem};
pub use notifications::Notification;
pub use problem::{CallProblem, Error as CallError, TwimlFault, TwimlProblem, UrlProblem};

use registrar_activity::clock;
use registrar_activity::{Activity, Service};
use registrar_http::Error;
use registrar_http::service_url::ServiceUrl;
use registrar_http::{Answer, Authorization, Http, Limits, Method, Request};
pub use registrar_names::PhoneNumber;
use registrar_secret::TwilioSecret;

/// The credentials for signing in to Twilio.
#[derive(Clone, Debug)]
pub enum Key {
    /// An API key of the account.
    ApiKey {
        /// Its SID.
        sid: KeySid,
        /// Its secret.
        secret: TwilioSecret,
    },
    /// The account's own Auth Token.
    AuthToken(TwilioSecret),
}

/// One account at Twilio. Clones share the connections.
#[derive(Clone, Debug)]
pub struct Twilio {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    base: ServiceUrl,
    account_sid: AccountSid,
    key: Key,
    http: Http,
}

impl Twilio {
    /// Returns the address of the real service.
    #[must_use]
    #[allow(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "the address is a constant, and tested"
    )]
    pub fn production() -> Url {
        Url::parse("https://api.twilio.com").expect("a constant address is well-formed")
    }

    /// Creates a client without sending anything. Returns [`Error::Insecure`] if `base` is neither
    /// https nor on this computer.
    pub fn new(
        base: impl Into<ServiceUrl>,
        account_sid: AccountSid,
        key: Key,
        activity: Arc<Activity>,
    ) -> Result<Self, Error> {
        Self::with_limits(base, account_sid, key, activity, Limits::default())
    }

    /// Creates a client with non-default limits.
    pub fn with_limits(
        base: impl Into<ServiceUrl>,
        account_sid: AccountSid,
        key: Key,
        activity: Arc<Activity>,
        limits: Limits,
    ) -> Result<Self, Error> {
        let base = base.into();
        if !registrar_http::is_allowed_base(base.url()) {
            return Err(Error::Insecure);
        }
        Ok(Self {
            inner: Arc::new(Inner {
                base,
                account_sid,
                key,
                http: Http::new(activity, limits),
            }),
        })
    }

    /// Checks the keys by listing one call, which restricted API keys may do too.
    pub async fn check(&self) -> Result<(), Error> {
        let query = [("PageSize", "1")];
        let request = self.request(
            "Check the Twilio keys",
            Method::Get,
            &["Calls.json"],
            &query,
        );
        self.send(request, |answer, now| {
            answer::read::<Calls>(answer, now).map(drop)
        })
        .await
    }

    async fn send<T>(
        &self,
        request: Request,
        read: impl FnOnce(&Answer, u64) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let read = |answer: &Answer| read(answer, clock::now_ms());
        self.inner.http.send(&request, read).await
    }

    /// Creates a signed request below the account's URL.
    fn request(
        &self,
        title: &str,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Request {
        let inner = &*self.inner;
        let account = ["2010-04-01", "Accounts", inner.account_sid.as_str()];
        let url = inner.base.below(account.iter().chain(path).copied(), query);
        let (user, secret, variable) = match &inner.key {
            Key::ApiKey { sid, secret } => (sid.as_str(), secret, "TWILIO_KEY_SECRET"),
            Key::AuthToken(token) => (inner.account_sid.as_str(), token, "TWILIO_AUTH_TOKEN"),
        };
        let authorization = Authorization::Basic {
            user: user.to_owned(),
            secret: Zeroizing::new(secret.expose().to_owned()),
            variable,
        };
        Request::new(Service::Twilio, title, method, url).signed(authorization)
    }
}

/// A list of calls, of which only its presence matters.
#[derive(Deserialize)]
struct Calls {
    #[serde(rename = "calls")]
    _calls: Vec<IgnoredAny>,
}

/// Parses a response as each request of this API does, and returns one error per parser that
/// rejects it.
pub fn read_as_each(answer: &Answer, now_ms: u64) -> Vec<Error> {
    let read = [
        call::read(answer, now_ms).map(drop),
        notifications::read(answer, now_ms).map(drop),
        numbers::read(answer, now_ms).map(drop),
    ];
    read.into_iter().filter_map(Result::err).collect()
}
