//! What the tests beside this crate share: real processes that end with the test, a desktop session
//! of their own, and the app's real window.
#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "all of this runs in tests, where a panic is the answer"
)]

#[cfg(target_os = "linux")]
pub mod app_window;
#[cfg(target_os = "linux")]
pub mod false_clock;
pub mod free_port;
pub mod http_message;
pub mod owned_process;
pub mod paths;
pub mod practice_addresses;
pub mod practice_journey;
#[cfg(target_os = "linux")]
pub mod private_session;
pub mod python_packages;
pub mod secret_forms;
pub mod shuffle;
