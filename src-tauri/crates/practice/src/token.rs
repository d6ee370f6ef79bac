//! The pretend token endpoint: OAuth 2.0 client credentials (RFC 6749 section 4.4).

use std::sync::Arc;

use hyper::{Method, StatusCode, header};
use registrar_activity::clock;
use serde_json::{Value, json};

use super::access::{self, Kind, TOKEN_SECONDS, Tokens};
use super::faults::{ActiveFaults, Fault, WireFault};
use super::http::{Answer, Request, Service};

/// The path after the host, as at Bandwidth.
pub(super) const PATH: &str = "/api/v1/oauth2/token";

pub(super) struct TokenEndpoint {
    pub(super) faults: Arc<ActiveFaults>,
    pub(super) tokens: Arc<Tokens>,
}

impl Service for TokenEndpoint {
    fn wire_fault(&self) -> WireFault {
        self.faults.wire(|faults| faults.token)
    }

    async fn answer(&self, request: Request) -> Answer {
        if request.path.join("/") != PATH[1..] {
            return Answer::empty(StatusCode::NOT_FOUND);
        }
        if request.method != Method::POST {
            return Answer::empty(StatusCode::METHOD_NOT_ALLOWED).header(header::ALLOW, "POST");
        }
        let is_refused = self.faults.now().secret_refused;
        let known = request
            .basic()
            .filter(|_| !is_refused)
            .and_then(|(id, secret)| access::login(Kind::Client, &id, &secret));
        self.faults.seen(Fault::WrongSecret);
        let Some(login) = known else {
            let why = "Client authentication failed";
            return json(
                StatusCode::UNAUTHORIZED,
                &json!({ "error": "invalid_client", "error_description": why }),
            )
            .header(header::WWW_AUTHENTICATE, "Basic realm=\"practice\"");
        };
        let grants = request.form();
        let mut grants = grants.iter().filter(|(name, _)| name == "grant_type");
        match (grants.next(), grants.next()) {
            (Some((_, grant)), None) if grant == "client_credentials" => {}
            (Some(_), None) => return refused("unsupported_grant_type"),
            _ => return refused("invalid_request"),
        }
        if !request.is("application/x-www-form-urlencoded") {
            return refused("invalid_request");
        }
        let token = self.tokens.give(login, clock::now_ms());
        json(
            StatusCode::OK,
            &json!({
                "access_token": token,
                "token_type": "Bearer",
                "expires_in": TOKEN_SECONDS,
            }),
        )
    }
}

fn refused(error: &str) -> Answer {
    json(StatusCode::BAD_REQUEST, &json!({ "error": error }))
}

/// RFC 6749 section 5.1: a response with a token must not be stored.
fn json(status: StatusCode, body: &Value) -> Answer {
    Answer::with_body(status, "application/json", body.to_string())
        .header(header::CACHE_CONTROL, "no-store")
}
