//! The pretend Voice API's record of a call.

use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use registrar_activity::moment::Moment;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::order::Order;

/// How many calls are remembered; the oldest goes first.
const MOST_CALLS: usize = 500;

/// Bandwidth's names of a call's states. There is none for a ringing phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Answered,
    Disconnected,
    Initiated,
    Queued,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// Bandwidth's word for it.
    pub(super) cause: &'static str,
    /// What is said about an error. Of these words only those for a busy phone are published; the
    /// others are our own.
    pub(super) error: Option<String>,
}

/// A call.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) id: String,
    account: &'static str,
    from: String,
    to: String,
    application: String,
    state: State,
    queued_ms: u64,
    /// From when on it can be looked at.
    seen_from_ms: u64,
    started_ms: Option<u64>,
    answered_ms: Option<u64>,
    ended_ms: Option<u64>,
    changed_ms: u64,
    end: Option<End>,
    /// Hangs up, or stops ringing.
    pub(super) cancel: CancellationToken,
}

impl Call {
    /// Makes a call that waits for its turn, and that can be looked at after a while.
    pub(super) fn new(order: &Order, account: &'static str, now_ms: u64, hidden: Duration) -> Self {
        let hidden = u64::try_from(hidden.as_millis()).unwrap_or(u64::MAX);
        Self {
            id: format!("c-{}", uuid::Uuid::from_bytes(rand::random())),
            account,
            from: order.from.clone(),
            to: order.to.clone(),
            application: order.application.clone(),
            state: State::Queued,
            queued_ms: now_ms,
            seen_from_ms: now_ms.saturating_add(hidden),
            started_ms: None,
            answered_ms: None,
            ended_ms: None,
            changed_ms: now_ms,
            end: None,
            cancel: CancellationToken::new(),
        }
    }

    /// Advances the call's state. A finished call stays unchanged.
    pub(super) fn become_state(&mut self, state: State, now_ms: u64) {
        if self.state == State::Disconnected {
            return;
        }
        self.state = state;
        self.changed_ms = now_ms;
        match state {
            State::Queued => {}
            State::Initiated => self.started_ms = Some(now_ms),
            State::Answered => self.answered_ms = Some(now_ms),
            State::Disconnected => self.ended_ms = Some(now_ms),
        }
    }

    /// Ends the call.
    pub(super) fn finish(&mut self, end: End, now_ms: u64) {
        self.become_state(State::Disconnected, now_ms);
        self.end.get_or_insert(end);
    }

    /// Asks for its end. Returns whether it can still be changed.
    pub(super) fn hang_up(&mut self) -> bool {
        self.cancel.cancel();
        self.state != State::Disconnected
    }

    /// Writes the answer to its order.
    pub(super) fn made(&self, order: &Order, url: &str) -> Value {
        json!({
            "accountId": self.account,
            "applicationId": self.application,
            "to": self.to,
            "from": self.from,
            "callId": self.id,
            "enqueuedTime": iso8601(self.queued_ms),
            "callUrl": url,
            "callTimeout": order.ring.as_secs_f64(),
            "callbackTimeout": 15.0,
            "tag": order.tag,
            "answerMethod": "POST",
            "answerUrl": order.answer_url,
            "answerFallbackMethod": "POST",
            "answerFallbackUrl": null,
            "disconnectMethod": "POST",
            "disconnectUrl": null,
            "username": null,
            "password": null,
            "fallbackUsername": null,
            "fallbackPassword": null,
            "priority": 5,
        })
    }

    /// Serializes the call's current state.
    pub(super) fn resource(&mut self) -> Value {
        let end = self.end.as_ref();
        let error = end.and_then(|end| end.error.clone());
        json!({
            "applicationId": self.application,
            "accountId": self.account,
            "callId": self.id,
            "parentCallId": null,
            "to": self.to,
            "from": self.from,
            "direction": "outbound",
            "state": match self.state {
                State::Answered => "answered",
                State::Disconnected => "disconnected",
                State::Initiated => "initiated",
                State::Queued => "queued",
            },
            "stirShaken": null,
            "identity": null,
            "enqueuedTime": iso8601(self.queued_ms),
            "startTime": self.started_ms.map(iso8601),
            "answerTime": self.answered_ms.map(iso8601),
            "endTime": self.ended_ms.map(iso8601),
            "disconnectCause": end.map(|end| end.cause),
            "errorId": error.as_ref().map(|_| self.id.trim_start_matches("c-")),
            "errorMessage": error,
            "lastUpdate": iso8601(self.changed_ms),
        })
    }
}

/// The calls of this run.
#[derive(Debug, Default)]
pub(crate) struct Book(Mutex<Vec<Call>>);

impl Book {
    /// Forgets all calls, and ends those that are not over.
    pub(crate) fn clear(&self) {
        for call in self.calls().drain(..) {
            call.cancel.cancel();
        }
    }

    /// Adds a call, and lets the oldest that is over go where there are too many.
    pub(super) fn add(&self, call: Call) {
        let mut calls = self.calls();
        if calls.len() >= MOST_CALLS {
            let over = |call: &Call| call.state == State::Disconnected;
            let oldest = calls.iter().position(over).unwrap_or_default();
            calls.remove(oldest).cancel.cancel();
        }
        calls.push(call);
    }

    /// Looks at a call that can be looked at by now.
    pub(super) fn look<T>(
        &self,
        id: &str,
        now_ms: u64,
        at: impl FnOnce(&mut Call) -> T,
    ) -> Option<T> {
        let mut calls = self.calls();
        let mut all = calls.iter_mut();
        let found = all.find(|call| call.id == id && call.seen_from_ms <= now_ms);
        found.map(at)
    }

    /// Changes a call.
    pub(super) fn change(&self, id: &str, change: impl FnOnce(&mut Call)) {
        if let Some(call) = self.calls().iter_mut().find(|call| call.id == id) {
            change(call);
        }
    }

    fn calls(&self) -> MutexGuard<'_, Vec<Call>> {
        self.0.lock()
    }
}

/// Writes milliseconds since 1970 as `2026-11-24T09:54:22.234Z` (ISO 8601).
fn iso8601(at_ms: u64) -> String {
    Moment::of(at_ms).rfc3339()
}

#[cfg(test)]
mod tests {
    use super::super::order::{ANSWERS, NUMBER};
    use super::*;

    fn call(now_ms: u64) -> Call {
        let order = Order {
            from: NUMBER.to_owned(),
            to: "sip:a@b".to_owned(),
            uri: None,
            application: "x".to_owned(),
            answer_url: ANSWERS.to_owned(),
            ring: Duration::from_secs(30),
            tag: None,
        };
        Call::new(&order, "5500123", now_ms, Duration::from_millis(400))
    }

    #[test]
    fn a_new_call_cannot_be_found_for_a_while() {
        let book = Book::default();
        let call = call(1_000);
        let id = call.id.clone();
        book.add(call);

        assert!(book.look(&id, 1_399, |_| ()).is_none());
        assert!(book.look(&id, 1_400, |_| ()).is_some());
    }

    #[test]
    fn what_is_over_does_not_change_and_cannot_be_changed() {
        let mut call = call(0);
        let end = |cause| End { cause, error: None };
        assert!(call.hang_up(), "it waits for its turn");

        call.finish(end("busy"), 5);
        call.become_state(State::Answered, 6);
        call.finish(end("hangup"), 7);

        assert!(!call.hang_up());
        let resource = call.resource();
        assert_eq!(resource["disconnectCause"], "busy");
        assert_eq!(resource["answerTime"], Value::Null);
        assert_eq!(resource["endTime"], "1970-01-01T00:00:00.005Z");
    }

    #[test]
    fn of_too_many_calls_the_oldest_that_is_over_goes() {
        let book = Book::default();
        let first = call(0);
        let id = first.id.clone();
        book.add(first);
        for _ in 0..MOST_CALLS {
            let mut over = call(0);
            over.finish(
                End {
                    cause: "hangup",
                    error: None,
                },
                0,
            );
            book.add(over);
        }

        assert_eq!(book.calls().len(), MOST_CALLS);
        assert_eq!(book.calls()[0].id, id, "it is not over");
    }
}
