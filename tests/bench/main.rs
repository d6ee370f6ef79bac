//! The measurements of `cargo xtask bench`. The last line printed is JSON, with a row per
//! comparison.
//!
//! Every number is a ratio of two measurements taken alternately in the same run, so that a busy or
//! slow machine affects both. The programs compared with exist only on Linux.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]
#![allow(clippy::doc_markdown, reason = "SIPp is a name")]
#![allow(clippy::print_stdout, reason = "the result goes to whoever started it")]

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

#[cfg(target_os = "linux")]
#[path = "measure.rs"]
mod measure;

/// As in the app, which overwrites all memory that is given back.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

#[cfg(target_os = "linux")]
fn main() {
    measure::run();
}

#[cfg(not(target_os = "linux"))]
fn main() -> Result<(), &'static str> {
    Err("What is compared with is there on Linux alone.")
}
