//! IPC types for registration checks (single, repeated or batch), for waiting for a phone, and for
//! pings.

use registrar_practice::SampleCheck;
use registrar_sip::{BindingView, CheckKind, TransportName};
use serde::Serialize;

use super::choice::ProofKind;

outgoing! {
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
}
