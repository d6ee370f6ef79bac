//! The types in which a check, a ping, a batch check or a call from this computer is shown.

use serde::{Deserialize, Serialize};

use super::discovery::DnsView;
use super::{Notice, SummaryRow, Verdict};
use registrar_activity::{MessageChartLine, Tone};
use registrar_sip::{BindingView, TransportName};

/// A place where the registrar was looked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct TargetView {
    /// Address and port, such as `203.0.113.5:5006`.
    pub address: String,
    /// The transport.
    pub transport: TransportName,
    /// Why it was tried, in words.
    pub source: String,
    /// How that ended, in a few words.
    pub outcome: String,
    /// Its color.
    pub tone: Tone,
}

/// What the answers of a registrar told of the way to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct PathView {
    /// This computer's own address and port.
    pub local: String,
    /// The address and port that the registrar sees.
    pub seen_as: Option<String>,
    /// Whether addresses are translated.
    pub nat: Notice,
    /// Where something on the way changed our messages: a sentence that says what.
    pub alg: Option<String>,
}

/// The end of a registration check.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct CheckReport {
    /// What it proved.
    pub verdict: Verdict,
    /// What a person may allow, so that it gets further; `null` where there is nothing.
    pub question: Option<CheckQuestion>,
    /// What that was read from, a sentence each.
    pub evidence: Vec<String>,
    /// Its target, such as `UDP 203.0.113.5:5006`.
    pub target: String,
    /// Every target in the order in which they are tried.
    pub targets: Vec<TargetView>,
    /// Every message in its order.
    pub message_chart: Vec<MessageChartLine>,
    /// What this computer's DNS says of the names that led there; empty where none was asked.
    pub dns: Vec<DnsView>,
    /// The registrar listed its bindings; without that, nothing is known of them.
    pub listed: bool,
    /// All bindings that the registrar listed, before ours was taken back.
    pub bindings: Vec<BindingView>,
    /// The user name that the registrar took.
    pub accepted_user_name: Option<String>,
    /// This computer's address as the registrar sees it.
    pub seen_as: Option<String>,
    /// What happened to our own binding, in words; `null` after a query.
    pub unregistered: Option<String>,
    /// What the answers told of the way; `null` where nothing could be sent.
    pub path: Option<PathView>,
    /// Milliseconds from the first request to the last response; 0 where none came.
    pub wire_ms: f64,
}

/// What a person may allow, so that a check or a call gets further.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(
    tag = "about",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum CheckQuestion {
    /// The password may be answered for another realm than the credential's.
    Realm {
        /// The host that asks.
        host: String,
        /// The realm, exactly.
        realm: String,
        /// The realm as it can be shown.
        shown: String,
    },
    /// The check may register although a phone could lose its registration.
    Replace {
        /// The registrations that the registrar listed.
        phones: Vec<String>,
        /// The registrar listed them; otherwise nothing is known.
        listed: bool,
    },
    /// The registrar answered 403 to a check that registers nothing. The check may register all the
    /// same, although a phone could lose its registration.
    Forbidden {
        /// It came after a proof was sent, so the user name or the password may be wrong.
        answered: bool,
    },
}

/// The end of an OPTIONS ping.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct PingReport {
    /// Its target, such as `UDP 203.0.113.5:5006`.
    pub target: String,
    /// The round trip of each question in milliseconds; `null` where no answer came.
    pub times_ms: Vec<Option<f64>>,
    /// What that means.
    pub sentence: String,
    /// Its color.
    pub tone: Tone,
    /// What the answers told of the way; `null` where nothing could be sent.
    pub path: Option<PathView>,
}

/// What a call from this computer sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum CallSound {
    /// What the microphone hears; what comes is played by the speakers.
    Microphone,
    /// A tone of 440 Hz.
    Tone,
}

/// Where a call from this computer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum LocalCallState {
    /// The call was sent to the registrar.
    Calling,
    /// The registrar is at work on it.
    Trying,
    /// It rings.
    Ringing,
    /// Early media: sound before the answer.
    Early,
    /// It is answered.
    Answered,
    /// It is over.
    Ended,
}

/// A state of the call.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct CallState {
    /// Seconds since the call was asked for.
    pub second: u32,
    /// In plain words.
    pub sentence: String,
}

/// The sound of a call as it was measured, about ten times a second.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct LocalCallReport {
    /// What it proved.
    pub verdict: Verdict,
    /// What a person may allow, so that it gets further; `null` where there is nothing.
    pub question: Option<CheckQuestion>,
    /// Each state with the second in which it came.
    pub states: Vec<CallState>,
    /// Every message in its order.
    pub message_chart: Vec<MessageChartLine>,
    /// What was measured, in words.
    pub facts: Vec<SummaryRow>,
    /// The last reading.
    pub reading: LocalCallReading,
    /// A sound came back.
    pub heard: bool,
    /// Its target, such as `UDP 203.0.113.5:5006`.
    pub target: String,
}
