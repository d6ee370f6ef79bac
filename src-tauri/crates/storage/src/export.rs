//! Files that users save to a place of their choice. Written atomically, and readable by this user
//! only because some contain a hash.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::{Error, own_file};

/// Writes a file, replacing an existing one.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = Export::begin(path)?;
    file.write_all(bytes).map_err(failed)?;
    file.finish()
}

/// A file that is being written part by part. It replaces an existing one when it is finished; if
/// dropped before, it leaves nothing behind.
#[derive(Debug)]
pub struct Export {
    file: NamedTempFile,
    path: PathBuf,
}

impl Export {
    /// Begins a file.
    pub fn begin(path: &Path) -> Result<Self, Error> {
        let folder = path.parent().unwrap_or(Path::new("."));
        Ok(Self {
            file: own_file::unfinished(folder).map_err(failed)?,
            path: path.to_owned(),
        })
    }

    /// Puts the file at its place once it is on disk.
    pub fn finish(self) -> Result<(), Error> {
        self.file.as_file().sync_all().map_err(failed)?;
        let placed = self.file.persist(&self.path);
        placed.map(|_| ()).map_err(|error| failed(error.error))
    }
}

impl Write for Export {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Returns the error of a file that can't be written.
#[must_use]
pub fn failed(source: io::Error) -> Error {
    Error {
        what: "the file",
        source,
    }
}

/// Returns a file name part that every system accepts: at most 64 letters, digits and hyphens.
#[must_use]
pub fn name_part(text: &str) -> String {
    let safe = |letter: char| {
        if letter.is_ascii_alphanumeric() || letter == '-' {
            letter
        } else {
            '-'
        }
    };
    text.chars().map(safe).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{folder, is_closed_to_others};

    #[test]
    fn the_file_that_was_there_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheet.html");

        write(&path, b"first").unwrap();
        write(&path, b"second").unwrap();

        assert_eq!(std::fs::read(&path).unwrap(), b"second");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left over"
        );
    }

    #[test]
    fn an_unfinished_file_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheet.html");
        write(&path, b"first").unwrap();

        let mut file = Export::begin(&path).unwrap();
        file.write_all(b"sec").unwrap();
        drop(file);

        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn only_this_user_can_read_it() {
        let folder = folder();
        let path = folder.path().join("linphone.xml");

        write(&path, b"ha1").unwrap();

        assert!(is_closed_to_others(&path));
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_failure_in_words() {
        let folder = tempfile::tempdir().unwrap();

        let failed = write(&folder.path().join("missing/sheet.html"), b"x");

        assert!(matches!(failed, Err(Error { .. })));
    }
}
