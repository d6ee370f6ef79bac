//! The pretend dashboard API, modeled on Bandwidth's `OpenAPI` description and its command line.

mod credentials;
mod entry;
mod realms;
mod settings;
mod xml;

pub(super) use self::entry::APPLICATION;

use std::sync::Arc;

use hyper::{Method, StatusCode, header};
use registrar_activity::clock;

use self::xml::Root;
use super::access::{self, ACCOUNT_NOT_ENABLED, Kind, Login, Tokens};
use super::faults::{ActiveFaults, Fault, WireFault};
use super::http::{Answer, Endpoint, Request, Service};
use super::memory::Memory;
use super::realm::Realm;

/// The base path for a Bearer token.
pub(super) const BEARER_PATH: &str = "/api/v2";
/// The base path for Basic.
pub(super) const BASIC_PATH: &str = "/api";

pub(super) struct Dashboard {
    pub(super) faults: Arc<ActiveFaults>,
    pub(super) tokens: Arc<Tokens>,
    pub(super) memory: Arc<Memory>,
    /// Its own address, for the links between pages.
    pub(super) endpoint: Arc<Endpoint>,
    /// The pretend registrar's address.
    pub(super) registrar_port: u16,
}

/// An authenticated request.
struct Visit<'a> {
    request: &'a Request,
    login: &'static Login,
    /// The path up to and with the account number, for links.
    base: String,
    now_ms: u64,
}

impl Service for Dashboard {
    fn wire_fault(&self) -> WireFault {
        self.faults.wire(|faults| faults.dashboard)
    }

    async fn answer(&self, request: Request) -> Answer {
        let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
        let (login, base, account, rest) = match path.as_slice() {
            ["api", "v2", "accounts", account, rest @ ..] => {
                let token = request.bearer();
                let login = token.and_then(|token| self.tokens.owner(token, clock::now_ms()));
                (login, BEARER_PATH, *account, rest)
            }
            ["api", "accounts", account, rest @ ..] => {
                let login = request
                    .basic()
                    .filter(|_| !self.faults.now().secret_refused)
                    .and_then(|(user, password)| access::login(Kind::User, &user, &password));
                // With a token, the token endpoint sees it.
                self.faults.seen(Fault::WrongSecret);
                (login, BASIC_PATH, *account, rest)
            }
            _ => return Answer::empty(StatusCode::NOT_FOUND),
        };
        let Some(login) = login.filter(|_| !self.faults.now().secret_refused) else {
            let scheme = if base == BEARER_PATH {
                "Bearer"
            } else {
                "Basic"
            };
            return Answer::empty(StatusCode::UNAUTHORIZED).header(
                header::WWW_AUTHENTICATE,
                format!("{scheme} realm=\"practice\""),
            );
        };
        let visit = Visit {
            request: &request,
            login,
            base: format!("{base}/accounts/{account}"),
            now_ms: clock::now_ms(),
        };
        let Some(root) = Root::of(rest, &request.method) else {
            return Answer::empty(StatusCode::NOT_FOUND);
        };
        if login.account != account {
            let words = format!("Account '{account}' does not exist or is locked");
            return xml::refused(root, StatusCode::NOT_FOUND, Some(4022), &words);
        }
        self.route(&visit, root, rest).await
    }
}

impl Dashboard {
    async fn route(&self, visit: &Visit<'_>, root: Root, path: &[&str]) -> Answer {
        let method = visit.request.method.as_str();
        if let ["products", "edgemanagement", "settings", of @ ..] = path {
            // Readable without a role, which distinguishes a wrong secret from a missing role.
            return match (method, of) {
                ("GET", []) => self.settings(visit),
                ("GET", _) => self.sip_authentication(visit),
                _ => Answer::empty(StatusCode::METHOD_NOT_ALLOWED),
            };
        }
        if !visit.login.role || self.faults.now().role_missing {
            self.faults.seen(Fault::RoleMissing);
            return Answer::empty(StatusCode::FORBIDDEN);
        }
        if !self.enabled(visit.login) {
            self.faults.seen(Fault::AccountNotEnabled);
            let words = "Your account isn't setup for Sip Credentials";
            return xml::refused(root, StatusCode::BAD_REQUEST, Some(33004), words);
        }
        match (method, path) {
            ("GET", ["realms"]) => self.list_realms(visit),
            ("POST", ["realms"]) => self.make_realm(visit).await,
            ("GET", ["realms", realm]) => self.one_realm(visit, realm),
            ("PUT", ["realms", realm]) => self.change_realm(visit, realm).await,
            ("DELETE", ["realms", realm]) => self.delete_realm(visit, realm).await,
            ("GET", ["realms", realm, _]) => self.list_credentials(visit, Some(realm)),
            ("POST", ["realms", realm, _]) => self.make_credentials(visit, Some(realm)).await,
            ("GET", ["realms", realm, _, id]) => self.one_credential(visit, Some(realm), id),
            ("PUT", ["realms", realm, _, id]) => {
                self.change_credential(visit, Some(realm), id).await
            }
            ("DELETE", ["realms", realm, _, id]) => {
                self.delete_credential(visit, Some(realm), id).await
            }
            ("GET", [_]) => self.list_credentials(visit, None),
            ("POST", [_]) => self.make_credentials(visit, None).await,
            ("GET", [_, name]) => self.one_credential(visit, None, name),
            ("PUT", [_, name]) => self.change_credential(visit, None, name).await,
            ("DELETE", [_, name]) => self.delete_credential(visit, None, name).await,
            _ => Answer::empty(StatusCode::METHOD_NOT_ALLOWED),
        }
    }

    fn enabled(&self, login: &Login) -> bool {
        login.account != ACCOUNT_NOT_ENABLED && !self.faults.now().account_not_enabled
    }
}

impl Root {
    /// Returns the root element of the response; `None` if there is nothing at this path.
    fn of(path: &[&str], method: &Method) -> Option<Self> {
        Some(match path {
            ["realms"] if method == Method::GET => Self::Realms,
            ["realms"] | ["realms", _] => Self::Realm,
            ["realms", _, "sipcredentials"] | ["sipcredentials"] => Self::SipCredentials,
            ["realms", _, "sipcredentials", _] | ["sipcredentials", _] => Self::SipCredential,
            ["products", "edgemanagement", "settings"] => Self::EdgeManagementSettings,
            [
                "products",
                "edgemanagement",
                "settings",
                "sipauthentication",
            ] => Self::SipAuthentication,
            _ => return None,
        })
    }
}
