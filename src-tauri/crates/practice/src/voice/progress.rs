//! A call in progress: to the registered phone, and recorded as its state changes.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use registrar_activity::clock;
use registrar_sip::TransportName;
use registrar_sip::uri::Uri;
use tokio_util::sync::CancellationToken;

use super::call::{Book, End, State};
use super::order::{ANSWERS, Order};
use crate::memory::Memory;
use crate::registrar::{Binding, Lookup};
use crate::twilio::{DialEnd, DialOrder, DialState, Dialer};

/// How long a call waits for its turn.
const QUEUE: Duration = Duration::from_millis(600);
/// How long the pretend instructions of the answer address last.
const INSTRUCTIONS: Duration = Duration::from_secs(4);
/// How long an answer address that does not answer is waited for.
const NO_INSTRUCTIONS: Duration = Duration::from_secs(1);

/// What a call needs on its way.
pub(super) struct Way {
    pub(super) memory: Arc<Memory>,
    pub(super) bindings: Lookup,
    pub(super) dialer: Arc<dyn Dialer>,
    pub(super) book: Arc<Book>,
}

/// Follows a call to its end. Nothing but this computer is ever called.
pub(super) async fn follow(id: String, order: Order, way: Way, cancel: CancellationToken) {
    let turn = cancel.run_until_cancelled(tokio::time::sleep(QUEUE)).await;
    let end = if turn.is_none() {
        ended("cancel", Some("Call was cancelled by its originator"))
    } else {
        let initiated = |call: &mut super::Call| {
            call.become_state(State::Initiated, clock::now_ms());
        };
        way.book.change(&id, initiated);
        ring(&id, &order, &way, cancel).await
    };
    way.book
        .change(&id, |call| call.finish(end, clock::now_ms()));
}

async fn ring(id: &str, order: &Order, way: &Way, cancel: CancellationToken) -> End {
    let Some((to, target, transport)) = phone(order, way) else {
        // What the real service says to a call that its registrar has no phone for is not published.
        return ended("error", Some("SIP 480: the callee is not registered"));
    };
    let answers = order.answer_url == ANSWERS;
    let (book, of) = (Arc::clone(&way.book), id.to_owned());
    let dialed = way.dialer.dial(
        DialOrder {
            to,
            target,
            transport,
            user_name: None,
            password: None,
            from: order.from.clone(),
            ring: order.ring,
            talk: if answers {
                INSTRUCTIONS
            } else {
                NO_INSTRUCTIONS
            },
            cancel: cancel.clone(),
        },
        Arc::new(move |state| match state {
            // There is no word for it.
            DialState::Ringing => {}
            DialState::Answered => book.change(&of, |call| {
                call.become_state(State::Answered, clock::now_ms());
            }),
        }),
    );
    end_of(dialed.await, answers || cancel.is_cancelled())
}

/// Finds the called phone: its Contact if that is on this computer, the newest of several.
fn phone(order: &Order, way: &Way) -> Option<(String, SocketAddr, TransportName)> {
    let uri = order.uri.as_ref()?;
    let user = uri.user.as_deref()?;
    let realm = way.memory.look(|state| {
        let mut realms = state.realms_at(clock::now_ms());
        realms
            .find(|realm| realm.full_name().eq_ignore_ascii_case(&uri.host))
            .map(crate::realm::Realm::full_name)
    })?;
    let bindings = way.bindings.bindings(&realm, user);
    bindings.last().and_then(reached)
}

fn reached(binding: &Binding) -> Option<(String, SocketAddr, TransportName)> {
    let contact = Uri::parse(&binding.contact)?;
    let over_tcp = contact
        .parameter("transport")
        .is_some_and(|word| word.eq_ignore_ascii_case("tcp"));
    let transport = if over_tcp {
        TransportName::Tcp
    } else {
        TransportName::Udp
    };
    let host = contact.host.trim_matches(['[', ']']).parse::<IpAddr>();
    let target = match host {
        Ok(ip) if ip.is_loopback() => SocketAddr::new(ip, contact.port.unwrap_or(5060)),
        // A phone behind a router is called at the source of its REGISTER.
        Ok(_) | Err(_) => binding.source,
    };
    let here = target.ip().is_loopback();
    here.then(|| (binding.contact.clone(), target, transport))
}

/// Returns Bandwidth's name of how a call ended. `told` says whether the answer address gave
/// instructions.
fn end_of(end: DialEnd, told: bool) -> End {
    match end {
        DialEnd::HungUp if told => ended("hangup", None),
        DialEnd::HungUp => ended(
            "callback-error",
            Some("Could not deliver the answer callback"),
        ),
        DialEnd::Cancelled => ended("cancel", Some("Call was cancelled by its originator")),
        DialEnd::NoAnswer => ended("timeout", Some("Call was not answered")),
        DialEnd::Refused {
            status: 486 | 600, ..
        } => ended("busy", Some("Callee is busy")),
        DialEnd::Refused { status, reason } => ended(
            "rejected",
            Some(&format!("Call was rejected: SIP {status} {reason}")),
        ),
        DialEnd::Unreachable => ended("error", Some("Service unavailable")),
    }
}

fn ended(cause: &'static str, error: Option<&str>) -> End {
    End {
        cause,
        error: error.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_is_called_at_its_contact_on_this_computer_only() {
        let at = |contact: &str, source: &str| {
            let binding = Binding {
                contact: contact.to_owned(),
                expires: 60,
                user_agent: None,
                source: source.parse().unwrap(),
            };
            reached(&binding).map(|(_, target, transport)| (target.to_string(), transport))
        };
        let (here, away) = ("127.0.0.1:4000", "192.0.2.1:4000");
        let found = |address: &str, transport| Some((address.to_owned(), transport));

        for (contact, source, expected) in [
            (
                "sip:x@127.0.0.1:5062",
                here,
                found("127.0.0.1:5062", TransportName::Udp),
            ),
            (
                "sip:x@[::1]:5062;transport=TCP",
                here,
                found("[::1]:5062", TransportName::Tcp),
            ),
            (
                "sip:x@127.0.0.1",
                here,
                found("127.0.0.1:5060", TransportName::Udp),
            ),
            ("sip:x@192.0.2.1", here, found(here, TransportName::Udp)),
            ("sip:x@phone.local", here, found(here, TransportName::Udp)),
            ("sip:x@192.0.2.1", away, None),
            ("tel:1", here, None),
        ] {
            assert_eq!(at(contact, source), expected, "{contact}");
        }
    }

    #[test]
    fn each_end_has_its_cause() {
        let refused = |status| DialEnd::Refused {
            status,
            reason: "x".to_owned(),
        };
        for (end, told, cause) in [
            (DialEnd::HungUp, true, "hangup"),
            (DialEnd::HungUp, false, "callback-error"),
            (DialEnd::Cancelled, false, "cancel"),
            (DialEnd::NoAnswer, true, "timeout"),
            (refused(486), true, "busy"),
            (refused(603), true, "rejected"),
            (refused(480), true, "rejected"),
            (DialEnd::Unreachable, true, "error"),
        ] {
            assert_eq!(end_of(end.clone(), told).cause, cause, "{end:?}");
        }
    }
}
