//! The audio session of one call: a task that owns its sockets.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::watch;
use tokio::time::sleep_until;
use tokio_util::sync::CancellationToken;

use super::device::DeviceTrouble;
use super::flow::{Flow, Identity};
use super::g711::Codec;
use super::pace::Pace;
use super::sockets::Sockets;
use super::tone::Tone;
use super::voice::Voice;

/// The largest packet that is read, in bytes; one of sound has 172.
const LARGEST: usize = 1500;
/// After so many packets of 20 ms, a reading is made.
const PACKETS_A_READING: u32 = 5;

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// What this computer's microphone hears; a tone where there is none.
    Microphone,
    /// Packets without a sound.
    Silence,
    /// A tone.
    Tone(Tone),
}

/// Where sound goes and how, as both sides agreed on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Direction {
    /// Where RTP is sent.
    pub peer: SocketAddr,
    /// Where RTCP is sent, where `a=rtcp` or `a=rtcp-mux` names it; otherwise the port after the
    /// peer's.
    pub rtcp_peer: Option<SocketAddr>,
    /// How sound is written. What comes may be written in either way.
    pub codec: Codec,
    /// The payload type of pressed keys (RFC 4733), where the peer takes them.
    pub telephone_event: Option<u8>,
    /// Sound is sent, not only received: `a=sendrecv` or `a=sendonly` for this side.
    pub sends: bool,
    /// Sound comes, unless it is lost: `a=sendrecv` or `a=recvonly` for this side.
    pub receives: bool,
}

/// What is to come from the peer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expects {
    /// No sound is agreed on in this direction.
    #[default]
    Nothing,
    /// Sound is agreed on, and the peer said that it is silent now.
    Silence,
    /// Sound is agreed on.
    Sound,
}

/// What is known of the sound; read ten times a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reading {
    /// Packets sent.
    pub sent: u32,
    /// Packets received, duplicates counted once.
    pub received: u32,
    /// Packets that never came (RFC 3550 appendix A.3).
    pub lost: u32,
    /// What is to come.
    pub expects: Expects,
    /// Sound is sent, as far as it is agreed on.
    pub sends: bool,
    /// How long the peer left sound out without losing any: its numbers go on, and its time as well.
    pub left_out: Duration,
    /// How unevenly packets come, in milliseconds (RFC 3550 appendix A.8).
    pub jitter_ms: f64,
    /// How long a packet takes to the peer and back, in milliseconds, once its RTCP told.
    pub round_trip_ms: Option<f64>,
    /// Packets from here that never came, as the peer's last report told.
    pub lost_there: Option<u32>,
    /// How loud what comes is, in dB below the loudest (0), down to -90; none where nothing comes.
    pub level_db: Option<f64>,
    /// The pitch of what comes, in hertz; none for noise, speech and silence.
    pub pitch_hz: Option<f64>,
    /// The loudest level that came so far.
    pub peak_level_db: Option<f64>,
    /// How loud what is sent is; none where nothing is sent.
    pub sent_level_db: Option<f64>,
    /// Sound comes from another address than the peer's, as happens behind a NAT.
    pub other_source: bool,
    /// What is wrong with this computer's sound devices.
    pub device_trouble: Option<DeviceTrouble>,
}

/// The sound of one call. Dropping it ends it.
#[derive(Debug)]
pub struct Session {
    flow: Arc<Mutex<Flow>>,
    readings: watch::Receiver<Reading>,
    ending: CancellationToken,
}

impl Session {
    /// Starts listening; sends nothing, and opens no device, until [`Session::direct`] says where
    /// sound goes. Needs a Tokio runtime.
    #[must_use]
    pub fn start(sockets: Sockets, source: Source, speakers: bool) -> Self {
        let identity = Identity {
            source: rand::random(),
            sequence: rand::random(),
            timestamp: rand::random(),
            name: format!("{:024x}", rand::random::<u128>() >> 32),
        };
        let flow = Arc::new(Mutex::new(Flow::new(identity, Instant::now())));
        let (told, readings) = watch::channel(Reading::default());
        let ending = CancellationToken::new();
        let line = Line {
            flow: Arc::clone(&flow),
            sockets,
            voice: Voice::new(source, speakers),
            readings: told,
        };
        tokio::spawn(line.run(ending.clone()));
        Self {
            flow,
            readings,
            ending,
        }
    }

    /// Says where sound goes from now on, after an answer, early media, or a re-INVITE; none stops
    /// sending, and what comes is not counted.
    pub fn direct(&self, direction: Option<Direction>) {
        lock(&self.flow).direct(direction, Instant::now());
    }

    /// Presses a key: 0 to 9, `*`, `#`, A to D. Returns whether it will be sent: false where it is
    /// no key, where the peer takes none, and where 32 already wait.
    #[must_use]
    pub fn press(&self, digit: char) -> bool {
        lock(&self.flow).press(digit)
    }

    /// Returns what is known of the sound, as it changes.
    #[must_use]
    pub fn readings(&self) -> watch::Receiver<Reading> {
        self.readings.clone()
    }

    /// Says goodbye by RTCP, closes devices and sockets, and returns the last reading.
    pub async fn end(mut self) -> Reading {
        self.ending.cancel();
        // The task's end closes the channel.
        while self.readings.changed().await.is_ok() {}
        *self.readings.borrow()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.ending.cancel();
    }
}

fn lock(flow: &Mutex<Flow>) -> MutexGuard<'_, Flow> {
    flow.lock()
}

/// What the task owns.
struct Line {
    flow: Arc<Mutex<Flow>>,
    sockets: Sockets,
    voice: Voice,
    readings: watch::Sender<Reading>,
}

impl Line {
    async fn run(mut self, ending: CancellationToken) {
        let mut pace = Pace::begin(Instant::now());
        let mut until_reading = PACKETS_A_READING;
        let (mut sound, mut report) = ([0; LARGEST], [0; LARGEST]);
        // A port that fails rests until the next packet is due, so that it cannot keep this busy.
        let (mut hears_sound, mut hears_reports) = (true, true);
        loop {
            tokio::select! {
                () = ending.cancelled() => break,
                () = sleep_until(pace.next().into()) => {
                    let due = pace.take(Instant::now());
                    if due.left_out > 0 {
                        lock(&self.flow).leave_out(due.left_out);
                    }
                    for _ in 0..due.packets {
                        self.step();
                        self.send_all().await;
                    }
                    until_reading = until_reading.saturating_sub(due.packets);
                    if until_reading == 0 {
                        until_reading = PACKETS_A_READING;
                        self.read();
                    }
                    (hears_sound, hears_reports) = (true, true);
                }
                heard = self.sockets.sound.recv_from(&mut sound), if hears_sound => {
                    hears_sound = self.hear(heard, &sound, Flow::hear_sound);
                }
                heard = self.sockets.reports.recv_from(&mut report), if hears_reports => {
                    hears_reports = self.hear(heard, &report, Flow::hear_report);
                }
            }
        }
        lock(&self.flow).end(Instant::now());
        self.send_all().await;
        self.read();
        self.voice.close().await;
    }

    /// Goes on by one packet.
    fn step(&mut self) {
        let mut flow = lock(&self.flow);
        if flow.is_directed() {
            self.voice.open();
        }
        let heard = flow.step(&self.voice.next(), Instant::now());
        drop(flow);
        if let Some(heard) = heard {
            self.voice.play(&heard);
        }
    }

    fn hear(
        &self,
        heard: io::Result<(usize, SocketAddr)>,
        room: &[u8],
        take: fn(&mut Flow, &[u8], SocketAddr, Instant),
    ) -> bool {
        let Ok((length, from)) = heard else {
            return false;
        };
        take(&mut lock(&self.flow), &room[..length], from, Instant::now());
        true
    }

    async fn send_all(&self) {
        loop {
            let Some(packet) = lock(&self.flow).poll_transmit() else {
                return;
            };
            let socket = if packet.is_report {
                &self.sockets.reports
            } else {
                &self.sockets.sound
            };
            // A packet that cannot be sent is lost like one on its way; the peer's reports tell.
            let _ = socket.send_to(&packet.bytes, packet.to).await;
        }
    }

    fn read(&self) {
        let mut reading = lock(&self.flow).read();
        reading.device_trouble = self.voice.trouble();
        self.readings.send_replace(reading);
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
