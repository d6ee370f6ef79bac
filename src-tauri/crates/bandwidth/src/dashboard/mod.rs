//! Bandwidth's dashboard API: realms, SIP credentials and the settings of SIP authentication.

mod answer;
mod change;
mod credentials;
mod envelope;
mod environment;
mod guard;
mod realms;
mod settings;
mod sign_in;
mod wire;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod socket_tests;

use std::sync::Arc;

use url::Url;
use zeroize::Zeroizing;

pub use change::{Difference, RealmDifference, RealmSnapshot, Snapshot};
pub use credentials::{
    Created, Credential, CredentialId, CredentialKey, EchoDifference, Listed, NameUse,
    NewCredential, Pages, RefusedCredential, Remedy, Scope, create_body, same_application,
};
pub use environment::{
    AddressFault, AddressOf, AddressProblem, Addresses, Environment, EnvironmentName,
};
pub use realms::{NewRealm, Realm, RealmId, RealmStatus};
pub use registrar_names::{
    AccountNumber, ApplicationId, Description, Domain, NameProblem, RealmName, UserName,
};
pub use settings::same_name;
pub use settings::{DnsRecord, EdgeManagement, RealmDns, SipAuthentication, Srv};

use sign_in::TokenKeeper;

use registrar_activity::clock;
use registrar_activity::{Activity, Service};
use registrar_http::service_url::ServiceUrl;
use registrar_http::{Answer, Authorization, Error, Http, Limits, Method, Request};
use registrar_secret::{AccessToken, SignInSecret};

/// The credentials for signing in to Bandwidth.
#[derive(Clone, Debug)]
pub enum SignIn {
    /// OAuth 2.0 client credentials.
    ApiClient {
        /// The client ID.
        client_id: String,
        /// The client secret.
        secret: SignInSecret,
    },
    /// Basic.
    ApiUser {
        /// The API user's name.
        name: String,
        /// Its password.
        password: SignInSecret,
    },
}

/// One account at Bandwidth, with one sign-in. Clones share the token and the connections.
#[derive(Clone, Debug)]
pub struct Dashboard {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    environment: Environment,
    account: AccountNumber,
    sign_in: SignIn,
    http: Http,
    token: Arc<TokenKeeper>,
}

impl Dashboard {
    /// Creates a client without sending anything. Returns [`Error::Insecure`] for an address that
    /// is neither https nor on this computer.
    pub fn new(
        environment: Environment,
        account: AccountNumber,
        sign_in: SignIn,
        activity: Arc<Activity>,
    ) -> Result<Self, Error> {
        Self::with_limits(environment, account, sign_in, activity, Limits::default())
    }

    /// Creates a client with non-default limits.
    pub fn with_limits(
        environment: Environment,
        account: AccountNumber,
        sign_in: SignIn,
        activity: Arc<Activity>,
        limits: Limits,
    ) -> Result<Self, Error> {
        let addresses = [&environment.token, &environment.bearer, &environment.basic];
        let allowed = (addresses.into_iter().chain(&environment.voice))
            .all(|address| registrar_http::is_allowed_base(address.url()));
        if !allowed {
            return Err(Error::Insecure);
        }
        Ok(Self {
            inner: Arc::new(Inner {
                environment,
                account,
                sign_in,
                http: Http::new(activity, limits),
                token: Arc::default(),
            }),
        })
    }

    /// Returns a client with the same sign-in that records elsewhere.
    #[must_use]
    pub fn recording(&self, activity: Arc<Activity>) -> Self {
        let inner = &*self.inner;
        Self {
            inner: Arc::new(Inner {
                environment: inner.environment.clone(),
                account: inner.account.clone(),
                sign_in: inner.sign_in.clone(),
                http: inner.http.recording(activity),
                token: Arc::clone(&inner.token),
            }),
        }
    }

    /// Returns the account's number.
    #[must_use]
    pub fn account(&self) -> &AccountNumber {
        &self.inner.account
    }

    /// Returns the environment.
    #[must_use]
    pub fn environment(&self) -> &Environment {
        &self.inner.environment
    }

    /// Sends a signed request, to the dashboard or to another service that accepts the same
    /// sign-in. A rejected Bearer token is renewed once.
    pub(crate) async fn send<T>(
        &self,
        request: Request,
        read: impl Fn(&Answer, u64) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let inner = &*self.inner;
        let read = |answer: &Answer| read(answer, clock::now_ms());
        let (client_id, secret) = match &inner.sign_in {
            SignIn::ApiUser { name, password } => {
                let request = request.signed(basic(name, password, "BANDWIDTH_PASSWORD"));
                let sent = inner.http.send(&request, read).await;
                return sent.map_err(of_api_user);
            }
            SignIn::ApiClient { client_id, secret } => (client_id, secret),
        };
        let renew = |spoiled: Option<AccessToken>| async move {
            let request = self.token_request(client_id, secret);
            inner.token.get(&inner.http, &request, spoiled).await
        };
        let token = renew(None).await?;
        let signed = request.clone().signed(Authorization::Bearer(token.clone()));
        match inner.http.send(&signed, &read).await {
            Err(Error::Refused(refusal)) if refusal.status == 401 => {
                let token = renew(Some(token)).await?;
                let signed = request.signed(Authorization::Bearer(token));
                inner.http.send(&signed, &read).await
            }
            outcome => outcome,
        }
    }

    /// Creates a request below the account's URL.
    fn request(&self, title: impl Into<String>, method: Method, path: &[&str]) -> Request {
        Request::new(Service::Dashboard, title, method, self.url(path, &[]))
    }

    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> ServiceUrl {
        let inner = &*self.inner;
        let base = match inner.sign_in {
            SignIn::ApiClient { .. } => &inner.environment.bearer,
            SignIn::ApiUser { .. } => &inner.environment.basic,
        };
        let account = ["accounts", inner.account.as_str()];
        base.below(account.iter().chain(path).copied(), query)
    }

    /// Returns what may be shown of a request before it is signed and sent.
    pub(crate) fn preview(&self, request: Request) -> registrar_http::RequestText {
        let authorization = match &self.inner.sign_in {
            SignIn::ApiClient { .. } => Authorization::Bearer(AccessToken::new("")),
            SignIn::ApiUser { name, password } => basic(name, password, "BANDWIDTH_PASSWORD"),
        };
        request.signed(authorization).text()
    }
}

/// Marks a refusal as one of an API user's request.
fn of_api_user(mut error: Error) -> Error {
    if let Error::Refused(refusal) = &mut error {
        refusal.by_api_user = true;
    }
    error
}

/// Parses a response as each request of this API does, and returns one error per parser that
/// rejects it.
pub fn read_as_each(answer: &Answer, from: &Url, now_ms: u64) -> Vec<Error> {
    let read = [
        answer::done(answer, &["RealmResponse"], now_ms),
        credentials::read_created(answer, now_ms).map(drop),
        credentials::read_one(answer, now_ms).map(drop),
        credentials::read_page(answer, from, now_ms),
        realms::read_all(answer, now_ms).map(drop),
        realms::read_one(answer, now_ms).map(drop),
        settings::read_edge(answer, now_ms).map(drop),
        settings::read_sip_authentication(answer, now_ms).map(drop),
    ];
    read.into_iter().filter_map(Result::err).collect()
}

/// Parses a response of the token endpoint.
pub fn read_token(answer: &Answer, now_ms: u64) -> Result<(), Error> {
    answer::token(answer, now_ms).map(drop)
}

fn basic(user: &str, secret: &SignInSecret, variable: &'static str) -> Authorization {
    Authorization::Basic {
        user: user.to_owned(),
        secret: Zeroizing::new(secret.expose().to_owned()),
        variable,
    }
}
