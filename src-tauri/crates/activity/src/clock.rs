//! Reads the wall clock. Nothing else does; other code is passed the time.

use std::time::{SystemTime, UNIX_EPOCH};

/// Returns the milliseconds since 1970-01-01 UTC, or 0 if the clock is set before that.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "this is the one place")]
pub fn now_ms() -> u64 {
    let elapsed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}
