//! The import: turns a CSV file into a plan of what to do for each row.
//!
//! [`csv`] recognizes the columns, [`Rules`] validate the rows, a [`Decider`] compares each with
//! the account's [`Existing`] credentials, and [`make`] builds the plan.
//!
//! ```
//! use registrar_import::{Existing, Realms, make};
//! use registrar_jobs::Jobs;
//! use tokio_util::sync::CancellationToken;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let file = folder.path().join("people.csv");
//! std::fs::write(&file, "User name,Password\nanna,Kk4-aaaa-1\n")?;
//! let jobs = Jobs::at(folder.path().join("jobs"));
//! let (realms, existing) = (Realms::default(), Existing::default());
//! let stop = CancellationToken::new();
//!
//! let imported = make(&file, &realms, &existing, &jobs, &stop, &|_, _| {})?;
//!
//! // The account of this example has no realm yet.
//! assert_eq!(imported.plan.counts().refused, 1);
//! # Ok(())
//! # }
//! ```

pub mod csv;
mod decider;
mod error;
mod existing;
mod making;
mod problem;
mod realms;
mod row;
mod sample;
#[cfg(any(test, feature = "testing"))]
pub mod samples;
mod warnings;

pub use decider::Decider;
pub use error::Error;
pub use existing::{Existing, Stored};
pub use making::{Imported, make};
pub use problem::{Lines, Problem, RealmProblem};
pub use realms::Realms;
pub use row::{Proof, Rules, Wanted};
pub use sample::sample;
pub use warnings::{PlanOutcome, Warning, Warnings};

pub use registrar_spreadsheet::Damage;
