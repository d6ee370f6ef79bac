//! What the window draws of a test call: by Twilio or Bandwidth, or from this computer.

use serde::{Deserialize, Serialize};

use super::checks::CheckQuestion;
use super::choice::CallWay;
use super::screen::SummaryRow;
use super::view::Verdict;
use crate::activity::LadderLine;

choice! {
    /// What a call from this computer sends.
    pub enum CallSound {
        /// What the microphone hears; what comes is played by the speakers.
        Microphone,
        /// A tone of 440 Hz.
        Tone,
    }

    /// Where a call from this computer stands.
    pub enum LocalCallState {
        /// The call was sent to the registrar.
        Calling,
        /// The registrar is at work on it.
        Trying,
        /// It rings.
        Ringing,
        /// Sound comes before the answer.
        Early,
        /// It is answered.
        Answered,
        /// It is over.
        Ended,
    }
}

outgoing! {
    /// A change in the test call's state.
    pub struct CallProgress {
        /// The service's own word for the state.
        pub state: String,
        /// In plain words.
        pub sentence: String,
    }

    /// The end of a test call.
    pub struct CallReport {
        /// Who made it.
        pub way: CallWay,
        /// What it proved.
        pub verdict: Verdict,
        /// Each state with the second in which it was seen.
        pub states: Vec<CallState>,
        /// What Twilio's notifications say, or Bandwidth about the end, decoded.
        pub notes: Vec<String>,
    }

    /// A state of the call.
    pub struct CallState {
        /// Seconds since the call was asked for.
        pub second: u32,
        /// In plain words.
        pub sentence: String,
    }

    /// The sound of a call as it was measured, about ten times a second.
    pub struct LocalCallReading {
        /// Seconds since the answer; 0 before.
        pub seconds: f64,
        /// Packets sent.
        pub sent: u32,
        /// Packets received.
        pub received: u32,
        /// Packets that never came.
        pub lost: u32,
        /// How unevenly packets come, in milliseconds.
        pub jitter_ms: f64,
        /// The way to the other side and back, in milliseconds, once it is known.
        pub round_trip_ms: Option<f64>,
        /// How loud what comes is, in dB below the loudest; `null` where nothing comes.
        pub level_db: Option<f64>,
        /// The pitch of what comes, in hertz; `null` for speech, noise and silence.
        pub pitch_hz: Option<f64>,
        /// How loud what is sent is.
        pub sent_level_db: Option<f64>,
    }

    /// The end of a call from this computer.
    pub struct LocalCallReport {
        /// What it proved.
        pub verdict: Verdict,
        /// What a person may allow, so that it gets further; `null` where there is nothing.
        pub question: Option<CheckQuestion>,
        /// Each state with the second in which it came.
        pub states: Vec<CallState>,
        /// Every message in its order.
        pub ladder: Vec<LadderLine>,
        /// What was measured, in words.
        pub facts: Vec<SummaryRow>,
        /// The last reading.
        pub reading: LocalCallReading,
        /// A sound came back.
        pub heard: bool,
        /// Where it was sent, such as `UDP 203.0.113.5:5006`.
        pub target: String,
    }
}

/// News of a call from this computer.
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
    /// The call stands elsewhere.
    State {
        /// Where.
        state: LocalCallState,
        /// In plain words.
        sentence: String,
        /// Milliseconds since the call began.
        at_ms: u32,
    },
}
