//! A sans-IO registrar (RFC 3261 section 10.3): it issues challenges, verifies responses using only
//! hashes, and lists bindings. It opens no socket and reads no clock.
//!
//! A [`Server`] takes each request and returns an [`Effect`], which says what to do about it. It
//! looks up realms and credentials in a [`Directory`]; open calls are managed by the caller, behind
//! [`Dialogs`].
//!
//! ```
//! use std::sync::Arc;
//! use std::time::Instant;
//!
//! use registrar_secret::Hash;
//! use registrar_server::{Effect, Directory, NoDialogs, Options, Server};
//! use registrar_sip::message::Message;
//!
//! struct Nobody;
//!
//! impl Directory for Nobody {
//!     fn realms(&self) -> Vec<String> {
//!         vec!["r.example".to_owned()]
//!     }
//!
//!     fn ha1(&self, _: &str, _: &str) -> Option<Hash> {
//!         None
//!     }
//! }
//!
//! let now = Instant::now();
//! let mut server = Server::new(Arc::new(Nobody), Options::default(), now);
//! let request = Message::request("REGISTER", "sip:r.example")
//!     .with("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1")
//!     .with("From", "<sip:bob@r.example>;tag=1")
//!     .with("To", "<sip:bob@r.example>")
//!     .with("Call-ID", "1")
//!     .with("CSeq", "1 REGISTER");
//!
//! let source = ([192, 0, 2, 1], 5060).into();
//! let Effect::Say(answer) = server.handle(&request, source, now, &NoDialogs) else {
//!     panic!("a request is answered");
//! };
//! assert_eq!(answer.status(), Some(401));
//! ```

mod authenticator;
mod dialogs;
mod location;
mod server;

use std::time::Duration;

use registrar_secret::Hash;

pub use self::dialogs::{Callee, Dialogs, NoDialogs, Sound};
pub use self::location::Binding;
pub use self::server::{Effect, Server};

/// The registrar's data: its realms, and hashes in place of passwords.
pub trait Directory: Send + Sync {
    /// Returns the realms, the default one first. Called for each request.
    fn realms(&self) -> Vec<String>;

    /// Returns the hash that proves `digest_user_name` in `realm`: Hash1 for a composite user name,
    /// Hash1b for a composite user name followed by `@realm`.
    fn ha1(&self, realm: &str, digest_user_name: &str) -> Option<Hash>;
}

/// How the registrar behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long a call rings before it is answered.
    pub answer_after: Duration,
    /// Maximum duration of an answered call, after which the registrar hangs up.
    pub longest_call: Duration,
    /// Numbers that are busy: 486.
    pub busy: Vec<String>,
    /// Numbers that don't exist: 404.
    pub missing: Vec<String>,
    /// Numbers that ring and are never answered.
    pub unanswered: Vec<String>,
    /// How long a nonce is valid.
    pub nonce_life: Duration,
    /// Whether a caller's BYE is challenged, too.
    pub challenge_bye: bool,
    /// The minimum duration of a registration, in seconds; a shorter one is answered with 423.
    pub shortest: u32,
    /// Faults to inject.
    pub faults: Faults,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            answer_after: Duration::from_secs(2),
            longest_call: Duration::from_mins(10),
            busy: Vec::new(),
            missing: Vec::new(),
            unanswered: Vec::new(),
            nonce_life: Duration::from_mins(5),
            challenge_bye: false,
            shortest: 30,
            faults: Faults::default(),
        }
    }
}

/// Faults injected on demand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Faults {
    /// Delays each response by this much.
    pub delay: Duration,
    /// The realm named in challenges.
    pub realm: Option<String>,
    /// Nothing is answered.
    pub silent: bool,
    /// Every nonce is declared stale.
    pub stale: bool,
    /// Challenges offer only SHA-256, which can't be verified from the stored hashes.
    pub sha256_only: bool,
    /// A proved REGISTER that adds a binding is refused, because there are too many.
    pub contacts_full: bool,
    /// Every REGISTER is answered with this status. With 423, the requested 1800 seconds are then
    /// granted; 421 requires Path.
    pub status: Option<u16>,
    /// The minimum duration of a registration, in seconds, in place of the usual one. More than an
    /// hour is never granted.
    pub shortest: Option<u32>,
    /// How every called number behaves.
    pub callee: Option<Callee>,
    /// What becomes of the sound of a call that is answered.
    pub sound: Sound,
}
