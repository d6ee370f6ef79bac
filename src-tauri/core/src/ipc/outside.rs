//! What reaches the app from outside of its window.

use serde::Serialize;

use super::view::Notice;

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
pub enum AskedByLink {
    /// It is none of this app's links.
    Nothing {
        /// Says so.
        notice: Notice,
    },
    /// To open practice.
    Practice,
}
