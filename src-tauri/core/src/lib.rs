//! Every decision of SIP Registrar Setup, without a window.

pub mod activity;
pub mod clock;
pub mod dashboard;
pub mod digest;
pub mod error;
pub mod explain;
pub mod http;
pub mod ipc;
pub mod keychain;
pub mod practice;
pub mod redact;
pub mod secret;
pub mod sip;
pub mod store;
pub mod twilio;
mod names;

pub use error::Error;
