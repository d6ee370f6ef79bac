//! Many journeys over bad lines, and journeys that are killed at any moment.
//!
//! Each run has a few of them; `cargo xtask soak` has ten thousand and five hundred.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::large_futures, reason = "nobody copies them")]
#![allow(
    clippy::print_stdout,
    reason = "whoever waits an hour is told how far it is"
)]

mod account;
mod kills;
mod line;
mod lines;
mod sip_line;
mod walk;

/// Reads how many are asked for.
fn asked(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |number| number.parse().unwrap())
}
