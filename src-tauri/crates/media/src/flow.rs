//! The sans-IO state machine of a call's audio: it takes packets, audio and times, and returns what
//! to send.

mod reports;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::dtmf::{Keys, Step};
use super::g711::Codec;
use super::meter::Meter;
use super::playout::Playout;
use super::reading::{Direction, Expects, Reading};
use super::rtcp;
use super::rtp::{Packet, RATE, SAMPLES, steps, ticks};
use super::statistics::{Arrival, Statistics};

/// Payload types that signal silence: comfort noise (RFC 3389), and its older number.
const COMFORT_NOISE: [u8; 2] = [13, 19];
/// The shortest gap between two packets that counts as a pause.
const SHORTEST_PAUSE: Duration = Duration::from_millis(200);

/// Identifies a stream to the peer; everything in it is random.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    /// Names the stream (SSRC).
    pub(super) source: u32,
    /// The number of the first packet.
    pub(super) sequence: u16,
    /// The timestamp of the first sample.
    pub(super) timestamp: u32,
    /// Identifies this end in reports (CNAME), with nothing about the computer or its user (RFC
    /// 7022).
    pub(super) name: String,
}

/// A packet to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outgoing {
    /// Where to.
    pub(super) to: SocketAddr,
    /// Whether to send it from the RTCP port instead of the RTP port.
    pub(super) is_report: bool,
    /// The packet.
    pub(super) bytes: Vec<u8>,
}

/// Whose audio is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SoundSource {
    /// That of the first sender.
    Nobody,
    /// That of an address other than the peer's: from now on only this one and the peer are
    /// accepted.
    Other(SocketAddr),
    /// Only the peer's.
    Peer,
}

/// The sound of one call.
#[derive(Debug)]
pub(super) struct Flow {
    identity: Identity,
    began: Instant,
    direction: Option<Direction>,
    outgoing: VecDeque<Outgoing>,
    keys: Keys,
    /// The last packet was sent without a pause before the next one.
    is_running: bool,
    sent: u32,
    sent_bytes: u32,
    sent_meter: Meter,
    heard: SoundSource,
    statistics: Statistics,
    playout: Playout,
    /// The newest packet: its number, its timestamp, and its arrival.
    last_heard: Option<(u16, u32, Instant)>,
    /// The peer announced silence, and sends nothing until it has audio (RFC 3389).
    is_silent: bool,
    left_out: Duration,
    meter: Meter,
    peak: Option<f64>,
    /// The last sender report: its stream, the middle of its time, and its arrival.
    told: Option<(u32, u32, Instant)>,
    round_trip: Option<Duration>,
    lost_there: Option<u32>,
    report_due: Option<Instant>,
    reports: usize,
}

impl Flow {
    /// Begins, without a peer.
    #[must_use]
    pub(super) fn new(identity: Identity, now: Instant) -> Self {
        Self {
            identity,
            began: now,
            direction: None,
            outgoing: VecDeque::new(),
            keys: Keys::default(),
            is_running: false,
            sent: 0,
            sent_bytes: 0,
            sent_meter: Meter::default(),
            heard: SoundSource::Nobody,
            statistics: Statistics::default(),
            playout: Playout::default(),
            last_heard: None,
            is_silent: false,
            left_out: Duration::ZERO,
            meter: Meter::default(),
            peak: None,
            told: None,
            round_trip: None,
            lost_there: None,
            report_due: None,
            reports: 0,
        }
    }

    /// Sets where audio goes from now on; `None` stops sending and listening.
    pub(super) fn direct(&mut self, direction: Option<Direction>, now: Instant) {
        let peer = |direction: Option<Direction>| direction.map(|direction| direction.peer);
        if peer(direction) != peer(self.direction) {
            self.heard = SoundSource::Nobody;
            self.is_running = false;
        }
        if !takes_keys(direction) {
            self.keys.clear();
        }
        self.direction = direction;
        self.last_heard = None;
        self.is_silent = false;
        self.statistics.expect(self.receives());
        if direction.is_some() && self.report_due.is_none() {
            self.report_due = Some(now + rtcp::until_next(0, self.chance()));
        }
    }

    /// Returns whether it was ever set where audio goes.
    #[must_use]
    pub(super) fn is_directed(&self) -> bool {
        self.direction.is_some()
    }

    fn receives(&self) -> bool {
        self.direction.is_some_and(|to| to.receives)
    }

    /// Queues a key press. Returns whether it will be sent.
    pub(super) fn press(&mut self, key: char) -> bool {
        takes_keys(self.direction) && self.keys.press(key)
    }

    /// Advances by 20 ms: sends this audio or a key press, and a report if one is due. Returns the
    /// audio to play.
    pub(super) fn step(&mut self, sound: &[i16; SAMPLES], now: Instant) -> Option<[i16; SAMPLES]> {
        match self.direction {
            Some(to) if to.sends => self.send(to, sound),
            _ => {
                self.is_running = false;
                self.sent_meter.forget(SAMPLES);
            }
        }
        self.identity.timestamp = self.identity.timestamp.wrapping_add(160);
        if self.report_due.is_some_and(|due| due <= now) {
            self.reports += 1;
            self.report_due = Some(now + rtcp::until_next(self.reports, self.chance()));
            self.report(false, now);
        }
        let heard = self.playout.take();
        match &heard {
            Some(samples) => self.meter.hear(samples),
            None => self.meter.forget(SAMPLES),
        }
        heard
    }

    /// Skips time in which nothing was sent, in packets.
    pub(super) fn leave_out(&mut self, packets: u32) {
        self.is_running = false;
        let samples = packets.wrapping_mul(160);
        self.identity.timestamp = self.identity.timestamp.wrapping_add(samples);
    }

    fn send(&mut self, to: Direction, sound: &[i16; SAMPLES]) {
        let step = match to.telephone_event {
            Some(payload_type) => (self.keys.step(self.identity.timestamp), payload_type),
            None => (Step::Sound, 0),
        };
        let (marker, payload_type, timestamp, payload) = match step {
            (Step::Key(key), payload_type) => {
                self.sent_meter.forget(SAMPLES);
                (
                    key.marker,
                    payload_type,
                    key.timestamp,
                    key.payload.to_vec(),
                )
            }
            (Step::Sound, _) => {
                self.sent_meter.hear(sound);
                let coded = sound.map(|sample| to.codec.encode(sample));
                (
                    !self.is_running,
                    to.codec.payload(),
                    self.identity.timestamp,
                    coded.to_vec(),
                )
            }
        };
        let packet = Packet {
            marker,
            payload_type,
            sequence: self.identity.sequence,
            timestamp,
            source: self.identity.source,
            payload: &payload,
        };
        self.outgoing.push_back(Outgoing {
            to: to.peer,
            is_report: false,
            bytes: packet.write(),
        });
        self.is_running = true;
        self.identity.sequence = self.identity.sequence.wrapping_add(1);
        self.sent = self.sent.wrapping_add(1);
        let bytes = u32::try_from(payload.len()).unwrap_or_default();
        self.sent_bytes = self.sent_bytes.wrapping_add(bytes);
    }

    /// Handles a packet on the RTP port.
    pub(super) fn hear_sound(&mut self, bytes: &[u8], from: SocketAddr, now: Instant) {
        if super::rtp::is_rtcp(bytes) {
            self.hear_report(bytes, from, now);
            return;
        }
        let (Some(direction), Some(packet)) = (self.direction, Packet::parse(bytes)) else {
            return;
        };
        let codec = Codec::from_payload(packet.payload_type);
        match self.heard {
            _ if from == direction.peer => self.heard = SoundSource::Peer,
            SoundSource::Nobody if codec.is_some() => self.heard = SoundSource::Other(from),
            SoundSource::Other(other) if from == other => {}
            SoundSource::Nobody | SoundSource::Other(_) | SoundSource::Peer => return,
        }
        let arrival = self.statistics.count(&packet, codec.is_some(), now);
        if arrival == Arrival::Newest {
            self.note_pause(&packet, codec.is_some(), now);
            self.is_silent = COMFORT_NOISE.contains(&packet.payload_type);
        }
        if let (Some(codec), Arrival::Late | Arrival::Newest) = (codec, arrival) {
            let samples = packet.payload.iter().map(|code| codec.decode(*code));
            let samples: Vec<_> = samples.collect();
            self.playout.put(packet.timestamp, &samples);
        }
    }

    /// Records how long a peer was silent that sends nothing in the meantime: no number is skipped,
    /// but its timestamp has advanced (RFC 3551 section 4.1).
    fn note_pause(&mut self, packet: &Packet<'_>, is_sound: bool, now: Instant) {
        if let Some((number, timestamp, when)) = self.last_heard
            && steps(number, packet.sequence) == 1
            && is_sound
        {
            let passed = now.saturating_duration_since(when);
            let meant = u64::try_from(ticks(timestamp, packet.timestamp)).unwrap_or_default();
            let meant = Duration::from_millis(meant * 1000 / u64::from(RATE));
            if passed >= SHORTEST_PAUSE && meant >= passed / 2 && !self.is_silent {
                self.left_out += passed;
            }
        }
        self.last_heard = Some((packet.sequence, packet.timestamp, now));
    }

    /// Sends BYE as the last packet, if any packet was ever sent.
    pub(super) fn end(&mut self, now: Instant) {
        if self.sent > 0 || self.reports > 0 {
            self.report(true, now);
        }
    }

    /// Returns the next packet to send, if any.
    pub(super) fn poll_transmit(&mut self) -> Option<Outgoing> {
        self.outgoing.pop_front()
    }

    /// Takes a reading, without the devices, which aren't known here.
    pub(super) fn read(&mut self) -> Reading {
        let measure = self.meter.measure();
        // Either both are `None`, or both are numbers.
        self.peak = match (self.peak, measure.level_db) {
            (Some(peak), Some(level)) => Some(peak.max(level)),
            (peak, level) => peak.or(level),
        };
        Reading {
            sent: self.sent,
            received: self.statistics.received(),
            lost: self.statistics.lost(),
            expects: match (self.receives(), self.is_silent) {
                (false, _) => Expects::Nothing,
                (true, true) => Expects::Silence,
                (true, false) => Expects::Sound,
            },
            sends: self.direction.is_some_and(|to| to.sends),
            left_out: self.left_out,
            jitter_ms: self.statistics.jitter_ms(),
            lost_there: self.lost_there,
            round_trip_ms: self.round_trip.map(|found| found.as_secs_f64() * 1000.0),
            level_db: measure.level_db,
            pitch_hz: measure.pitch_hz,
            peak_level_db: self.peak,
            sent_level_db: self.sent_meter.level_db(),
            other_source: matches!(self.heard, SoundSource::Other(_)),
            device_trouble: None,
        }
    }
}

fn takes_keys(direction: Option<Direction>) -> bool {
    direction.is_some_and(|to| to.sends && to.telephone_event.is_some())
}

#[cfg(test)]
#[path = "flow_tests.rs"]
mod tests;
