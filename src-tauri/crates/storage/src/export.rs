//! Files that users save to a place of their choice. Written atomically, and readable by this user
//! only because some contain a hash.

use std::io::Write as _;
use std::path::Path;

use crate::{Error, own_file};

/// Writes a file, replacing an existing one.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = || {
        let mut file = own_file::unfinished(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|failed| failed.error)
    };
    written().map(|_| ()).map_err(|source| Error {
        what: "the file",
        source,
    })
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
