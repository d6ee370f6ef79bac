//! Jobs: long work on many SIP credentials that survives a close, a crash, a power cut, and days
//! without a network, and does each thing exactly once.
//!
//! A job begins as a [`Plan`], which whoever knows what is wanted writes step by step: the import
//! from its CSV, the desk from its selection. No job knows where its steps come from.
//!
//! The import: [`csv`] reads a file, [`Rules`] checks its rows, a [`Decider`] compares them with what
//! [`Existing`] ones the account has, and [`make`] makes the plan of all of them.

mod change;
mod create;
pub mod csv;
mod deed;
mod existing;
mod folder;
mod gate;
mod header;
mod job;
mod journal;
mod lookup;
mod making;
mod marks;
mod one;
mod outcome;
mod pace;
mod passwords;
mod plan;
mod problem;
mod realms;
mod reason;
mod result;
mod row;
mod run;
mod sample;
mod schedule;
#[cfg(test)]
mod scripted;
mod seen;
mod start;
mod status;
pub mod step;

pub use crate::spreadsheet::Damage;
pub use deed::Decider;
pub use existing::{Existing, Stored};
pub use folder::Jobs;
pub use gate::Manners;
pub use job::{Aim, RunOptions};
pub use making::{Imported, make};
pub use marks::{Mark, Marks, PlanOutcome};
pub use outcome::Kind;
pub use plan::{Counts, Plan, PlanWriter, Rows};
pub use problem::{Lines, Problem, RealmProblem};
pub use realms::Realms;
pub use reason::{ApplicationChange, Change, Reason, RowRefusal};
pub use result::Wording;
pub use row::{Proof, Rules, Wanted};
pub use run::Halt;
pub use sample::sample;
pub use seen::Seen;
pub use start::{PlaceError, PlaceProblem};
pub use status::{Job, JobWork, Stage, Tally};
pub use step::{Deed, Key, Secret, Step};

pub(crate) use header::read_again;
#[cfg(test)]
pub(crate) use {problem::tests::problems, reason::tests::reasons};

/// Reads a record of a plan and of a journal, and returns what would be written in its place by those
/// that understand it.
pub(crate) fn read_record_again(bytes: &[u8]) -> Vec<Vec<u8>> {
    let step = Step::read(bytes).and_then(|step| step.write().ok());
    let step = step.map(|written| written.to_vec());
    [step, journal::read_again(bytes)]
        .into_iter()
        .flatten()
        .collect()
}
