//! RTCP reports on a call's audio: those sent to the peer, and what the peer's reports say.

use std::net::SocketAddr;
use std::time::Instant;

use super::{Flow, Identity, Outgoing, SoundSource};
use crate::rtcp::{self, Block, Part, Sender};
use crate::statistics::in_65536ths;

/// The initial value of this side's clock for reports, in seconds, so that none of its values is 0,
/// which would mean 'no report'.
const BEGINNING: u64 = 0x8000_0001;

impl Flow {
    /// Handles a packet on the RTCP port.
    pub(crate) fn hear_report(&mut self, bytes: &[u8], from: SocketAddr, now: Instant) {
        let other = match self.heard {
            SoundSource::Other(other) => Some(other),
            SoundSource::Nobody | SoundSource::Peer => None,
        };
        let known = |address: SocketAddr| address.ip() == from.ip();
        let is_from_peer = self
            .direction
            .is_some_and(|to| known(to.peer) || to.rtcp_peer.is_some_and(known));
        if !is_from_peer && !other.is_some_and(known) {
            return;
        }
        for part in rtcp::parse(bytes).unwrap_or_default() {
            let Part::Report {
                source,
                sender,
                blocks,
            } = part
            else {
                continue;
            };
            // A peer that echoes everything sends no reports of its own.
            if source == self.identity.source {
                continue;
            }
            if let Some(sender) = sender {
                self.told = Some((source, rtcp::middle(sender.time), now));
            }
            let mine = blocks
                .iter()
                .find(|block| block.source == self.identity.source);
            // No more can be lost than was sent; a negative number means duplicates.
            let lost = mine.and_then(|block| u32::try_from(block.lost).ok());
            if let Some(lost) = lost.filter(|lost| *lost <= self.sent) {
                self.lost_there = Some(lost);
            }
            if let Some(block) = mine
                && let Some(found) = rtcp::round_trip(block, rtcp::middle(self.time(now)))
            {
                self.round_trip = Some(found);
            }
        }
    }

    /// Sends a report, with or without BYE.
    pub(super) fn report(&mut self, bye: bool, now: Instant) {
        let Some(to) = self.direction else {
            return;
        };
        let sender = (self.sent > 0).then(|| Sender {
            time: self.time(now),
            timestamp: self.identity.timestamp,
            packets: self.sent,
            bytes: self.sent_bytes,
        });
        let block = self.block(now);
        let Identity { source, name, .. } = &self.identity;
        let after = SocketAddr::new(to.peer.ip(), to.peer.port().saturating_add(1));
        let goes_to = to.rtcp_peer.unwrap_or(after);
        self.outgoing.push_back(Outgoing {
            to: goes_to,
            // If both go to one port, both are sent from one port (RFC 5761 section 3).
            is_report: goes_to != to.peer,
            bytes: rtcp::write(*source, sender, block, name, bye),
        });
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "jitter is below ten seconds, in steps of the timestamp"
    )]
    fn block(&mut self, now: Instant) -> Option<Block> {
        let (source, highest) = self.statistics.source()?;
        let told = self.told.filter(|told| told.0 == source);
        Some(Block {
            source,
            fraction_lost: self.statistics.fraction_lost(),
            lost: i32::try_from(self.statistics.lost()).unwrap_or(i32::MAX),
            highest,
            jitter: self.statistics.jitter() as u32,
            last_report: told.map_or(0, |(_, middle, _)| middle),
            delay: told.map_or(0, |(_, _, came)| {
                in_65536ths(now.saturating_duration_since(came))
            }),
        })
    }

    /// Returns this side's clock for reports, in units of 2^-32 seconds.
    fn time(&self, now: Instant) -> u64 {
        let passed = now.saturating_duration_since(self.began);
        let part = (u64::from(passed.subsec_nanos()) << 32) / 1_000_000_000;
        (BEGINNING.wrapping_add(passed.as_secs()) << 32) | part
    }

    /// Returns a number from 0 to 1 that differs from call to call and report to report.
    pub(super) fn chance(&self) -> f64 {
        let turned = self.identity.source.rotate_left(self.sent % 32);
        f64::from(turned) / f64::from(u32::MAX)
    }
}
