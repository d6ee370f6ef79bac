//! What `cargo xtask bench` measures. The last line printed is JSON: a row for each comparison.
//!
//! Every number is a ratio of two things that were measured in turn in the same run, so that a busy
//! or a slow machine changes both.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]
#![allow(clippy::doc_markdown, reason = "SIPp is a name")]
#![allow(clippy::print_stdout, reason = "the result goes to whoever started it")]

mod big_account;
mod bodies;
mod capture;
mod import;
#[allow(dead_code, reason = "a measurement needs a part of what the tests do")]
#[path = "../registrar/kamailio.rs"]
mod kamailio;
mod registration_check;
mod row;
mod typing;
#[allow(dead_code, reason = "a measurement needs a part of what the tests do")]
#[path = "../desktop/walk.rs"]
mod walk;
mod window;

use acceptance::free_port::free_port;

/// The realm that the registrar serves.
const REALM: &str = "acme.1a2b3c.auth.bandwidth.com";

#[tokio::main]
async fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if bodies::once(&asked) {
        return;
    }
    let asked: Vec<&String> = asked
        .iter()
        .filter(|name| !name.starts_with("--"))
        .collect();
    let measured = |part: &str| asked.is_empty() || asked.iter().any(|name| *name == part);

    let mut rows = Vec::new();
    if measured("window") {
        rows.push(window::launch().await);
        rows.push(window::memory().await);
        rows.push(window::size());
    }
    if measured("typing") {
        rows.extend(typing::measure().await);
    }
    if measured("check") {
        rows.push(registration_check::measure().await);
    }
    if measured("import") {
        rows.extend(bodies::measure());
        rows.push(import::measure().await);
    }
    println!("{}", row::json(&rows));
}
