//! IPC types for events from outside the window: a crash, a newer version, a deep link.

use registrar_explain::Notice;
use serde::{Deserialize, Serialize};

outgoing! {
    /// What a part of the app wrote down when it broke.
    pub struct CrashReport {
        /// The report, without a secret.
        pub text: String,
    }
}

incoming! {
    /// Looks for a newer version.
    pub struct CheckForUpdate {
        /// The number under which it can be cancelled.
        pub operation: u32,
    }

    /// Fetches and installs the version that was found.
    pub struct InstallUpdate {
        /// The number under which it can be cancelled.
        pub operation: u32,
    }
}

/// What was found when the person looked for updates.
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
    /// The version that runs is the newest one.
    Current {
        /// It.
        version: String,
    },
    /// There is a newer one.
    Found {
        /// It.
        version: String,
        /// The one that runs.
        current: String,
        /// What is new in it, in its makers' words.
        notes: String,
        /// How to install it, where the app doesn't do so itself.
        by_hand: Option<String>,
    },
    /// This build does not update itself.
    Off {
        /// The version that runs.
        version: String,
    },
}

/// What a link that was opened outside of the app asks for.
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
    /// It is none of this app's links.
    Nothing {
        /// Says so.
        notice: Notice,
    },
    /// To open practice.
    Practice,
}
