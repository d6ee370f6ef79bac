//! All wording of imports in one table, so that a change of a word is visible.

use std::io::ErrorKind;

use super::job::Removal;
use super::{job, outcome, row, warning, words};
use crate::table::{self, Table};
use registrar_activity::{Service, Silence};
use registrar_http as http;
use registrar_import::Warning;
use registrar_import::csv::{Column, Fault, Unusable};
use registrar_import::samples::problems;
use registrar_jobs::samples::reasons;
use registrar_jobs::{
    Error, Interruption, Job, JobWork, Kind, PlaceProblem, RowProblem, Stage, Tally,
};
use registrar_names::every;

#[test]
fn the_table_has_every_sentence_of_an_import() {
    let files = ["passwords.csv", "more.csv"].map(str::to_owned);
    let mut table = Table::new("Sentences about an import");

    table.chapter(
        "Why a file can't be imported",
        faults().into_iter().map(|fault| {
            let told = table::words(&words(&fault));
            (fault, told)
        }),
    );
    table.chapter(
        "Why a row can't be used",
        problems()
            .iter()
            .map(|problem| (problem, row::sentence(problem))),
    );
    table.chapter(
        "Why a row of a plan can't be used, where that can't be read",
        [RowProblem::of(&7)].map(|problem| {
            let told = row::kept(&problem);
            (problem, told)
        }),
    );
    table.chapter(
        "What is to be looked at in a row",
        Warning::ALL
            .iter()
            .map(|warning| (warning, warning::sentence(*warning))),
    );
    table.chapter(
        "What became of a row",
        kinds().iter().map(|kind| (kind, outcome::word(*kind))),
    );
    table.chapter(
        "Why a row ended as it did",
        reasons()
            .iter()
            .map(|reason| (reason, outcome::sentence(reason))),
    );
    table.chapter(
        "How far a job is",
        jobs().iter().map(|job| {
            let value = (job.work, &job.stage, job.tally.made, job.tally.to_go);
            (value, job::sentence(job))
        }),
    );
    table.chapter(
        "What is in a job's way",
        halts().into_iter().map(|halt| {
            let job = a_job(Stage::Paused(halt), 12);
            let told = job::trouble(&job);
            let told = told.as_ref().map(table::failure);
            (job.stage, told.unwrap_or_else(|| "(nothing)".to_owned()))
        }),
    );
    table.chapter(
        "What a job had done when a part of the app panicked",
        [0, 12].into_iter().map(|made| {
            let tally = a_job(Stage::Paused(Interruption::Broken), made).tally;
            (tally, job::done(tally))
        }),
    );
    table.chapter(
        "What becomes of a job when its account is removed",
        removals(&files).into_iter().map(|removal| {
            let said = format!("{}<br>{}", removal.before(), removal.after());
            (removal, said)
        }),
    );
    table.chapter(
        "Why a job gets no passwords file",
        places().into_iter().map(|problem| {
            let sentence = job::place(problem);
            (problem, sentence)
        }),
    );

    table.assert_is(include_str!("sentences.md"));
}

/// An import with files of passwords, and another job without.
fn removals(files: &[String]) -> [Removal<'_>; 2] {
    let removal = |work, title, to_go, passwords| Removal {
        work,
        title,
        to_go,
        rows: 1_000_000,
        passwords,
    };
    [
        removal(JobWork::Import, "phones.csv", 999_999, files),
        removal(JobWork::Delete, "Delete 2 credentials", 1, &[]),
    ]
}

/// A job with one row to go.
fn a_job(stage: Stage, made: u64) -> Job {
    Job {
        name: "1f".to_owned(),
        work: JobWork::Import,
        title: "phones.csv".to_owned(),
        rows: made + 1,
        tally: Tally {
            made,
            to_go: 1,
            ..Tally::default()
        },
        passwords: Vec::new(),
        begun_at_ms: 0,
        stage,
    }
}

/// Each stage, and each end, in all forms that have words of their own.
fn jobs() -> Vec<Job> {
    let finished = || Stage::Finished { at_ms: 0 };
    let set_aside = Stage::SetAside {
        at_ms: 0,
        as_name: "plan.damaged".to_owned(),
    };
    let mut jobs: Vec<Job> = every!(Stage {
        Stage::Running { .. } => [Stage::Running { rate: None }],
        Stage::Paused(_) => [Stage::Paused(Interruption::Paused)],
        Stage::Finished { .. } => [finished()],
        Stage::SetAside { .. } => [set_aside],
    })
    .into_iter()
    .map(|stage| a_job(stage, 12))
    .collect();
    jobs.extend([0, 2, 1_000_000].map(|to_go| {
        let mut running = a_job(Stage::Running { rate: None }, 12);
        running.tally.to_go = to_go;
        running
    }));
    let nothing = a_job(finished(), 0);
    let mut all = a_job(finished(), 12);
    all.tally = Tally {
        made: 1,
        replaced: 2,
        moved: 3,
        deleted: 4,
        already_right: 5,
        refused: 6,
        not_done: 7,
        to_go: 0,
    };
    jobs.extend([nothing, all]);
    let others = every!(JobWork {
        JobWork::Import => [],
        JobWork::NewPasswords => [JobWork::NewPasswords],
        JobWork::Move => [JobWork::Move],
        JobWork::Delete => [JobWork::Delete],
    });
    jobs.extend(others.into_iter().map(|work| {
        let mut job = a_job(finished(), 0);
        job.work = work;
        match work {
            JobWork::Import => job.tally.made = 1_000_000,
            JobWork::NewPasswords => job.tally.replaced = 1_000_000,
            JobWork::Move => job.tally.moved = 1_000_000,
            JobWork::Delete => job.tally.deleted = 1_000_000,
        }
        job
    }));
    jobs
}

fn halts() -> Vec<Interruption> {
    let full = || std::io::Error::from(ErrorKind::StorageFull);
    let api = http::Error::Unreachable {
        service: Service::Dashboard,
        silence: Silence::TimedOut,
    };
    let journal = || registrar_storage::Error {
        what: "the job’s journal",
        source: full(),
    };
    let disk = every!(Error {
        Error::Broken => [Error::Broken],
        Error::Cancelled => [Error::Cancelled],
        Error::OutOfStep => [Error::OutOfStep],
        Error::PasswordsFile(_) => [],
        Error::Storage(_) => [Error::Storage(journal())],
    });
    every!(Interruption {
        Interruption::Paused => [Interruption::Paused],
        Interruption::Broken => [Interruption::Broken],
        Interruption::Api(_) => [Interruption::Api(api)],
        Interruption::Disk(_) => disk.into_iter().map(Interruption::Disk),
        Interruption::Passwords(_) => [Interruption::Passwords(full())],
    })
}

fn places() -> Vec<PlaceProblem> {
    every!(PlaceProblem {
        PlaceProblem::Missing => [PlaceProblem::Missing],
        PlaceProblem::NotAbsolute => [PlaceProblem::NotAbsolute],
        PlaceProblem::Taken => [PlaceProblem::Taken],
    })
}

fn kinds() -> Vec<Kind> {
    every!(Kind {
        Kind::AlreadyRight => [Kind::AlreadyRight],
        Kind::Deleted => [Kind::Deleted],
        Kind::Made => [Kind::Made],
        Kind::MadeRenamed => [Kind::MadeRenamed],
        Kind::Moved => [Kind::Moved],
        Kind::NotDone => [Kind::NotDone],
        Kind::Refused => [Kind::Refused],
        Kind::Replaced => [Kind::Replaced],
    })
}

/// Each fault in all forms that have words of their own.
pub(super) fn faults() -> Vec<Fault> {
    let io = [
        ErrorKind::NotFound,
        ErrorKind::PermissionDenied,
        ErrorKind::UnexpectedEof,
    ];
    let io = io.map(|kind| Fault::Io(kind.into()));
    let headings = Fault::NoHeadings {
        first_line: "4 letters".to_owned(),
    };
    let large = Fault::TooLarge {
        bytes: 2_000_000_000,
    };
    let twice = Fault::TwoColumns {
        column: Column::UserName,
        one: "user".to_owned(),
        other: "ext".to_owned(),
    };
    let unusable = every!(Unusable {
        Unusable::Binary => [Unusable::Binary],
        Unusable::Directory => [Unusable::Directory],
        Unusable::Empty => [Unusable::Empty],
        Unusable::Special => [Unusable::Special],
        Unusable::Utf32 => [Unusable::Utf32],
        Unusable::Workbook => [Unusable::Workbook],
    });
    every!(Fault {
        Fault::Changed => [Fault::Changed],
        Fault::FirstLineTooLong => [Fault::FirstLineTooLong],
        Fault::Io(_) => io,
        Fault::NoHeadings { .. } => [headings],
        Fault::OnlyHeadings => [Fault::OnlyHeadings],
        Fault::Outdated => [Fault::Outdated],
        Fault::TooLarge { .. } => [large],
        Fault::TooManyColumns { .. } => [Fault::TooManyColumns { columns: 10_000 }],
        Fault::TooManyRows => [Fault::TooManyRows],
        Fault::TwoColumns { .. } => [twice],
        Fault::Unusable(_) => unusable.into_iter().map(Fault::Unusable),
    })
}
