//! What a call's sound is made of: RTP, its statistics, tones, keys, and this computer's devices.
//!
//! Nothing here knows SIP: a [`Session`] is given its sockets and told where sound goes.

mod device;
pub mod dtmf;
mod flow;
pub mod g711;
pub mod meter;
mod pace;
mod playout;
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
pub use session::{Direction, Reading, Session, Source};
pub use sockets::Sockets;
pub use tone::Tone;
