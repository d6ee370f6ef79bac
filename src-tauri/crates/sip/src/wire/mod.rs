//! The grammar of SIP and SDP: bytes that came in are read into values here, and values are written to bytes.
//!
//! Nothing in it knows of registrations, calls, sockets or clocks. Every input is taken for hostile:
//! it is read in time that grows with its length alone, and into less than 1 MiB.

pub mod body;
pub mod challenge;
pub mod message;
#[cfg(test)]
mod round_trips;
pub mod sdp;
pub mod stream;
pub mod syntax;
#[cfg(test)]
pub(crate) mod torture;
pub mod uri;
pub mod via;
