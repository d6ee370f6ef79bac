//! How a job looks in the window.

use super::job::Header;
use super::run::{Progress, Tally};
use crate::explain::Failure;
use crate::ipc::{JobStage, JobView, JobWork};

pub(super) fn running(name: &str, header: &Header, progress: Option<Progress>) -> JobView {
    let tally = progress.map_or(
        Tally {
            already_right: header.counts.already_right,
            refused: header.counts.refused,
            to_go: header.counts.to_do(),
            ..Tally::default()
        },
        |progress| progress.tally,
    );
    let rate = progress.and_then(|progress| progress.rate);
    let seconds_left = rate
        .filter(|rate| *rate > 0.0)
        .map(|rate| (float(tally.to_go) / rate).ceil());
    JobView {
        rate,
        seconds_left,
        sentence: format!("{} to go.", rows(tally.to_go)),
        ..view(name, header, tally, JobStage::Running)
    }
}

pub(super) fn paused(
    name: &str,
    header: &Header,
    tally: Tally,
    trouble: Option<Failure>,
) -> JobView {
    JobView {
        trouble,
        sentence: format!(
            "Paused with {} to go. Nothing is lost: it goes on where it stopped.",
            rows(tally.to_go)
        ),
        ..view(name, header, tally, JobStage::Paused)
    }
}

pub(super) fn ended(name: &str, header: &Header) -> JobView {
    let (tally, at_ms, set_aside) = header.end.as_ref().map_or_else(
        || (Tally::default(), 0, None),
        |end| (end.tally, end.at_ms, end.set_aside.clone()),
    );
    let sentence = match &set_aside {
        Some(as_name) => format!(
            "The plan of this job could not be read any more. It was set aside as {as_name} in the \
             job's folder, unchanged. Import the file again: what is on the account by now counts \
             as already right."
        ),
        None => summary(header.work, tally),
    };
    let stage = match set_aside {
        Some(_) => JobStage::SetAside,
        None => JobStage::Finished,
    };
    JobView {
        ended_at: Some(float(at_ms)),
        sentence,
        ..view(name, header, tally, stage)
    }
}

fn view(name: &str, header: &Header, tally: Tally, stage: JobStage) -> JobView {
    JobView {
        id: name.to_owned(),
        work: header.work,
        title: header.title.clone(),
        stage,
        rows: float(header.counts.rows),
        made: float(tally.made),
        replaced: float(tally.replaced),
        moved: float(tally.moved),
        deleted: float(tally.deleted),
        already_right: float(tally.already_right),
        refused: float(tally.refused),
        not_done: float(tally.not_done),
        to_go: float(tally.to_go),
        rate: None,
        seconds_left: None,
        passwords: header
            .earlier_passwords
            .iter()
            .chain(&header.passwords)
            .map(|path| path.display().to_string())
            .collect(),
        begun_at: float(header.begun_at_ms),
        ended_at: None,
        sentence: String::new(),
        trouble: None,
    }
}

/// Says what a job had done when a part of the app panicked. What was under way isn't known.
pub(crate) fn done(job: &JobView) -> String {
    let parts = [
        (job.made, "made"),
        (job.replaced, "changed"),
        (job.moved, "moved"),
        (job.deleted, "deleted"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0.0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let done = if parts.is_empty() {
        "No row was finished before that".to_owned()
    } else {
        format!("Before that: {}", parts.join(", "))
    };
    format!(
        "{done}; {} to go. Continue the job: it looks up what was under way before it sends anything \
         again.",
        job.to_go
    )
}

/// Says how a job ended: what was done first, then what was not.
fn summary(work: JobWork, tally: Tally) -> String {
    let parts = [
        (tally.made, "made"),
        (tally.replaced, "changed"),
        (tally.moved, "moved"),
        (tally.deleted, "deleted"),
        (tally.already_right, "already right"),
        (tally.refused, "refused"),
        (tally.not_done, "not done"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    // The title of an import is its file's name, and those of the others say what they did.
    let what = match work {
        JobWork::Import => "The import ended: ",
        JobWork::Delete | JobWork::Move | JobWork::NewPasswords => "",
    };
    if parts.is_empty() {
        return format!("{what}there was nothing to do.");
    }
    format!("{what}{}.", parts.join(", "))
}

fn rows(count: u64) -> String {
    match count {
        1 => "1 row".to_owned(),
        count => format!("{count} rows"),
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "counts and milliseconds since 1970 fit in 53 bits"
)]
fn float(number: u64) -> f64 {
    number as f64
}
