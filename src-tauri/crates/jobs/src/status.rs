//! A job's progress.

use std::path::PathBuf;

use super::header::{Header, JobWork};
use super::outcome::Tally;
use super::run::{Interruption, Progress};

/// A job, and how far it is.
#[derive(Debug)]
pub struct Job {
    /// Which.
    pub name: String,
    /// What it does.
    pub work: JobWork,
    /// Its title, such as a file's name.
    pub title: String,
    /// All rows of its plan.
    pub rows: u64,
    /// Their outcomes.
    pub tally: Tally,
    /// The files of generated passwords; the current one comes last.
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
    /// Paused until it's continued.
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
