//! The audio session of one call: a task that owns its sockets.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::watch;
use tokio::time::sleep_until;
use tokio_util::sync::CancellationToken;

use super::flow::{Flow, Identity};
use super::pace::Pace;
use super::reading::{Direction, Reading};
use super::sockets::Sockets;
use super::voice::{Source, Voice};

/// Maximum size of a received packet, in bytes; one with audio has 172.
const LARGEST: usize = 1500;
/// Number of 20 ms packets per reading.
const PACKETS_A_READING: u32 = 5;

/// The sound of one call. Dropping it ends it.
#[derive(Debug)]
pub struct Session {
    flow: Arc<Mutex<Flow>>,
    readings: watch::Receiver<Reading>,
    ending: CancellationToken,
}

impl Session {
    /// Starts listening. Sends nothing and opens no device until [`Session::direct`] sets where
    /// audio goes. Requires a Tokio runtime.
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

    /// Sets where audio goes from now on, after an answer, early media, or a re-INVITE; `None`
    /// stops sending, and what arrives isn't counted.
    pub fn direct(&self, direction: Option<Direction>) {
        lock(&self.flow).direct(direction, Instant::now());
    }

    /// Presses a key: 0 to 9, `*`, `#`, A to D. Returns whether it will be sent: false if it isn't
    /// a key, if the peer accepts none, or if 32 are queued.
    #[must_use]
    pub fn press(&self, digit: char) -> bool {
        lock(&self.flow).press(digit)
    }

    /// Returns the state of the audio, as it changes.
    #[must_use]
    pub fn readings(&self) -> watch::Receiver<Reading> {
        self.readings.clone()
    }

    /// Sends an RTCP BYE, closes devices and sockets, and returns the last reading.
    pub async fn end(mut self) -> Reading {
        self.ending.cancel();
        // The channel is closed when the task ends.
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

/// The task's state.
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
        // A port that fails isn't polled until the next packet is due, so that it can't cause a
        // busy loop.
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

    /// Advances by one packet.
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
            // A packet that can't be sent counts as lost on the network; the peer's reports include
            // it.
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
