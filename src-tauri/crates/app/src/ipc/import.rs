//! IPC types for imports: the plan of a file.

use registrar_activity::Tone;
use registrar_explain::Notice;
use registrar_import::PlanOutcome;
use serde::{Deserialize, Serialize};

choice! {
    /// An event of files dragged over the window.
    pub enum FileDrag {
        /// They entered it.
        Over,
        /// They left it.
        Left,
        /// One was dropped, and can be imported.
        File,
        /// Several were dropped, so none can be imported.
        Files,
    }
}

outgoing! {
    /// Progress of reading a file.
    pub struct PlanProgress {
        /// The share of its bytes, from 0 to 1.
        pub share: f64,
        /// The same in words.
        pub sentence: String,
    }

    /// Number of rows of each outcome.
    pub struct PlanCounts {
        /// All rows.
        pub rows: f64,
        /// To be created.
        pub create: f64,
        /// To be changed.
        pub change: f64,
        /// Already right.
        pub right: f64,
        /// Can't be used.
        pub refused: f64,
        /// Number of passwords to generate.
        pub passwords: f64,
    }

    /// A plan, shown before anything is sent.
    pub struct PlanView {
        /// The file's name.
        pub file: String,
        /// How it was read: its encoding, separator, and columns.
        pub read_as: String,
        /// The counts.
        pub counts: PlanCounts,
        /// When the list that it was compared with was loaded, in milliseconds since 1970.
        pub compared_at: Option<f64>,
        /// Notices to read before starting.
        pub notices: Vec<Notice>,
        /// What starting it does, in a sentence.
        pub sentence: String,
        /// The file for generated passwords, once it's chosen.
        pub passwords_file: Option<String>,
    }

    /// A row of the plan, without a secret.
    pub struct PlanRow {
        /// Its line in the file.
        pub line: f64,
        /// The user name, without the domain.
        pub user_name: String,
        /// The domain, or empty.
        pub domain: String,
        /// The realm's full name.
        pub realm: String,
        /// Its outcome.
        pub outcome: PlanOutcome,
        /// The outcome's color.
        pub tone: Tone,
        /// The same in a few words.
        pub label: String,
        /// What is created or changed, or why it's refused, with warnings.
        pub detail: String,
    }

    /// A window of the plan.
    pub struct PlanRows {
        /// The position of the first row among those that match.
        pub offset: u32,
        /// Number of rows that match the filter.
        pub total: u32,
        /// The rows, at most 200.
        pub rows: Vec<PlanRow>,
    }
}

outgoing! {
    /// An import that is being prepared.
    pub struct ImportView {
        /// Whether it's practice.
        pub practice: bool,
        /// The account's name.
        pub account: String,
        /// Its number.
        pub number: String,
        /// The name of the file that was chosen.
        pub file: Option<String>,
        /// Its plan, once it's read.
        pub plan: Option<PlanView>,
    }
}

incoming! {
    /// Reads the chosen file and plans its import.
    pub struct ReadImport {
        /// The operation's number, for canceling it.
        pub operation: u32,
    }

    /// Asks for a window of the plan.
    pub struct ListPlan {
        /// The position of the first row.
        pub offset: u32,
        /// Number of rows; at most 200 are returned.
        pub count: u32,
        /// Only those with this outcome.
        pub outcome: Option<PlanOutcome>,
        /// Only those with this text in their user name, domain, realm, or notes.
        pub find: String,
    }
}
