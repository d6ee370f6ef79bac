//! An exchange and its messages, as shown in the request panel.

use serde::Serialize;

use super::Tone;

/// One exchange of the request panel, redacted when it was written.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// Its number in this run.
    pub id: u32,
    /// What it was for, in words.
    pub title: String,
    /// When, in milliseconds since 1970.
    pub at: f64,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// The request as it was sent, with secrets as dots.
    pub request: String,
    /// The answer, or why there was none.
    pub response: String,
    /// How it ended.
    pub tone: Tone,
}

/// One line of the message chart: a message between this computer and the registrar.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct MessageChartLine {
    /// This computer sent it.
    pub sent: bool,
    /// The place of its target among those of the check.
    pub target: u32,
    /// Milliseconds since the check began.
    pub at_ms: u32,
    /// The short label, such as `401 Unauthorized`.
    pub label: String,
    /// What it means, in plain words.
    pub plain: String,
    /// The whole message, redacted.
    pub text: String,
    /// Its color.
    pub tone: Tone,
}
