//! IPC types for accounts: the list, the form for one, and importing a list from a file.

use registrar_bandwidth::dashboard::{Addresses, EnvironmentName};
use registrar_explain::Notice;
use registrar_secret::SignInSecret;
use serde::{Deserialize, Serialize};

use super::choice::SignInMethod;
use super::draft::SignInDraft;

choice! {
    /// What importing a row of a list would do.
    pub enum ListedRow {
        /// It adds an account.
        New,
        /// The account already exists; nothing changes.
        Known,
        /// The account already exists under another name, which becomes the row's.
        Renames,
        /// It can't be imported.
        Refused,
    }
}

outgoing! {
    /// A saved account on the Accounts page, without its secret.
    pub struct AccountCard {
        /// Which one.
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
        /// The three addresses of a custom environment.
        pub own_addresses: Option<Addresses>,
        /// Whether the secret is saved in the keychain. If not, the app asks for it.
        pub remember: bool,
        /// Whether Bandwidth has accepted its sign-in since the app was started.
        pub signed_in: bool,
        /// Notices about it.
        pub notices: Vec<Notice>,
        /// What removing it means for each of its unfinished jobs, in sentences.
        pub unfinished: Vec<String>,
        /// What removing it deletes from this computer, one line each.
        pub forgets: Vec<String>,
    }

    /// A row of a list of accounts from a file.
    pub struct ListedAccount {
        /// Its position in the file, starting at 1.
        pub place: u32,
        /// Its name.
        pub name: String,
        /// The account number.
        pub number: String,
        /// Client ID or API user.
        pub user: String,
        /// The three addresses, if the app doesn't know them.
        pub own_addresses: Option<Addresses>,
        /// What importing it would do.
        pub row: ListedRow,
        /// The same in words, or why it can't be imported.
        pub note: String,
        /// Whether it is chosen at first.
        pub chosen: bool,
    }
}

incoming! {
    /// Opens the form of an account.
    pub struct EditAccount {
        /// Which one; `null` to add one.
        pub account: Option<String>,
    }

    /// Opens the form of an account that signs in with an API user, set to an API client instead.
    pub struct SetUpApiClient {
        /// The ID, as in [`AccountCard`].
        pub account: String,
    }

    /// Saves an account as entered.
    pub struct SaveAccount {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: SignInDraft,
        /// The client secret or password; `null` keeps the one in the keychain.
        pub secret: Option<SignInSecret>,
        /// Whether to sign in first and save the account only if that works.
        pub check: bool,
    }

    /// Deletes the secret of an account's sign-in from this computer.
    pub struct SignOutAccount {
        /// The ID, as in [`AccountCard`].
        pub account: String,
    }

    /// Imports rows of the list that was read.
    pub struct ImportAccounts {
        /// Their positions.
        pub places: Vec<u32>,
    }
}
