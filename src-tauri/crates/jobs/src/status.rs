//! A job's progress.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::header::Header;
use super::outcome::{Kind, Outcomes};
use super::plan::Counts;
use super::run::{Interruption, Progress};

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum JobWork {
    /// It carries out the plan of an import.
    Import,
    /// It gives SIP credentials new passwords.
    NewPasswords,
    /// It moves SIP credentials to another voice application.
    Move,
    /// It deletes SIP credentials.
    Delete,
}

/// A job, and how far it is.
#[derive(Debug)]
pub struct Job {
    /// Which.
    pub name: String,
    /// What it does.
    pub work: JobWork,
    /// Where its rows come from, such as a file's name.
    pub title: String,
    /// All rows of its plan.
    pub rows: u64,
    /// What became of them.
    pub tally: Tally,
    /// The files with the passwords that it makes; the one that is written to comes last.
    pub passwords: Vec<PathBuf>,
    /// When it began, in milliseconds since 1970.
    pub begun_at_ms: u64,
    /// How far it is.
    pub stage: Stage,
}

/// How far a job is.
#[derive(Debug)]
pub enum Stage {
    /// It is at work.
    Running {
        /// Rows a second, lately.
        rate: Option<f64>,
    },
    /// It isn't at work, and goes on when it is told to.
    Paused(Interruption),
    /// It is at its end, and has a result file.
    Finished {
        /// When it ended, in milliseconds since 1970.
        at_ms: u64,
    },
    /// Its plan can't be read.
    SetAside {
        /// When that was found, in milliseconds since 1970.
        at_ms: u64,
        /// The plan's name in the job's folder from then on.
        as_name: String,
    },
}

/// Rows by their outcomes, those of the plan that need no request included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The job made them.
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

pub(super) fn running(name: &str, header: &Header, progress: Option<Progress>) -> Job {
    let begun = || Tally {
        already_right: header.counts.already_right,
        refused: header.counts.refused,
        to_go: header.counts.to_do(),
        ..Tally::default()
    };
    let tally = progress.map_or_else(begun, |progress| progress.tally);
    let rate = progress.and_then(|progress| progress.rate);
    job(name, header, tally, Stage::Running { rate })
}

pub(super) fn paused(name: &str, header: &Header, tally: Tally, why: Interruption) -> Job {
    job(name, header, tally, Stage::Paused(why))
}

pub(super) fn ended(name: &str, header: &Header) -> Job {
    let Some(end) = &header.end else {
        return job(name, header, Tally::default(), Stage::Finished { at_ms: 0 });
    };
    let at_ms = end.at_ms;
    let stage = match end.set_aside.clone() {
        Some(as_name) => Stage::SetAside { at_ms, as_name },
        None => Stage::Finished { at_ms },
    };
    job(name, header, end.tally, stage)
}

fn job(name: &str, header: &Header, tally: Tally, stage: Stage) -> Job {
    let passwords = header.earlier_passwords.iter().chain(&header.passwords);
    Job {
        name: name.to_owned(),
        work: header.work,
        title: header.title.clone(),
        rows: header.counts.rows,
        tally,
        passwords: passwords.cloned().collect(),
        begun_at_ms: header.begun_at_ms,
        stage,
    }
}

#[cfg(test)]
mod tests {
    use super::super::outcome::Outcome;
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
