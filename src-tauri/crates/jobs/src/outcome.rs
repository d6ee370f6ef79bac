//! The outcome of each row.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::plan::Counts;
use super::reason::Reason;

/// How a row ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The account had it before.
    AlreadyRight,
    /// The credential was deleted.
    Deleted,
    /// The credential was created.
    Made,
    /// The credential was created; the API stored its name in another letter case.
    MadeRenamed,
    /// The credential has the other voice application.
    Moved,
    /// The job was ended before its turn.
    NotDone,
    /// It was not done, and will not be; the reason says why.
    Refused,
    /// The credential has the new hashes.
    Replaced,
}

/// How a row ended, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// How.
    #[serde(rename = "k")]
    pub(super) kind: Kind,
    /// The reason, if there is something to say.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<Reason>,
}

impl Outcome {
    pub(super) fn of(kind: Kind) -> Self {
        Self { kind, reason: None }
    }

    pub(super) fn with(kind: Kind, reason: Reason) -> Self {
        Self {
            kind,
            reason: Some(reason),
        }
    }

    pub(super) fn refused(reason: Reason) -> Self {
        Self::with(Kind::Refused, reason)
    }
}

/// The progress of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    /// A request for it may have been sent.
    Begun,
    Ended(Kind),
}

/// The outcomes of all rows. A row without a reason takes two bytes.
#[derive(Debug)]
pub(super) struct Outcomes {
    stages: Vec<Stage>,
    reasons: HashMap<usize, Arc<Reason>>,
    /// Each reason once, because many rows are refused for the same one.
    known: HashSet<Arc<Reason>>,
    counts: HashMap<Kind, u64>,
}

impl Outcomes {
    pub(super) fn none(rows: u64) -> Self {
        Self {
            stages: vec![Stage::Waiting; index(rows)],
            reasons: HashMap::new(),
            known: HashSet::new(),
            counts: HashMap::new(),
        }
    }

    pub(super) fn begin(&mut self, row: u64) {
        if let Some(stage @ Stage::Waiting) = self.stages.get_mut(index(row)) {
            *stage = Stage::Begun;
        }
    }

    /// Stores an outcome. A row's first outcome is final.
    pub(super) fn end(&mut self, row: u64, outcome: &Outcome) {
        let Some(stage) = self.stages.get_mut(index(row)) else {
            return;
        };
        if let Stage::Ended(_) = stage {
            return;
        }
        *stage = Stage::Ended(outcome.kind);
        *self.counts.entry(outcome.kind).or_default() += 1;
        let Some(reason) = &outcome.reason else {
            return;
        };
        let known = self.known.get(reason).cloned();
        let reason = known.unwrap_or_else(|| {
            let reason = Arc::new(reason.clone());
            self.known.insert(Arc::clone(&reason));
            reason
        });
        self.reasons.insert(index(row), reason);
    }

    /// Returns how a row ended; `None` if it hasn't.
    pub(super) fn kind(&self, row: u64) -> Option<Kind> {
        match self.stages.get(index(row)) {
            Some(Stage::Ended(kind)) => Some(*kind),
            _ => None,
        }
    }

    /// Returns why a row ended as it did, if there is a reason.
    pub(super) fn reason(&self, row: u64) -> Option<&Reason> {
        self.reasons.get(&index(row)).map(AsRef::as_ref)
    }

    /// Returns whether a request for the row may have been sent and its outcome isn't known.
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

/// Rows by their outcomes, those of the plan that need no request included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The job generated them.
    pub made: u64,
    /// The job gave them other hashes.
    pub replaced: u64,
    /// The job gave them another voice application.
    pub moved: u64,
    /// The job deleted them.
    pub deleted: u64,
    /// The account had them before.
    pub already_right: u64,
    /// They were refused, by the plan or by the API.
    pub refused: u64,
    /// The job was ended before their turn came.
    pub not_done: u64,
    /// They have no outcome.
    pub to_go: u64,
}

impl Tally {
    pub(super) fn of(counts: Counts, outcomes: &Outcomes) -> Self {
        Self {
            made: outcomes.count(Kind::Made) + outcomes.count(Kind::MadeRenamed),
            replaced: outcomes.count(Kind::Replaced),
            moved: outcomes.count(Kind::Moved),
            deleted: outcomes.count(Kind::Deleted),
            already_right: counts.already_right,
            refused: counts.refused + outcomes.count(Kind::Refused),
            not_done: outcomes.count(Kind::NotDone),
            to_go: counts.to_do().saturating_sub(outcomes.ended()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_counts_rows_of_the_plan_and_of_the_run() {
        let counts = Counts {
            rows: 9,
            create: 5,
            already_right: 2,
            refused: 2,
            ..Counts::default()
        };
        let mut outcomes = Outcomes::none(9);
        let ended = [Kind::Made, Kind::MadeRenamed, Kind::Refused, Kind::Made];
        for (row, kind) in (0..).zip(ended) {
            outcomes.end(row, &Outcome::of(kind));
        }

        let tally = Tally {
            made: 3,
            refused: 3,
            already_right: 2,
            to_go: 1,
            ..Tally::default()
        };
        assert_eq!(Tally::of(counts, &outcomes), tally);
    }
}
