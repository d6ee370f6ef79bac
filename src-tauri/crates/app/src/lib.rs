//! The app without its window: accounts, the journey, the support desk, the check without an
//! account, updates and deep links.
//!
//! A [`workspace::Workspace`] is everything that is open. A [`journey::session::JourneySession`]
//! guides the user through the steps of the setup; a [`desk::Desk`] holds a list of SIP credentials
//! and the work on them. Everything sent to the window is a type of [`ipc`], and each [`Error`] is
//! converted to the failure shown there.
//!
//! ```
//! use registrar_app::standalone_check::realm_problem;
//!
//! assert!(realm_problem("office.1a2b3c.auth.bandwidth.com").is_none());
//! assert!(realm_problem("not a realm").is_some());
//! ```
// It panics where nobody reads standard error: `terminal` does not.
#![cfg_attr(not(test), warn(clippy::print_stderr))]

pub mod account;
pub mod account_list;
mod api_users;
#[cfg(test)]
mod arbitrary;
pub mod clipboard_text;
pub mod crash;
mod credential_form;
pub mod desk;
pub mod error;
mod failure;
mod form;
pub mod fuzzing;
pub mod ipc;
pub mod journey;
pub mod link;
pub mod operation;
mod phones;
pub mod services;
pub mod standalone_check;
pub mod terminal;
pub mod texts;
pub mod update;
pub mod workspace;

pub use error::Error;
