//! Every decision of SIP Registrar Setup, without a window.

pub mod account;
pub mod activity;
pub mod calendar;
pub mod checker;
pub mod clock;
pub mod dashboard;
pub mod desk;
pub mod digest;
pub mod error;
pub mod evidence;
pub mod explain;
pub mod export;
mod framed;
pub mod http;
pub mod import;
pub mod ipc;
pub mod journey;
pub mod keychain;
pub mod media;
mod names;
pub mod operation;
pub mod phone;
pub mod phone_number;
pub mod practice;
pub mod redact;
pub mod registrar;
pub mod secret;
pub mod services;
pub mod sip;
pub mod store;
pub mod texts;
pub mod trust;
pub mod twilio;
pub mod voice;
pub mod workspace;

pub use error::Error;
