//! Files that only this user can read.
//!
//! On Unix they have mode 0600. On Windows, a file inherits its folder's access list, which may
//! admit others, so a file that holds a secret gets its own list with this user as the only entry.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// Creates a new file that only this user can read.
pub fn create_new(path: &Path) -> io::Result<File> {
    let file = for_this_user(OpenOptions::new().write(true).create_new(true)).open(path)?;
    if let Err(error) = access::restrict(&file, path) {
        drop(file);
        // It's still empty.
        let _left = fs::remove_file(path);
        return Err(error);
    }
    Ok(file)
}

/// Creates an unfinished file in a folder that only this user can read. It keeps its access list
/// when it is renamed.
pub fn unfinished(folder: &Path) -> io::Result<NamedTempFile> {
    let file = NamedTempFile::new_in(folder)?;
    access::restrict(file.as_file(), file.path())?;
    Ok(file)
}

/// Makes new files opened with these options readable by this user only, on Unix.
pub fn for_this_user(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Restricts an open file to this user again, because another program such as a spreadsheet may
/// have saved it with default permissions. A file that belongs to another user isn't an error.
pub fn tighten(file: &File, path: &Path) {
    if let Err(error) = access::restrict(file, path) {
        tracing::warn!(%error, "Others may be able to read a file");
    }
}

/// Returns whether an error says that the file system has no permissions, as on a USB stick.
fn has_no_permissions(error: &io::Error) -> bool {
    // ERROR_INVALID_FUNCTION and ERROR_NOT_SUPPORTED.
    let of_windows = cfg!(windows) && matches!(error.raw_os_error(), Some(1 | 50));
    of_windows || error.kind() == io::ErrorKind::Unsupported
}

#[cfg(unix)]
mod access {
    use std::fs::{File, Permissions};
    use std::io;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;

    pub(super) fn restrict(file: &File, _path: &Path) -> io::Result<()> {
        let open_to_others = file.metadata()?.permissions().mode() & 0o077 != 0;
        if !open_to_others {
            return Ok(());
        }
        match file.set_permissions(Permissions::from_mode(0o600)) {
            Err(error) if super::has_no_permissions(&error) => Ok(()),
            restricted => restricted,
        }
    }
}

/// Windows' `icacls` could do this too, but it starts a process per file, reports in the system's
/// language, and does nothing under Wine, where the tests run. `windows-permissions` is a safe
/// binding to exactly the two functions needed, and depends only on winapi.
#[cfg(windows)]
pub(crate) mod access {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    use windows_permissions::constants::{SeObjectType, SecurityInformation};
    use windows_permissions::utilities::current_process_sid;
    use windows_permissions::wrappers::{ConvertSidToStringSid, SetNamedSecurityInfo};
    use windows_permissions::{LocalBox, SecurityDescriptor};

    pub(super) fn restrict(_file: &File, path: &Path) -> io::Result<()> {
        let user = ConvertSidToStringSid(&*current_process_sid()?)?;
        // Protected: inherits nothing from the folder. One entry: full access for this user.
        let list = format!("D:P(A;;FA;;;{})", user.to_string_lossy());
        match set_list(path, &list) {
            Err(error) if super::has_no_permissions(&error) => Ok(()),
            set => set,
        }
    }

    /// Sets a file's access list, given as a Windows security descriptor string.
    pub(crate) fn set_list(path: &Path, list: &str) -> io::Result<()> {
        let list: LocalBox<SecurityDescriptor> = list.parse()?;
        SetNamedSecurityInfo(
            path,
            SeObjectType::SE_FILE_OBJECT,
            SecurityInformation::Dacl | SecurityInformation::ProtectedDacl,
            None,
            None,
            list.dacl(),
            None,
        )
    }
}

#[cfg(not(any(unix, windows)))]
mod access {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    pub(super) fn restrict(_file: &File, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::testing::{folder, is_closed_to_others, open_to_others};

    #[test]
    fn a_new_file_is_for_this_user_alone() {
        let folder = folder();
        let (made, saved) = (folder.path().join("made"), folder.path().join("saved"));

        create_new(&made).unwrap().write_all(b"secret").unwrap();
        let file = unfinished(folder.path()).unwrap();
        fs::write(&saved, "what was there before").unwrap();
        file.persist(&saved).unwrap();

        assert!(is_closed_to_others(&made));
        assert!(is_closed_to_others(&saved));
        assert_eq!(fs::read(&made).unwrap(), b"secret");
    }

    #[test]
    fn a_file_that_another_program_saved_is_closed_again() {
        let folder = folder();
        let path = folder.path().join("passwords.csv");
        fs::write(&path, "saved by a spreadsheet").unwrap();
        open_to_others(&path);

        tighten(&File::open(&path).unwrap(), &path);

        assert!(is_closed_to_others(&path));
        assert_eq!(fs::read(&path).unwrap(), b"saved by a spreadsheet");
    }
}
