//! What a call's sound is made of: RTP, its statistics, tones, keys, and this computer's devices.
//!
//! Nothing here knows SIP: a [`Session`] is given its sockets and told where sound goes.

pub mod dtmf;
pub mod g711;
pub mod meter;
pub mod rtcp;
pub mod rtp;
mod session;
pub mod statistics;
pub mod tone;

pub use g711::Codec;
pub use session::{DeviceTrouble, Direction, Reading, Session, Sockets, Source};
pub use tone::Tone;
