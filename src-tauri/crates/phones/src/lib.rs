//! What to enter into a phone: its fields under the phone's own names, its configuration file, and
//! the sheet that goes with it.
//!
//! [`phones`] lists all phones. Each has [`Dialect`]s, because firmware and models differ;
//! [`fields`] returns the values that a person types, and [`file()`] writes the file that the phone
//! loads. Settings that a phone can't represent are a [`Refusal`] before anything is written.
//! [`sheet::Sheet`] writes the setup sheet: a page for each phone, for whoever sets it up.
//! [`qr`] draws the codes that phones scan.
//!
//! Each phone is a file in `data/phones`, which the build script checks and turns into constants;
//! `data/README.md` describes it. Only a new file format needs code: see [`Format`].
//! ```
//! use registrar_phones::{EXPIRY, Secret, Settings, fields, file, find};
//! use registrar_secret::SipPassword;
//! use registrar_sip::TransportName;
//!
//! let yealink = &find("yealink").expect("it is in data/phones").dialects[0];
//! let settings = Settings {
//!     user_name: "frontdesk",
//!     display_name: Some("Front Desk"),
//!     realm: "office.example",
//!     registrar: "office.example",
//!     port: Some(5072),
//!     transport: TransportName::Udp,
//!     expiry: EXPIRY,
//!     secret: Some(Secret::Password(&SipPassword::new("correct-horse"))),
//! };
//! let labels: Vec<&str> = fields(yealink, &settings)?.iter().map(|field| field.label).collect();
//! assert!(labels.contains(&"Register Name"));
//!
//! let file = file(yealink, &settings)?;
//! assert!(file.expose().starts_with(b"#!version:1.0.0.1\n"));
//! # Ok::<(), registrar_phones::Refusal>(())
//! ```

mod format;
mod phone;
pub mod qr;
mod refusal;
mod settings;
pub mod sheet;

#[cfg(test)]
#[path = "../build"]
#[expect(dead_code, reason = "the build script uses the rest")]
mod build {
    pub(crate) mod check;
    pub(crate) mod data;
}
#[cfg(test)]
mod tests;

pub use format::{File, Format, file};
pub use phone::{Dialect, Kind, Phone, Sure, Value, find, phones, sentence};
pub use refusal::{Cause, Refusal};
pub use settings::{EXPIRY, FieldValue, FilledField, Secret, Settings, fields};
