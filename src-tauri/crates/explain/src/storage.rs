//! Wording for files that couldn't be stored on this computer.

use super::words::Words;
use super::{FailureKind, RecoveryOption};
use registrar_storage::store::is_newer_wrote;

/// The file of a job's passwords, inside a sentence.
pub const PASSWORDS: &str = "the passwords file";

/// Returns the words for a file that can't be read or written. `what` names it inside a sentence.
#[must_use]
pub fn words(what: &str, source: &std::io::Error, recovery_option: RecoveryOption) -> Words {
    let sentence = if is_newer_wrote(source) {
        "A newer version of this app wrote the data on this computer, so this version saves \
         nothing."
            .to_owned()
    } else {
        format!("This computer couldn’t read or save {what}.")
    };
    Words {
        sentence,
        causes: vec![cause(source)],
        next: next(source).to_owned(),
        kind: FailureKind::Storage,
        recovery_options: vec![recovery_option],
    }
}

fn cause(source: &std::io::Error) -> String {
    use std::io::ErrorKind::{
        FileTooLarge, NotFound, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    let kind = source.kind();
    if is_newer_wrote(source) {
        return "All versions share a data folder, and an older one can’t tell what it would \
                damage there."
            .to_owned();
    }
    if kind == NotFound {
        return "The file or its folder is missing, or its drive was disconnected.".to_owned();
    }
    if kind == PermissionDenied {
        "You don’t have permission to write there.".to_owned()
    } else if kind == ReadOnlyFilesystem {
        "The disk is read-only.".to_owned()
    } else if kind == StorageFull {
        "The disk is full.".to_owned()
    } else if matches!(kind, FileTooLarge | QuotaExceeded) {
        "Your share of the disk is full.".to_owned()
    } else {
        format!("The system said: {source}.")
    }
}

fn next(source: &std::io::Error) -> &'static str {
    use std::io::ErrorKind::{
        FileTooLarge, NotFound, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    let kind = source.kind();
    if is_newer_wrote(source) {
        "Use the newer version. If it’s gone, install it again."
    } else if kind == NotFound {
        "Reconnect the drive or choose another folder, then try again."
    } else if matches!(kind, FileTooLarge | QuotaExceeded | StorageFull) {
        "Free up space on the disk, then try again."
    } else if matches!(kind, PermissionDenied | ReadOnlyFilesystem) {
        "Choose another folder, or ask your administrator."
    } else {
        "Make sure there’s space and you have permission to write there, then try again."
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use registrar_storage::store::newer_wrote;

    #[test]
    fn a_system_that_cannot_is_not_taken_for_a_newer_version() {
        let words = |source: io::Error| words("a file", &source, RecoveryOption::TryAgain);

        let newer = words(newer_wrote());
        let system = words(io::ErrorKind::Unsupported.into());

        assert!(newer.sentence.contains("newer version"), "{newer:?}");
        assert!(
            system.sentence.contains("read or save a file"),
            "{system:?}"
        );
        assert!(!system.next.contains("newer version"), "{system:?}");
    }
}
