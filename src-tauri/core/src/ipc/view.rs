//! What many pages show: failures, notices, verdicts and requests.

use serde::Serialize;

use super::choice::{FailureKind, WayOn};
use crate::activity::Tone;

outgoing! {
    /// One field that needs another value.
    pub struct FieldProblem {
        /// The field's name, as in the request that carried it.
        pub field: String,
        /// What is wrong and what is right, in one sentence.
        pub sentence: String,
    }

    /// A failure as the window shows it.
    pub struct Failure {
        /// What the window chooses by.
        pub kind: FailureKind,
        /// What happened, in one sentence.
        pub sentence: String,
        /// Why, likeliest first; more than one where they cannot be told apart.
        pub causes: Vec<String>,
        /// What to do next, in one sentence.
        pub next: String,
        /// The service's own words and number, redacted.
        pub detail: Option<String>,
        /// Fields that need another value.
        pub problems: Vec<FieldProblem>,
        /// Buttons.
        pub ways_on: Vec<WayOn>,
    }

    /// A sentence that is shown above a screen's content until it is left.
    pub struct Notice {
        /// How it is coloured.
        pub tone: Tone,
        /// What happened.
        pub sentence: String,
        /// What it means and what to do, where that is more than the sentence.
        pub next: Option<String>,
    }

    /// A verdict in plain words.
    pub struct Verdict {
        /// Its colour.
        pub tone: Tone,
        /// One sentence.
        pub sentence: String,
        /// Why, likeliest first.
        pub causes: Vec<String>,
        /// One thing to do.
        pub next: Option<String>,
        /// Buttons.
        pub ways_on: Vec<WayOn>,
    }

    /// A line of progress.
    pub struct Progress {
        /// What is being done, in one sentence.
        pub sentence: String,
    }

    /// What a form, as it stands, would make and send.
    pub struct Preview {
        /// Fields that need another value. A field that is still empty is not named.
        pub problems: Vec<FieldProblem>,
        /// What Hash1 is made of, in its order; the password stands as dots.
        pub hash1: Vec<String>,
        /// What Hash1b is made of.
        pub hash1b: Vec<String>,
        /// What the step's main button will send, with secrets as dots.
        pub request: Option<String>,
        /// In the call form: where the call goes, as in [`CallForm`].
        pub target: Option<String>,
    }
}

impl FieldProblem {
    /// Names what is wrong with a field.
    #[must_use]
    pub fn new(field: &str, sentence: &str) -> Self {
        Self {
            field: field.to_owned(),
            sentence: sentence.to_owned(),
        }
    }
}
