//! Access tokens, and what a refused sign-in means.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use super::realms::Realm;
use super::{Dashboard, SignIn, answer, basic};
use registrar_activity::clock;
use registrar_activity::{Diagnosis, Service};
use registrar_http::{Error, Field, Http, Method, Refusal, Request};
use registrar_secret::{AccessToken, SignInSecret};

/// How long before its expiry a token is renewed.
const EARLY: Duration = Duration::from_mins(1);

/// Keeps one token in memory. Concurrent callers wait for the same renewal.
#[derive(Debug, Default)]
pub(super) struct TokenKeeper {
    held: Mutex<Option<Held>>,
}

#[derive(Debug)]
struct Held {
    token: AccessToken,
    until: Instant,
}

impl TokenKeeper {
    /// Returns a token that stays valid for a while and isn't the `spoiled` one.
    pub(super) async fn get(
        &self,
        http: &Http,
        request: &Request,
        spoiled: Option<AccessToken>,
    ) -> Result<AccessToken, Error> {
        let mut held = self.held.lock().await;
        if let Some(held) = &*held
            && Instant::now() < held.until
            && !spoiled.is_some_and(|spoiled| spoiled.matches(&held.token))
        {
            return Ok(held.token.clone());
        }
        *held = None;
        let asked = Instant::now();
        let (token, life) = http
            .send(request, |answer| answer::token(answer, clock::now_ms()))
            .await?;
        *held = Some(Held {
            token: token.clone(),
            until: asked + Duration::from_secs(life).saturating_sub(EARLY),
        });
        Ok(token)
    }
}

impl Dashboard {
    /// Signs in and lists the realms. If that is refused, makes further requests to find out why,
    /// and returns the refusal with the [`Diagnosis`].
    pub async fn check(&self) -> Result<Vec<Realm>, Error> {
        let refusal = match self.realms().await {
            Err(Error::Refused(refusal))
                if refusal.service == Service::Dashboard
                    && refusal.diagnosis.is_none()
                    && matches!(refusal.status, 401 | 403) =>
            {
                refusal
            }
            outcome => return outcome,
        };
        let diagnosis = self.diagnose().await;
        Err(Error::Refused(Refusal {
            diagnosis,
            ..refusal
        }))
    }

    /// Requests the edge management settings, which are readable without any role.
    async fn diagnose(&self) -> Option<Diagnosis> {
        match self.edge_management().await {
            Ok(settings) if settings.enabled == Some(false) => Some(Diagnosis::NotEnabled),
            Ok(_) => Some(Diagnosis::RoleMissing),
            Err(Error::Refused(refusal)) => {
                match (refusal.diagnosis, refusal.status) {
                    (Some(diagnosis), _) => Some(diagnosis),
                    // A client with a wrong secret gets no token, so it doesn't reach this point.
                    (None, 401) => Some(match self.inner.sign_in {
                        SignIn::ApiClient { .. } => Diagnosis::RoleOrAccount,
                        SignIn::ApiUser { .. } => Diagnosis::SignInWrong,
                    }),
                    (None, 403 | 404) => Some(Diagnosis::RoleOrAccount),
                    (None, _) => None,
                }
            }
            Err(_) => None,
        }
    }

    pub(super) fn token_request(&self, client_id: &str, secret: &SignInSecret) -> Request {
        Request::new(
            Service::Token,
            "Get a token",
            Method::Post,
            self.inner.environment.token.clone(),
        )
        .signed(basic(client_id, secret, "BANDWIDTH_CLIENT_SECRET"))
        .form(vec![Field::Plain(
            "grant_type",
            "client_credentials".to_owned(),
        )])
    }
}
