//! IPC types for test calls: placed by Twilio or Bandwidth, or from this computer.

use registrar_explain::{CallState, LocalCallReading, LocalCallState, Verdict};
use serde::Serialize;

use super::choice::CallWay;

outgoing! {
    /// A change in the test call's state.
    pub struct CallProgress {
        /// The service's own name of the state.
        pub state: String,
        /// The same in plain words.
        pub sentence: String,
    }

    /// The end of a test call.
    pub struct CallReport {
        /// Who placed it.
        pub way: CallWay,
        /// What it proved.
        pub verdict: Verdict,
        /// Each state, with the second at which it was reported.
        pub states: Vec<CallState>,
        /// Twilio's notifications or Bandwidth's disconnect cause, in words.
        pub notes: Vec<String>,
    }
}

/// An event of a call from this computer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum LocalCallProgress {
    /// The sound was measured.
    Reading(LocalCallReading),
    /// The state has changed.
    State {
        /// The new state.
        state: LocalCallState,
        /// The same in plain words.
        sentence: String,
        /// Milliseconds since the call began.
        at_ms: u32,
    },
}
