//! Words for the time between messages.

use std::time::Duration;

/// Formats the time since the start as `+12.345 ms`, to the microsecond.
pub(super) fn since_start(at: Duration) -> String {
    format!("+{}.{:03} ms", at.as_millis(), at.subsec_micros() % 1_000)
}

/// Formats how much later a message was than the previous one: `0.310 ms later`, `4.002 s later`.
pub(super) fn later(gap: Duration) -> String {
    if gap < Duration::from_secs(1) {
        let micros = gap.subsec_micros();
        format!("{}.{:03} ms later", micros / 1_000, micros % 1_000)
    } else {
        format!("{}.{:03} s later", gap.as_secs(), gap.subsec_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn microseconds_are_kept() {
        let at = Duration::from_micros;

        assert_eq!(since_start(at(0)), "+0.000 ms");
        assert_eq!(since_start(at(12_045)), "+12.045 ms");
        assert_eq!(since_start(at(8_000_123)), "+8000.123 ms");
        assert_eq!(later(at(310)), "0.310 ms later");
        assert_eq!(later(at(999_999)), "999.999 ms later");
        assert_eq!(later(at(4_002_999)), "4.002 s later");
    }
}
