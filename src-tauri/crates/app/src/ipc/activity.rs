//! IPC types of the Activity screen. An exchange's number is sent as `f64`: it fits in 53 bits.

use registrar_activity::{ActivityKind, MessageChartLine, Tone};
use serde::{Deserialize, Serialize};

outgoing! {
    /// An account that has exchanges.
    pub struct ActivityAccount {
        /// Which one.
        pub id: String,
        /// Its name.
        pub name: String,
    }

    /// The screen when it opens.
    pub struct ActivityView {
        /// The accounts to choose from.
        pub accounts: Vec<ActivityAccount>,
        /// Number of saved exchanges.
        pub kept: u32,
    }

    /// An exchange in the list.
    pub struct ActivityRow {
        /// Its number.
        pub id: f64,
        /// When it began, in milliseconds since 1970.
        pub at: f64,
        /// The account's name, or empty.
        pub account: String,
        /// Whether it was practice.
        pub practice: bool,
        /// What kind of work it belongs to.
        pub kind: ActivityKind,
        /// Its purpose, in words.
        pub title: String,
        /// The method, such as `GET`.
        pub method: String,
        /// Where it was sent.
        pub address: String,
        /// The response's code, such as `HTTP 409 · 23009`; empty if there was none.
        pub code: String,
        /// How it ended.
        pub tone: Tone,
        /// How long it took, in milliseconds.
        pub took_ms: f64,
    }

    /// A window of the list, newest first.
    pub struct ActivityRows {
        /// The position of the first row.
        pub offset: u32,
        /// Number of exchanges that match.
        pub total: u32,
        /// Number of all saved exchanges.
        pub kept: u32,
        /// The rows.
        pub rows: Vec<ActivityRow>,
    }

    /// Everything about one exchange.
    pub struct ActivityEntry {
        /// Its row in the list.
        pub row: ActivityRow,
        /// What its end means, in one sentence.
        pub meaning: String,
        /// The causes, likeliest first.
        pub causes: Vec<String>,
        /// What to do next, if anything.
        pub next: Option<String>,
        /// The request, with dots in place of secrets; empty if there are messages.
        pub request: String,
        /// The response, or why there was none; empty if there are messages.
        pub response: String,
        /// The SIP messages in order.
        pub messages: Vec<MessageChartLine>,
    }
}

incoming! {
    /// A filter of the list; fields that are left out match everything.
    pub struct ActivityQuery {
        /// Part of any text.
        pub find: String,
        /// The account; `practice` for the practice account.
        pub account: Option<String>,
        /// The kind.
        pub kind: Option<ActivityKind>,
        /// The outcome.
        pub tone: Option<Tone>,
    }

    /// Requests a window of the list.
    pub struct ListActivity {
        /// The filter.
        pub query: ActivityQuery,
        /// The position of the first row.
        pub offset: u32,
        /// Maximum number of rows.
        pub count: u32,
    }

    /// Requests everything about one exchange.
    pub struct ShowActivity {
        /// Its number.
        pub id: f64,
    }
}

/// The content of a page of evidence.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(
    tag = "of",
    rename_all = "snake_case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum EvidenceOf {
    /// A SIP credential of the open desk.
    Credential {
        /// Bandwidth's ID of it.
        id: f64,
    },
    /// Chosen exchanges.
    Exchanges {
        /// Their numbers.
        ids: Vec<f64>,
    },
    /// A failed operation: what the window said, and what was sent during it.
    Failed {
        /// When the operation began, in milliseconds since 1970.
        since: f64,
        /// What happened.
        sentence: String,
        /// The causes, likeliest first.
        causes: Vec<String>,
        /// What to do next.
        next: String,
    },
    /// All exchanges that match.
    Found {
        /// The filter.
        query: ActivityQuery,
    },
    /// The open journey or check: its last check and call, and their exchanges.
    Open,
}

incoming! {
    /// Saves a page of evidence where the person chooses.
    pub struct SaveEvidence {
        /// Its content.
        pub of: EvidenceOf,
    }
}
