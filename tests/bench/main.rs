//! What `cargo xtask bench` measures. The last line printed is JSON: a row for each comparison.
//!
//! Every number is a ratio of two things that were measured in turn in the same run, so that a busy
//! or a slow machine changes both.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]
#![allow(clippy::doc_markdown, reason = "SIPp is a name")]
#![allow(clippy::print_stdout, reason = "the result goes to whoever started it")]

mod capture;
#[allow(dead_code, reason = "a measurement needs a part of what the tests do")]
#[path = "../registrar/kamailio.rs"]
mod kamailio;
mod registration_check;
mod row;

use acceptance::free_port::free_port;

/// The realm that the registrar serves.
const REALM: &str = "acme.1a2b3c.auth.bandwidth.com";

#[tokio::main]
async fn main() {
    let rows = vec![registration_check::measure().await];
    println!("{}", row::json(&rows));
}
