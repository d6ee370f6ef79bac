//! Prevents the system from storing the app's memory: no core dumps, and no swapping where a
//! process can disable it.

/// Turns core dumps off for this process, and for those that it starts to draw the window.
///
/// The limit is one byte, because Linux reads none at all as 'everything' where dumps go to a
/// program (core(5)); a process that may not even have one keeps its limit.
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
    // With a limit of nothing only the capability counts, which goes beyond every limit (mlock(2)). One
    // that is enough today and not later must not be used.
    let current = limit.maximum.map(|_| 0);
    let tried = Rlimit { current, ..limit };
    if setrlimit(Resource::Memlock, tried).is_err() {
        return;
    }
    let all = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
    if mlockall(all).is_err() || current.is_some() {
        // It was lowered just now and may be raised again.
        let _ = setrlimit(Resource::Memlock, limit);
    }
}

/// Windows and macOS lock memory piece by piece, which takes unsafe code.
#[cfg(not(target_os = "linux"))]
pub(crate) fn keep_out_of_swap() {}

/// Windows keeps no dump of a program that did not ask for it, unless its owner set that up.
#[cfg(not(unix))]
pub(crate) fn keep_out_of_dumps() {}
