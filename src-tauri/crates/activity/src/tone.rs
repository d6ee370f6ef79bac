//! How the outcome of an exchange is marked.

use serde::{Deserialize, Serialize};

/// How a line of the message chart, or a verdict, is colored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// It went well.
    Good,
    /// It failed.
    Bad,
    /// It is on its way, or needs attention.
    Wait,
    /// Neither.
    Plain,
}
