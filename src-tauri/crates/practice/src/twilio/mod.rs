//! The pretend Twilio: the part of its REST API that places and follows a call.

pub(super) mod account;
pub(super) mod call;
mod date;
mod dial;
mod list;
mod order;
mod progress;

use std::collections::HashMap;
use std::sync::Arc;

use hyper::{StatusCode, header};
use parking_lot::{Mutex, MutexGuard};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use self::dial::{BoxFuture, DialEnd, DialOrder, DialState, Dialer, OnState};

use registrar_activity::clock;

use self::account::Visitor;
use self::call::{Call, Status};
use self::order::{Order, Wrong};
use super::dns::PracticeDns;
use super::faults::{ActiveFaults, Fault, WireFault};
use super::http::{Answer, Request, Service};
use super::memory::Memory;

/// Most calls that are not over; more are refused.
const MOST_UNDER_WAY: usize = 100;

pub(super) struct Twilio {
    pub(super) faults: Arc<ActiveFaults>,
    pub(super) memory: Arc<Memory>,
    pub(super) dialer: Arc<dyn Dialer>,
    pub(super) dns: PracticeDns,
    pub(super) under_way: UnderWay,
}

/// The calls that are not over. They end when this is dropped.
#[derive(Default)]
pub(super) struct UnderWay(Mutex<Calls>);

#[derive(Default)]
struct Calls {
    tasks: JoinSet<()>,
    cancels: HashMap<String, CancellationToken>,
}

impl Service for Twilio {
    fn wire_fault(&self) -> WireFault {
        self.faults.wire(|faults| faults.twilio)
    }

    async fn answer(&self, request: Request) -> Answer {
        let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
        let ["2010-04-01", "Accounts", account, rest @ ..] = path.as_slice() else {
            return not_found(&path.join("/"));
        };
        let visitor = request
            .basic()
            .and_then(|(name, secret)| account::visitor(&name, &secret));
        let account = account.trim_end_matches(".json");
        let Some(visitor) = visitor.filter(|_| account == account::SID) else {
            return not_authenticated();
        };
        let mut rest: Vec<&str> = rest.to_vec();
        if let Some(last) = rest.last_mut() {
            let Some(name) = last.strip_suffix(".json") else {
                return not_found(&path.join("/"));
            };
            *last = name;
        }
        match (request.method.as_str(), rest.as_slice()) {
            ("GET", []) if visitor == Visitor::Key => not_authenticated(),
            ("GET", []) => answer(StatusCode::OK, &the_account()),
            ("GET", ["Calls"]) => self.list_calls(&request),
            ("POST", ["Calls"]) => self.make_call(&request).await,
            ("GET", ["Calls", sid]) => self.one_call(sid),
            ("POST", ["Calls", sid]) => self.change_call(&request, sid),
            ("GET", ["Calls", sid, "Notifications"]) => self.notifications(&request, sid),
            ("GET", ["IncomingPhoneNumbers"]) => {
                let path = call::path("IncomingPhoneNumbers");
                list::page(&request, &path, "incoming_phone_numbers", &[own_number()])
            }
            ("GET", ["OutgoingCallerIds"]) => {
                let path = call::path("OutgoingCallerIds");
                list::page(&request, &path, "outgoing_caller_ids", &[caller_id()])
            }
            _ => not_found(&path.join("/")),
        }
    }
}

impl Twilio {
    async fn make_call(&self, request: &Request) -> Answer {
        if let Some(code) = self.faults.now().twilio_refuses {
            let status = match code {
                20003 => StatusCode::UNAUTHORIZED,
                20429 => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::BAD_REQUEST,
            };
            self.faults.seen(Fault::TwilioError);
            return refused(status, code, "The call was refused");
        }
        if self.under_way.is_full() {
            return refused(StatusCode::TOO_MANY_REQUESTS, 20429, "Too Many Requests");
        }
        let order = match Order::read(&request.form()) {
            Ok(order) => order,
            Err(Wrong(code, words)) => return refused(StatusCode::BAD_REQUEST, code, &words),
        };
        let call = Call::new(order.to.clone(), order.from.clone(), clock::now_ms());
        let (sid, resource) = (call.sid.clone(), call.resource());
        let kept = self
            .memory
            .change(|state| call::add(&mut state.calls, call))
            .await;
        if kept.is_err() {
            return refused(
                StatusCode::SERVICE_UNAVAILABLE,
                20503,
                "Service unavailable",
            );
        }
        self.set_out(sid, order);
        answer(StatusCode::CREATED, &resource)
    }

    fn set_out(&self, sid: String, order: Order) {
        let cancel = CancellationToken::new();
        let following = progress::follow(
            sid.clone(),
            order,
            self.dns.clone(),
            Arc::clone(&self.dialer),
            Arc::clone(&self.memory),
            cancel.clone(),
        );
        let mut calls = self.under_way.calls();
        while calls.tasks.try_join_next().is_some() {}
        self.memory.look(|state| {
            let goes_on = |sid: &String| {
                let mut calls = state.calls.iter();
                calls.any(|call| call.sid == *sid && !call.status.is_over())
            };
            calls.cancels.retain(|sid, _| goes_on(sid));
        });
        calls.cancels.insert(sid, cancel);
        calls.tasks.spawn(following);
    }

    fn change_call(&self, request: &Request, sid: &str) -> Answer {
        let Some(status) = self.memory.look(|state| {
            let mut calls = state.calls.iter();
            calls.find(|call| call.sid == sid).map(|call| call.status)
        }) else {
            return not_found(&call::path(&format!("Calls/{sid}")));
        };
        if status.is_over() {
            let words = "Call is not in-progress. Cannot redirect.";
            return refused(StatusCode::BAD_REQUEST, 21220, words);
        }
        let form = request.form();
        let wanted = form.iter().find(|(name, _)| name == "Status");
        match wanted.map(|(_, value)| value.as_str()) {
            // A call in progress is not touched by it.
            Some("canceled") if status == Status::InProgress => return self.one_call(sid),
            Some("canceled" | "completed") => {}
            _ => {
                let words = "Status must be canceled or completed";
                return refused(StatusCode::BAD_REQUEST, 20001, words);
            }
        }
        if let Some(cancel) = self.under_way.calls().cancels.get(sid) {
            cancel.cancel();
        }
        self.one_call(sid)
    }

    fn one_call(&self, sid: &str) -> Answer {
        let found = self.memory.look(|state| {
            let mut calls = state.calls.iter();
            calls.find(|call| call.sid == sid).map(Call::resource)
        });
        match found {
            Some(resource) => answer(StatusCode::OK, &resource),
            None => not_found(&call::path(&format!("Calls/{sid}"))),
        }
    }

    fn list_calls(&self, request: &Request) -> Answer {
        let is = |name: &str, value: &str| request.query(name).is_none_or(|asked| asked == value);
        let all: Vec<Value> = self.memory.look(|state| {
            state
                .calls
                .iter()
                .rev()
                .filter(|call| {
                    is("To", &call.to) && is("From", &call.from) && is("Status", call.status.word())
                })
                .map(Call::resource)
                .collect()
        });
        list::page(request, &call::path("Calls"), "calls", &all)
    }

    fn notifications(&self, request: &Request, sid: &str) -> Answer {
        let found = self.memory.look(|state| {
            let mut calls = state.calls.iter();
            calls.find(|call| call.sid == sid).map(Call::note_resources)
        });
        let path = call::path(&format!("Calls/{sid}/Notifications"));
        let Some(mut notes) = found else {
            return not_found(&path);
        };
        if let Some(log) = request.query("Log") {
            notes.retain(|note| note["log"] == log);
        }
        list::page(request, &path, "notifications", &notes)
    }
}

impl UnderWay {
    /// Returns whether no more calls can be placed until one is over.
    fn is_full(&self) -> bool {
        let mut calls = self.calls();
        while calls.tasks.try_join_next().is_some() {}
        calls.tasks.len() >= MOST_UNDER_WAY
    }

    fn calls(&self) -> MutexGuard<'_, Calls> {
        self.0.lock()
    }
}

fn the_account() -> Value {
    json!({
        "sid": account::SID,
        "friendly_name": "Practice",
        "status": "active",
        "type": "Trial",
        "owner_account_sid": account::SID,
        "date_created": date::rfc2822(0),
        "date_updated": date::rfc2822(0),
        "uri": format!("/2010-04-01/Accounts/{}.json", account::SID),
    })
}

fn own_number() -> Value {
    json!({
        "sid": account::NUMBER_SID,
        "account_sid": account::SID,
        "phone_number": account::NUMBER,
        "friendly_name": "(919) 555-0123",
        "capabilities": { "voice": true, "sms": false, "mms": false, "fax": false },
        "api_version": "2010-04-01",
        "status": "in-use",
        "date_created": date::rfc2822(0),
        "date_updated": date::rfc2822(0),
        "uri": call::path(&format!("IncomingPhoneNumbers/{}", account::NUMBER_SID)),
    })
}

fn caller_id() -> Value {
    json!({
        "sid": account::CALLER_ID_SID,
        "account_sid": account::SID,
        "phone_number": account::CALLER_ID,
        "friendly_name": "Front desk",
        "date_created": date::rfc2822(0),
        "date_updated": date::rfc2822(0),
        "uri": call::path(&format!("OutgoingCallerIds/{}", account::CALLER_ID_SID)),
    })
}

fn answer(status: StatusCode, body: &Value) -> Answer {
    Answer::with_body(status, "application/json", body.to_string())
}

/// Writes an error as Twilio does.
fn refused(status: StatusCode, code: u32, words: &str) -> Answer {
    answer(
        status,
        &json!({
            "code": code,
            "message": words,
            "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
            "status": status.as_u16(),
        }),
    )
}

fn not_authenticated() -> Answer {
    refused(StatusCode::UNAUTHORIZED, 20003, "Authenticate")
        .header(header::WWW_AUTHENTICATE, "Basic realm=\"Twilio API\"")
}

fn not_found(path: &str) -> Answer {
    let words = format!(
        "The requested resource /{} was not found",
        path.trim_start_matches('/')
    );
    refused(StatusCode::NOT_FOUND, 20404, &words)
}
