//! Many journeys over unreliable connections, and journeys that are killed at arbitrary moments.
//!
//! Each test run has a few of them; `cargo xtask soak` runs ten thousand and five hundred.
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
