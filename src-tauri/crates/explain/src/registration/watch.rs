//! The results of a repeated check, in words.

use registrar_activity::Tone;
use registrar_user_agent::check::{CheckOutcome, CheckRequest};
use registrar_user_agent::watch::{Look, Tick};
use serde::Serialize;

/// The sentence for a repeated check that stopped by itself.
pub const FELL_SILENT: &str = "Stopped: the registrar answered before and left the last 3 checks \
                               without an answer. It probably blocks this computer for a while. \
                               Wait 10 minutes before you check again.";

/// One result of a repeated check, as the window shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct WatchTick {
    /// When it began, in milliseconds since 1970.
    pub at: f64,
    /// Its color.
    pub tone: Tone,
    /// What it found.
    pub sentence: String,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// How many bindings the registrar lists.
    pub bindings: u32,
}

/// The result of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// Its color.
    pub tone: Tone,
    /// In one sentence.
    pub sentence: String,
    /// How many bindings the registrar lists.
    pub bindings: usize,
}

/// Returns a check's result in short, for the repeated check.
#[must_use]
pub fn look(request: &CheckRequest, outcome: &CheckOutcome) -> Look<Looked> {
    let words = super::verdict(request, &outcome.verdict);
    Look {
        answered: outcome.message_chart.iter().any(|message| !message.sent),
        found: Looked {
            tone: words.tone,
            sentence: words.sentence,
            bindings: outcome.bindings.len(),
        },
    }
}

/// Returns a result as the window shows it.
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 fit into 53 bits for ages"
)]
pub fn tick(tick: &Tick<Looked>) -> WatchTick {
    let found = &tick.found;
    WatchTick {
        at: tick.at_ms as f64,
        tone: found.tone,
        sentence: if tick.fell_silent {
            FELL_SILENT.to_owned()
        } else {
            found.sentence.clone()
        },
        took_ms: u32::try_from(tick.took.as_millis()).unwrap_or(u32::MAX),
        bindings: u32::try_from(found.bindings).unwrap_or(u32::MAX),
    }
}
