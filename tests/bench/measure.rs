//! Takes the measurements, one after the other.

mod big_account;
mod bodies;
mod capture;
mod import;
#[allow(dead_code, reason = "a measurement needs a part of what the tests do")]
#[path = "../registrar/kamailio.rs"]
mod kamailio;
mod phones;
#[allow(dead_code, reason = "a measurement needs a part of what the tests do")]
#[path = "../desktop/recording.rs"]
mod recording;
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

/// Measures what the arguments name, or everything, and prints the rows.
#[tokio::main]
pub(crate) async fn run() {
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
    if measured("phones") {
        rows.push(phones::measure().await);
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
