//! What the window draws of registration checks, one, repeated or many, of the watch for a phone, and
//! of pings.

use serde::Serialize;

use super::choice::ProofKind;
use super::view::{Notice, Verdict};
use crate::activity::{LadderLine, Tone};
use crate::sip::{BindingView, CheckKind, TransportName};

outgoing! {
    /// A place where the registrar was looked for.
    pub struct TargetView {
        /// Address and port, such as `203.0.113.5:5006`.
        pub address: String,
        /// The transport.
        pub transport: TransportName,
        /// Why it was tried, in words.
        pub source: String,
        /// How that ended, in a few words.
        pub outcome: String,
        /// Its colour.
        pub tone: Tone,
    }

    /// A DNS record as the account's settings give it, compared with this computer's DNS.
    pub struct DnsView {
        /// The record's name.
        pub name: String,
        /// Its type, such as `SRV`.
        pub kind: String,
        /// What the account's settings say; empty where they do not list it.
        pub account: Vec<String>,
        /// What this computer's DNS says; empty where it says nothing.
        pub here: Vec<String>,
        /// Its colour.
        pub tone: Tone,
        /// What that means and what to do, in one sentence.
        pub sentence: String,
    }

    /// What the form of a check without an account starts with.
    pub struct CheckForm {
        /// The full name of the realm.
        pub realm: String,
        /// The composite user name.
        pub user_name: String,
        /// What the secret is.
        pub proof: ProofKind,
        /// Over which transport.
        pub transport: TransportName,
        /// Which of the two kinds.
        pub kind: CheckKind,
        /// A typed `host:port` or `host`, empty to ask DNS.
        pub address: String,
        /// A password or hash of this kind was typed, so the field may stay empty.
        pub secret_known: bool,
        /// In practice: a SIP credential to check.
        pub sample: Option<SampleCheck>,
    }

    /// Values that practice shows and can fill in.
    pub struct SampleCheck {
        /// The full name of a pretend realm.
        pub realm: String,
        /// The user name of a pretend SIP credential.
        pub user_name: String,
        /// Its password, which opens nothing but practice; `None` once it was replaced.
        pub password: Option<String>,
        /// The pretend registrar's host and port.
        pub address: String,
    }

    /// The end of a registration check.
    pub struct CheckReport {
        /// What it proved.
        pub verdict: Verdict,
        /// What a person may allow, so that it gets further; `null` where there is nothing.
        pub question: Option<CheckQuestion>,
        /// What that was read from, a sentence each.
        pub evidence: Vec<String>,
        /// Where it was sent, such as `UDP 203.0.113.5:5006`.
        pub target: String,
        /// Every target in the order in which they are tried.
        pub targets: Vec<TargetView>,
        /// Every message in its order.
        pub ladder: Vec<LadderLine>,
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

    /// One look at the bindings while waiting for the phone.
    pub struct WatchReport {
        /// Seconds since the watch began.
        pub seconds: u32,
        /// The phone's own binding, in words, once it is there.
        pub registered: Option<String>,
        /// All bindings but our own.
        pub bindings: Vec<BindingView>,
        /// Why the last look failed, where it did.
        pub problem: Option<String>,
        /// The likely causes in order, after two minutes.
        pub hints: Vec<String>,
    }

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

/// What a person may allow, so that a check or a call gets further.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
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
}
