//! What many pages show: failures, notices, verdicts and requests.

use registrar_explain::FieldProblem;
use serde::Serialize;

outgoing! {
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
        /// In the call form: where the call goes, as in `CallForm`.
        pub target: Option<String>,
    }
}
