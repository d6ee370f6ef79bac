//! Secrets, which are entered once and can't be printed or serialized, and their redaction.
//!
//! Each kind of secret, such as a [`SipPassword`] or a [`struct@Hash`], has its own type. Text from
//! other sources may repeat them, so it passes through the [`redact::Secrets`] of its request
//! before it is stored or shown.
//!
//! ```
//! use registrar_secret::{SipPassword, redact::{DOTS, Secrets}};
//! use zeroize::Zeroizing;
//!
//! let password = SipPassword::new("correct-horse");
//! assert!(!format!("{password:?}").contains("horse"));
//!
//! let sent = Secrets::new([Zeroizing::new(password.expose().to_owned())]);
//! let answer = sent.text("wrong password: correct%2Dhorse");
//! assert_eq!(answer, format!("wrong password: {DOTS}"));
//! ```

mod kinds;
pub mod password;
pub mod redact;
pub mod typed;

pub use kinds::{
    AccessToken, CheckSecret, Hash, Kept, PathSecret, SignInSecret, SipPassword, TwilioSecret,
};
