//! A provisioning server for one phone: it serves one file on one address of the local network,
//! for ten minutes, to whoever fetches it first.
//!
//! It speaks plain HTTP, because phones refuse a certificate that nobody vouches for. So what the
//! file holds can be read by anyone on the network, and is limited instead: its path has 128 random
//! bits, only the first fetcher's address gets it, a few times, and everything else gets nothing.
//!
//! [`Computer`] is what it knows of its computer, such as the [`Network`]s to choose from. A
//! [`Server`] is bound to one of them, and runs until it is dropped or comes to its own [`End`];
//! meanwhile it reports each [`Event`].

mod computer;
mod connections;
mod server;

pub use computer::{Computer, Network, Reach, ThisComputer};
pub use server::{End, Event, LONGEST, Server};
