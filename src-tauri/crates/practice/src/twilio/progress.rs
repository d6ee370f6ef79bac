//! A call in progress: dialed on this computer, and recorded as its state changes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use registrar_activity::clock;
use registrar_sip::TransportName;
use registrar_sip::uri::Uri;
use registrar_user_agent::resolve::{self, Resolve};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::call::{self, Call, Note, Status};
use super::dial::{DialEnd, DialOrder, DialState, Dialer};
use super::order::Order;
use crate::memory::Memory;

/// Length of the pretend message, after which Twilio hangs up.
const MESSAGE: Duration = Duration::from_secs(4);

/// Follows a call to its end. Nothing but this computer is ever dialed.
pub(super) async fn follow(
    sid: String,
    order: Order,
    dns: impl Resolve,
    dialer: Arc<dyn Dialer>,
    memory: Arc<Memory>,
    cancel: CancellationToken,
) {
    let end = match target(&order.uri, &dns).await {
        None => DialEnd::Unreachable,
        Some((target, transport)) => {
            let (told, mut changes) = mpsc::unbounded_channel();
            let call = dialer.dial(
                DialOrder {
                    to: order.to.clone(),
                    target,
                    transport,
                    user_name: order.user_name,
                    password: order.password,
                    from: order.from,
                    ring: order.ring,
                    talk: MESSAGE,
                    cancel,
                },
                Arc::new(move |state| {
                    // Nobody listens any more when practice ends.
                    let _ended = told.send(state);
                }),
            );
            tokio::pin!(call);
            let end = loop {
                tokio::select! {
                    biased;
                    Some(state) = changes.recv() => move_on(&memory, &sid, state).await,
                    end = &mut call => break end,
                }
            };
            while let Ok(state) = changes.try_recv() {
                move_on(&memory, &sid, state).await;
            }
            end
        }
    };
    change(&memory, &sid, |call| finish(call, &end, clock::now_ms())).await;
}

async fn move_on(memory: &Arc<Memory>, sid: &str, state: DialState) {
    let status = match state {
        DialState::Answered => Status::InProgress,
        DialState::Ringing => Status::Ringing,
    };
    change(memory, sid, |call| {
        call.become_status(status, clock::now_ms());
    })
    .await;
}

/// Finds where a SIP URI leads; `None` where that is not on this computer, or not by then.
async fn target(uri: &Uri, dns: &dyn Resolve) -> Option<(SocketAddr, TransportName)> {
    let transport = uri.parameter("transport").map(str::to_ascii_lowercase);
    let transport = match transport.as_deref() {
        None | Some("udp") => TransportName::Udp,
        Some("tcp") => TransportName::Tcp,
        Some(_) => return None,
    };
    if uri.scheme != "sip" {
        return None;
    }
    let host = if uri.host.eq_ignore_ascii_case("localhost") {
        "127.0.0.1"
    } else {
        &uri.host
    };
    let targets = resolve::locate(dns, host, uri.port, transport).await.ok()?;
    let first = targets.first()?.address;
    first.ip().is_loopback().then_some((first, transport))
}

fn finish(call: &mut Call, end: &DialEnd, now_ms: u64) {
    let to = &call.to;
    let infrastructure = "Error communicating with your SIP communications infrastructure";
    let (status, note) = match end {
        DialEnd::HungUp => (Status::Completed, None),
        DialEnd::Cancelled => (Status::Canceled, None),
        DialEnd::NoAnswer => (Status::NoAnswer, None),
        DialEnd::Refused {
            status: 486 | 600, ..
        } => (Status::Busy, None),
        DialEnd::Refused { status: 480, .. } => {
            let words =
                format!("Attempt to dial a SIP endpoint that is not registered: SIP 480 from {to}");
            (Status::NoAnswer, Some((32009, words)))
        }
        DialEnd::Refused { status, reason } => {
            let words = format!("{infrastructure}: SIP response {status} {reason} from {to}");
            (Status::Failed, Some((32011, words)))
        }
        DialEnd::Unreachable => {
            let words = format!("{infrastructure}: no SIP response from {to}");
            (Status::Failed, Some((32011, words)))
        }
    };
    if let Some((code, words)) = note {
        call.notes.push(Note {
            sid: call::new_sid("NO"),
            code,
            words,
            at_ms: now_ms,
        });
    }
    call.become_status(status, now_ms);
}

async fn change(memory: &Arc<Memory>, sid: &str, change: impl FnOnce(&mut Call)) {
    let changed = memory
        .change(|state| {
            if let Some(call) = state.calls.iter_mut().find(|call| call.sid == sid) {
                change(call);
            }
        })
        .await;
    if changed.is_err() {
        // The call itself continues; this change is saved with its next one.
        tracing::warn!("A practice call could not be written down");
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use registrar_user_agent::resolve::FixedDns;

    use super::*;

    #[tokio::test]
    async fn only_this_computer_is_ever_dialed() {
        let dns = FixedDns::default()
            .with_srv("_sip._udp.office.example", 5006, "sbc.example")
            .with_address("sbc.example", Ipv4Addr::LOCALHOST.into())
            .with_address("office.example", Ipv4Addr::LOCALHOST.into())
            .with_address("away.example", Ipv4Addr::new(192, 0, 2, 1).into());
        let here = |port| Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));

        for (to, expected) in [
            ("sip:a@office.example", here(5006)),
            ("sip:a@office.example:5099", here(5099)),
            ("sip:a@127.0.0.1:5098", here(5098)),
            ("sip:a@localhost", here(5060)),
            ("sip:a@192.0.2.1", None),
            ("sip:a@away.example", None),
            ("sip:a@other.example", None),
            ("sip:a@[2001:db8::1]", None),
            ("sips:a@office.example", None),
            ("sip:a@office.example;transport=tls", None),
        ] {
            let found = target(&Uri::parse(to).unwrap(), &dns).await;

            assert_eq!(found.map(|found| found.0), expected, "{to}");
        }
    }

    #[test]
    fn each_end_has_its_status_and_note() {
        let refused = |status, reason: &str| DialEnd::Refused {
            status,
            reason: reason.to_owned(),
        };
        for (end, status, code, part) in [
            (DialEnd::HungUp, Status::Completed, None, ""),
            (DialEnd::Cancelled, Status::Canceled, None, ""),
            (DialEnd::NoAnswer, Status::NoAnswer, None, ""),
            (refused(486, "Busy Here"), Status::Busy, None, ""),
            (
                refused(480, "x"),
                Status::NoAnswer,
                Some(32009),
                "not registered",
            ),
            (
                refused(403, "Forbidden"),
                Status::Failed,
                Some(32011),
                "403 Forbidden",
            ),
            (
                DialEnd::Unreachable,
                Status::Failed,
                Some(32011),
                "no SIP response",
            ),
        ] {
            let mut call = Call::new("sip:a@b".to_owned(), "x".to_owned(), 0);

            finish(&mut call, &end, 1);

            assert_eq!(call.status, status, "{end:?}");
            assert_eq!(call.notes.first().map(|note| note.code), code, "{end:?}");
            assert!(
                call.notes.iter().all(|note| note.words.contains(part)),
                "{end:?}"
            );
        }
    }
}
