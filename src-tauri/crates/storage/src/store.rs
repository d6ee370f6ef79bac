//! JSON files with a version number, written atomically.
//!
//! A file that can't be read is renamed, and a file from a newer version is left alone; neither is
//! ever overwritten. On Unix, only this user can read them.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use crate::Error;

/// Maximum size of a file, in bytes. A larger one counts as damaged.
const LONGEST: u64 = 512 * 1024 * 1024;
/// Prefix of unfinished files.
const UNFINISHED: &str = ".unfinished-";
/// Unfinished files older than this were abandoned.
const ABANDONED: Duration = Duration::from_hours(1);

/// A folder of files. Clones share one lock: see [`Store::update`].
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    /// Read-only, because the folder was written by a newer version of this app.
    only_reads: bool,
    /// File names that this store has read or written, so that replacing them loses nothing.
    known: Arc<Mutex<HashSet<String>>>,
    /// Held from reading a file until it is written.
    updating: Arc<Mutex<()>>,
}

/// The result of loading a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Loaded<T> {
    /// The file's content.
    Found(T),
    /// There is no such file.
    Missing,
    /// Written by a newer version of this app. The file isn't touched.
    Newer {
        /// The version in the file.
        version: u32,
    },
    /// The file couldn't be read and was renamed.
    SetAside {
        /// The file's name from then on.
        as_name: String,
    },
}

/// A file's content, serialized in advance so that its owner doesn't wait for the write.
pub struct Packed {
    version: u32,
    bytes: Vec<u8>,
}

impl std::fmt::Debug for Packed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Packed").finish_non_exhaustive()
    }
}

impl Packed {
    /// Serializes a value as a file's content.
    pub fn new<T: Serialize>(version: u32, data: &T) -> Result<Self, Error> {
        serde_json::to_vec(&Envelope { version, data })
            .map(|bytes| Self { version, bytes })
            .map_err(|error| storage("a file of this app", error.into()))
    }
}

/// How a file is laid out. The version comes first.
#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    version: u32,
    data: T,
}

/// What a file's content is.
enum Unpacked<T> {
    Damaged,
    Newer { version: u32 },
    Whole(T),
}

fn unpack<T: DeserializeOwned>(bytes: &[u8], version: u32) -> Unpacked<T> {
    match serde_json::from_slice::<Envelope<IgnoredAny>>(bytes) {
        Err(_) => Unpacked::Damaged,
        Ok(envelope) if envelope.version > version => Unpacked::Newer {
            version: envelope.version,
        },
        Ok(_) => serde_json::from_slice::<Envelope<T>>(bytes)
            .map_or(Unpacked::Damaged, |envelope| Unpacked::Whole(envelope.data)),
    }
}

/// Parses a file's content of `version` or older, and returns it as it would be written today.
#[must_use]
pub fn read_again<T>(bytes: &[u8], version: u32) -> Option<Vec<u8>>
where
    T: DeserializeOwned + Serialize,
{
    match unpack::<T>(bytes, version) {
        Unpacked::Damaged | Unpacked::Newer { .. } => None,
        Unpacked::Whole(data) => Some(Packed::new(version, &data).ok()?.bytes),
    }
}

impl Store {
    /// Opens a folder, creating it if missing.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Self::at(folder).ready()
    }

    /// Refers to a folder without touching it. [`Store::ready`] creates it.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            only_reads: false,
            known: Arc::default(),
            updating: Arc::default(),
        }
    }

    /// Creates the folder if missing, and returns a clone for its files.
    pub fn ready(&self) -> Result<Self, Error> {
        if !self.only_reads {
            make_private_folder(&self.folder)
                .map_err(|source| storage("the app’s folder", source))?;
            remove_abandoned(&self.folder);
        }
        Ok(self.clone())
    }

    /// Opens a folder written by a newer version of this app: nothing in it is changed, and files
    /// that can't be read count as missing.
    #[must_use]
    pub fn to_read(folder: &Path) -> Self {
        Self {
            only_reads: true,
            ..Self::at(folder)
        }
    }

    /// Reads a file written with `version` or older.
    pub fn read<T: DeserializeOwned>(&self, name: &str, version: u32) -> Result<Loaded<T>, Error> {
        let path = self.path(name)?;
        self.known().remove(name);
        let bytes = match read_bounded(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Loaded::Missing),
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                return self.set_aside(name);
            }
            Err(source) => return Err(storage("a file of this app", source)),
        };
        match unpack(&bytes, version) {
            Unpacked::Damaged => self.set_aside(name),
            Unpacked::Newer { version } => Ok(Loaded::Newer { version }),
            Unpacked::Whole(data) => {
                self.known().insert(name.to_owned());
                Ok(Loaded::Found(data))
            }
        }
    }

    /// Replaces a file. After an error, the old one is unchanged.
    pub fn write<T: Serialize>(&self, name: &str, version: u32, data: &T) -> Result<(), Error> {
        self.write_packed(name, &Packed::new(version, data)?)
    }

    /// Reads a file, modifies its content, and replaces it, holding a lock shared by all clones of
    /// this store. A missing or damaged file counts as `T::default()`. Nothing is written if
    /// `change` fails or changes nothing. Do slow work beforehand, because `change` runs under the
    /// lock.
    pub fn update<T, R, E>(
        &self,
        name: &str,
        version: u32,
        change: impl FnOnce(&mut T) -> Result<R, E>,
    ) -> Result<R, E>
    where
        T: Clone + Default + DeserializeOwned + PartialEq + Serialize,
        E: From<Error>,
    {
        let _one_at_a_time = self.updating();
        let before = match self.read::<T>(name, version)? {
            Loaded::Found(before) => before,
            // Writing refuses to replace a newer file.
            Loaded::Missing | Loaded::Newer { .. } | Loaded::SetAside { .. } => T::default(),
        };
        let mut after = before.clone();
        let outcome = change(&mut after)?;
        if after != before {
            self.write(name, version, &after)?;
        }
        Ok(outcome)
    }

    /// Removes a file if `is_over` returns true for its content, holding the same lock as updates.
    /// A file that is missing or can't be read is left alone.
    pub fn remove_if<T: DeserializeOwned>(
        &self,
        name: &str,
        version: u32,
        is_over: impl FnOnce(&T) -> bool,
    ) -> Result<(), Error> {
        let _one_at_a_time = self.updating();
        match self.read::<T>(name, version)? {
            Loaded::Found(data) if is_over(&data) => self.remove(name),
            Loaded::Found(_) | Loaded::Missing | Loaded::Newer { .. } | Loaded::SetAside { .. } => {
                Ok(())
            }
        }
    }

    /// Removes a file. A missing file isn't an error.
    pub fn remove(&self, name: &str) -> Result<(), Error> {
        self.may_write()?;
        match fs::remove_file(self.path(name)?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(storage("a file of this app", error))
            }
            _ => Ok(()),
        }
    }

    /// Replaces a file with packed content. After an error, the old one is unchanged.
    pub fn write_packed(&self, name: &str, packed: &Packed) -> Result<(), Error> {
        let Packed { version, bytes } = packed;
        let path = self.path(name)?;
        self.may_write()?;
        if !self.known().contains(name)
            && let Loaded::Newer { .. } = self.read::<IgnoredAny>(name, *version)?
        {
            return Err(of_a_newer_version());
        }
        self.replace(&path, bytes)
            .map_err(|source| storage("a file of this app", source))?;
        self.known().insert(name.to_owned());
        Ok(())
    }

    /// Writes to a temporary file, flushes it to disk, and then renames it.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut unfinished = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(&self.folder)?;
        unfinished.write_all(bytes)?;
        unfinished.as_file().sync_all()?;
        unfinished.persist(path).map_err(|error| error.error)?;
        flush_folder(&self.folder)
    }

    fn may_write(&self) -> Result<(), Error> {
        if self.only_reads {
            return Err(of_a_newer_version());
        }
        Ok(())
    }

    fn set_aside<T>(&self, name: &str) -> Result<Loaded<T>, Error> {
        if self.only_reads {
            return Ok(Loaded::Missing);
        }
        let from = self.path(name)?;
        let taken = |as_name: &String| self.folder.join(as_name).exists();
        let as_name = (1..u32::MAX)
            .map(|number| format!("{name}.damaged-{number}"))
            .find(|as_name| !taken(as_name))
            .unwrap_or_else(|| format!("{name}.damaged"));
        fs::rename(from, self.folder.join(&as_name))
            .map_err(|source| storage("a damaged file", source))?;
        Ok(Loaded::SetAside { as_name })
    }

    /// Returns the path of a file. A name that leads out of the folder is refused.
    fn path(&self, name: &str) -> Result<PathBuf, Error> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
            let source = io::Error::from(io::ErrorKind::InvalidInput);
            return Err(storage("a file of this app", source));
        }
        Ok(self.folder.join(name))
    }

    fn known(&self) -> MutexGuard<'_, HashSet<String>> {
        self.known.lock()
    }

    fn updating(&self) -> MutexGuard<'_, ()> {
        self.updating.lock()
    }
}

/// Returns whether a file was written by a newer version than `version`.
#[must_use]
pub fn is_newer(path: &Path, version: u32) -> bool {
    read_bounded(path).is_ok_and(|bytes| {
        matches!(
            unpack::<IgnoredAny>(&bytes, version),
            Unpacked::Newer { .. }
        )
    })
}

/// Error: the existing file was written by a newer version of this app, so it isn't replaced. A
/// type of its own distinguishes it from errors of the system.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a newer version of this app wrote what is there")]
struct NewerWrote;

/// Returns the error for refusing to replace a newer version's file.
#[must_use]
pub fn newer_wrote() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, NewerWrote)
}

/// Returns whether an error is a refusal to replace a newer version's file.
#[must_use]
pub fn is_newer_wrote(error: &io::Error) -> bool {
    matches!(error.get_ref(), Some(source) if source.is::<NewerWrote>())
}

fn of_a_newer_version() -> Error {
    storage("what was changed", newer_wrote())
}

fn storage(what: &'static str, source: io::Error) -> Error {
    Error { what, source }
}

fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Removes the unfinished files of processes that were killed. Failures are left for the next time.
fn remove_abandoned(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let old = entry
            .metadata()
            .and_then(|about| about.modified())
            .is_ok_and(|at| at.elapsed().is_ok_and(|age| age > ABANDONED));
        if ours && old {
            fs::remove_file(entry.path()).ok();
        }
    }
}

/// Flushes a folder, so that a new file name survives a power loss. Windows has no such call and
/// needs none.
#[cfg_attr(not(unix), allow(clippy::unnecessary_wraps))]
fn flush_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests;
