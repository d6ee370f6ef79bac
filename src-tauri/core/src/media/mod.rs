//! What a call's sound is made of: RTP, its statistics, tones, keys, and this computer's devices.
//!
//! Nothing here knows SIP: a [`Session`] is given its sockets and told where sound goes.

mod g711;
mod session;
pub mod tone;

pub use g711::Codec;
pub use session::{DeviceTrouble, Direction, Reading, Session, Sockets, Source};
pub use tone::Tone;
