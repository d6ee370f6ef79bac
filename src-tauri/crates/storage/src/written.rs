//! A file that was saved for the person, so that exactly this one can be deleted later.

use std::hash::{BuildHasher as _, RandomState};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::Error;

/// A saved file, known by its place and its content. It holds nothing of the content itself.
#[derive(Clone, Debug)]
pub struct Written {
    path: PathBuf,
    length: u64,
    /// Without its key, which is in memory only, it says nothing about the content.
    hash: u64,
    key: RandomState,
}

/// What became of a file that was to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// Something else is at its place, which was left alone.
    Changed,
    /// It is deleted.
    Deleted,
    /// Nothing is at its place: it was moved or deleted.
    Missing,
}

impl Written {
    /// Remembers a file that was just written.
    #[must_use]
    pub fn new(path: PathBuf, content: &[u8]) -> Self {
        let key = RandomState::new();
        Self {
            path,
            length: content.len() as u64,
            hash: key.hash_one(content),
            key,
        }
    }

    /// Returns where it was written.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Deletes the file if its content is still the same.
    pub fn delete(&self) -> Result<Deletion, Error> {
        self.try_to_delete().or_else(|source| {
            if matches!(
                source.kind(),
                ErrorKind::NotFound | ErrorKind::NotADirectory
            ) {
                return Ok(Deletion::Missing);
            }
            Err(Error {
                what: "the file",
                source,
            })
        })
    }

    fn try_to_delete(&self) -> io::Result<Deletion> {
        let found = fs::symlink_metadata(&self.path)?;
        if !found.is_file() || found.len() != self.length {
            return Ok(Deletion::Changed);
        }
        let content = fs::read(&self.path)?;
        if self.key.hash_one(content.as_slice()) != self.hash {
            return Ok(Deletion::Changed);
        }
        fs::remove_file(&self.path)?;
        Ok(Deletion::Deleted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(folder: &Path) -> Written {
        let path = folder.join("phone.xml");
        fs::write(&path, "canary").unwrap();
        Written::new(path, b"canary")
    }

    #[test]
    fn same_file_is_deleted_once() {
        let folder = tempfile::tempdir().unwrap();
        let written = written(folder.path());

        assert_eq!(written.delete().unwrap(), Deletion::Deleted);
        assert!(!written.path().exists());
        assert_eq!(written.delete().unwrap(), Deletion::Missing);
    }

    #[test]
    fn changed_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let written = written(folder.path());

        for other in ["Canary", "canary, and more", ""] {
            fs::write(written.path(), other).unwrap();

            assert_eq!(written.delete().unwrap(), Deletion::Changed);
            assert_eq!(fs::read_to_string(written.path()).unwrap(), other);
        }
    }

    #[test]
    fn moved_file_is_missing_and_not_looked_for() {
        let folder = tempfile::tempdir().unwrap();
        let written = written(folder.path());
        let elsewhere = folder.path().join("elsewhere.xml");
        fs::rename(written.path(), &elsewhere).unwrap();

        assert_eq!(written.delete().unwrap(), Deletion::Missing);
        assert!(elsewhere.exists());
    }

    #[test]
    fn folder_in_its_place_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let written = written(folder.path());
        fs::remove_file(written.path()).unwrap();
        fs::create_dir(written.path()).unwrap();

        assert_eq!(written.delete().unwrap(), Deletion::Changed);
        assert!(written.path().is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn link_to_the_same_content_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let written = written(folder.path());
        let target = folder.path().join("target.xml");
        fs::rename(written.path(), &target).unwrap();
        std::os::unix::fs::symlink(&target, written.path()).unwrap();

        assert_eq!(written.delete().unwrap(), Deletion::Changed);
        assert!(target.exists());
    }

    #[test]
    fn content_is_not_in_its_debug_text() {
        let folder = tempfile::tempdir().unwrap();

        assert!(!format!("{:?}", written(folder.path())).contains("canary"));
    }
}
