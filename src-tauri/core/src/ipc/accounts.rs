//! What crosses for the list of accounts.

use serde::Serialize;

use super::choice::{EnvironmentName, SignInMethod};
use super::view::{Addresses, Notice};

outgoing! {
    /// A saved account on the page of all accounts, without its secret.
    pub struct AccountCard {
        /// Which.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Bandwidth's account number.
        pub number: String,
        /// The way to sign in.
        pub method: SignInMethod,
        /// Client ID or API user.
        pub user: String,
        /// The environment.
        pub environment: EnvironmentName,
        /// The three addresses, where they are one's own.
        pub own_addresses: Option<Addresses>,
        /// The secret is kept in the keychain; else it is asked for.
        pub remember: bool,
        /// What to say about it.
        pub notices: Vec<Notice>,
    }
}
