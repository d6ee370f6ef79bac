//! The log: a file of limited size in the data folder, without secrets.

use std::fs::{self, File, OpenOptions};
use std::path::Path;
use std::sync::Mutex;

/// A log longer than this is rotated at the start, replacing the previous old one.
const LONGEST: u64 = 1_000_000;

/// Starts the log. If it can't be written, the app runs without one.
pub(crate) fn start(folder: &Path) {
    if let Some(file) = open(folder) {
        let log = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::INFO)
            .with_ansi(false)
            // These would go to standard error by eprintln!, which panics if nobody reads it.
            .log_internal_errors(false)
            .with_writer(Mutex::new(file));
        let _ = log.try_init();
    }
}

fn open(folder: &Path) -> Option<File> {
    fs::create_dir_all(folder).ok()?;
    let path = folder.join("app.log");
    if fs::metadata(&path).is_ok_and(|log| log.len() > LONGEST) {
        let _ = fs::rename(&path, folder.join("app.old.log"));
    }
    OpenOptions::new().create(true).append(true).open(path).ok()
}
