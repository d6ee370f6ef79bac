//! The kinds of check, and what a check lists.

use serde::{Deserialize, Serialize};

/// The SIP transports that a check speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum TransportName {
    /// UDP, the only one that Bandwidth documents.
    Udp,
    /// TCP.
    Tcp,
    /// TLS over TCP.
    Tls,
}

impl TransportName {
    /// Returns its token in Via (RFC 3261 section 20.42), which is also how it is written for people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Udp => "UDP",
            Self::Tcp => "TCP",
            Self::Tls => "TLS",
        }
    }

    /// Returns whether it delivers by itself, so that no request is sent again over it (RFC 3261
    /// section 17.1.2.2).
    #[must_use]
    pub fn is_reliable(self) -> bool {
        match self {
            Self::Udp => false,
            Self::Tcp | Self::Tls => true,
        }
    }
}

/// The two kinds of a registration check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// REGISTER without Contact: proves the credential and lists its bindings, adds none.
    Query,
    /// A real registration of this computer for 60 seconds, un-registered at once. It is not made
    /// where a phone could lose its registration.
    Full,
    /// The same, also where a phone could lose its registration.
    Replacing,
}

/// A binding that the registrar lists.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct BindingView {
    /// The address in its Contact.
    pub address: String,
    /// What the phone calls itself, where the registrar lists that.
    pub name: Option<String>,
    /// Seconds until it ends.
    pub expires: u32,
    /// It is this computer's own.
    pub ours: bool,
}
