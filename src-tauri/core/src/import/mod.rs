//! Jobs: long work on many SIP credentials that survives a close, a crash, a power cut, and days
//! without a network, and does each thing exactly once.
//!
//! A job begins as a [`Plan`], which whoever knows what is wanted writes step by step: the import
//! from its CSV, the desk from its selection. Nothing here knows where steps come from.

mod change;
mod create;
mod folder;
mod gate;
mod job;
mod journal;
mod lookup;
mod outcome;
mod passwords;
mod plan;
mod result;
mod run;
pub mod step;
mod view;
mod words;

pub use folder::Jobs;
pub use gate::Manners;
pub use job::Aim;
pub use plan::{Counts, Plan, PlanWriter, Rows};
pub use step::{Deed, Key, Secret, Step};
