//! What the window draws of pings, of checks that are repeated and of many checks.

use serde::Serialize;

use super::choice::Tone;
use super::view::{BindingView, Notice};

outgoing! {
    /// What the answers of a registrar told of the way to it.
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

    /// The end of an OPTIONS ping.
    pub struct PingReport {
        /// Where it was sent, such as `UDP 203.0.113.5:5006`.
        pub target: String,
        /// The round trip of each question in milliseconds; `null` where no answer came.
        pub times_ms: Vec<Option<f64>>,
        /// What that means.
        pub sentence: String,
        /// Its colour.
        pub tone: Tone,
        /// What the answers told of the way; `null` where nothing could be sent.
        pub path: Option<PathView>,
    }

    /// One result of a repeated check.
    pub struct WatchTick {
        /// When it began, in milliseconds since 1970.
        pub at: f64,
        /// Its colour.
        pub tone: Tone,
        /// What it found.
        pub sentence: String,
        /// How long it took, in milliseconds.
        pub took_ms: u32,
        /// How many bindings the registrar lists.
        pub bindings: u32,
    }

    /// One SIP credential of many whose check ended.
    pub struct FleetProgress {
        /// Its place in the list, counted from 0.
        pub index: u32,
        /// How many ended, with this one.
        pub done: u32,
        /// How many there are.
        pub total: u32,
        /// The colour of its verdict.
        pub tone: Tone,
        /// Its verdict.
        pub sentence: String,
        /// The bindings that the registrar lists.
        pub bindings: Vec<BindingView>,
    }

    /// The end of many checks.
    pub struct FleetReport {
        /// How many were accepted.
        pub accepted: u32,
        /// How many were checked and not accepted.
        pub not_accepted: u32,
        /// How many were not checked, because it was stopped.
        pub not_checked: u32,
        /// All of it in words.
        pub sentence: String,
        /// Its colour.
        pub tone: Tone,
        /// How long it took, in milliseconds.
        pub took_ms: f64,
    }
}
