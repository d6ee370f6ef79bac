//! Whole journeys over sockets, against the practice services, without a window.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod canaries;
mod crash;
mod faults;
#[cfg(target_os = "linux")]
mod full_disk;
mod journey;
mod keychain;
mod local_call;
mod parts;
mod provisioning;
mod resume;
mod ring;
mod saved;
mod storage;
mod typed;
