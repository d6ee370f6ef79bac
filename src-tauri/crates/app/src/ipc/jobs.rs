//! IPC types for jobs: imports and the desk's bulk work on SIP credentials.

use registrar_explain::Failure;
use registrar_jobs::JobWork;
use serde::{Deserialize, Serialize};

choice! {
    /// How far a job is.
    pub enum JobStage {
        /// It is at work.
        Running,
        /// It is not at work, and goes on when it is told to.
        Paused,
        /// It is at its end, and has a result file.
        Finished,
        /// Its plan could not be read, and lies aside.
        SetAside,
    }
}

outgoing! {
    /// A job.
    pub struct JobView {
        /// Which.
        pub id: String,
        /// What it does.
        pub work: JobWork,
        /// Where its rows come from, such as a file's name.
        pub title: String,
        /// How far it is.
        pub stage: JobStage,
        /// All rows of its plan.
        pub rows: f64,
        /// How many SIP credentials it made.
        pub made: f64,
        /// How many have other hashes.
        pub replaced: f64,
        /// How many have another voice application.
        pub moved: f64,
        /// How many it deleted.
        pub deleted: f64,
        /// How many rows the account had before.
        pub already_right: f64,
        /// How many were refused; the result file says why, row by row.
        pub refused: f64,
        /// How many were left when it was ended.
        pub not_done: f64,
        /// How many are left.
        pub to_go: f64,
        /// Rows a second, while it runs.
        pub rate: Option<f64>,
        /// How long it will take, while it runs.
        pub seconds_left: Option<f64>,
        /// The files with the passwords that it makes; the one that is written to comes last.
        pub passwords: Vec<String>,
        /// When it began, in milliseconds since 1970.
        pub begun_at: f64,
        /// When it ended, in milliseconds since 1970.
        pub ended_at: Option<f64>,
        /// How far it is, in words.
        pub sentence: String,
        /// What is in its way.
        pub trouble: Option<Failure>,
    }
}

incoming! {
    /// Names a job of the open desk.
    pub struct NameJob {
        /// Which.
        pub id: String,
    }
}
