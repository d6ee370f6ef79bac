//! A service's URL, which keeps a secret part of its path separate.

use std::fmt;

use registrar_secret::PathSecret;
use registrar_secret::redact::DOTS;
use url::{Position, Url};

/// A base URL for requests. If its path starts with a secret, only what is sent contains it:
/// `Debug` and [`ServiceUrl::shown`] never do.
#[derive(Clone)]
pub struct ServiceUrl {
    url: Url,
    secret: Option<PathSecret>,
}

impl From<Url> for ServiceUrl {
    fn from(url: Url) -> Self {
        Self { url, secret: None }
    }
}

impl PartialEq for ServiceUrl {
    fn eq(&self, other: &Self) -> bool {
        let same_secret = match (&self.secret, &other.secret) {
            (Some(own), Some(other)) => own.matches(other),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        self.url == other.url && same_secret
    }
}

impl Eq for ServiceUrl {}

impl fmt::Debug for ServiceUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ServiceUrl({})", self.shown())
    }
}

impl ServiceUrl {
    /// Returns the same URL with a secret as the first segment of its path.
    #[must_use]
    pub fn behind(self, secret: PathSecret) -> Self {
        Self {
            secret: Some(secret),
            ..self
        }
    }

    /// Returns the address without its secret.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Returns the URL as text, with its secret masked.
    #[must_use]
    pub fn shown(&self) -> String {
        let (origin, rest) = self.around_secret();
        match self.secret {
            Some(_) => format!("{origin}/{DOTS}{rest}"),
            None => format!("{origin}{rest}"),
        }
    }

    /// Returns the URL for sending, including its secret. Never show it.
    #[must_use]
    pub fn expose(&self) -> String {
        let (origin, rest) = self.around_secret();
        match &self.secret {
            Some(secret) => format!("{origin}/{}{rest}", secret.expose()),
            None => format!("{origin}{rest}"),
        }
    }

    /// Returns the URL with further path segments and a query.
    #[must_use]
    pub fn below<'a>(
        &self,
        path: impl IntoIterator<Item = &'a str>,
        query: &[(&str, &str)],
    ) -> Self {
        let mut below = self.clone();
        if let Ok(mut segments) = below.url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            below.url.query_pairs_mut().extend_pairs(query);
        }
        below
    }

    /// Returns the address of a redirect whose `target` is the whole URL, including the secret.
    #[must_use]
    pub fn redirected(&self, target: Url) -> Self {
        let mut target = Self {
            url: target,
            secret: self.secret.clone(),
        };
        let own = target.secret.as_ref().and_then(|secret| {
            let rest = target.url.path().strip_prefix('/')?;
            rest.strip_prefix(secret.expose()).map(str::to_owned)
        });
        if let Some(path) = own {
            target.url.set_path(&path);
        }
        target
    }

    #[must_use]
    pub fn secret(&self) -> Option<&PathSecret> {
        self.secret.as_ref()
    }

    /// Returns the parts before and after the secret.
    #[must_use]
    pub fn around_secret(&self) -> (&str, &str) {
        (
            &self.url[..Position::BeforePath],
            &self.url[Position::BeforePath..],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> ServiceUrl {
        ServiceUrl::from(Url::parse(text).unwrap())
    }

    #[test]
    fn only_what_is_sent_holds_the_secret() {
        let base = url("http://127.0.0.1:8/api/v2").behind(PathSecret::new("canary"));
        let below = base.below(["accounts", "a b"], &[("page", "1")]);

        assert_eq!(
            below.expose(),
            "http://127.0.0.1:8/canary/api/v2/accounts/a%20b?page=1"
        );
        assert_eq!(
            below.shown(),
            "http://127.0.0.1:8/••••••/api/v2/accounts/a%20b?page=1"
        );
        assert!(!format!("{below:?}{}", below.url()).contains("canary"));
    }

    #[test]
    fn an_address_without_a_secret_is_shown_as_it_is() {
        let base = url("https://api.example");

        assert_eq!(base.shown(), "https://api.example/");
        assert_eq!(base.expose(), base.shown());
        assert_eq!(base.below(["x"], &[]).shown(), "https://api.example/x");
    }

    #[test]
    fn a_redirect_keeps_the_secret_out_of_sight() {
        let base = url("http://127.0.0.1:8/api").behind(PathSecret::new("canary"));

        for target in [
            "http://127.0.0.1:8/canary/api?page=1",
            "http://127.0.0.1:8/api?page=1",
        ] {
            let there = base.redirected(Url::parse(target).unwrap());

            assert_eq!(there.expose(), "http://127.0.0.1:8/canary/api?page=1");
            assert!(!there.shown().contains("canary"));
        }
    }

    #[test]
    fn addresses_with_different_secrets_differ() {
        let base = url("http://127.0.0.1:8/");
        let behind = |secret| base.clone().behind(PathSecret::new(secret));

        assert_eq!(behind("a"), behind("a"));
        assert_ne!(behind("a"), behind("b"));
        assert_ne!(behind("a"), base);
    }
}
