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
pub mod terminal;
pub mod texts;
pub mod update;
pub mod workspace;

pub use error::Error;
