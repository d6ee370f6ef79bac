//! The client transaction of one request, up to its final response (RFC 3261 section 17.1.2). No
//! socket.

use std::time::{Duration, Instant};

use super::message::Message;

/// The delay before the first retransmission over UDP (RFC 3261 timer E, T1).
pub const T1: Duration = Duration::from_millis(500);
/// The longest delay between retransmissions (RFC 3261 T2).
pub const T2: Duration = Duration::from_secs(4);

/// What is due at some point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Nothing is due.
    Early,
    /// Retransmit the request.
    Again,
    /// The request has timed out.
    GaveUp,
}

/// A request that was sent.
#[derive(Clone, Debug)]
pub struct Transaction {
    branch: String,
    call_id: String,
    number: u32,
    method: String,
    begun: Instant,
    next_send: Option<Instant>,
    interval: Duration,
    /// An INVITE's interval has no upper limit, and a provisional response stops its
    /// retransmissions.
    invite: bool,
    gives_up: Instant,
}

impl Transaction {
    /// Starts with `request`, sent at `now`. If `reliable`, as over TCP, nothing is retransmitted.
    #[must_use]
    pub fn begin(request: &Message, reliable: bool, now: Instant, give_up: Duration) -> Self {
        let via = request.via();
        let (number, method) = request.cseq().unwrap_or_default();
        Self {
            branch: via
                .and_then(|via| via.branch().map(str::to_owned))
                .unwrap_or_default(),
            call_id: request.header("Call-ID").unwrap_or_default().to_owned(),
            number,
            method: method.to_owned(),
            begun: now,
            next_send: (!reliable).then(|| now + T1),
            interval: T1,
            invite: method == "INVITE",
            gives_up: now + give_up,
        }
    }

    /// Returns whether a response answers this request: branch, Call-ID and `CSeq` all match.
    #[must_use]
    pub fn is_answered_by(&self, response: &Message) -> bool {
        response.status().is_some()
            && response.header("Call-ID") == Some(self.call_id.as_str())
            && response.cseq() == Some((self.number, self.method.as_str()))
            && response
                .via()
                .and_then(|via| via.branch().map(str::to_owned))
                .as_deref()
                == Some(self.branch.as_str())
    }

    /// Handles a 1xx: the request has arrived, so it is retransmitted less often, or no longer if
    /// an INVITE.
    pub fn heard_provisional(&mut self, now: Instant) {
        self.interval = T2;
        if let Some(next) = &mut self.next_send {
            *next = now + T2;
        }
        if self.invite {
            self.next_send = None;
        }
    }

    /// Restarts all timers at `now`, because the request was held back until then.
    pub fn held_until(&mut self, now: Instant) {
        let held = now.saturating_duration_since(self.begun);
        self.begun = now;
        self.gives_up += held;
        if let Some(next) = &mut self.next_send {
            *next += held;
        }
    }

    /// Changes the timeout.
    pub fn wait_until(&mut self, gives_up: Instant) {
        self.gives_up = gives_up;
    }

    /// Returns what is due at `now`.
    pub fn tick(&mut self, now: Instant) -> Tick {
        if now >= self.gives_up {
            return Tick::GaveUp;
        }
        match self.next_send {
            Some(next) if now >= next => {
                self.interval *= 2;
                if !self.invite {
                    self.interval = self.interval.min(T2);
                }
                self.next_send = Some(now + self.interval);
                Tick::Again
            }
            Some(_) | None => Tick::Early,
        }
    }

    /// Returns when [`Self::tick`] must be called next.
    #[must_use]
    pub fn next_tick(&self) -> Instant {
        self.next_send
            .map_or(self.gives_up, |next| next.min(self.gives_up))
    }
}
