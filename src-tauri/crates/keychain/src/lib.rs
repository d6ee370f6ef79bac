//! The operating system's keychain, and an in-memory one.
//!
//! Commands use a [`Vault`], which runs calls in order and waits for each only up to a time limit,
//! because a keychain may prompt the person for a password. [`System`] is this computer's keychain,
//! and [`Forgetting`] keeps secrets in memory only.
//!
//! ```
//! use std::sync::Arc;
//!
//! use registrar_keychain::{Forgetting, Vault};
//! use registrar_secret::SignInSecret;
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
//! let vault = Vault::new(Arc::new(Forgetting::default()));
//! vault.save("an-account", &SignInSecret::new("hunter2")).await.unwrap();
//! let kept: Option<SignInSecret> = vault.load("an-account").await.unwrap();
//! assert!(kept.unwrap().matches(&SignInSecret::new("hunter2")));
//! # });
//! ```

mod forgetting;
#[cfg(target_os = "linux")]
mod secret_service;
mod system;
mod vault;

use std::fmt;

use registrar_secret::{Kept, SignInSecret, SipPassword, TwilioSecret};

pub use forgetting::Forgetting;
pub use system::System;
pub use vault::{Forgotten, PATIENCE, Vault};

/// Why a keychain operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The account was removed from this computer while its secret was being saved.
    #[error("the account was removed meanwhile")]
    AccountRemoved,
    /// The thread panicked before the keychain responded.
    #[error("a part of the app broke")]
    Broken,
    /// The keychain is locked and wasn't unlocked.
    #[error("the keychain is locked")]
    Locked,
    /// This computer has no keychain, or it was never set up, or it isn't running.
    #[error("there is no keychain")]
    Missing,
    /// It refused.
    #[error("the keychain refused")]
    Refused,
    /// It didn't respond in time; the person may be looking at its prompt.
    #[error("the keychain did not answer in time")]
    Slow,
}

/// A place to store secrets. Calls block while the person is prompted for a password.
pub trait Keychain: fmt::Debug + Send + Sync {
    /// Saves a secret, replacing an existing one.
    fn save(&self, entry: &Entry, secret: &Kept) -> Result<(), Failure>;
    /// Returns `None` if nothing is stored, which isn't an error.
    fn load(&self, entry: &Entry) -> Result<Option<Kept>, Failure>;
    /// Removes a secret. It isn't an error if there is none.
    fn forget(&self, entry: &Entry) -> Result<(), Failure>;
}

/// Identifies one secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The owner: an account, or one SIP credential of an account.
    pub account: String,
    /// Which of the account's secrets.
    pub what: EntryKind,
}

/// The secrets that may be stored. Tokens and hashes never are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// What signs in to Bandwidth.
    SignIn,
    /// The password of a SIP credential, if the person asked to save it.
    SipPassword,
    /// What signs in to Twilio.
    Twilio,
}

impl EntryKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SignIn, Self::SipPassword, Self::Twilio];

    /// The name used in the keychain. It must never change, or saved secrets are lost.
    fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SipPassword => "sip-password",
            Self::Twilio => "twilio",
        }
    }
}

/// A kind of secret that may be stored, each under its own entry.
pub trait Keepable: Sized {
    /// Which place.
    const WHAT: EntryKind;

    /// Converts to the stored form.
    fn to_kept(&self) -> Kept;
    /// Converts from the stored form.
    fn from_kept(kept: &Kept) -> Self;
}

macro_rules! keepable {
    ($($secret:ident as $what:ident),*) => {$(
        impl Keepable for $secret {
            const WHAT: EntryKind = EntryKind::$what;

            fn to_kept(&self) -> Kept {
                Kept::new(self.expose())
            }

            fn from_kept(kept: &Kept) -> Self {
                Self::new(kept.expose())
            }
        }
    )*};
}

keepable!(
    SignInSecret as SignIn,
    SipPassword as SipPassword,
    TwilioSecret as Twilio
);
