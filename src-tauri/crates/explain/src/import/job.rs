//! A job's progress, and what blocks it.

use crate::number::{counted, grouped};
use crate::{Failure, RecoveryOption, action, broken, isolated, request, storage};
use registrar_jobs::{Error, Interruption, Job, JobWork, PlaceProblem, Stage, Tally};

/// Returns how far a job is, in one or two sentences.
#[must_use]
pub fn sentence(job: &Job) -> String {
    let to_go = counted(job.tally.to_go, "row", "rows");
    match &job.stage {
        Stage::Running { .. } => format!("{to_go} to go."),
        Stage::Paused(_) => {
            format!("Paused with {to_go} to go. Nothing is lost. It continues where it stopped.")
        }
        Stage::Finished { .. } => summary(job.work, job.tally),
        Stage::SetAside { as_name, .. } => format!(
            "This job’s plan can no longer be read. It was kept unchanged as {as_name} in the \
             job’s folder. Import the file again. What’s already in the account counts as already \
             right."
        ),
    }
}

/// Returns what is in a job's way.
#[must_use]
pub fn trouble(job: &Job) -> Option<Failure> {
    let Stage::Paused(halt) = &job.stage else {
        return None;
    };
    match halt {
        Interruption::Paused => None,
        Interruption::Broken => Some(broken::words(Some(&done(job.tally))).into()),
        Interruption::Api(error) => Some(request::failure(error)),
        Interruption::Disk(error) => Some(of_files(error)),
        Interruption::Passwords(error) => Some(passwords(error)),
    }
}

/// Returns what failed around a job's own files.
fn of_files(error: &Error) -> Failure {
    let words = match error {
        Error::Broken => broken::words(None),
        Error::Cancelled => action::canceled(),
        Error::OutOfStep => action::out_of_step(),
        Error::PasswordsFile(source) => return passwords(source),
        Error::Storage(error) => {
            storage::words(error.what, &error.source, RecoveryOption::TryAgain)
        }
    };
    words.into()
}

fn passwords(source: &std::io::Error) -> Failure {
    storage::words(storage::PASSWORDS, source, RecoveryOption::OtherPlace).into()
}

/// Says what a job had done when a part of the app panicked. What was under way isn't known.
#[must_use]
pub fn done(tally: Tally) -> String {
    let parts = [
        (tally.made, "created"),
        (tally.replaced, "changed"),
        (tally.moved, "moved"),
        (tally.deleted, "deleted"),
    ];
    let to_go = grouped(tally.to_go);
    match listed(&parts) {
        None => format!(
            "Nothing was finished before that. Still to go: {to_go}. Continue the job. It looks up \
             what was in progress before it sends anything again."
        ),
        Some(parts) => format!(
            "Finished before that: {parts}. Still to go: {to_go}. Continue the job. It looks up \
             what was in progress before it sends anything again."
        ),
    }
}

/// The sentences about an unfinished job when its account is removed.
#[derive(Clone, Copy, Debug)]
pub struct Removal<'a> {
    /// What the job does.
    pub work: JobWork,
    /// Its title: an import's is the name of its file.
    pub title: &'a str,
    /// Number of rows that aren't done.
    pub to_go: u64,
    /// Number of all rows.
    pub rows: u64,
    /// The files of generated passwords.
    pub passwords: &'a [String],
}

impl Removal<'_> {
    /// Says beforehand what becomes of the job.
    #[must_use]
    pub fn before(&self) -> String {
        let title = isolated(self.title);
        let (to_go, rows) = (grouped(self.to_go), grouped(self.rows));
        let unfinished = match self.work {
            JobWork::Import => {
                format!("The import of {title} isn’t finished: {to_go} of {rows} rows to go.")
            }
            JobWork::Delete | JobWork::Move | JobWork::NewPasswords => {
                format!("The job “{title}” isn’t finished: {to_go} of {rows} rows to go.")
            }
        };
        let after = "It can’t continue afterwards and has no result file. What it did stays at \
                     Bandwidth.";
        match self.passwords {
            [] => format!("{unfinished} {after}"),
            files => format!(
                "{unfinished} {after} Its generated passwords stay in {}.",
                listed_files(files)
            ),
        }
    }

    /// Says afterwards what was canceled.
    #[must_use]
    pub fn after(&self) -> String {
        let (title, to_go) = (isolated(self.title), grouped(self.to_go));
        let canceled = match self.work {
            JobWork::Import => {
                format!("The import of {title} was canceled with rows to go: {to_go}.")
            }
            JobWork::Delete | JobWork::Move | JobWork::NewPasswords => {
                format!("The job “{title}” was canceled with rows to go: {to_go}.")
            }
        };
        match self.passwords {
            [] => canceled,
            files => format!(
                "{canceled} Its generated passwords are in {}.",
                listed_files(files)
            ),
        }
    }
}

fn listed_files(files: &[String]) -> String {
    let files: Vec<String> = files.iter().map(|file| isolated(file)).collect();
    files.join(", ")
}

/// Returns why a place can't be used for a job's passwords, and what to do.
#[must_use]
pub fn place(problem: PlaceProblem) -> &'static str {
    match problem {
        PlaceProblem::Missing => "Choose where to save the passwords.",
        PlaceProblem::NotAbsolute => "Choose a folder and a file name.",
        PlaceProblem::Taken => {
            "A file with this name already exists and isn’t empty. Choose another name."
        }
    }
}

/// Says how a job ended: what was done first, then what was not.
fn summary(work: JobWork, tally: Tally) -> String {
    let parts = [
        (tally.made, "created"),
        (tally.replaced, "changed"),
        (tally.moved, "moved"),
        (tally.deleted, "deleted"),
        (tally.already_right, "already right"),
        (tally.refused, "refused"),
        (tally.not_done, "not done"),
    ];
    // The title of an import is its file's name, and those of the others say what they did.
    match (work, listed(&parts)) {
        (JobWork::Import, None) => "Import finished. There was nothing to do.".to_owned(),
        (JobWork::Import, Some(parts)) => format!("Import finished: {parts}."),
        (JobWork::Delete | JobWork::Move | JobWork::NewPasswords, None) => {
            "There was nothing to do.".to_owned()
        }
        (JobWork::Delete | JobWork::Move | JobWork::NewPasswords, Some(parts)) => {
            format!("{parts}.")
        }
    }
}

/// Names those of which there are some.
fn listed(parts: &[(u64, &str)]) -> Option<String> {
    let some = parts.iter().filter(|(count, _)| *count > 0);
    let some: Vec<String> = some
        .map(|(count, word)| format!("{} {word}", grouped(*count)))
        .collect();
    (!some.is_empty()).then(|| some.join(", "))
}
