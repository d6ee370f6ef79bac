//! IPC types for events from outside the window: a crash, a newer version, a deep link.

use registrar_explain::Notice;
use serde::{Deserialize, Serialize};

outgoing! {
    /// The report of a crash.
    pub struct CrashReport {
        /// The report, without secrets.
        pub text: String,
    }
}

incoming! {
    /// Checks for a newer version.
    pub struct CheckForUpdate {
        /// The operation's number, for canceling it.
        pub operation: u32,
    }

    /// Downloads and installs the version that was found.
    pub struct InstallUpdate {
        /// The operation's number, for canceling it.
        pub operation: u32,
    }
}

/// The result of a check for updates.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(
    tag = "update",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum UpdateOffer {
    /// The running version is the newest.
    Current {
        /// The version.
        version: String,
    },
    /// A newer version is available.
    Found {
        /// The version.
        version: String,
        /// The running version.
        current: String,
        /// The release notes.
        notes: String,
        /// How to install it, if the app can't.
        by_hand: Option<String>,
    },
    /// This build doesn't update itself.
    Off {
        /// The running version.
        version: String,
    },
}

/// The request of a deep link.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(
    tag = "asks",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum DeepLinkRequest {
    /// An unknown link.
    Nothing {
        /// What to show.
        notice: Notice,
    },
    /// Opens practice.
    Practice,
}
