//! Stray input on a client's port: bytes that aren't a complete SIP message, and responses from an
//! address other than the one that was asked.

use std::net::SocketAddr;

use super::failure::Failure;
use super::message::Message;
use super::noise::Noise;
use super::transaction::Transaction;

/// What arrived while waiting for a response. Only the first of each kind is kept, so that a flood
/// takes no memory.
#[derive(Clone, Debug, Default)]
pub struct StrayMessages {
    noise: Option<Noise>,
    elsewhere: Option<(SocketAddr, u16)>,
}

impl StrayMessages {
    /// Records bytes that aren't a complete SIP message.
    pub fn note_noise(&mut self, noise: Noise) {
        self.noise.get_or_insert(noise);
    }

    /// Records a message from an address other than the one that was asked. It counts only if it
    /// answers `waits`, and is never acted upon, because its sender wasn't asked.
    pub fn note_elsewhere(
        &mut self,
        waits: Option<&Transaction>,
        message: &Message,
        source: SocketAddr,
    ) {
        let status = message
            .status()
            .filter(|_| waits.is_some_and(|transaction| transaction.is_answered_by(message)));
        if let Some(status) = status {
            self.elsewhere.get_or_insert((source, status));
        }
    }

    /// Returns what to report in place of 'no answer', if anything arrived.
    #[must_use]
    pub fn failure(&self) -> Option<Failure> {
        let elsewhere = self.elsewhere;
        let elsewhere = elsewhere.map(|(from, status)| Failure::AnsweredElsewhere { from, status });
        elsewhere.or_else(|| self.noise.clone().map(Failure::NotSip))
    }
}
