//! Handles a lost connection: the registration either ends or continues over a new one.

use std::net::SocketAddr;
use std::time::Instant;

use super::super::tokens::Tokens;
use super::super::verdict::{Unregistered, Verdict};
use super::{Answered, Phase, Purpose, Register};

/// How the transport failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CutOff {
    /// The connection was closed after a response had been received over it.
    AfterAnAnswer,
    Otherwise,
}

impl Register {
    /// Returns whether the path was lost before our binding was known to be removed.
    #[must_use]
    pub fn wants_another_way(&self, now: Instant) -> bool {
        self.cut_off.is_some() && self.outcome.is_some() && self.left_behind(now).is_some()
    }

    /// Removes our binding over another connection, on which our address is `local`.
    pub fn go_another_way(&mut self, local: SocketAddr, tokens: &mut dyn Tokens, now: Instant) {
        self.frame.local = local;
        self.cut_off = None;
        self.unregister(tokens, now);
    }

    /// Returns whether the connection was closed after a response and before the end: the last
    /// request is then sent over another one.
    #[must_use]
    pub fn wants_another_connection(&self) -> bool {
        self.cut_off == Some(CutOff::AfterAnAnswer)
    }

    /// Sends the last request again over another connection, on which our address is `local`.
    pub fn go_on(&mut self, local: SocketAddr, tokens: &mut dyn Tokens, now: Instant) {
        self.frame.local = local;
        self.cut_off = None;
        self.answered = Answered::Before;
        if let Some(outcome) = self.outcome.take() {
            self.bindings = outcome.bindings;
        }
        let purpose = self.sent.as_ref().map(|sent| sent.purpose);
        self.send(purpose.unwrap_or(Purpose::Ask), tokens, now);
    }

    /// Ends with a failure of the transport.
    pub fn fail(&mut self, verdict: Verdict) {
        let closed = verdict == Verdict::ConnectionClosed;
        self.cut_off = Some(if closed && self.answered == Answered::Here {
            CutOff::AfterAnAnswer
        } else {
            CutOff::Otherwise
        });
        let verdict = if closed && self.answered != Answered::Never {
            Verdict::ClosedMidway
        } else {
            verdict
        };
        match self.phase {
            Phase::Registering => self.finish(verdict),
            Phase::Unregistering(_) => self.finish_unregistering(Unregistered::NoAnswer),
        }
    }
}
