//! Jobs against the practice account: interrupted at every step, killed, and completed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::float_cmp, reason = "counts are whole numbers")]
#![allow(clippy::large_futures, reason = "nobody copies them")]

#[cfg(target_os = "linux")]
mod clocks;
mod conflicts;
mod cuts;
#[cfg(unix)]
mod disk;
mod earlier;
mod ends;
mod kill;
mod outcome;
mod relay;
mod rows;
mod trouble;
mod world;
