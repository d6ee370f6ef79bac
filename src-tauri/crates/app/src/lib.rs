//! Every decision of SIP Registrar Setup, without a window.
// It panics where nobody reads standard error: `terminal` does not.
#![cfg_attr(not(test), warn(clippy::print_stderr))]

pub mod account;
pub mod account_list;
mod api_users;
#[cfg(test)]
mod arbitrary;
pub mod checker;
pub mod clip;
pub mod crash;
mod credential_form;
pub mod desk;
pub mod error;
mod failure;
pub mod foreign;
mod form;
pub mod ipc;
pub mod journey;
pub mod link;
pub mod operation;
pub mod services;
pub mod sip;
pub mod terminal;
pub mod texts;
pub mod update;
pub mod workspace;

pub use error::Error;
pub use registrar_activity as activity;
pub use registrar_activity::{clock, moment};
pub use registrar_bandwidth::{dashboard, discovery, new_realm, voice};
pub use registrar_digest as digest;
pub use registrar_evidence as evidence;
pub use registrar_explain as explain;
pub use registrar_http as http;
pub use registrar_http::service_url;
pub use registrar_http::trust;
pub use registrar_import as import;
pub use registrar_jobs as jobs;
pub use registrar_keychain as keychain;
pub use registrar_media as media;
pub use registrar_names as names;
pub use registrar_phones as phone;
pub use registrar_practice as practice;
pub use registrar_secret as secret;
pub use registrar_secret::{password, redact};
pub use registrar_spreadsheet as spreadsheet;
pub use registrar_storage::{data_folder, export, framed, instance, own_file, store};
pub use registrar_twilio as twilio;
