//! The report written when part of the app crashes.
//!
//! The report stays on this computer until the person shows, saves or deletes it; the app sends it
//! to no one. A panic's message may contain anything, so the report includes only words that appear
//! literally in the source. There is no backtrace, because the shipped app has no symbols.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::thread;

use parking_lot::Mutex;
use registrar_activity::clock;
use registrar_secret::redact::{sanitized, sanitized_line};
use registrar_storage::own_file::for_this_user;

use crate::terminal;

/// The report's file name in the app's data folder.
const FILE: &str = "crash-report.txt";
/// Maximum size of a report, in bytes, so that a repeated crash is recorded only a few times.
const LONGEST: u64 = 16 * 1024;
/// Maximum length of a panic's message, in characters.
const LONGEST_WORDS: usize = 200;

/// Writes a report from now on whenever part of the app panics, instead of printing the panic,
/// whose message may contain anything.
pub fn watch(folder: &Path, version: &'static str) {
    std::panic::set_hook(Box::new(hook(folder, version)));
}

/// Returns the hook that [`watch`] sets, for tests that restore the old one.
pub fn hook(
    folder: &Path,
    version: &'static str,
) -> impl Fn(&PanicHookInfo<'_>) + Send + Sync + use<> {
    let folder = folder.to_owned();
    let turn = Mutex::new(());
    move |info| {
        let _turn = turn.lock();
        // A failure to write is only reported, because a panic here would end the app.
        match append(&folder, &entry(info, version)) {
            Ok(()) => terminal::say(&format!(
                "Part of the app crashed. A report is in {}.",
                folder.join(FILE).display()
            )),
            Err(_) => terminal::say(&format!(
                "Part of the app crashed at {}. No report can be written to {}.",
                place(info),
                folder.display()
            )),
        }
    }
}

/// Returns the existing report.
#[must_use]
pub fn read(folder: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    let file = File::open(folder.join(FILE)).ok()?;
    file.take(LONGEST).read_to_end(&mut bytes).ok()?;
    let text = sanitized(&String::from_utf8_lossy(&bytes));
    (!text.trim().is_empty()).then_some(text)
}

/// Deletes the report. It isn't an error if there is none.
pub fn delete(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn entry(info: &PanicHookInfo<'_>, version: &str) -> String {
    let place = place(info);
    // A literal is the same on every computer. Any other message was composed here, possibly from
    // secrets.
    let words = match info.payload().downcast_ref::<&'static str>() {
        Some(words) => sanitized_line(words, LONGEST_WORDS),
        None => "left out, because it may contain anything".to_owned(),
    };
    let thread = thread::current();
    let thread = sanitized_line(thread.name().unwrap_or("without a name"), 40);
    format!(
        "SIP Registrar Setup {version} on {} ({})\nWhen: {} ms since 1970 (UTC)\nWhere: {place}\n\
         Thread: {thread}\nWords: {words}\n\n",
        std::env::consts::OS,
        std::env::consts::ARCH,
        clock::now_ms(),
    )
}

fn place(info: &PanicHookInfo<'_>) -> String {
    info.location().map_or_else(
        || "unknown".to_owned(),
        |at| format!("{}:{}:{}", within(at.file()), at.line(), at.column()),
    )
}

/// Returns a source file's path from its crate on, because the part before would identify the build
/// computer.
fn within(file: &str) -> String {
    let parts: Vec<&str> = file.split(['/', '\\']).collect();
    let source = parts.iter().rposition(|&part| part == "src");
    let from = source.map_or(parts.len().saturating_sub(1), |at| at.saturating_sub(1));
    parts[from..].join("/")
}

fn append(folder: &Path, entry: &str) -> io::Result<()> {
    let path: PathBuf = folder.join(FILE);
    let mut file = for_this_user(OpenOptions::new().create(true).append(true)).open(path)?;
    if file.metadata()?.len() + entry.len() as u64 <= LONGEST {
        file.write_all(entry.as_bytes())?;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_from_its_crate_on() {
        let places = [
            (
                "/srv/ann/.cargo/registry/src/index-1/tokio-1.54.1/src/task/mod.rs",
                "tokio-1.54.1/src/task/mod.rs",
            ),
            (
                "src-tauri/crates/storage/src/store.rs",
                "storage/src/store.rs",
            ),
            ("C:\\build\\storage\\src\\store.rs", "storage/src/store.rs"),
            ("src/lib.rs", "src/lib.rs"),
            ("/srv/ann/build.rs", "build.rs"),
        ];

        for (whole, named) in places {
            assert_eq!(within(whole), named);
        }
    }

    #[test]
    fn a_report_ends_where_it_is_long_enough() {
        let folder = tempfile::tempdir().unwrap();

        for _ in 0..1000 {
            append(folder.path(), &"x".repeat(100)).unwrap();
        }

        let length = fs::metadata(folder.path().join(FILE)).unwrap().len();
        assert!(length <= LONGEST && length > LONGEST - 100, "{length}");
    }

    #[test]
    fn report_exists_only_from_its_writing_to_its_deletion() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()), None);
        delete(folder.path()).unwrap();

        append(folder.path(), "Where: x\n").unwrap();

        assert_eq!(read(folder.path()).as_deref(), Some("Where: x\n"));
        delete(folder.path()).unwrap();
        assert_eq!(read(folder.path()), None);
    }
}
