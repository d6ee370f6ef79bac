//! The types in which a failure, an outcome or a state is shown to a person.

use serde::{Deserialize, Serialize};

use registrar_activity::{Meaning, Tone};

/// The kind of a failure: the window chooses by it, and never by a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The account is not enabled, or a role is missing: someone at Bandwidth must act.
    AskBandwidth,
    /// A part of the app broke: a mistake of its own.
    Broken,
    /// The person cancelled.
    Cancelled,
    /// A SIP credential of this name is there already.
    CredentialExists,
    /// What was typed cannot be used.
    Invalid,
    /// The keychain is locked, missing, refused or slow.
    Keychain,
    /// A realm of this name is there already.
    RealmExists,
    /// The service said no for another reason.
    Refused,
    /// The sign-in was not accepted.
    SignIn,
    /// The computer's storage failed.
    Storage,
    /// No whole answer came, or one that cannot be read.
    Unreachable,
    /// The service asks to wait.
    Wait,
}

/// What a person can do next about a failure; the window draws a button for each.
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
    /// Use the realm or credential that is there already.
    UseExisting,
    /// Give the credential a new password.
    NewPassword,
    /// Choose another name in the form.
    OtherName,
    /// Type the registrar's host and port.
    TypeAddress,
    /// Check by a full registration instead of a look.
    RegisterFully,
    /// Check by a look that registers nothing.
    OnlyLook,
    /// Choose another place for a file.
    OtherPlace,
}

/// One field that needs another value.
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
    /// What is wrong and what is right, in one sentence.
    pub sentence: String,
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

/// A failure as the window shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
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
    pub recovery_options: Vec<RecoveryOption>,
}

/// A sentence that is shown above a screen's content until it is left.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// How it is colored.
    pub tone: Tone,
    /// What happened.
    pub sentence: String,
    /// What it means and what to do, where that is more than the sentence.
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

/// Says that all is well.
pub(super) fn good(sentence: String) -> Verdict {
    Verdict {
        tone: Tone::Good,
        sentence,
        causes: Vec::new(),
        next: None,
        recovery_options: Vec::new(),
    }
}

/// Says what is wrong, why and what to do.
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

/// Says what isn't certain or may pass, why and what to do.
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
    /// Which value.
    pub name: String,
    /// The value.
    pub value: String,
}

impl From<Failure> for Notice {
    /// Says a failure above a step that goes on all the same.
    fn from(failure: Failure) -> Self {
        // What is wrong with a form that is not on the screen is said in full.
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
