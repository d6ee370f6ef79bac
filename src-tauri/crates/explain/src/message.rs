//! The types in which failures, outcomes, and states reach the window.

use serde::{Deserialize, Serialize};

use registrar_activity::{Meaning, Tone};

/// The kind of a failure, which the window decides by; it never reads sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The account isn't enabled, or a role is missing: someone at Bandwidth must act.
    AskBandwidth,
    /// Part of the app crashed: a bug.
    Broken,
    /// The person canceled.
    Cancelled,
    /// A SIP credential of this name already exists.
    CredentialExists,
    /// The input is invalid.
    Invalid,
    /// The keychain is locked, missing, slow, or refused the request.
    Keychain,
    /// A realm of this name already exists.
    RealmExists,
    /// The service refused for another reason.
    Refused,
    /// The sign-in wasn't accepted.
    SignIn,
    /// The computer's storage failed.
    Storage,
    /// There was no complete response, or an unreadable one.
    Unreachable,
    /// The service asks for a pause.
    Wait,
}

/// What a person can do about a failure; the window draws a button for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum RecoveryOption {
    /// Do the same again.
    TryAgain,
    /// Go to the sign-in step.
    SignInAgain,
    /// Use the existing realm or credential.
    UseExisting,
    /// Replace the credential's password.
    NewPassword,
    /// Choose another name in the form.
    OtherName,
    /// Type the registrar's host and port.
    TypeAddress,
    /// Check with a full registration instead of a query.
    RegisterFully,
    /// Check with a query, which registers nothing.
    OnlyLook,
    /// Choose another place for a file.
    OtherPlace,
}

/// An invalid field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// The field's name, as in the request that carried it.
    pub field: String,
    /// What is wrong and what is valid, in one sentence.
    pub sentence: String,
}

impl FieldProblem {
    /// Creates the problem of a field.
    #[must_use]
    pub fn new(field: &str, sentence: &str) -> Self {
        Self {
            field: field.to_owned(),
            sentence: sentence.to_owned(),
        }
    }
}

/// A failure as the window shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The kind, which the window decides by.
    pub kind: FailureKind,
    /// What happened, in one sentence.
    pub sentence: String,
    /// The causes, likeliest first; several if they can't be told apart.
    pub causes: Vec<String>,
    /// What to do next, in one sentence.
    pub next: String,
    /// The service's own words and number, redacted.
    pub detail: Option<String>,
    /// The invalid fields.
    pub problems: Vec<FieldProblem>,
    /// Buttons.
    pub recovery_options: Vec<RecoveryOption>,
}

/// A notice above a screen's content, shown until the screen is left.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// Its color.
    pub tone: Tone,
    /// What happened.
    pub sentence: String,
    /// What it means and what to do, if there is more to say.
    pub next: Option<String>,
}

/// A verdict in plain words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Its color.
    pub tone: Tone,
    /// One sentence.
    pub sentence: String,
    /// Why, likeliest first.
    pub causes: Vec<String>,
    /// One thing to do.
    pub next: Option<String>,
    /// Buttons.
    pub recovery_options: Vec<RecoveryOption>,
}

/// Creates a good verdict.
pub(super) fn good(sentence: String) -> Verdict {
    Verdict {
        tone: Tone::Good,
        sentence,
        causes: Vec::new(),
        next: None,
        recovery_options: Vec::new(),
    }
}

/// Creates a bad verdict: what is wrong, why, and what to do.
pub(super) fn bad(
    sentence: String,
    causes: &[&str],
    next: &str,
    recovery_options: &[RecoveryOption],
) -> Verdict {
    Verdict {
        tone: Tone::Bad,
        sentence,
        causes: causes.iter().map(|cause| (*cause).to_owned()).collect(),
        next: Some(next.to_owned()),
        recovery_options: recovery_options.to_vec(),
    }
}

/// Creates a verdict for what is uncertain or may pass: what, why, and what to do.
pub(super) fn wait(
    sentence: String,
    causes: &[&str],
    next: &str,
    recovery_options: &[RecoveryOption],
) -> Verdict {
    Verdict {
        tone: Tone::Wait,
        ..bad(sentence, causes, next, recovery_options)
    }
}

/// A row of the summary.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct SummaryRow {
    /// The value's name.
    pub name: String,
    /// The value.
    pub value: String,
}

impl From<Failure> for Notice {
    /// Turns a failure into a notice above a step that continues anyway.
    fn from(failure: Failure) -> Self {
        // A problem of a form is given in full, because the form isn't on the screen.
        let problem = failure.problems.into_iter().next();
        let (sentence, next) = match problem {
            Some(problem) => (problem.sentence, None),
            None => (failure.sentence, Some(failure.next)),
        };
        Self {
            tone: Tone::Wait,
            sentence,
            next,
        }
    }
}

impl<'a> From<&'a Verdict> for Meaning<'a> {
    fn from(verdict: &'a Verdict) -> Self {
        Self {
            tone: verdict.tone,
            sentence: &verdict.sentence,
            next: verdict.next.as_deref(),
        }
    }
}
