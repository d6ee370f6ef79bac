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
    /// What the list of SIP credentials is sorted by.
    pub enum DeskSort {
        /// The composite user name.
        UserName,
        /// The realm, then the composite user name.
        Realm,
        /// The voice application, then the composite user name; none comes last.
        Application,
    }

    /// Which SIP credentials are shown, by what their last check found.
    pub enum DeskResultFilter {
        /// All.
        Any,
        /// Those that were not checked.
        Unchecked,
        /// Those that the registrar accepted.
        Accepted,
        /// Those that were checked and not accepted.
        NotAccepted,
        /// Those with which a phone was registered.
        Registered,
    }

    /// Which SIP credentials are shown, by their voice application.
    pub enum DeskApplicationFilter {
        /// All.
        Any,
        /// Those that have one.
        With,
        /// Those that have none.
        Without,
    }

    /// How much of an account's list is there.
    pub enum DeskLoading {
        /// Nothing was asked for yet.
        NotLoaded,
        /// It is being loaded.
        Loading,
        /// All that the API says there is.
        Whole,
        /// Something is missing, or the counts differ; the sentences say what.
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
        /// It is the open one.
        pub open: bool,
    }

    /// A realm beside the list.
    pub struct DeskRealm {
        /// Bandwidth's number for it.
        pub id: f64,
        /// Its full name.
        pub name: String,
        /// It is the account's default.
        pub default: bool,
        /// How many SIP credentials the API says that it holds.
        pub listed: f64,
        /// How many of them are loaded.
        pub loaded: f64,
        /// Whether both agree: good, still on its way, or not.
        pub tone: Tone,
    }

    /// How much is loaded, from when it is, and what is wrong with it.
    pub struct DeskState {
        /// How much is there.
        pub loading: DeskLoading,
        /// The realms by name.
        pub realms: Vec<DeskRealm>,
        /// How many SIP credentials are loaded.
        pub loaded: f64,
        /// How many there are in all realms, as the API says.
        pub listed: f64,
        /// When the shown list was loaded, in milliseconds since 1970.
        pub loaded_at: Option<f64>,
        /// How far it is and what is not searched, in words.
        pub sentence: String,
        /// What is missing or differs, each with what to do.
        pub problems: Vec<Notice>,
    }

    /// Where an account's desk stands.
    pub struct DeskPlace {
        /// The realm that is shown; `null` for all.
        pub realm: Option<f64>,
        /// What is looked for.
        pub find: String,
        /// What it is sorted by.
        pub sort: DeskSort,
        /// The last comes first.
        pub descending: bool,
        /// Which are shown by their last check.
        pub result: DeskResultFilter,
        /// Which are shown by their voice application.
        pub application: DeskApplicationFilter,
        /// The first row in sight.
        pub offset: u32,
        /// How many REGISTERs a second a check may send.
        pub rate: u32,
    }

    /// An account's desk as it is opened.
    pub struct DeskView {
        /// All accounts; the open one says so.
        pub accounts: Vec<DeskAccount>,
        /// Nothing here is real.
        pub practice: bool,
        /// The secret has to be typed first, and which kind it is.
        pub asks_for: Option<SignInMethod>,
        /// The secret will go into the keychain.
        pub remember: bool,
        /// What is loaded.
        pub state: DeskState,
        /// Where it stands.
        pub place: DeskPlace,
        /// How the last check of many ended.
        pub last_check: Option<DeskCheckReport>,
        /// The loading of the list was stopped, such as by opening another account.
        pub stopped: bool,
    }

    /// What the last check of a SIP credential found, in the row.
    pub struct DeskResult {
        /// Its color.
        pub tone: Tone,
        /// In a few words.
        pub label: String,
        /// How many bindings the registrar listed.
        pub bindings: u32,
        /// When, in milliseconds since 1970.
        pub at: f64,
    }

    /// A SIP credential in the list.
    pub struct DeskRow {
        /// Bandwidth's number for it.
        pub id: f64,
        /// Its user name, without the domain.
        pub user_name: String,
        /// Its domain, or empty.
        pub domain: String,
        /// The full name of its realm.
        pub realm: String,
        /// Its voice application, or empty.
        pub application: String,
        /// It is selected.
        pub selected: bool,
        /// What its last check found.
        pub result: Option<DeskResult>,
    }

    /// A window of the list.
    pub struct DeskRows {
        /// The place of the first row among those that are shown.
        pub offset: u32,
        /// How many rows the filter shows.
        pub total: u32,
        /// How many are selected, in sight or not.
        pub selected: u32,
        /// At most 200.
        pub rows: Vec<DeskRow>,
    }

    /// Everything about one SIP credential but its hashes.
    pub struct DeskCredential {
        /// As in the list.
        pub row: DeskRow,
        /// The user name that a phone registers with.
        pub composite: String,
        /// Which hashes are stored, in words.
        pub hashes: String,
        /// What its last check proved.
        pub verdict: Option<Verdict>,
        /// Where that check was sent.
        pub target: String,
        /// The bindings that the registrar listed, with the seconds that they had left then.
        pub bindings: Vec<BindingView>,
    }

    /// One check of many that ended.
    pub struct DeskChecked {
        /// Bandwidth's number for the SIP credential.
        pub id: f64,
        /// What it found.
        pub result: DeskResult,
        /// How many ended, with this one.
        pub done: u32,
        /// How many there are.
        pub total: u32,
        /// How many of them were accepted.
        pub accepted: u32,
        /// How many of them were checked and not accepted.
        pub not_accepted: u32,
    }

    /// The end of a check of many.
    pub struct DeskCheckReport {
        /// Its color.
        pub tone: Tone,
        /// What was found, and what was not checked, in words.
        pub sentence: String,
        /// How many were accepted.
        pub accepted: u32,
        /// How many were checked and not accepted.
        pub not_accepted: u32,
        /// How many were not checked.
        pub not_checked: u32,
    }
}

incoming! {
    /// Opens the desk of an account.
    pub struct OpenDesk {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// As in [`DeskAccount`].
        pub account: String,
    }

    /// Signs in at the desk of the open account.
    pub struct DeskSignIn {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// The client secret or password.
        pub secret: SignInSecret,
    }

    /// Loads the realms and SIP credentials of the open account, afresh where they are there.
    pub struct LoadDesk {
        /// The number under which it can be stopped.
        pub operation: u32,
    }

    /// Asks for a window of the list.
    pub struct ListRows {
        /// The place of the first row.
        pub offset: u32,
        /// How many rows; 200 at most are given.
        pub count: u32,
        /// Only those of this realm.
        pub realm: Option<f64>,
        /// Only those with this in their user name, domain, realm or voice application.
        pub find: String,
        /// The order.
        pub sort: DeskSort,
        /// The last comes first.
        pub descending: bool,
        /// Only those whose last check found this.
        pub result: DeskResultFilter,
        /// Only those with or without a voice application.
        pub application: DeskApplicationFilter,
    }

    /// Asks for one SIP credential.
    pub struct ShowCredential {
        /// Bandwidth's number for it.
        pub id: f64,
    }

    /// Checks SIP credentials by queries, which disturb nothing.
    pub struct CheckCredentials {
        /// The number under which it can be stopped.
        pub operation: u32,
        /// Which.
        pub which: DeskWhich,
        /// How many REGISTERs a second, 1 to 50.
        pub rate: u32,
    }
}

/// Which SIP credentials are meant.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(tag = "which", rename_all = "snake_case", deny_unknown_fields)]
pub enum DeskWhich {
    /// One of this number.
    One {
        /// Bandwidth's number for it.
        id: f64,
    },
    /// The selected ones.
    Selected,
    /// All that the filter shows.
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
    /// All that the filter shows, and those that were selected before.
    All,
    /// None.
    None,
    /// Those from one to another in the order of the list, and no other.
    Range {
        /// One end.
        from: f64,
        /// The other end.
        to: f64,
    },
    /// One more or less.
    Toggle {
        /// Bandwidth's number for it.
        id: f64,
    },
}
