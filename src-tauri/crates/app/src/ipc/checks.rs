//! IPC types for registration checks (single, repeated or batch), for waiting for a phone, and for
//! pings.

use registrar_practice::SampleCheck;
use registrar_sip::{BindingView, CheckKind, TransportName};
use serde::Serialize;

use super::choice::{FileDeletion, ProofKind, PushService};

outgoing! {
    /// Initial values of the form of a check without an account.
    pub struct CheckForm {
        /// The full name of the realm.
        pub realm: String,
        /// The composite user name.
        pub user_name: String,
        /// The kind of secret.
        pub proof: ProofKind,
        /// The transport.
        pub transport: TransportName,
        /// The kind of check.
        pub kind: CheckKind,
        /// A typed `host:port` or `host`; empty to look it up.
        pub address: String,
        /// Whether a secret of this kind was entered before, so that the field may stay empty.
        pub secret_known: bool,
        /// Sample values, in practice.
        pub sample: Option<SampleCheck>,
    }

    /// A phone that registered while it was waited for, as far as the registrar lists that.
    pub struct RegisteredPhone {
        /// The host of its address.
        pub from: String,
        /// When its registration ends, in milliseconds since 1970.
        pub until: Option<f64>,
        /// What it calls itself.
        pub name: Option<String>,
        /// Whether a push service registered in its place.
        pub push: Option<PushService>,
    }

    /// A phone's file that was to be deleted.
    pub struct DeletedFile {
        /// Where it was saved.
        pub path: String,
        /// What became of it.
        pub outcome: FileDeletion,
    }

    /// One check of the bindings while waiting for the phone.
    pub struct WatchReport {
        /// Seconds since waiting began.
        pub seconds: u32,
        /// The phone, once it's registered.
        pub registered: Option<RegisteredPhone>,
        /// All bindings but this computer's.
        pub bindings: Vec<BindingView>,
        /// Why the last check failed, if it did.
        pub problem: Option<String>,
        /// The likely causes, likeliest first, after two minutes.
        pub causes: Vec<PhoneCause>,
    }
}

/// Something that can keep a phone from registering.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum PhoneCause {
    /// One of any phone.
    General {
        /// In words.
        sentence: String,
    },
    /// The registrar's port.
    Port {
        /// The label of its field.
        field: String,
        /// What it has to be.
        port: u16,
    },
    /// What is pressed at the end.
    Press {
        /// The name of the sentence that says it.
        text: String,
    },
    /// One of the phone's own traps.
    Trap {
        /// The name of its sentence.
        text: String,
        /// The label of the field that it is about.
        field: Option<String>,
    },
}
