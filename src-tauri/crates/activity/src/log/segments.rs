//! The files of the log: one exchange per line, and a new file after a megabyte, a day, or a clock
//! jump. Unreadable lines are skipped.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::age::Span;
use crate::record::{Head, Record};

/// Longest line that is read, in bytes: 60 messages of 16 KiB, escaped.
const LONGEST_LINE: u64 = 4 * 1024 * 1024;
const ENDING: &str = ".jsonl";

/// A line without the texts of its exchange.
#[derive(Deserialize)]
struct OnlyHead {
    head: Head,
}

/// A line, and where it is.
pub(super) struct Line {
    pub(super) at: u64,
    pub(super) bytes: Vec<u8>,
}

/// Returns the numbers of the files, in order.
pub(super) fn numbers(folder: &Path) -> io::Result<Vec<u32>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut numbers = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let number = name.to_str().and_then(|name| name.strip_suffix(ENDING));
        numbers.extend(number.and_then(|number| number.parse::<u32>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

pub(super) fn path(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("{number:08}{ENDING}"))
}

/// Opens a file for appending. A missing file is created for this user only.
pub(super) fn append(folder: &Path, number: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path(folder, number))
}

/// Creates the folder for this user only.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Returns the complete lines of a file from a position on, and the position after them.
pub(super) fn lines(folder: &Path, number: u32, from: u64) -> io::Result<(Vec<Line>, u64)> {
    let mut file = match File::open(path(folder, number)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), from)),
        Err(error) => return Err(error),
    };
    file.seek(SeekFrom::Start(from))?;
    // Reads only up to the current length; later lines are left for the next call.
    let length = file.metadata()?.len().saturating_sub(from);
    let mut reader = BufReader::with_capacity(256 * 1024, file.take(length));
    let (mut lines, mut at) = (Vec::new(), from);
    loop {
        let mut bytes = Vec::new();
        let read = (&mut reader)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut bytes)?;
        // A line without an end is still being written, or was cut short.
        if !bytes.ends_with(b"\n") && (read as u64) < LONGEST_LINE {
            return Ok((lines, at));
        }
        lines.push(Line { at, bytes });
        at += read as u64;
    }
}

/// Parses a line and returns it as it would be written today; `None` if it isn't a record.
#[must_use]
pub fn read_again(line: &[u8]) -> Option<Vec<u8>> {
    let record: Record = serde_json::from_slice(line).ok()?;
    serde_json::to_vec(&record).ok()
}

/// Parses what the list shows of a line.
pub(super) fn head(line: &[u8]) -> Option<Head> {
    let read: Option<OnlyHead> = serde_json::from_slice(line).ok();
    read.map(|read| read.head)
}

/// Returns the ID of a line: the number of its file combined with its position there.
pub(super) fn id(number: u32, at: u64) -> u64 {
    (u64::from(number) << 32) | (at & u64::from(u32::MAX))
}

/// Splits a line's ID into the number of its file and its position there.
pub(super) fn place(id: u64) -> (u32, u64) {
    let number = u32::try_from(id >> 32).unwrap_or(u32::MAX);
    (number, id & u64::from(u32::MAX))
}

/// Reads an exchange by its ID; `None` if it was removed.
pub(super) fn read_record(folder: &Path, id: u64) -> io::Result<Option<Record>> {
    let (number, at) = place(id);
    let mut file = match File::open(path(folder, number)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    BufReader::new(file.take(LONGEST_LINE)).read_until(b'\n', &mut bytes)?;
    Ok(serde_json::from_slice(&bytes).ok())
}

/// Returns the times of a file's first and last exchange; `None` if it has none.
pub(super) fn span(folder: &Path, number: u32) -> io::Result<Option<Span>> {
    let (lines, _) = lines(folder, number, 0)?;
    let at = |line: &Line| head(&line.bytes).map(|head| head.at);
    let first = lines.iter().find_map(at);
    let last = lines.iter().rev().find_map(at);
    Ok(first.zip(last).map(|(first, last)| Span { first, last }))
}
