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

/// Says in the new folder that the old one is not yet gone.
const TAKEN_OVER: &str = "taken-over";

/// Returns the folder to use: `new`, with all that was in `old`, or `old` where it can't be taken
/// over now.
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
        // Nothing in it may be open when it goes.
        Claim::Ours(held) => drop(held),
        Claim::Taken => return Err(io::ErrorKind::WouldBlock.into()),
        Claim::Unknown => return Err(io::ErrorKind::PermissionDenied.into()),
    }
    let above = new.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(above)?;
    if fs::rename(old, new).is_ok() {
        return flush_folder(above);
    }
    // Another disk, or a program that looks into the folder: copied under another name, which becomes
    // the right one when all is there.
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

/// Removes the old folder, where all of it is in the new one.
fn finish(old: &Path, new: &Path) -> io::Result<()> {
    let mark = new.join(TAKEN_OVER);
    if !mark.exists() {
        return Ok(());
    }
    match fs::remove_dir_all(old) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            // It is tried again at the next start.
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
            // Windows flushes only what is open for writing.
            File::options().write(true).open(&copy)?.sync_all()?;
        } else {
            // The app makes no links, so this folder is not as it left it.
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
        // Each state that a copy to another disk can be left in by a kill.
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
