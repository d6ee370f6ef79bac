//! What both sides agreed on, and what is known of the sound.

use std::net::SocketAddr;
use std::time::Duration;

use super::device::DeviceTrouble;
use super::g711::Codec;

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
