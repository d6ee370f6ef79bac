//! The thread that writes the log.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::age::{self, DAY, Span};
use super::{MOST_BYTES, Order, Shared, Whose, segments};
use crate::entry::{End, Entry};
use crate::record::Record;
use crate::{ActivityKind, Tone};

/// A new file is started after this many bytes.
pub(super) const LONGEST_FILE: u64 = 1000 * 1000;

/// Executes orders one at a time.
pub(super) struct Writer {
    folder: PathBuf,
    shared: Arc<Shared>,
    /// The files, in order; `None` until the folder has been listed.
    files: Option<Vec<Kept>>,
    open: Option<File>,
    /// The last write may have left a partial line.
    torn: bool,
}

/// An existing file.
struct Kept {
    number: u32,
    bytes: u64,
    span: Option<Span>,
}

impl Writer {
    pub(super) fn new(folder: &Path, shared: Arc<Shared>) -> Self {
        Self {
            folder: folder.to_owned(),
            shared,
            files: None,
            open: None,
            torn: false,
        }
    }

    pub(super) fn carry_out(&mut self, order: Order) {
        match order {
            Order::Keep(record) => {
                let written = self.keep(&record);
                self.shared.written(&written);
                self.say_missed(record.head.at);
            }
            Order::Remove(whose, done) => {
                let removed = self.remove(&whose);
                self.shared.rewritten.fetch_add(1, Ordering::Release);
                let _ = done.send(removed);
            }
            Order::Settle(now, done) => {
                // A folder that can't be cleaned up can still be read.
                let _ = self.tidy(now);
                let _ = done.send(());
            }
        }
    }

    fn keep(&mut self, record: &Record) -> io::Result<()> {
        let mut line = serde_json::to_vec(record).map_err(io::Error::from)?;
        line.push(b'\n');
        let (bytes, at) = (line.len() as u64, record.head.at);
        segments::make_folder(&self.folder)?;
        self.tidy_for(at, bytes)?;
        let number = self.current(at)?;
        if self.open.is_none() {
            self.open = Some(segments::append(&self.folder, number)?);
        }
        if self.torn {
            line.insert(0, b'\n');
        }
        let file = self.open.as_mut().ok_or(io::ErrorKind::NotFound)?;
        if let Err(error) = file.write_all(&line) {
            // The file may be gone or the disk full: the next exchange tries again.
            self.open = None;
            self.torn = true;
            return Err(error);
        }
        self.torn = false;
        if let Some(last) = self.files.as_mut().and_then(|files| files.last_mut()) {
            last.bytes += line.len() as u64;
            let first = last.span.map_or(at, |span| span.first);
            last.span = Some(Span { first, last: at });
        }
        Ok(())
    }

    /// Returns the number of the file to append to, starting a new one if due.
    fn current(&mut self, at: u64) -> io::Result<u32> {
        let files = self.files()?;
        let next = files.last().map_or(1, |last| last.number + 1);
        let goes_on = files.last().filter(|last| {
            let fits = last
                .span
                .is_none_or(|span| !age::leaps(span.last, at) && at.abs_diff(span.first) < DAY);
            last.bytes < LONGEST_FILE && fits
        });
        if let Some(last) = goes_on {
            return Ok(last.number);
        }
        files.push(Kept {
            number: next,
            bytes: 0,
            span: None,
        });
        (self.open, self.torn) = (None, false);
        Ok(next)
    }

    fn tidy(&mut self, now: u64) -> io::Result<()> {
        self.tidy_for(now, 0)
    }

    /// Removes the oldest files until the rest is recent enough and leaves `room` bytes.
    fn tidy_for(&mut self, now: u64, room: u64) -> io::Result<()> {
        let folder = self.folder.clone();
        let files = self.files()?;
        let spans: Vec<Span> = files.iter().filter_map(|file| file.span).collect();
        let mut old = if spans.len() == files.len() {
            age::too_old(&spans, now)
        } else {
            0
        };
        let bytes = |files: &[Kept]| files.iter().map(|file| file.bytes).sum::<u64>();
        while old < files.len() && bytes(&files[old..]) + room > MOST_BYTES {
            old += 1;
        }
        for file in files.drain(..old) {
            match fs::remove_file(segments::path(&folder, file.number)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        if files.is_empty() {
            self.open = None;
        }
        Ok(())
    }

    /// Returns the files, listing the folder on the first call.
    fn files(&mut self) -> io::Result<&mut Vec<Kept>> {
        if self.files.is_none() {
            let mut files = Vec::new();
            for number in segments::numbers(&self.folder)? {
                let bytes = fs::metadata(segments::path(&self.folder, number))?.len();
                let span = segments::span(&self.folder, number)?;
                files.push(Kept {
                    number,
                    bytes,
                    span,
                });
            }
            self.torn = true;
            self.files = Some(files);
        }
        self.files
            .as_mut()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn remove(&mut self, whose: &Whose) -> io::Result<u32> {
        self.open = None;
        let folder = self.folder.clone();
        let numbers: Vec<u32> = self.files()?.iter().map(|file| file.number).collect();
        let mut removed = 0;
        for number in numbers {
            removed += without(&folder, number, whose)?;
        }
        self.files = None;
        Ok(removed)
    }

    /// Records in the log itself that exchanges are missing.
    fn say_missed(&mut self, at_ms: u64) {
        let missed = self.shared.missed.swap(0, Ordering::Relaxed);
        if missed == 0 {
            return;
        }
        let entry = Entry {
            kind: ActivityKind::Request,
            title: match missed {
                1 => "1 exchange came too fast to be saved here".to_owned(),
                _ => format!("{missed} exchanges came too fast to be saved here"),
            },
            at_ms,
            took_ms: 0,
            method: String::new(),
            address: String::new(),
            request: String::new(),
            response: String::new(),
            messages: Vec::new(),
            end: End::NotSent,
            tone: Tone::Wait,
        };
        let _ = self.keep(&Record::new(entry, None, false));
    }
}

/// Removes exchanges from one file, which is rewritten, or deleted if nothing remains.
fn without(folder: &Path, number: u32, whose: &Whose) -> io::Result<u32> {
    let path = segments::path(folder, number);
    let (lines, _) = segments::lines(folder, number, 0)?;
    let mut kept = Vec::new();
    let mut removed = 0;
    for line in &lines {
        match segments::head(&line.bytes) {
            Some(head) if !fits(whose, &head) => kept.extend_from_slice(&line.bytes),
            Some(_) => removed += 1,
            None => {}
        }
    }
    if kept.is_empty() {
        fs::remove_file(path)?;
    } else if removed > 0 {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&kept)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|failed| failed.error)?;
    }
    Ok(removed)
}

fn fits(whose: &Whose, head: &crate::Head) -> bool {
    match whose {
        Whose::Account(account) => head.account.as_ref() == Some(account),
        Whose::All => true,
        Whose::Practice => head.practice,
    }
}
