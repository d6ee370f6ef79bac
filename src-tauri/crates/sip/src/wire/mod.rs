//! The grammar of SIP and SDP: parses received bytes into values and serializes values to bytes.
//!
//! It knows nothing about registrations, calls, sockets or clocks. All input is treated as hostile:
//! it is parsed in time proportional to its length, into less than 1 MiB.

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
