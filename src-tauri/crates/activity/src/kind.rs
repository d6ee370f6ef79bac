//! The kind of work that an exchange belongs to.

use serde::{Deserialize, Serialize};

/// What kind of work an exchange belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A call, by whatever way.
    Call,
    /// A registration check.
    Check,
    /// A request of an import.
    Import,
    /// An OPTIONS ping.
    Ping,
    /// A request to a service.
    Request,
    /// A look of a check that is repeated.
    Watch,
}
