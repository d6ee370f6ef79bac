//! IPC types for an import: the plan of a file.

use registrar_activity::Tone;
use registrar_explain::Notice;
use registrar_import::PlanOutcome;
use serde::{Deserialize, Serialize};

choice! {
    /// What happens with files that are dragged over the window.
    pub enum FileDrag {
        /// They are over it.
        Over,
        /// They left it.
        Left,
        /// One was dropped: it can be taken.
        File,
        /// Several were dropped, and none can be taken.
        Files,
    }
}

outgoing! {
    /// How much of a file is read.
    pub struct PlanProgress {
        /// The share of its bytes, from 0 to 1.
        pub share: f64,
        /// In words.
        pub sentence: String,
    }

    /// How many rows of each outcome there are.
    pub struct PlanCounts {
        /// All of them.
        pub rows: f64,
        /// To be made.
        pub create: f64,
        /// To be changed.
        pub change: f64,
        /// There already.
        pub right: f64,
        /// That cannot be used.
        pub refused: f64,
        /// For how many a password is made.
        pub passwords: f64,
    }

    /// A plan as it is looked at before anything is sent.
    pub struct PlanView {
        /// The file's name.
        pub file: String,
        /// How it was read: its letters, its separator, its columns.
        pub read_as: String,
        /// The counts.
        pub counts: PlanCounts,
        /// When the list was loaded that it was compared with, in milliseconds since 1970.
        pub compared_at: Option<f64>,
        /// What is to be known before it is started.
        pub notices: Vec<Notice>,
        /// What starting it does, in a sentence.
        pub sentence: String,
        /// Where made passwords are written to, once that is chosen.
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
        /// What comes of it.
        pub outcome: PlanOutcome,
        /// The color of that.
        pub tone: Tone,
        /// The same in a few words.
        pub label: String,
        /// What is made or changed, or why it is refused; and what is to be said about it.
        pub detail: String,
    }

    /// A window of the plan.
    pub struct PlanRows {
        /// The place of the first row among those that are shown.
        pub offset: u32,
        /// How many rows the filter shows.
        pub total: u32,
        /// At most 200.
        pub rows: Vec<PlanRow>,
    }
}

outgoing! {
    /// An import that is being prepared.
    pub struct ImportView {
        /// Nothing here is real.
        pub practice: bool,
        /// The account's name.
        pub account: String,
        /// Its number.
        pub number: String,
        /// The name of the file that was chosen.
        pub file: Option<String>,
        /// Its plan, once it is read.
        pub plan: Option<PlanView>,
    }
}

incoming! {
    /// Reads the chosen file and makes its plan.
    pub struct ReadImport {
        /// The number under which it can be stopped.
        pub operation: u32,
    }

    /// Asks for a window of the plan.
    pub struct ListPlan {
        /// The place of the first row.
        pub offset: u32,
        /// How many rows; 200 at most are given.
        pub count: u32,
        /// Only those of which this comes.
        pub outcome: Option<PlanOutcome>,
        /// Only those with this in their user name, domain, realm or remarks.
        pub find: String,
    }
}
