//! IPC types of the desk.
//!
//! Bandwidth's IDs, and counts that may be large, are sent as `f64`, JavaScript's only number type.
//! Looking up a realm or credential whose ID isn't in the list finds nothing.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::EnvironmentName;
use registrar_explain::{Notice, Verdict};
use registrar_secret::SignInSecret;
use registrar_sip::BindingView;
use serde::{Deserialize, Serialize};

use super::choice::SignInMethod;

choice! {
    /// The sort key of the list of SIP credentials.
    pub enum DeskSort {
        /// The composite user name.
        UserName,
        /// The realm, then the composite user name.
        Realm,
        /// The voice application, then the composite user name; none comes last.
        Application,
    }

    /// A filter by the last check's result.
    pub enum DeskResultFilter {
        /// All.
        Any,
        /// Not checked.
        Unchecked,
        /// Accepted by the registrar.
        Accepted,
        /// Checked and not accepted.
        NotAccepted,
        /// With a registered phone.
        Registered,
    }

    /// A filter by voice application.
    pub enum DeskApplicationFilter {
        /// All.
        Any,
        /// With a voice application.
        With,
        /// Without one.
        Without,
    }

    /// How much of an account's list is loaded.
    pub enum DeskLoading {
        /// Nothing has been requested yet.
        NotLoaded,
        /// It is being loaded.
        Loading,
        /// Everything that the API counts is loaded.
        Whole,
        /// Something is missing, or counts differ; the notices say what.
        Partly,
    }
}

outgoing! {
    /// An account in the desk's switcher.
    pub struct DeskAccount {
        /// Which; `practice` for the practice account.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Bandwidth's account number.
        pub number: String,
        /// The environment.
        pub environment: EnvironmentName,
        /// Whether it's open.
        pub open: bool,
    }

    /// A realm beside the list.
    pub struct DeskRealm {
        /// Bandwidth's ID of it.
        pub id: f64,
        /// Its full name.
        pub name: String,
        /// Whether it's the account's default.
        pub default: bool,
        /// Number of its SIP credentials according to the API.
        pub listed: f64,
        /// Number of those that are loaded.
        pub loaded: f64,
        /// Whether both match: good, still loading, or not.
        pub tone: Tone,
    }

    /// How much is loaded, when, and what is wrong with it.
    pub struct DeskState {
        /// How much is loaded.
        pub loading: DeskLoading,
        /// The realms by name.
        pub realms: Vec<DeskRealm>,
        /// Number of loaded SIP credentials.
        pub loaded: f64,
        /// Number in all realms according to the API.
        pub listed: f64,
        /// When the shown list was loaded, in milliseconds since 1970.
        pub loaded_at: Option<f64>,
        /// The progress, and what a search doesn't cover, in words.
        pub sentence: String,
        /// What is missing or differs, and what to do about each.
        pub problems: Vec<Notice>,
    }

    /// The filters and scroll position of an account's desk.
    pub struct DeskPlace {
        /// The chosen realm; `null` for all.
        pub realm: Option<f64>,
        /// The search text.
        pub find: String,
        /// The sort key.
        pub sort: DeskSort,
        /// Whether the order is reversed.
        pub descending: bool,
        /// The filter by the last check.
        pub result: DeskResultFilter,
        /// The filter by voice application.
        pub application: DeskApplicationFilter,
        /// The first visible row.
        pub offset: u32,
        /// The limit of REGISTERs per second.
        pub rate: u32,
    }

    /// An account's desk when it opens.
    pub struct DeskView {
        /// All accounts; the open one is marked.
        pub accounts: Vec<DeskAccount>,
        /// Whether it's practice.
        pub practice: bool,
        /// The kind of secret to enter first, if one is needed.
        pub asks_for: Option<SignInMethod>,
        /// Whether the secret will be saved in the keychain.
        pub remember: bool,
        /// What is loaded.
        pub state: DeskState,
        /// Filters and scroll position.
        pub place: DeskPlace,
        /// The result of the last batch check.
        pub last_check: Option<DeskCheckReport>,
        /// Whether loading the list was stopped, such as by opening another account.
        pub stopped: bool,
    }

    /// The last check's result in a row.
    pub struct DeskResult {
        /// Its color.
        pub tone: Tone,
        /// In a few words.
        pub label: String,
        /// Number of bindings that the registrar listed.
        pub bindings: u32,
        /// When, in milliseconds since 1970.
        pub at: f64,
    }

    /// A SIP credential in the list.
    pub struct DeskRow {
        /// Bandwidth's ID of it.
        pub id: f64,
        /// Its user name, without the domain.
        pub user_name: String,
        /// Its domain, or empty.
        pub domain: String,
        /// The full name of its realm.
        pub realm: String,
        /// Its voice application, or empty.
        pub application: String,
        /// Whether it's selected.
        pub selected: bool,
        /// What its last check found.
        pub result: Option<DeskResult>,
    }

    /// A window of the list.
    pub struct DeskRows {
        /// The position of the first row among those that match.
        pub offset: u32,
        /// Number of rows that match the filter.
        pub total: u32,
        /// Number of selected rows, visible or not.
        pub selected: u32,
        /// The rows, at most 200.
        pub rows: Vec<DeskRow>,
    }

    /// Everything about one SIP credential except its hashes.
    pub struct DeskCredential {
        /// Its row in the list.
        pub row: DeskRow,
        /// The user name that a phone registers with.
        pub composite: String,
        /// Which hashes are stored, in words.
        pub hashes: String,
        /// What its last check proved.
        pub verdict: Option<Verdict>,
        /// The address that was checked.
        pub target: String,
        /// The bindings that the registrar listed, with the seconds left at that time.
        pub bindings: Vec<BindingView>,
    }

    /// A finished check of a batch.
    pub struct DeskChecked {
        /// Bandwidth's ID of the SIP credential.
        pub id: f64,
        /// Its result.
        pub result: DeskResult,
        /// Number of finished ones, including this one.
        pub done: u32,
        /// Their number.
        pub total: u32,
        /// Number of accepted ones.
        pub accepted: u32,
        /// Number of those that were checked and not accepted.
        pub not_accepted: u32,
    }

    /// The result of a batch check.
    pub struct DeskCheckReport {
        /// Its color.
        pub tone: Tone,
        /// What was found, and what wasn't checked, in words.
        pub sentence: String,
        /// Number of accepted ones.
        pub accepted: u32,
        /// Number of those that were checked and not accepted.
        pub not_accepted: u32,
        /// Number of those that weren't checked.
        pub not_checked: u32,
    }
}

incoming! {
    /// Opens the desk of an account.
    pub struct OpenDesk {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The ID, as in [`DeskAccount`].
        pub account: String,
    }

    /// Signs in at the desk of the open account.
    pub struct DeskSignIn {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The client secret or password.
        pub secret: SignInSecret,
    }

    /// Loads the realms and SIP credentials of the open account, again if they are loaded.
    pub struct LoadDesk {
        /// The operation's number, for canceling it.
        pub operation: u32,
    }

    /// Requests a window of the list.
    pub struct ListRows {
        /// The position of the first row.
        pub offset: u32,
        /// Number of rows; at most 200 are returned.
        pub count: u32,
        /// Only this realm's.
        pub realm: Option<f64>,
        /// Only those with this text in their user name, domain, realm, or voice application.
        pub find: String,
        /// The order.
        pub sort: DeskSort,
        /// Whether the order is reversed.
        pub descending: bool,
        /// Only those with this result of the last check.
        pub result: DeskResultFilter,
        /// Only those with or without a voice application.
        pub application: DeskApplicationFilter,
    }

    /// Requests one SIP credential.
    pub struct ShowCredential {
        /// Bandwidth's ID of it.
        pub id: f64,
    }

    /// Checks SIP credentials with queries, which don't affect phones.
    pub struct CheckCredentials {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Which one.
        pub which: DeskWhich,
        /// The limit of REGISTERs per second, 1 to 50.
        pub rate: u32,
    }
}

/// A choice of SIP credentials.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(tag = "which", rename_all = "snake_case", deny_unknown_fields)]
pub enum DeskWhich {
    /// One, by its ID.
    One {
        /// Bandwidth's ID of it.
        id: f64,
    },
    /// The selected ones.
    Selected,
    /// All that match the filter.
    Shown,
}

/// Changes which SIP credentials are selected.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(tag = "how", rename_all = "snake_case", deny_unknown_fields)]
pub enum SelectRows {
    /// Adds all that match the filter.
    All,
    /// None.
    None,
    /// Selects a range in list order, and nothing else.
    Range {
        /// One end.
        from: f64,
        /// The other end.
        to: f64,
    },
    /// Selects or deselects one.
    Toggle {
        /// Bandwidth's ID of it.
        id: f64,
    },
}
