//! A dialer without SIP: the name of the called user determines the outcome.

use std::sync::Arc;
use std::time::Duration;

use registrar_practice::{BoxFuture, DialEnd, DialOrder, DialState, Dialer, OnState, Practice};

struct Scripted;

/// Starts a practice whose calls are scripted.
pub(super) async fn practice() -> (Practice, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start_with(folder.path(), Arc::new(Scripted)).await;
    (practice.unwrap(), folder)
}

impl Dialer for Scripted {
    fn dial(&self, order: DialOrder, on_state: OnState) -> BoxFuture<DialEnd> {
        Box::pin(async move {
            assert!(order.target.ip().is_loopback());
            let user = order.to.split([':', '@']).nth(1).unwrap().to_owned();
            let refused = |status, reason: &str| DialEnd::Refused {
                status,
                reason: reason.to_owned(),
            };
            match user.as_str() {
                "busy" => return refused(486, "Busy Here"),
                "forbids" => return refused(403, "Forbidden"),
                "is-away" => return refused(480, "Temporarily Unavailable"),
                "is-silent" => return DialEnd::Unreachable,
                _ => on_state(DialState::Ringing),
            }
            match user.as_str() {
                "nobody-answers" => return DialEnd::NoAnswer,
                "rings" => {
                    order.cancel.cancelled().await;
                    return DialEnd::Cancelled;
                }
                _ => on_state(DialState::Answered),
            }
            if user == "talks" {
                order.cancel.cancelled().await;
            } else {
                // Long enough for somebody who looks every 50 ms to see it.
                tokio::time::sleep(Duration::from_millis(1_200)).await;
            }
            DialEnd::HungUp
        })
    }
}
