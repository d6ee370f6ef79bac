//! The words for files that this computer doesn't keep.

use super::words::Words;
use super::{FailureKind, RecoveryOption};
use registrar_storage::store::is_newer_wrote;

/// The file of a job's passwords, inside a sentence.
pub const PASSWORDS: &str = "the file of passwords";

/// Returns the words for a file that can't be read or written. `what` names it inside a sentence.
#[must_use]
pub fn words(what: &str, source: &std::io::Error, recovery_option: RecoveryOption) -> Words {
    let sentence = if is_newer_wrote(source) {
        "A newer version of this app wrote what is kept here, so this one keeps nothing.".to_owned()
    } else {
        format!("This computer could not keep {what}.")
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
        return "All versions share one data folder, and an older one cannot tell what it would \
                spoil there."
            .to_owned();
    }
    if kind == NotFound {
        return "It is not where it was, or the folder for it is not there.".to_owned();
    }
    if matches!(kind, PermissionDenied | ReadOnlyFilesystem) {
        "The folder cannot be written to.".to_owned()
    } else if kind == StorageFull {
        "The disk is full.".to_owned()
    } else if matches!(kind, FileTooLarge | QuotaExceeded) {
        "This user's share of the disk is full.".to_owned()
    } else {
        format!("The system said: {source}.")
    }
}

fn next(source: &std::io::Error) -> &'static str {
    use std::io::ErrorKind::{NotFound, PermissionDenied, ReadOnlyFilesystem, StorageFull};
    let kind = source.kind();
    if is_newer_wrote(source) {
        "Use the newer version, and install it again where it is gone."
    } else if kind == NotFound {
        "Put it back, or choose another place, and try again."
    } else if matches!(kind, PermissionDenied | ReadOnlyFilesystem) {
        "Give yourself the right to write there, or have it given to you, and try again."
    } else if kind == StorageFull {
        "Make room on the disk, and try again."
    } else {
        "Make room or give yourself the right to write there, and try again."
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
            system.sentence.contains("could not keep a file"),
            "{system:?}"
        );
        assert!(!system.next.contains("newer version"), "{system:?}");
    }
}
