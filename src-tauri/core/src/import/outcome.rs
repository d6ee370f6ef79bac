//! What became of each row.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How a row ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// The account had it before.
    AlreadyRight,
    /// The credential was deleted.
    Deleted,
    /// The credential was made.
    Made,
    /// The credential was made; the API keeps its name in another letter case.
    MadeRenamed,
    /// The credential has the other voice application.
    Moved,
    /// The job was ended before its turn came.
    NotDone,
    /// It was not done, and will not be; the note says why.
    Refused,
    /// The credential has the new hashes.
    Replaced,
}

/// How a row ended, and what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// How.
    #[serde(rename = "k")]
    pub(super) kind: Kind,
    /// In whole sentences; empty where there is nothing to say.
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    pub(super) note: String,
}

impl Outcome {
    pub(super) fn of(kind: Kind) -> Self {
        Self {
            kind,
            note: String::new(),
        }
    }

    pub(super) fn noted(kind: Kind, note: impl Into<String>) -> Self {
        Self {
            kind,
            note: note.into(),
        }
    }

    pub(super) fn refused(note: impl Into<String>) -> Self {
        Self::noted(Kind::Refused, note)
    }
}

/// How far a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    /// A request for it may have left.
    Begun,
    Ended(Kind),
}

/// The outcomes of all rows. A row that has nothing to say takes two bytes.
#[derive(Debug)]
pub(super) struct Outcomes {
    stages: Vec<Stage>,
    notes: HashMap<usize, Arc<str>>,
    /// Each note once: many rows are refused for the same reason.
    texts: HashSet<Arc<str>>,
    counts: HashMap<Kind, u64>,
}

impl Outcomes {
    pub(super) fn none(rows: u64) -> Self {
        Self {
            stages: vec![Stage::Waiting; index(rows)],
            notes: HashMap::new(),
            texts: HashSet::new(),
            counts: HashMap::new(),
        }
    }

    pub(super) fn begin(&mut self, row: u64) {
        if let Some(stage @ Stage::Waiting) = self.stages.get_mut(index(row)) {
            *stage = Stage::Begun;
        }
    }

    /// Keeps an outcome. A row's first outcome stays.
    pub(super) fn end(&mut self, row: u64, outcome: &Outcome) {
        let Some(stage) = self.stages.get_mut(index(row)) else {
            return;
        };
        if let Stage::Ended(_) = stage {
            return;
        }
        *stage = Stage::Ended(outcome.kind);
        *self.counts.entry(outcome.kind).or_default() += 1;
        if outcome.note.is_empty() {
            return;
        }
        let known = self.texts.get(outcome.note.as_str()).cloned();
        let text = known.unwrap_or_else(|| {
            let text: Arc<str> = outcome.note.as_str().into();
            self.texts.insert(Arc::clone(&text));
            text
        });
        self.notes.insert(index(row), text);
    }

    /// Returns how a row ended; `None` where it has not.
    pub(super) fn kind(&self, row: u64) -> Option<Kind> {
        match self.stages.get(index(row)) {
            Some(Stage::Ended(kind)) => Some(*kind),
            _ => None,
        }
    }

    /// Returns what there is to say about a row.
    pub(super) fn note(&self, row: u64) -> &str {
        self.notes.get(&index(row)).map_or("", AsRef::as_ref)
    }

    /// Returns whether a request for the row may have left and its outcome is not known.
    pub(super) fn is_begun(&self, row: u64) -> bool {
        self.stages.get(index(row)) == Some(&Stage::Begun)
    }

    pub(super) fn count(&self, kind: Kind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// Returns how many rows have an outcome.
    pub(super) fn ended(&self) -> u64 {
        self.counts.values().sum()
    }
}

fn index(row: u64) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}
