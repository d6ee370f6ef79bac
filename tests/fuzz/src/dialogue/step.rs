//! One step of the other side.

use std::time::{Duration, Instant};

use registrar_sip::message::Message;

/// When, how and what.
pub(super) struct Step {
    how: u8,
    message: Option<Message>,
}

impl Step {
    pub(super) fn read(record: &[u8]) -> Option<Self> {
        let (&how, bytes) = record.split_first()?;
        let message = Message::from_datagram(bytes).ok().flatten();
        Some(Self { how, message })
    }

    /// Returns when it happens; `due` is when we would do something by ourselves.
    pub(super) fn time(&self, now: Instant, due: Option<Instant>) -> Instant {
        match self.how & 3 {
            0 => now,
            1 => now + Duration::from_millis(500),
            2 => now + Duration::from_secs(4),
            _ => due.unwrap_or(now),
        }
    }

    /// Returns whether the person ends it first.
    pub(super) fn ends(&self) -> bool {
        self.how & 0b1000 != 0
    }

    /// Returns whether the person goes on with it, where it is over.
    pub(super) fn goes_on(&self) -> bool {
        self.how & 0b1_0000 != 0
    }

    /// Returns what is said; where it is made to fit, it is an answer to `request`.
    pub(super) fn message(&self, request: Option<&Message>) -> Option<Message> {
        let message = self.message.clone()?;
        let (Some(request), Some(status)) = (request, message.status()) else {
            return Some(message);
        };
        if self.how & 0b100 == 0 {
            return Some(message);
        }
        // The first header of a name counts, so what is said beside these is heard as well.
        let mut fitting = Message::response(status, reason(&message));
        for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
            fitting.push(name, request.header(name).unwrap_or_default());
        }
        for (name, value) in message.all_headers() {
            fitting.push(name, value);
        }
        fitting.body = message.body;
        Some(fitting)
    }
}

fn reason(message: &Message) -> &str {
    use registrar_sip::message::Start;

    match &message.start {
        Start::Response { reason, .. } => reason,
        Start::Request { .. } => "",
    }
}
