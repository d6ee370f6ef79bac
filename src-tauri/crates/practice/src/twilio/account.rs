//! The pretend Twilio account: its keys and numbers. All numbers are reserved for fiction.

use registrar_secret::TwilioSecret;

/// The account's SID.
pub(crate) const SID: &str = "AC00000000000000000000000005500123";
/// The account's auth token, which works only in practice.
pub(crate) const AUTH_TOKEN: &str = "practice-twilio-auth-token";
/// An API key of the account.
pub(crate) const KEY_SID: &str = "SK00000000000000000000000005500123";
/// The API key's secret.
pub(crate) const KEY_SECRET: &str = "practice-twilio-key-secret";
/// The number that the account owns.
pub(crate) const NUMBER: &str = "+19195550123";
/// A number that the account has shown to be its own.
pub(crate) const CALLER_ID: &str = "+19195550199";
/// The SID of [`NUMBER`].
pub(super) const NUMBER_SID: &str = "PN00000000000000000000000005500123";
/// The SID of [`CALLER_ID`].
pub(super) const CALLER_ID_SID: &str = "PN00000000000000000000000005500199";

/// What a visitor showed at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visitor {
    /// The account's own Auth Token.
    Account,
    /// An API key, which may not read the account itself.
    Key,
}

/// Identifies the account.
pub(super) fn visitor(name: &str, secret: &str) -> Option<Visitor> {
    let secret = TwilioSecret::new(secret);
    let (visitor, expected) = match name {
        SID => (Visitor::Account, AUTH_TOKEN),
        KEY_SID => (Visitor::Key, KEY_SECRET),
        _ => return None,
    };
    TwilioSecret::new(expected)
        .matches(&secret)
        .then_some(visitor)
}
