//! The part of Bandwidth's Voice API needed to call a registered phone.
//!
//! It uses the same sign-in as the dashboard, but has its own address.

mod answer;
mod call;
pub mod names;

#[cfg(test)]
mod socket_tests;

pub use call::{Call, CallState, DisconnectCause, NewCall};
pub use names::{AnswerUrl, CallId, VoiceProblem};

use crate::dashboard::Dashboard;
use registrar_activity::Service;
use registrar_http::service_url::ServiceUrl;
use registrar_http::{Answer, Error, Method, Request};

/// The Voice API of one account. Clones share the sign-in and the connections.
#[derive(Clone, Debug)]
pub struct Voice {
    account: Dashboard,
    base: ServiceUrl,
}

impl Voice {
    /// Creates a client with the sign-in of an account, or `None` if its environment has no Voice
    /// API. Sends nothing.
    #[must_use]
    pub fn of(account: &Dashboard) -> Option<Self> {
        let base = account.environment().voice.clone()?;
        let account = account.clone();
        Some(Self { account, base })
    }

    async fn send<T>(
        &self,
        request: Request,
        read: impl Fn(&Answer, u64) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.account.send(request, read).await
    }

    /// Creates a request about the account's calls.
    fn request(&self, title: &str, method: Method, path: &[&str]) -> Request {
        let calls = ["accounts", self.account.account().as_str(), "calls"];
        let url = self.base.below(calls.iter().chain(path).copied(), &[]);
        Request::new(Service::Voice, title, method, url)
    }
}

/// Parses a response that describes a call.
pub fn read_call(answer: &Answer, now_ms: u64) -> Result<(), Error> {
    call::read(answer, now_ms).map(drop)
}
