//! A job as the window shows it.

use registrar_explain::import::job;
use registrar_jobs::{Job, Stage};

use super::view::float;
use crate::ipc::{JobStage, JobView};

/// Returns a job as the window shows it.
#[must_use]
pub fn job_view(job: &Job) -> JobView {
    let tally = job.tally;
    let (stage, rate, ended_at) = match &job.stage {
        Stage::Running { rate } => (JobStage::Running, *rate, None),
        Stage::Paused(_) => (JobStage::Paused, None, None),
        Stage::Finished { at_ms } => (JobStage::Finished, None, Some(float(*at_ms))),
        Stage::SetAside { at_ms, .. } => (JobStage::SetAside, None, Some(float(*at_ms))),
    };
    let seconds_left = rate
        .filter(|rate| *rate > 0.0)
        .map(|rate| (float(tally.to_go) / rate).ceil());
    let passwords = job.passwords.iter().map(|path| path.display().to_string());
    JobView {
        id: job.name.clone(),
        work: job.work,
        title: job.title.clone(),
        stage,
        rows: float(job.rows),
        made: float(tally.made),
        replaced: float(tally.replaced),
        moved: float(tally.moved),
        deleted: float(tally.deleted),
        already_right: float(tally.already_right),
        refused: float(tally.refused),
        not_done: float(tally.not_done),
        to_go: float(tally.to_go),
        rate,
        seconds_left,
        passwords: passwords.collect(),
        begun_at: float(job.begun_at_ms),
        ended_at,
        sentence: job::sentence(job),
        trouble: job::trouble(job),
    }
}
