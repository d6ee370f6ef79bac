//! What the system may keep of the app's memory when it breaks: nothing.

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

/// Windows keeps no dump of a program that did not ask for it, unless its owner set that up.
#[cfg(not(unix))]
pub(crate) fn keep_out_of_dumps() {}
