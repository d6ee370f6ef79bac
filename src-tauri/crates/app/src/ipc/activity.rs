//! IPC types of the Activity screen. An exchange's number is sent as `f64`: it fits in 53 bits.

use registrar_activity::{ActivityKind, MessageChartLine, Tone};
use serde::{Deserialize, Serialize};

outgoing! {
    /// An account of which there are exchanges.
    pub struct ActivityAccount {
        /// Which.
        pub id: String,
        /// Its name.
        pub name: String,
    }

    /// The screen as it is opened.
    pub struct ActivityView {
        /// The accounts to choose from.
        pub accounts: Vec<ActivityAccount>,
        /// How many exchanges are kept.
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
        /// Nothing of it was real.
        pub practice: bool,
        /// What kind of work it belongs to.
        pub kind: ActivityKind,
        /// What it was for, in words.
        pub title: String,
        /// The method, such as `GET`.
        pub method: String,
        /// Where it was sent.
        pub address: String,
        /// The number that came back, such as `HTTP 409 · 23009`; empty where none came.
        pub code: String,
        /// How it ended.
        pub tone: Tone,
        /// How long it took, in milliseconds.
        pub took_ms: f64,
    }

    /// A window of the list, the newest first.
    pub struct ActivityRows {
        /// The place of the first row.
        pub offset: u32,
        /// How many exchanges fit.
        pub total: u32,
        /// How many are kept at all.
        pub kept: u32,
        /// The rows.
        pub rows: Vec<ActivityRow>,
    }

    /// Everything about one exchange.
    pub struct ActivityEntry {
        /// What the list shows of it.
        pub row: ActivityRow,
        /// What its end means, in one sentence.
        pub meaning: String,
        /// Why, likeliest first.
        pub causes: Vec<String>,
        /// What to do next, where there is something to do.
        pub next: Option<String>,
        /// The request, with secrets as dots; empty where there are messages.
        pub request: String,
        /// The answer, or why there was none; empty where there are messages.
        pub response: String,
        /// The SIP messages in their order.
        pub messages: Vec<MessageChartLine>,
    }
}

incoming! {
    /// What to list; what is left out lists all.
    pub struct ActivityQuery {
        /// A part of any text.
        pub find: String,
        /// Of this account; `practice` is that of practice.
        pub account: Option<String>,
        /// Of this kind.
        pub kind: Option<ActivityKind>,
        /// That ended so.
        pub tone: Option<Tone>,
    }

    /// Asks for a window of the list.
    pub struct ListActivity {
        /// What to list.
        pub query: ActivityQuery,
        /// The first row.
        pub offset: u32,
        /// How many.
        pub count: u32,
    }

    /// Asks for everything about one exchange.
    pub struct ShowActivity {
        /// Its number.
        pub id: f64,
    }
}

/// What a page of evidence is made of.
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
        /// Bandwidth's number for it.
        id: f64,
    },
    /// These exchanges.
    Exchanges {
        /// Their numbers.
        ids: Vec<f64>,
    },
    /// Work that failed: how the window told it, and what was sent meanwhile.
    Failed {
        /// When the work began, in milliseconds since 1970.
        since: f64,
        /// What happened.
        sentence: String,
        /// Why, likeliest first.
        causes: Vec<String>,
        /// What to do next.
        next: String,
    },
    /// All exchanges that fit.
    Found {
        /// What fits.
        query: ActivityQuery,
    },
    /// The open journey or check: its last check and call, and what was sent for them.
    Open,
}

incoming! {
    /// Saves a page of evidence where the person chooses.
    pub struct SaveEvidence {
        /// What it is made of.
        pub of: EvidenceOf,
    }
}
