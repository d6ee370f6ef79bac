//! The input file: opened safely, read up to a size limit, and identified by its content.

use std::fs::{File, Metadata};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use crate::{Error, Unusable};

/// Maximum size of a file: a thousand bytes for each of the maximum number of rows.
pub const MOST_BYTES: u64 = 1_000_000_000;

/// Identifies the content of a file when it was read.
#[derive(Clone, Debug)]
pub struct Fingerprint {
    path: PathBuf,
    outside: Outside,
    keys: RandomState,
    content: u64,
}

/// Metadata that shows a file is unchanged without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Outside {
    length: u64,
    changed: Option<SystemTime>,
    /// Device and inode, if the system has them.
    place: (u64, u64),
}

impl Outside {
    fn of(about: &Metadata) -> Self {
        #[cfg(unix)]
        let place = {
            use std::os::unix::fs::MetadataExt as _;
            (about.dev(), about.ino())
        };
        #[cfg(not(unix))]
        let place = (0, 0);
        Self {
            length: about.len(),
            changed: about.modified().ok(),
            place,
        }
    }
}

/// A file that is being read and checked for changes.
#[derive(Debug)]
pub struct Watched {
    path: PathBuf,
    file: File,
    before: Outside,
    keys: RandomState,
    content: std::hash::DefaultHasher,
    read: Arc<AtomicU64>,
}

impl Watched {
    /// Opens a file.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::open_with(path, RandomState::new())
    }

    fn open_with(path: &Path, keys: RandomState) -> Result<Self, Error> {
        // Checked before opening, because opening a pipe would block until its other end is opened.
        let about = std::fs::metadata(path)?;
        if about.is_dir() {
            return Err(Unusable::Directory.into());
        }
        if !about.is_file() {
            return Err(Unusable::Special.into());
        }
        if about.len() > MOST_BYTES {
            return Err(Error::TooLarge { bytes: about.len() });
        }
        let file = File::open(path)?;
        let before = Outside::of(&file.metadata()?);
        let content = keys.build_hasher();
        Ok(Self {
            path: path.to_owned(),
            file,
            before,
            keys,
            content,
            read: Arc::default(),
        })
    }

    /// Returns the size of the file when it was opened.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.before.length
    }

    /// Returns a live counter of the bytes read.
    #[must_use]
    pub fn read_so_far(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// Finishes reading. It is an error if the file has changed in the meantime, because half of
    /// what was read may be old and half new.
    pub fn end(self) -> Result<Fingerprint, Error> {
        let same = self.read.load(Ordering::Relaxed) == self.before.length
            && Outside::of(&self.file.metadata()?) == self.before
            && Outside::of(&std::fs::metadata(&self.path)?) == self.before;
        if !same {
            return Err(Error::Changed);
        }
        Ok(Fingerprint {
            path: self.path,
            outside: self.before,
            keys: self.keys,
            content: self.content.finish(),
        })
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.content.write(buffer.get(..count).unwrap_or_default());
        let before = self.read.fetch_add(count as u64, Ordering::Relaxed);
        if before + count as u64 > self.before.length {
            return Err(Error::Changed.into());
        }
        Ok(count)
    }
}

impl Fingerprint {
    /// Returns the file's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Checks that the file still contains what was read. A deleted file passes, because it can't
    /// mislead anyone.
    pub fn still_holds(&self) -> Result<(), Error> {
        let about = match std::fs::metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            about => about?,
        };
        let outside = Outside::of(&about);
        if outside == self.outside {
            return Ok(());
        }
        if outside.length != self.outside.length {
            return Err(Error::Changed);
        }
        // It may have been saved again without changes.
        let mut file = Watched::open_with(&self.path, self.keys.clone())?;
        io::copy(&mut file, &mut io::sink())?;
        if file.end()?.content == self.content {
            Ok(())
        } else {
            Err(Error::Changed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv");
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    fn read(path: &Path) -> Fingerprint {
        let mut file = Watched::open(path).unwrap();
        io::copy(&mut file, &mut io::sink()).unwrap();
        file.end().unwrap()
    }

    #[test]
    fn a_file_that_was_only_saved_again_still_holds() {
        let (_folder, path) = file("user\nanna\n");
        let before = read(&path);

        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, "user\nanna\n").unwrap();

        assert!(before.still_holds().is_ok());
    }

    #[test]
    fn one_other_letter_of_the_same_length_is_noticed() {
        let (_folder, path) = file("user\nanna\n");
        let before = read(&path);

        // Replaced, so that it is a different file even if the clock didn't advance.
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, "user\nanne\n").unwrap();

        assert!(matches!(before.still_holds(), Err(Error::Changed)));
    }

    #[test]
    fn a_file_that_is_gone_misleads_nobody() {
        let (_folder, path) = file("user\nanna\n");
        let before = read(&path);

        std::fs::remove_file(&path).unwrap();

        assert!(before.still_holds().is_ok());
    }

    #[test]
    fn a_file_that_grows_or_shrinks_while_it_is_read_is_noticed() {
        for (text, changed) in [("user\nanna\n", "user\n"), ("user\n", "user\nanna\n")] {
            let (_folder, path) = file(text);
            let mut file = Watched::open(&path).unwrap();

            std::fs::write(&path, changed).unwrap();

            let read = io::copy(&mut file, &mut io::sink()).map_err(Error::from);
            let outcome = read.and_then(|_| file.end().map(|_| ()));
            assert!(matches!(outcome, Err(Error::Changed)), "{outcome:?}");
        }
    }

    #[test]
    fn what_is_no_file_is_named() {
        let folder = tempfile::tempdir().unwrap();

        let directory = Watched::open(folder.path());
        let missing = Watched::open(&folder.path().join("missing.csv"));

        assert!(matches!(
            directory,
            Err(Error::Unusable(Unusable::Directory))
        ));
        assert!(
            matches!(missing, Err(Error::Io(error)) if error.kind() == io::ErrorKind::NotFound)
        );
        #[cfg(unix)]
        assert!(matches!(
            Watched::open(Path::new("/dev/zero")),
            Err(Error::Unusable(Unusable::Special))
        ));
    }

    #[test]
    fn two_gigabytes_are_refused_before_a_byte_is_read() {
        let (_folder, path) = file("");
        // A sparse file, which takes no disk space.
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(2_000_000_000)
            .unwrap();

        let refused = Watched::open(&path);

        assert!(matches!(
            refused,
            Err(Error::TooLarge {
                bytes: 2_000_000_000
            })
        ));
    }
}
