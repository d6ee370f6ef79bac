//! Sans-IO SIP: messages, digest authentication, a registration and a call. Nothing here opens a
//! socket or reads a clock; the caller passes in what it received and sends what it gets back.
//!
//! A [`message::Message`] is parsed from bytes and serialized to them (RFC 3261 section 7). A
//! [`register::Register`] is one registration, from its first request to a [`verdict::Verdict`]; an
//! [`invite::Invite`] is one call.
//!
//! ```
//! use registrar_sip::message::Message;
//!
//! let bytes = b"SIP/2.0 401 Unauthorized\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n";
//! let answer = Message::from_datagram(bytes)?.expect("a message");
//! assert_eq!(answer.status(), Some(401));
//! assert_eq!(answer.header("cseq"), Some("1 REGISTER"));
//! # Ok::<(), registrar_sip::message::Malformed>(())
//! ```

pub mod answer;

mod auth;
pub mod failure;
#[cfg(test)]
mod hostile_tests;
pub mod invite;
mod kinds;
pub mod noise;
pub mod path;
pub mod register;
pub mod reply;
pub mod stray_messages;
pub mod tokens;
pub mod transaction;
pub mod verdict;
pub mod wire;

pub use kinds::{BindingView, CheckKind, TransportName};
pub use wire::{body, challenge, message, sdp, stream, syntax, uri, via};
