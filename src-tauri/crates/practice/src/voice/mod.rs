//! The pretend Voice API: the part that calls a registered phone, modeled on Bandwidth's `OpenAPI`
//! description, its list of errors and its command line.
//!
//! Its calls are real: it looks the phone up in the pretend registrar's bindings and sends an
//! INVITE there. Calls don't survive a restart.

mod call;
mod order;
mod progress;

use std::sync::Arc;
use std::time::Duration;

use hyper::{StatusCode, header};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::task::JoinSet;

pub(super) use self::call::Book;
pub(super) use self::order::{ANSWERS, NUMBER};

use registrar_activity::clock;

use self::call::Call;
use self::order::Order;
use self::progress::Way;
use super::access::{self, Kind, Login, Tokens};
use super::faults::{ActiveFaults, Fault, WireFault};
use super::http::{Answer, Endpoint, Request, Service};
use super::memory::Memory;
use super::registrar::Lookup;
use super::twilio::Dialer;

/// The base path, as at Bandwidth.
pub(super) const PATH: &str = "/api/v2";

/// How long a new call is not to be found yet: Bandwidth's own command line waits that out.
const HIDDEN: Duration = Duration::from_millis(400);

/// Most calls that are not over; more are refused.
const MOST_UNDER_WAY: usize = 100;

pub(super) struct Voice {
    pub(super) faults: Arc<ActiveFaults>,
    pub(super) tokens: Arc<Tokens>,
    pub(super) memory: Arc<Memory>,
    pub(super) bindings: Lookup,
    pub(super) dialer: Arc<dyn Dialer>,
    pub(super) book: Arc<Book>,
    /// Its own address, for the address of a call.
    pub(super) endpoint: Arc<Endpoint>,
    /// The calls that are not over. They end when this is dropped.
    pub(super) under_way: Mutex<JoinSet<()>>,
}

impl Service for Voice {
    fn wire_fault(&self) -> WireFault {
        self.faults.wire(|faults| faults.voice)
    }

    async fn answer(&self, request: Request) -> Answer {
        let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
        let ["api", "v2", "accounts", account, rest @ ..] = path.as_slice() else {
            return problem(StatusCode::NOT_FOUND, "validation", "Not Found");
        };
        let login = self.login(&request);
        let Some(login) = login.filter(|login| login.account == *account) else {
            let words = "The credentials provided were invalid";
            return problem(StatusCode::UNAUTHORIZED, "authentication-error", words)
                .header(header::WWW_AUTHENTICATE, "Bearer realm=\"practice\"");
        };
        if self.faults.now().voice_role_missing {
            self.faults.seen(Fault::BandwidthError);
            let words = "Access is denied";
            return problem(StatusCode::FORBIDDEN, "authorization-error", words);
        }
        match (request.method.as_str(), rest) {
            ("POST", ["calls"]) => self.make_call(&request, login),
            ("GET", ["calls", id]) => self.one_call(id),
            ("POST", ["calls", id]) => self.change_call(&request, id),
            (_, ["calls"] | ["calls", _]) => {
                let words = "Method Not Allowed";
                problem(StatusCode::METHOD_NOT_ALLOWED, "validation", words)
            }
            _ => problem(StatusCode::NOT_FOUND, "validation", "Not Found"),
        }
    }
}

impl Voice {
    fn login(&self, request: &Request) -> Option<&'static Login> {
        if self.faults.now().secret_refused {
            return None;
        }
        if let Some(token) = request.bearer() {
            return self.tokens.owner(token, clock::now_ms());
        }
        let (user, password) = request.basic()?;
        access::login(Kind::User, &user, &password)
    }

    fn make_call(&self, request: &Request, login: &Login) -> Answer {
        let mut tasks = self.under_way.lock();
        while tasks.try_join_next().is_some() {}
        if tasks.len() >= MOST_UNDER_WAY {
            let words = "Too many calls at the same time";
            return problem(StatusCode::TOO_MANY_REQUESTS, "rate-limit", words);
        }
        let read = read(request).and_then(|body| {
            let order = Order::read(&body);
            order.map_err(|words| problem(StatusCode::BAD_REQUEST, "validation", &words))
        });
        let order = match read {
            Ok(order) => order,
            Err(refusal) => return refusal,
        };
        let now_ms = clock::now_ms();
        let call = Call::new(&order, login.account, now_ms, HIDDEN);
        let path = format!("{PATH}/accounts/{}/calls/{}", login.account, call.id);
        let url = self.endpoint.link(&path);
        let made = answer(StatusCode::CREATED, &call.made(&order, &url))
            .header(header::LOCATION, url.as_str());
        let following = progress::follow(
            call.id.clone(),
            order,
            Way {
                memory: Arc::clone(&self.memory),
                bindings: self.bindings.clone(),
                dialer: Arc::clone(&self.dialer),
                book: Arc::clone(&self.book),
            },
            call.cancel.clone(),
        );
        self.book.add(call);
        tasks.spawn(following);
        made
    }

    fn one_call(&self, id: &str) -> Answer {
        let found = self.book.look(id, clock::now_ms(), Call::resource);
        found.map_or_else(|| not_found(id), |call| answer(StatusCode::OK, &call))
    }

    /// Ends a call. Redirecting one needs BXML, which practice doesn't have.
    fn change_call(&self, request: &Request, id: &str) -> Answer {
        let body = match read(request) {
            Ok(body) => body,
            Err(refusal) => return refusal,
        };
        if body["state"] != "completed" {
            let words = "Invalid state: only completed is supported in practice";
            return problem(StatusCode::BAD_REQUEST, "validation", words);
        }
        match self.book.look(id, clock::now_ms(), Call::hang_up) {
            None => not_found(id),
            Some(true) => Answer::empty(StatusCode::OK),
            Some(false) => {
                let words = format!("Call [{id}] cannot be modified in its current state");
                problem(StatusCode::CONFLICT, "validation", &words)
            }
        }
    }
}

/// Reads a body of JSON, or refuses it as documented.
fn read(request: &Request) -> Result<Value, Answer> {
    if !request.is("application/json") {
        let kind = request.header(&header::CONTENT_TYPE).unwrap_or_default();
        let words = format!("Content type '{kind}' not supported");
        return Err(problem(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "validation",
            &words,
        ));
    }
    serde_json::from_slice(&request.body)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| problem(StatusCode::BAD_REQUEST, "validation", "Bad Request"))
}

fn answer(status: StatusCode, body: &Value) -> Answer {
    Answer::with_body(status, "application/json;charset=UTF-8", body.to_string())
}

/// Writes an error as the Voice API does.
fn problem(status: StatusCode, kind: &str, words: &str) -> Answer {
    let body = json!({ "type": kind, "description": words, "id": null });
    answer(status, &body)
}

fn not_found(id: &str) -> Answer {
    let words = format!("Call [{id}] not found");
    problem(StatusCode::NOT_FOUND, "validation", &words)
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use hyper::{HeaderMap, Method};
    use registrar_secret::PathSecret;

    use super::*;
    use crate::access::LOGINS;
    use crate::dashboard::APPLICATION;
    use crate::dialer::SipDialer;

    #[tokio::test]
    async fn no_more_than_100_calls_are_under_way() {
        let folder = tempfile::tempdir().unwrap();
        let (memory, _) = Memory::open(folder.path()).unwrap();
        let address = "127.0.0.1:8000".parse().unwrap();
        let voice = Voice {
            faults: Arc::default(),
            tokens: Arc::default(),
            memory: Arc::new(memory),
            bindings: Lookup::default(),
            dialer: Arc::new(SipDialer),
            book: Arc::default(),
            endpoint: Arc::new(Endpoint::new(address, PathSecret::generate())),
            under_way: Mutex::default(),
        };
        let under_way = |count: usize| {
            let mut tasks = JoinSet::new();
            for _ in 0..count {
                tasks.spawn(pending());
            }
            *voice.under_way.lock() = tasks;
        };

        under_way(99);
        let hundredth = voice.make_call(&order(), &LOGINS[0]);
        let next = voice.make_call(&order(), &LOGINS[0]);
        let wrong = voice.make_call(&request("{}"), &LOGINS[0]);
        under_way(0);
        let later = voice.make_call(&order(), &LOGINS[0]);

        let statuses = [hundredth, next, wrong, later].map(|answer| answer.status().as_u16());
        assert_eq!(statuses, [201, 429, 429, 201]);
    }

    fn order() -> Request {
        let order = json!({
            "from": NUMBER,
            "to": "+19195550100",
            "applicationId": APPLICATION,
            "answerUrl": ANSWERS,
        });
        request(&order.to_string())
    }

    fn request(body: &str) -> Request {
        let kind = header::HeaderValue::from_static("application/json");
        Request {
            method: Method::POST,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]),
            body: body.to_owned().into(),
        }
    }
}
