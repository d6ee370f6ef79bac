//! JSON files that are written whole or not at all, each with a version number.
//!
//! A file that cannot be read is set aside under another name, and one of a newer version is left
//! alone: neither is ever overwritten. On Unix only this user can read them.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

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
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn updating(&self) -> MutexGuard<'_, ()> {
        self.updating.lock().unwrap_or_else(PoisonError::into_inner)
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
mod tests {
    use super::*;

    const NAME: &str = "state.json";

    #[test]
    fn what_was_written_is_read_back_also_by_another_store() {
        let (folder, store) = store();

        store.write(NAME, 1, &vec!["a", "b"]).unwrap();

        let other = Store::open(folder.path()).unwrap();
        assert_eq!(other.read(NAME, 1).unwrap(), found(&["a", "b"]));
        assert_eq!(read(&store), found(&["a", "b"]));
    }

    #[test]
    fn a_file_that_was_never_written_is_missing() {
        let (_folder, store) = store();

        assert_eq!(read(&store), Loaded::Missing);
    }

    #[test]
    fn a_missing_folder_is_made_with_all_above_it() {
        let above = tempfile::tempdir().unwrap();

        let store = Store::open(&above.path().join("a/b/c")).unwrap();

        store.write(NAME, 1, &["x"]).unwrap();
        assert!(above.path().join("a/b/c").join(NAME).exists());
    }

    #[test]
    fn a_file_cut_at_any_byte_is_set_aside_with_what_it_held() {
        let (folder, store) = store();
        store.write(NAME, 1, &["alpha"]).unwrap();
        let whole = fs::read(folder.path().join(NAME)).unwrap();

        for length in 0..whole.len() {
            fs::write(folder.path().join(NAME), &whole[..length]).unwrap();

            let Loaded::SetAside { as_name } = read(&store) else {
                panic!("cut at {length} was not noticed");
            };

            let kept = fs::read(folder.path().join(as_name)).unwrap();
            assert_eq!(kept, &whole[..length], "nothing of it is lost");
            assert_eq!(read(&store), Loaded::Missing, "it moved away");
        }
        let aside = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(aside, whole.len(), "no damaged file replaced another");
    }

    #[test]
    fn a_kill_before_the_rename_leaves_the_old_file() {
        let (folder, store) = store();
        store.write(NAME, 1, &["old"]).unwrap();
        let leftover = folder.path().join(format!("{UNFINISHED}x"));

        fs::write(&leftover, br#"{"version":1,"da"#).unwrap();

        let after = Store::open(folder.path()).unwrap();
        assert_eq!(read(&after), found(&["old"]));
        assert!(leftover.exists(), "it may be another process at work");
        let long_ago = File::options().write(true).open(&leftover).unwrap();
        let modified = long_ago.metadata().unwrap().modified().unwrap();
        long_ago.set_modified(modified - 2 * ABANDONED).unwrap();
        drop(long_ago);
        Store::open(folder.path()).unwrap();
        assert!(!leftover.exists(), "what nobody writes any more is removed");
    }

    #[test]
    fn a_newer_file_is_told_and_never_overwritten() {
        let (folder, store) = store();
        store.write(NAME, 7, &["new"]).unwrap();
        let before = fs::read(folder.path().join(NAME)).unwrap();
        let older = Store::open(folder.path()).unwrap();

        let written = older.write(NAME, 1, &["old"]);

        assert!(matches!(written, Err(Error { .. })), "{written:?}");
        assert_eq!(read(&older), Loaded::Newer { version: 7 });
        assert_eq!(fs::read(folder.path().join(NAME)).unwrap(), before);
    }

    #[test]
    fn updates_by_clones_of_a_store_lose_nothing() {
        let (_folder, store) = store();
        let clones: Vec<Store> = (0..8).map(|_| store.clone()).collect();

        std::thread::scope(|scope| {
            for (number, clone) in clones.iter().enumerate() {
                scope.spawn(move || {
                    for turn in 0..20 {
                        add(clone, format!("{number}-{turn}")).unwrap();
                    }
                });
            }
        });

        let Loaded::Found(kept) = read(&store) else {
            panic!("nothing was kept")
        };
        assert_eq!(kept.len(), 8 * 20);
    }

    #[test]
    fn a_refused_or_empty_update_writes_nothing() {
        let (folder, store) = store();
        add(&store, "a".to_owned()).unwrap();
        let path = folder.path().join(NAME);
        let written = || fs::metadata(&path).unwrap().modified().unwrap();
        let long_ago = std::time::SystemTime::UNIX_EPOCH;
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(long_ago).unwrap();

        let refused = store.update(NAME, 1, |names: &mut Vec<String>| {
            names.clear();
            Err::<(), _>(refusal())
        });
        store
            .update(NAME, 1, |_: &mut Vec<String>| Ok::<_, Error>(()))
            .unwrap();

        let refused = refused.unwrap_err();
        assert_eq!(refused.what, refusal().what);
        assert_eq!(written(), long_ago);
        assert_eq!(read(&store), found(&["a"]));
    }

    #[test]
    fn a_newer_file_is_not_updated() {
        let (folder, store) = store();
        store.write(NAME, 7, &["new"]).unwrap();
        let before = fs::read(folder.path().join(NAME)).unwrap();

        let updated = add(&store, "old".to_owned());

        assert!(matches!(updated, Err(Error { .. })), "{updated:?}");
        assert_eq!(fs::read(folder.path().join(NAME)).unwrap(), before);
    }

    #[test]
    fn a_file_is_removed_only_while_it_is_over() {
        let (_folder, store) = store();
        add(&store, "a".to_owned()).unwrap();
        let remove_empty = || store.remove_if(NAME, 1, |names: &Vec<String>| names.is_empty());

        remove_empty().unwrap();
        assert_eq!(read(&store), found(&["a"]));

        store.write(NAME, 1, &Vec::<String>::new()).unwrap();
        remove_empty().unwrap();
        assert_eq!(read(&store), Loaded::Missing);
    }

    #[test]
    fn a_damaged_file_that_nobody_read_is_not_overwritten_either() {
        let (folder, store) = store();
        fs::write(folder.path().join(NAME), "not ours").unwrap();

        store.write(NAME, 1, &["new"]).unwrap();

        let aside = fs::read_to_string(folder.path().join("state.json.damaged-1")).unwrap();
        assert_eq!(aside, "not ours");
        assert_eq!(read(&store), found(&["new"]));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_a_storage_failure() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("folder");
        let store = Store::open(&folder).unwrap();
        fs::remove_dir(&folder).unwrap();
        fs::write(&folder, "a file is in the way").unwrap();

        let written = store.write(NAME, 1, &["x"]);
        let opened = Store::open(&folder);

        assert!(matches!(written, Err(Error { .. })), "{written:?}");
        assert!(matches!(opened, Err(Error { .. })), "{opened:?}");
    }

    #[test]
    fn a_name_that_leads_out_of_the_folder_is_refused() {
        let (_folder, store) = store();

        for name in ["../x", "/x", "a/b", "..", "", "a\\b", ".hidden"] {
            assert!(store.write(name, 1, &["x"]).is_err(), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_this_user_can_read_the_folder_and_its_files() {
        use std::os::unix::fs::PermissionsExt as _;
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("folder");
        let store = Store::open(&folder).unwrap();

        store.write(NAME, 1, &["x"]).unwrap();

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join(NAME)), 0o600);
    }

    fn add(store: &Store, name: String) -> Result<(), Error> {
        store.update(NAME, 1, |names: &mut Vec<String>| {
            names.push(name);
            Ok(())
        })
    }

    fn refusal() -> Error {
        storage("what the caller refuses", io::ErrorKind::Other.into())
    }

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        (folder, store)
    }

    fn read(store: &Store) -> Loaded<Vec<String>> {
        store.read(NAME, 1).unwrap()
    }

    fn found(lines: &[&str]) -> Loaded<Vec<String>> {
        Loaded::Found(lines.iter().map(ToString::to_string).collect())
    }
}
