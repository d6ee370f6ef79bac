//! The addresses of Bandwidth's APIs: three, because each sign-in method has its own, plus one for
//! the Voice API.

use serde::{Deserialize, Serialize};
use url::Url;

use registrar_http::is_allowed_base;
use registrar_http::service_url::ServiceUrl;
use registrar_names::trimmed;

/// Maximum length of an address.
const LONGEST: usize = 2000;

/// Which three addresses are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum EnvironmentName {
    /// Bandwidth's production addresses.
    Production,
    /// Bandwidth's test addresses.
    Test,
    /// Three addresses that the person gave.
    Own,
    /// The pretend services on this computer.
    Practice,
}

/// The three addresses of an environment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct Addresses {
    /// The token endpoint.
    pub token: String,
    /// The API for Bearer.
    pub bearer: String,
    /// The API for Basic.
    pub basic: String,
}

/// What is wrong with one of the custom addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressProblem {
    /// Which address.
    pub of: AddressOf,
    /// What is wrong with it.
    pub fault: AddressFault,
}

/// Which of the custom addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressOf {
    /// The API for Basic.
    Basic,
    /// The API for Bearer.
    Bearer,
    /// The token endpoint.
    Token,
}

/// Why text can't be the address of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// It is empty.
    Missing,
    /// It isn't a URL, or is too long.
    NoUrl,
    /// It contains more than a scheme, a host and a path, or its scheme isn't HTTP.
    OtherParts,
    /// It is plain HTTP to another computer.
    Unencrypted,
}

/// The addresses of one environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Which.
    pub name: EnvironmentName,
    /// The token endpoint, whole.
    pub token: ServiceUrl,
    /// The API for Bearer; `/accounts/…` is appended.
    pub bearer: ServiceUrl,
    /// The API for Basic; `/accounts/…` is appended.
    pub basic: ServiceUrl,
    /// The Voice API, for both sign-in methods; `/accounts/…` is appended. `None` if it isn't
    /// known.
    pub voice: Option<ServiceUrl>,
}

impl Environment {
    /// Bandwidth's production addresses.
    #[must_use]
    pub fn production() -> Self {
        Self::known(
            EnvironmentName::Production,
            "https://api.bandwidth.com",
            "https://dashboard.bandwidth.com",
            "https://voice.bandwidth.com",
        )
    }

    /// Bandwidth's test addresses.
    #[must_use]
    pub fn test() -> Self {
        Self::known(
            EnvironmentName::Test,
            "https://test.api.bandwidth.com",
            "https://test.dashboard.bandwidth.com",
            "https://test.voice.bandwidth.com",
        )
    }

    /// Custom addresses: https, or http to this computer. The Voice API isn't among them. All
    /// invalid addresses are reported at once.
    pub fn own(token: &str, bearer: &str, basic: &str) -> Result<Self, Vec<AddressProblem>> {
        let mut problems = Vec::new();
        let mut read = |of, typed| match address(typed) {
            Ok(url) => Some(url),
            Err(fault) => {
                problems.push(AddressProblem { of, fault });
                None
            }
        };
        let addresses = (
            read(AddressOf::Token, token),
            read(AddressOf::Bearer, bearer),
            read(AddressOf::Basic, basic),
        );
        match addresses {
            (Some(token), Some(bearer), Some(basic)) => Ok(Self {
                name: EnvironmentName::Own,
                token: token.into(),
                bearer: bearer.into(),
                basic: basic.into(),
                voice: None,
            }),
            _ => Err(problems),
        }
    }

    /// Returns the same addresses, plus that of the Voice API.
    #[must_use]
    pub fn with_voice(self, voice: impl Into<ServiceUrl>) -> Self {
        Self {
            voice: Some(voice.into()),
            ..self
        }
    }

    /// Returns the addresses as the window shows them.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        let shown = |url: &ServiceUrl| url.shown().trim_end_matches('/').to_owned();
        Addresses {
            token: shown(&self.token),
            bearer: shown(&self.bearer),
            basic: shown(&self.basic),
        }
    }

    #[allow(
        clippy::expect_used,
        reason = "the addresses are constants, and tested"
    )]
    fn known(name: EnvironmentName, api: &str, dashboard: &str, voice: &str) -> Self {
        let url = |host: &str, path: &str| {
            let url = Url::parse(&format!("{host}{path}"));
            ServiceUrl::from(url.expect("a constant address is well-formed"))
        };
        Self {
            name,
            token: url(api, "/api/v1/oauth2/token"),
            bearer: url(api, "/api/v2"),
            basic: url(dashboard, "/api"),
            voice: Some(url(voice, "/api/v2")),
        }
    }
}

fn address(typed: &str) -> Result<Url, AddressFault> {
    let typed = trimmed(typed);
    if typed.is_empty() {
        return Err(AddressFault::Missing);
    }
    let url = (typed.len() <= LONGEST)
        .then(|| Url::parse(typed).ok())
        .flatten()
        .ok_or(AddressFault::NoUrl)?;
    if url.scheme() == "http" && !registrar_http::is_loopback(&url) {
        return Err(AddressFault::Unencrypted);
    }
    if !is_allowed_base(&url) {
        return Err(AddressFault::OtherParts);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_addresses_are_those_that_bandwidth_documents() {
        let shown = Environment::production().addresses();
        assert_eq!(shown.token, "https://api.bandwidth.com/api/v1/oauth2/token");
        assert_eq!(shown.bearer, "https://api.bandwidth.com/api/v2");
        assert_eq!(shown.basic, "https://dashboard.bandwidth.com/api");

        let voice = |environment: Environment| environment.voice.map(|url| url.shown());
        assert_eq!(
            voice(Environment::production()).as_deref(),
            Some("https://voice.bandwidth.com/api/v2")
        );
        assert_eq!(
            voice(Environment::test()).as_deref(),
            Some("https://test.voice.bandwidth.com/api/v2")
        );

        let shown = Environment::test().addresses();
        assert_eq!(
            shown.token,
            "https://test.api.bandwidth.com/api/v1/oauth2/token"
        );
        assert_eq!(shown.bearer, "https://test.api.bandwidth.com/api/v2");
        assert_eq!(shown.basic, "https://test.dashboard.bandwidth.com/api");
    }

    #[test]
    fn ones_own_addresses_are_https_or_this_computer() {
        use AddressFault::*;
        let good = [
            "https://a.example/t",
            " http://127.0.0.1:1\n",
            "http://[::1]:2/api",
        ];
        assert!(Environment::own(good[0], good[1], good[2]).is_ok());

        let bad = [
            ("", Missing),
            ("api.example", NoUrl),
            ("http://api.example", Unencrypted),
            ("http://127.0.0.1.example", Unencrypted),
            ("ftp://127.0.0.1", OtherParts),
            ("https://user:pw@a.example", OtherParts),
            ("https://a.example/?a=b", OtherParts),
            ("https://a.example/#x", OtherParts),
        ];
        for (bad, fault) in bad {
            let problems = Environment::own(bad, "http://localhost", "https://a.example");
            let of_token = AddressProblem {
                of: AddressOf::Token,
                fault,
            };
            assert_eq!(problems, Err(vec![of_token]), "{bad}");
        }
    }
}
