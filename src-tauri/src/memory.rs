//! Prevents the system from storing the app's memory: no core dumps, and no swapping where a
//! process can disable it.

/// Disables core dumps for this process and the web view's.
///
/// The limit is one byte, because Linux ignores a limit of 0 if dumps are piped to a program
/// (core(5)). A lower hard limit is kept.
#[cfg(unix)]
pub(crate) fn keep_out_of_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    for most in [1, 0] {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        if setrlimit(Resource::Core, limit).is_ok() {
            return;
        }
    }
}

/// Keeps this process out of the swap where it has the right to lock all its memory, by its limit or as
/// a capability. Elsewhere, which is the usual, memory that could not be locked could not be had at all.
/// Pages are locked as they are used: the window's engine reserves far more than it ever uses.
#[cfg(target_os = "linux")]
pub(crate) fn keep_out_of_swap() {
    use rustix::mm::{MlockAllFlags, mlockall};
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = getrlimit(Resource::Memlock);
    // With a limit of 0, only the capability counts, which overrides every limit (mlock(2)). A
    // limit that suffices now but not later must not be used.
    let current = limit.maximum.map(|_| 0);
    let tried = Rlimit { current, ..limit };
    if setrlimit(Resource::Memlock, tried).is_err() {
        return;
    }
    let all = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
    if mlockall(all).is_err() || current.is_some() {
        // It was just lowered and may be raised again.
        let _ = setrlimit(Resource::Memlock, limit);
    }
}

/// Windows and macOS lock memory piece by piece, which takes unsafe code.
#[cfg(not(target_os = "linux"))]
pub(crate) fn keep_out_of_swap() {}

/// Windows writes no dump of a program that doesn't request one, unless its owner configured that.
#[cfg(not(unix))]
pub(crate) fn keep_out_of_dumps() {}
