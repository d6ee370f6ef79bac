//! IPC types for jobs: imports and the desk's bulk work on SIP credentials.

use registrar_explain::Failure;
use registrar_jobs::JobWork;
use serde::{Deserialize, Serialize};

use super::draft::PhoneChoice;
use super::phones::PhoneRow;

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

outgoing! {
    /// The setup sheets that an ended job can have.
    pub struct JobSheets {
        /// Which job.
        pub id: String,
        /// Where its rows come from, such as a file's name.
        pub title: String,
        /// How many pages there are, one for each SIP credential.
        pub pages: f64,
        /// The passwords that it generated are still in the person's file.
        pub passwords: bool,
        /// The phones to choose from.
        pub phones: Vec<PhoneRow>,
    }

    /// Setup sheets that were written.
    pub struct SavedSheets {
        /// The file.
        pub path: String,
        /// How many pages it has.
        pub pages: f64,
    }
}

incoming! {
    /// Saves the setup sheets of an ended job.
    pub struct SaveJobSheets {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Which job.
        pub id: String,
        /// The phone that all pages are for.
        pub choice: PhoneChoice,
        /// With the passwords that it generated.
        pub passwords: bool,
    }

    /// Names a job of the open desk.
    pub struct NameJob {
        /// Which one.
        pub id: String,
    }
}
