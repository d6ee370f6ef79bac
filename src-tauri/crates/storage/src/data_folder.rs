//! Migrates the data folder of an older version.
//!
//! On Windows, older versions kept their files in the roaming folder, which a company network may
//! copy to other computers. The files are moved all together or not at all: if startup is
//! interrupted at any point, either the old folder or the new one is complete.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::instance::{self, Claim};
use crate::record_log::flush_folder;
use crate::store;

/// Marks in the new folder that the old one hasn't been removed yet.
const TAKEN_OVER: &str = "taken-over";

/// Returns the folder to use: `new`, after moving everything from `old`, or `old` if it can't be
/// moved now.
#[must_use]
pub fn take_over(old: &Path, new: &Path) -> PathBuf {
    match moved(old, new) {
        Ok(()) => new.to_owned(),
        Err(error) => {
            tracing::warn!(%error, "The data folder stays where it was");
            old.to_owned()
        }
    }
}

fn moved(old: &Path, new: &Path) -> io::Result<()> {
    if new.exists() {
        return finish(old, new);
    }
    if old == new || !old.is_dir() {
        return Ok(());
    }
    match instance::claim(old) {
        // No file in it may be open when it is moved.
        Claim::Ours(held) => drop(held),
        Claim::Taken => return Err(io::ErrorKind::WouldBlock.into()),
        Claim::Unknown => return Err(io::ErrorKind::PermissionDenied.into()),
    }
    let above = new.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(above)?;
    if fs::rename(old, new).is_ok() {
        return flush_folder(above);
    }
    // If the folder is on another disk or another program has it open, it is copied under a
    // temporary name and renamed once the copy is complete.
    let unfinished = with_ending(new, ".unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    copy_all(old, &unfinished)?;
    File::create(unfinished.join(TAKEN_OVER))?.sync_all()?;
    flush_folder(&unfinished)?;
    fs::rename(&unfinished, new)?;
    flush_folder(above)?;
    finish(old, new)
}

/// Removes the old folder if all of it is in the new one.
fn finish(old: &Path, new: &Path) -> io::Result<()> {
    let mark = new.join(TAKEN_OVER);
    if !mark.exists() {
        return Ok(());
    }
    match fs::remove_dir_all(old) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            // The next start tries again.
            tracing::warn!(%error, "The old data folder isn't removed yet");
            Ok(())
        }
        _ => fs::remove_file(mark),
    }
}

fn copy_all(from: &Path, to: &Path) -> io::Result<()> {
    store::make_private_folder(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy_all(&path, &copy)?;
        } else if kind.is_file() {
            fs::copy(&path, &copy)?;
            // Windows flushes only files opened for writing.
            File::options().write(true).open(&copy)?.sync_all()?;
        } else {
            // The app creates no links, so someone else has changed this folder.
            return Err(io::ErrorKind::Unsupported.into());
        }
    }
    flush_folder(to)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_in_the_old_folder_is_in_the_new_one() {
        let (_above, old, new) = folders();
        fill(&old);

        let used = take_over(&old, &new);

        assert_eq!(used, new);
        assert!(!old.exists());
        assert_filled(&new);
    }

    #[test]
    fn a_copy_cut_short_anywhere_loses_nothing() {
        // Every state in which a killed process can leave a copy to another disk.
        for stopped in 0..4 {
            let (_above, old, new) = folders();
            fill(&old);
            let unfinished = with_ending(&new, ".unfinished");
            match stopped {
                0 => {
                    fs::create_dir_all(&unfinished).unwrap();
                    fs::write(unfinished.join("accounts.json"), "hal").unwrap();
                }
                1 => copy_all(&old, &unfinished).unwrap(),
                2 => {
                    copy_all(&old, &new).unwrap();
                    fs::write(new.join(TAKEN_OVER), "").unwrap();
                }
                _ => {
                    copy_all(&old, &new).unwrap();
                    fs::write(new.join(TAKEN_OVER), "").unwrap();
                    fs::remove_file(old.join("accounts.json")).unwrap();
                }
            }

            let used = take_over(&old, &new);

            assert_eq!(used, new, "{stopped}");
            assert_filled(&new);
            assert!(!old.exists(), "{stopped}");
            assert!(!new.join(TAKEN_OVER).exists(), "{stopped}");
        }
    }

    #[test]
    fn a_copy_takes_all_or_nothing() {
        let (_above, old, new) = folders();
        fill(&old);

        copy_all(&old, &new).unwrap();
        assert_filled(&new);
        assert_filled(&old);
    }

    #[test]
    fn a_folder_already_there_is_used_as_it_is() {
        let (_above, old, new) = folders();
        fill(&old);
        fs::create_dir_all(&new).unwrap();
        fs::write(new.join("accounts.json"), "newer").unwrap();

        let used = take_over(&old, &new);

        assert_eq!(used, new);
        assert_eq!(fs::read(new.join("accounts.json")).unwrap(), b"newer");
        assert_filled(&old);
    }

    #[test]
    fn a_folder_in_use_stays_where_it_is() {
        let (_above, old, new) = folders();
        fill(&old);
        let claimed = instance::claim(&old);
        assert!(matches!(claimed, Claim::Ours(_)));

        let used = take_over(&old, &new);

        assert_eq!(used, old);
        assert!(!new.exists());
        assert_filled(&old);
    }

    #[test]
    fn a_first_start_uses_the_new_folder() {
        let (_above, old, new) = folders();

        assert_eq!(take_over(&old, &new), new);
        assert!(!old.exists());
    }

    fn folders() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let above = tempfile::tempdir().unwrap();
        let (old, new) = (
            above.path().join("roaming"),
            above.path().join("local/data"),
        );
        (above, old, new)
    }

    fn fill(folder: &Path) {
        fs::create_dir_all(folder.join("jobs/one")).unwrap();
        fs::write(folder.join("accounts.json"), "accounts").unwrap();
        fs::write(folder.join("jobs/one/plan"), "plan").unwrap();
    }

    fn assert_filled(folder: &Path) {
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(read("accounts.json"), "accounts");
        assert_eq!(read("jobs/one/plan"), "plan");
    }
}
