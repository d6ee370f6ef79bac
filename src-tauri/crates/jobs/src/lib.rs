//! Jobs: long work on many SIP credentials that survives restarts, crashes, power loss, and days
//! without a network, and does everything exactly once.
//!
//! A job starts from a [`Plan`], which its creator writes step by step: the import from its CSV,
//! the desk from its selection. A job doesn't know where its steps come from. [`Jobs`] starts and
//! runs jobs, and a [`Job`] reports its progress.
//!
//! ```
//! use registrar_bandwidth::dashboard::RealmId;
//! use registrar_jobs::{Action, JobWork, Jobs, Secret, Step};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let jobs = Jobs::at(folder.path().join("jobs"));
//! let mut plan = jobs.plan()?;
//! plan.push(&Step {
//!     line: 1,
//!     user_name: "anna".to_owned(),
//!     domain: None,
//!     realm: "office.abc123.auth.example".to_owned(),
//!     action: Action::Create {
//!         realm: RealmId(22),
//!         application: None,
//!         secret: Secret::ToMake,
//!     },
//! })?;
//! let passwords = Some(folder.path().join("passwords.csv"));
//! let name = jobs.start(&mut plan.seal()?, JobWork::Import, "people.csv", passwords)?;
//!
//! assert_eq!(jobs.view(&name)?.tally.to_go, 1);
//! # Ok(())
//! # }
//! ```

mod change;
mod create;
mod error;
mod folder;
mod header;
mod issued;
mod job;
mod journal;
mod lock;
mod lookup;
mod one;
mod outcome;
mod pace;
mod passwords;
mod plan;
mod precondition;
mod problem;
mod reason;
mod result;
mod run;
#[cfg(any(test, feature = "testing"))]
pub mod samples;
mod schedule;
#[cfg(test)]
mod scripted;
mod start;
mod status;
pub mod step;
mod throttle;

pub use error::Error;
pub use folder::Jobs;
pub use header::JobWork;
pub use issued::{Issued, IssuedRows};
pub use job::{RunGoal, RunOptions};
pub use outcome::Kind;
pub use outcome::Tally;
pub use plan::{Counts, Plan, PlanWriter, Rows};
pub use precondition::Precondition;
pub use problem::RowProblem;
pub use reason::{ApplicationChange, Change, Reason, RowRefusal};
pub use result::Wording;
pub use run::Interruption;
pub use start::{PlaceError, PlaceProblem};
pub use status::{Job, Stage};
pub use step::{Action, Key, Secret, Step};
pub use throttle::RequestPolicy;

pub use header::read_again;

/// Reads a record of a plan and of a journal, and returns what would be written in its place by those
/// that understand it.
#[must_use]
pub fn read_record_again(bytes: &[u8]) -> Vec<Vec<u8>> {
    let step = Step::read(bytes).and_then(|step| step.write().ok());
    let step = step.map(|written| written.to_vec());
    [step, journal::read_again(bytes)]
        .into_iter()
        .flatten()
        .collect()
}
