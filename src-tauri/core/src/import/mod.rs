//! The import: from a CSV file to a plan of what has to be done for each of its rows.
//!
//! [`csv`] knows the columns, [`Rules`] check the rows, a [`Decider`] compares them with what
//! [`Existing`] ones the account has, and [`make`] makes the plan of all of them.

pub mod csv;
mod deed;
mod error;
mod existing;
mod making;
mod marks;
mod problem;
mod realms;
mod row;
mod sample;

pub use deed::Decider;
pub use error::Error;
pub use existing::{Existing, Stored};
pub use making::{Imported, make};
pub use marks::{Mark, Marks, PlanOutcome};
pub use problem::{Lines, Problem, RealmProblem};
pub use realms::Realms;
pub use row::{Proof, Rules, Wanted};
pub use sample::sample;

pub use crate::spreadsheet::Damage;

#[cfg(test)]
pub(crate) use problem::tests::problems;
