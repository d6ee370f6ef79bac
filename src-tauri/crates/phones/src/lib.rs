//! What goes into a phone, and the sheet that goes with it.
//!
//! [`linphone::file`] writes the file from which Linphone sets an account up; [`sheet::html`] writes what
//! a person hands over with a phone, without a secret.
//!
//! ```
//! use registrar_phones::linphone::{self, Settings};
//! use registrar_sip::TransportName;
//!
//! let bytes = linphone::file(&Settings {
//!     user_name: "anna",
//!     realm: "office.example",
//!     registrar: "office.example",
//!     transport: TransportName::Udp,
//!     port: Some(5060),
//!     hash1: None,
//! })?;
//! assert!(String::from_utf8_lossy(&bytes).contains("sip:anna@office.example"));
//! # Ok::<(), registrar_phones::Error>(())
//! ```

pub mod linphone;
pub mod sheet;

/// A phone's file could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A name holds what the file's format can't.
    #[error("a name cannot be written as XML")]
    Unwritable,
}
