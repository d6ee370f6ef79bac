//! The audio of a call: RTP and its statistics, tones, DTMF, and this computer's audio devices.
//!
//! This crate knows nothing of SIP: a [`Session`] is created from its [`Sockets`] and a
//! [`Direction`], and reports what arrived as a [`Reading`]. The pieces can also be used on their
//! own:
//!
//! ```
//! use registrar_media::{Codec, Tone, meter::Meter};
//!
//! let mut sound = [0; 800];
//! Tone::default().fill(0, &mut sound);
//! let packet: Vec<u8> = sound.iter().map(|&sample| Codec::Pcmu.encode(sample)).collect();
//!
//! let mut meter = Meter::default();
//! let heard: Vec<i16> = packet.iter().map(|&code| Codec::Pcmu.decode(code)).collect();
//! meter.hear(&heard);
//! let pitch = meter.measure().pitch_hz.unwrap();
//! assert!((pitch - 440.0).abs() < 5.0);
//! ```

mod device;
pub mod dtmf;
mod flow;
pub mod g711;
pub mod meter;
mod pace;
mod playout;
mod reading;
mod resample;
pub mod rtcp;
pub mod rtp;
mod session;
mod sockets;
pub mod statistics;
pub mod tone;
mod voice;

pub use device::{DeviceTrouble, Devices, devices};
pub use g711::Codec;
pub use reading::{Direction, Expects, Reading};
pub use session::Session;
pub use sockets::Sockets;
pub use tone::Tone;
pub use voice::Source;
