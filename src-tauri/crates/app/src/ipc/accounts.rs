//! IPC types for accounts: the list, the form for one, and importing a list from a file.

use registrar_bandwidth::dashboard::{Addresses, EnvironmentName};
use registrar_explain::Notice;
use registrar_secret::SignInSecret;
use serde::{Deserialize, Serialize};

use super::choice::SignInMethod;
use super::draft::SignInDraft;

choice! {
    /// What taking a row of a list would do.
    pub enum ListedRow {
        /// It becomes an account.
        New,
        /// It is an account already; nothing is to be done.
        Known,
        /// It is an account already, under another name; that becomes the row's.
        Renames,
        /// It cannot be taken.
        Refused,
    }
}

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
        /// Bandwidth accepted its sign-in in this run.
        pub signed_in: bool,
        /// What to say about it.
        pub notices: Vec<Notice>,
        /// What forgetting it means for each of its jobs that is not at its end, in sentences.
        pub unfinished: Vec<String>,
        /// What forgetting it will remove from this computer, a line each.
        pub forgets: Vec<String>,
    }

    /// A row of a list of accounts from a file.
    pub struct ListedAccount {
        /// Its place in the file, the first is 1.
        pub place: u32,
        /// Its name.
        pub name: String,
        /// The account number.
        pub number: String,
        /// Client ID or API user.
        pub user: String,
        /// The three addresses, where they are of nobody that the app knows.
        pub own_addresses: Option<Addresses>,
        /// What taking it would do.
        pub row: ListedRow,
        /// That in words, or why it cannot be taken.
        pub note: String,
        /// It is taken unless the person says otherwise.
        pub chosen: bool,
    }
}

incoming! {
    /// Opens the form of an account.
    pub struct EditAccount {
        /// Which; `null` for one that is to be added.
        pub account: Option<String>,
    }

    /// Opens the form of an account that signs in with an API user, set to an API client instead.
    pub struct SetUpApiClient {
        /// As in [`AccountCard`].
        pub account: String,
    }

    /// Keeps an account as it was typed.
    pub struct SaveAccount {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// What was typed.
        pub draft: SignInDraft,
        /// The client secret or password; `null` leaves the one in the keychain.
        pub secret: Option<SignInSecret>,
        /// Sign in first, and keep the account only if that works.
        pub check: bool,
    }

    /// Removes the secret of an account's sign-in from this computer.
    pub struct SignOutAccount {
        /// As in [`AccountCard`].
        pub account: String,
    }

    /// Takes rows of the list that was read.
    pub struct ImportAccounts {
        /// Their places.
        pub places: Vec<u32>,
    }
}
