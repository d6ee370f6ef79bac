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

/// Largest file that is read, in bytes. Anything longer counts as damaged.
const LONGEST: u64 = 512 * 1024 * 1024;
/// What unfinished files begin with.
const UNFINISHED: &str = ".unfinished-";
/// Unfinished files of this age belong to nobody that still runs.
const ABANDONED: Duration = Duration::from_hours(1);

/// A folder of files. Clones share one lock: see [`Store::update`].
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    /// Nothing in it is changed: a newer version of this app is at home there.
    only_reads: bool,
    /// Names that this store has read or written, so that replacing them loses nothing.
    known: Arc<Mutex<HashSet<String>>>,
    /// Held from the reading of a file until it is written.
    updating: Arc<Mutex<()>>,
}

/// What was found under a name.
#[derive(Debug, PartialEq, Eq)]
pub enum Loaded<T> {
    /// The file as it was written.
    Found(T),
    /// There is no such file.
    Missing,
    /// A newer version of this app wrote it. It stays as it is.
    Newer {
        /// The version in the file.
        version: u32,
    },
    /// It could not be read, and lies beside under this name.
    SetAside {
        /// The file's name from then on.
        as_name: String,
    },
}

/// A file's content, ready to be written without its owner being held up.
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
    /// Turns a value into what will be in the file.
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

/// Reads a file's content of `version` or an older one, and returns it as it would be written.
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
    /// Opens a folder, and makes it where it is missing.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Self::at(folder).ready()
    }

    /// Names a folder without touching it. [`Store::ready`] makes it.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            only_reads: false,
            known: Arc::default(),
            updating: Arc::default(),
        }
    }

    /// Makes the folder where it is missing, and returns a clone for its files.
    pub fn ready(&self) -> Result<Self, Error> {
        if !self.only_reads {
            make_private_folder(&self.folder)
                .map_err(|source| storage("the app's folder", source))?;
            remove_abandoned(&self.folder);
        }
        Ok(self.clone())
    }

    /// Opens a folder in which a newer version of this app is at home: nothing in it is changed, and
    /// what cannot be read counts as missing.
    #[must_use]
    pub fn to_read(folder: &Path) -> Self {
        Self {
            only_reads: true,
            ..Self::at(folder)
        }
    }

    /// Reads a file that was written with `version` or an older one.
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

    /// Replaces a file. After an error the old one is there as it was.
    pub fn write<T: Serialize>(&self, name: &str, version: u32, data: &T) -> Result<(), Error> {
        self.write_packed(name, &Packed::new(version, data)?)
    }

    /// Reads a file, changes what is in it, and replaces it, while no clone of this store does the
    /// same. A missing or damaged file counts as `T::default()`. Nothing is written after an error of
    /// `change`, or where it changed nothing. Do whatever takes time before: `change` runs under the
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

    /// Removes a file where `is_over` says so of what is in it, while no clone of this store updates
    /// it. A file that is missing or can't be read stays as it is.
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

    /// Removes a file. That it is not there is no error.
    pub fn remove(&self, name: &str) -> Result<(), Error> {
        self.may_write()?;
        match fs::remove_file(self.path(name)?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(storage("a file of this app", error))
            }
            _ => Ok(()),
        }
    }

    /// Replaces a file by what was packed before. After an error the old one is there as it was.
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

    /// Writes beside the file, flushes to the disk, and only then takes the file's name.
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

    /// Returns the place of a file. A name that leads out of the folder is refused.
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

/// Returns whether a newer version than `version` wrote a file.
#[must_use]
pub fn is_newer(path: &Path, version: u32) -> bool {
    read_bounded(path).is_ok_and(|bytes| {
        matches!(
            unpack::<IgnoredAny>(&bytes, version),
            Unpacked::Newer { .. }
        )
    })
}

/// A newer version of this app wrote what is there, so that this one changes nothing. A system that
/// cannot do something says so in another way.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a newer version of this app wrote what is there")]
struct NewerWrote;

/// Returns why nothing is written where a newer version of this app did.
#[must_use]
pub fn newer_wrote() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, NewerWrote)
}

/// Returns whether an error says that a newer version of this app wrote what is there.
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

/// Removes what a process left that was killed while it wrote. Whatever fails is left for later.
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

/// Makes a new name last through a power cut. Windows has no such call and needs none.
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
