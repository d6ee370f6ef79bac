//! Folders and files for testing access restrictions.
#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a panic is a test's failure"
)]

#[cfg(unix)]
use std::fs;
use std::path::Path;

#[cfg(windows)]
use windows_permissions::{LocalBox, Sid};

/// Creates a folder for test files. Under Wine, files inherit whatever their folder grants,
/// regardless of their own list, so this folder grants others nothing.
#[must_use]
pub fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    #[cfg(windows)]
    set_list(folder.path(), "D:P(A;OICI;FA;;;{user})(D;;FA;;;WD)");
    folder
}

/// Makes a file readable by others, like one saved by another program.
pub fn open_to_others(path: &Path) {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    #[cfg(windows)]
    set_list(path, "D:P(A;;FA;;;{user})(A;;FR;;;WD)");
    assert!(!is_closed_to_others(path));
}

/// Returns whether only this user has access.
#[cfg(unix)]
#[must_use]
pub fn is_closed_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777 == 0o600
}

/// Returns whether only this user has access. Wine lists the system account beside the user.
#[cfg(windows)]
#[must_use]
pub fn is_closed_to_others(path: &Path) -> bool {
    use windows_permissions::constants::{SeObjectType, SecurityInformation};
    use windows_permissions::utilities::current_process_sid;
    use windows_permissions::wrappers::GetNamedSecurityInfo;

    let kind = SeObjectType::SE_FILE_OBJECT;
    let read = GetNamedSecurityInfo(path, kind, SecurityInformation::Dacl).unwrap();
    let user = current_process_sid().unwrap();
    let system: LocalBox<Sid> = "S-1-5-18".parse().unwrap();
    let list = read.dacl().unwrap();
    let entries: Vec<_> = (0..list.len())
        .map(|at| list.get_ace(at).unwrap())
        .collect();
    let of = |sid: &Sid| {
        entries
            .iter()
            .filter(|entry| entry.sid() == Some(sid))
            .count()
    };
    of(&user) == 1 && of(&user) + of(&system) == entries.len()
}

#[cfg(windows)]
fn set_list(path: &Path, list: &str) {
    use windows_permissions::utilities::current_process_sid;
    use windows_permissions::wrappers::ConvertSidToStringSid;

    let user = ConvertSidToStringSid(&current_process_sid().unwrap()).unwrap();
    crate::own_file::access::set_list(path, &list.replace("{user}", &user.to_string_lossy()))
        .unwrap();
}
