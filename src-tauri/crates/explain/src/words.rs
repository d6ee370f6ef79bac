//! The wording of one failure.

use std::time::Duration;

use crate::{Failure, FailureKind, RecoveryOption, number};

/// What is said about a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What happened, in one sentence.
    pub sentence: String,
    /// The causes, likeliest first; several if they can't be told apart.
    pub causes: Vec<String>,
    /// What to do next, in one sentence.
    pub next: String,
    /// The kind, which the window decides by.
    pub kind: FailureKind,
    /// Buttons.
    pub recovery_options: Vec<RecoveryOption>,
}

impl From<Words> for Failure {
    fn from(words: Words) -> Self {
        Self {
            kind: words.kind,
            sentence: words.sentence,
            causes: words.causes,
            next: words.next,
            detail: None,
            problems: Vec::new(),
            recovery_options: words.recovery_options,
        }
    }
}

/// The words for one of a service's error codes, as a row of a table.
#[derive(Debug)]
pub(super) struct Known {
    /// The service's number.
    pub(super) code: u32,
    pub(super) sentence: &'static str,
    pub(super) causes: &'static [&'static str],
    pub(super) next: &'static str,
    pub(super) kind: FailureKind,
    pub(super) recovery_options: &'static [RecoveryOption],
}

impl Known {
    /// Creates the words for an error code.
    pub(super) const fn new(
        code: u32,
        kind: FailureKind,
        sentence: &'static str,
        causes: &'static [&'static str],
        next: &'static str,
        recovery_options: &'static [RecoveryOption],
    ) -> Self {
        Self {
            code,
            sentence,
            causes,
            next,
            kind,
            recovery_options,
        }
    }

    /// Returns the words for a number of these tables.
    pub(super) fn find(tables: &[&[Self]], code: Option<u32>) -> Option<Words> {
        let code = code?;
        let mut all = tables.iter().copied().flatten();
        let known = all.find(|known| known.code == code)?;
        Some(Words::new(
            known.kind,
            known.sentence,
            known.causes,
            known.next,
            known.recovery_options,
        ))
    }
}

impl Words {
    /// Creates words from fixed sentences.
    #[must_use]
    pub fn new(
        kind: FailureKind,
        sentence: &str,
        causes: &[&str],
        next: &str,
        recovery_options: &[RecoveryOption],
    ) -> Self {
        Self {
            sentence: sentence.to_owned(),
            causes: causes.iter().map(ToString::to_string).collect(),
            next: next.to_owned(),
            kind,
            recovery_options: recovery_options.to_vec(),
        }
    }
}

/// Formats a pause: never less than a second.
pub(super) fn wait(seconds: u64) -> String {
    number::time(Duration::from_secs(seconds.max(1)))
}

#[cfg(test)]
pub(super) fn assert_own_words(tables: &[&[Known]], listed: &[u32]) {
    use std::collections::HashSet;

    let table: Vec<&Known> = tables.iter().copied().flatten().collect();
    for code in listed {
        let found = table.iter().filter(|known| known.code == *code).count();
        assert_eq!(found, 1, "code {code} has its words once");
    }
    let sentences: HashSet<_> = table.iter().map(|known| known.sentence).collect();
    assert_eq!(
        sentences.len(),
        table.len(),
        "no two codes share a sentence"
    );
    for known in table {
        let texts = [known.sentence, known.next].into_iter();
        for text in texts.chain(known.causes.iter().copied()) {
            assert!(text.ends_with('.'), "{}: {text}", known.code);
            assert!(
                !text.contains(&known.code.to_string()),
                "{}: {text}",
                known.code
            );
        }
    }
}
