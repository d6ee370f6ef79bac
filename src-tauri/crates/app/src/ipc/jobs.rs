//! IPC types for jobs: imports and the desk's bulk work on SIP credentials.

use registrar_explain::Failure;
use registrar_jobs::JobWork;
use serde::{Deserialize, Serialize};

choice! {
    /// How far a job is.
    pub enum JobStage {
        /// Running.
        Running,
        /// Paused until the person continues it.
        Paused,
        /// Finished, with a result file.
        Finished,
        /// Set aside, because its plan couldn't be read.
        SetAside,
    }
}

outgoing! {
    /// A job.
    pub struct JobView {
        /// Which one.
        pub id: String,
        /// What it does.
        pub work: JobWork,
        /// Its title, such as a file's name.
        pub title: String,
        /// Its stage.
        pub stage: JobStage,
        /// Number of rows in its plan.
        pub rows: f64,
        /// Number of created SIP credentials.
        pub made: f64,
        /// Number of changed ones.
        pub replaced: f64,
        /// Number of moved ones.
        pub moved: f64,
        /// Number of deleted ones.
        pub deleted: f64,
        /// Number of rows that were already right.
        pub already_right: f64,
        /// Number of refused rows; the result file says why.
        pub refused: f64,
        /// Number of rows that weren't done when it was stopped.
        pub not_done: f64,
        /// Number of rows to go.
        pub to_go: f64,
        /// Rows per second, while it runs.
        pub rate: Option<f64>,
        /// Estimated time left, while it runs.
        pub seconds_left: Option<f64>,
        /// The files of generated passwords; the current one comes last.
        pub passwords: Vec<String>,
        /// When it began, in milliseconds since 1970.
        pub begun_at: f64,
        /// When it ended, in milliseconds since 1970.
        pub ended_at: Option<f64>,
        /// Its progress, in words.
        pub sentence: String,
        /// What blocks it.
        pub trouble: Option<Failure>,
    }
}

incoming! {
    /// Names a job of the open desk.
    pub struct NameJob {
        /// Which one.
        pub id: String,
    }
}
