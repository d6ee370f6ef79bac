//! Dates as Twilio writes them (RFC 2822 section 3.3), always in UTC.

use registrar_activity::moment::Moment;

/// Writes milliseconds since 1970 as `Mon, 23 Nov 2026 06:28:31 +0000`.
pub(super) fn rfc2822(at_ms: u64) -> String {
    Moment::of(at_ms).rfc2822()
}
