//! IPC types for registration checks (single, repeated or batch), for waiting for a phone, and for
//! pings.

use registrar_practice::SampleCheck;
use registrar_sip::{BindingView, CheckKind, TransportName};
use serde::Serialize;

use super::choice::ProofKind;

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

    /// One check of the bindings while waiting for the phone.
    pub struct WatchReport {
        /// Seconds since waiting began.
        pub seconds: u32,
        /// The phone's binding, in words, once it's registered.
        pub registered: Option<String>,
        /// All bindings but this computer's.
        pub bindings: Vec<BindingView>,
        /// Why the last check failed, if it did.
        pub problem: Option<String>,
        /// The likely causes, likeliest first, after two minutes.
        pub hints: Vec<String>,
    }
}
