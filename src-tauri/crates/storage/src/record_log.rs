//! Append-only files of records, each with its length and a checksum.
//!
//! A file that was truncated or partly written is read up to its last complete record, and
//! appending continues from there. Only this user can read it.

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use zeroize::Zeroizing;

use crate::own_file::{self, for_this_user};

/// The first bytes of a record file; the digit is the version of the format.
const MAGIC: &[u8] = b"records 1\n";
/// Length of the header before each record, its length and checksum, in bytes.
const HEAD: usize = 8;
/// Maximum plausible length of a record, in bytes.
const LONGEST: usize = 16 * 1024 * 1024;

/// A record's bytes, zeroed on drop because some hold hashes.
pub type Payload = Zeroizing<Vec<u8>>;

/// The state of a file's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// The last record is complete.
    Whole,
    /// The file ends in the middle of a record, as after a crash.
    Torn,
    /// A corrupt record is followed by more data.
    Damaged,
}

/// Appends a framed record to a buffer, and returns its length there.
pub fn frame(payload: &[u8], into: &mut Vec<u8>) -> u64 {
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    into.extend_from_slice(&length.to_le_bytes());
    into.extend_from_slice(&checksum(length, payload).to_le_bytes());
    into.extend_from_slice(payload);
    (HEAD + payload.len()) as u64
}

/// The checksum covers the length too, so that a block of zeros isn't a valid record.
fn checksum(length: u32, payload: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&length.to_le_bytes());
    hasher.update(payload);
    hasher.finalize()
}

/// Creates an empty file for this user only.
pub fn create(path: &Path) -> io::Result<File> {
    let mut file = for_this_user(File::options().write(true).create_new(true)).open(path)?;
    begin(&mut file)?;
    Ok(file)
}

/// Writes what stands before the first record.
pub fn begin(file: &mut impl io::Write) -> io::Result<()> {
    file.write_all(MAGIC)
}

/// Opens a file that is about to be rewritten, without truncating it yet.
pub fn open(path: &Path) -> io::Result<File> {
    let file =
        for_this_user(File::options().write(true).create(true).truncate(false)).open(path)?;
    own_file::tighten(&file, path);
    Ok(file)
}

/// Opens a file for appending after its last complete record, which ends at `end`. Anything after
/// that is cut off.
pub fn go_on(path: &Path, end: u64) -> io::Result<File> {
    let mut file = open(path)?;
    if end == 0 {
        file.set_len(0)?;
        file.write_all(MAGIC)?;
    } else {
        file.set_len(end)?;
        file.seek(SeekFrom::End(0))?;
    }
    Ok(file)
}

/// Flushes a folder, so that new file names survive a power loss. Windows has no such call and
/// needs none.
#[cfg_attr(not(unix), allow(clippy::unnecessary_wraps))]
pub fn flush_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Reads records one after the other.
#[derive(Debug)]
pub struct Records {
    file: BufReader<File>,
    /// The position of the next record; everything before it is complete. 0 if even the header
    /// isn't.
    at: u64,
    tail: Option<Tail>,
}

impl Records {
    /// Opens a file. One with another header contains no records and counts as damaged.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        own_file::tighten(&file, path);
        let mut file = BufReader::with_capacity(256 * 1024, file);
        let mut magic = Vec::new();
        file.by_ref()
            .take(MAGIC.len() as u64)
            .read_to_end(&mut magic)?;
        let (at, tail) = if magic == MAGIC {
            (MAGIC.len() as u64, None)
        } else if MAGIC.starts_with(&magic) {
            (0, Some(Tail::Torn))
        } else {
            (0, Some(Tail::Damaged))
        };
        Ok(Self { file, at, tail })
    }

    /// Seeks to the position of a record.
    pub fn seek(&mut self, at: u64) -> io::Result<()> {
        let here = i64::try_from(at).unwrap_or(i64::MAX) - i64::try_from(self.at).unwrap_or(0);
        self.file.seek_relative(here)?;
        self.at = at;
        self.tail = None;
        Ok(())
    }

    /// Returns where the next record begins.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.at
    }

    /// Returns the next complete record, or `None` at the end: see [`Records::tail`].
    pub fn next_record(&mut self) -> io::Result<Option<Payload>> {
        if self.tail.is_some() {
            return Ok(None);
        }
        let mut head = [0; HEAD];
        match fill(&mut self.file, &mut head)? {
            0 => return Ok(self.end(Tail::Whole)),
            HEAD => {}
            _ => return Ok(self.end(Tail::Torn)),
        }
        let length = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
        let expected = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        let size = length as usize;
        if size > LONGEST {
            return Ok(self.end(Tail::Damaged));
        }
        let mut payload = Zeroizing::new(vec![0; size]);
        if fill(&mut self.file, &mut payload)? < size {
            return Ok(self.end(Tail::Torn));
        }
        if checksum(length, &payload) != expected {
            let more = fill(&mut self.file, &mut [0])? > 0;
            return Ok(self.end(if more { Tail::Damaged } else { Tail::Torn }));
        }
        self.at += (HEAD + size) as u64;
        Ok(Some(payload))
    }

    /// Returns how the end was found, once [`Iterator::next`] came to it.
    #[must_use]
    pub fn tail(&self) -> Tail {
        self.tail.unwrap_or(Tail::Whole)
    }

    fn end(&mut self, tail: Tail) -> Option<Payload> {
        self.tail = Some(tail);
        None
    }
}

/// Reads until the buffer is full or the file ends, and returns the number of bytes read.
fn fill(file: &mut impl io::Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < buffer.len() {
        match file.read(&mut buffer[read..]) {
            Ok(0) => break,
            Ok(count) => read += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::testing::{folder, is_closed_to_others, open_to_others};

    fn written(records: &[&[u8]]) -> (tempfile::TempDir, std::path::PathBuf, Vec<u64>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records");
        let mut file = create(&path).unwrap();
        let mut ends = vec![MAGIC.len() as u64];
        for record in records {
            let mut bytes = Vec::new();
            frame(record, &mut bytes);
            file.write_all(&bytes).unwrap();
            ends.push(ends[ends.len() - 1] + bytes.len() as u64);
        }
        (folder, path, ends)
    }

    fn read(path: &Path) -> (Vec<Vec<u8>>, u64, Tail) {
        let mut records = Records::open(path).unwrap();
        let mut all = Vec::new();
        while let Some(record) = records.next_record().unwrap() {
            all.push(record.to_vec());
        }
        (all, records.position(), records.tail())
    }

    #[test]
    fn a_file_that_others_could_read_is_closed_when_it_is_opened() {
        let folder = folder();
        for reopen in [
            |path: &Path| open(path).map(drop),
            |path: &Path| Records::open(path).map(drop),
        ] {
            let path = folder.path().join("journal");
            std::fs::write(&path, MAGIC).unwrap();
            open_to_others(&path);

            reopen(&path).unwrap();

            assert!(is_closed_to_others(&path));
            std::fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn file_cut_at_any_byte_resumes_after_its_last_whole_record() {
        let records: [&[u8]; 4] = [b"first", b"", b"third record", b"4"];
        let (_folder, path, ends) = written(&records);
        let whole = fs::read(&path).unwrap();

        for length in 0..=whole.len() {
            fs::write(&path, &whole[..length]).unwrap();

            let (found, end, _) = read(&path);

            let kept = ends[1..]
                .iter()
                .filter(|end| **end <= length as u64)
                .count();
            assert_eq!(found, records[..kept], "cut at {length}");
            let mut file = go_on(&path, end).unwrap();
            let mut more = Vec::new();
            frame(b"more", &mut more);
            file.write_all(&more).unwrap();
            let (found, _, tail) = read(&path);
            assert_eq!(found.len(), kept + 1, "cut at {length}");
            assert_eq!(found[kept], b"more");
            assert_eq!(tail, Tail::Whole);
        }
    }

    #[test]
    fn changed_byte_ends_reading_before_its_record() {
        let (_folder, path, ends) = written(&[b"first", b"second", b"third"]);
        let whole = fs::read(&path).unwrap();

        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            fs::write(&path, &changed).unwrap();

            let (found, _, tail) = read(&path);

            let before = ends[1..].iter().filter(|end| **end <= at as u64).count();
            assert_eq!(found.len(), before, "changed at {at}");
            assert_ne!(tail, Tail::Whole, "changed at {at}");
        }
    }

    #[test]
    fn a_hole_of_zeros_is_no_record() {
        let (_folder, path, ends) = written(&[b"first"]);
        let mut bytes = fs::read(&path).unwrap();
        bytes.extend([0; 64]);
        fs::write(&path, &bytes).unwrap();

        let (found, end, tail) = read(&path);

        assert_eq!((found.len(), end), (1, ends[1]));
        assert_eq!(tail, Tail::Damaged);
    }
}
