//! Converts milliseconds since 1970 to dates, always in UTC.

use time::{Duration, OffsetDateTime, PrimitiveDateTime};

/// A moment by its date and time of day in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(OffsetDateTime);

impl Moment {
    /// Converts milliseconds since 1970-01-01 UTC. Later times are clamped to the end of the year
    /// 9999.
    #[must_use]
    pub fn of(at_ms: u64) -> Self {
        let since = i64::try_from(at_ms).map(Duration::milliseconds).ok();
        let at = since.and_then(|since| OffsetDateTime::UNIX_EPOCH.checked_add(since));
        Self(at.unwrap_or(PrimitiveDateTime::MAX.assume_utc()))
    }

    /// Formats it as `2026-11-24T15:30:12.345Z` (RFC 3339).
    #[must_use]
    pub fn rfc3339(&self) -> String {
        format!(
            "{:04}-{:02}-{:02}T{}.{:03}Z",
            self.0.year(),
            u8::from(self.0.month()),
            self.0.day(),
            self.clock(),
            self.0.millisecond()
        )
    }

    /// Formats it as `Tue, 24 Nov 2026 15:30:12 +0000` (RFC 2822 section 3.3).
    #[must_use]
    pub fn rfc2822(&self) -> String {
        format!(
            "{:.3}, {:02} {:.3} {} {} +0000",
            self.0.weekday().to_string(),
            self.0.day(),
            self.0.month().to_string(),
            self.0.year(),
            self.clock()
        )
    }

    /// Formats it so that it reads the same in every country: `Tuesday, 24 November 2026, 15:30:12
    /// UTC`.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!(
            "{}, {} {} {}, {} UTC",
            self.0.weekday(),
            self.0.day(),
            self.0.month(),
            self.0.year(),
            self.clock()
        )
    }

    /// Formats it for a file name: `20261124-1530`.
    #[must_use]
    pub fn compact(&self) -> String {
        format!(
            "{:04}{:02}{:02}-{:02}{:02}",
            self.0.year(),
            u8::from(self.0.month()),
            self.0.day(),
            self.0.hour(),
            self.0.minute()
        )
    }

    fn clock(&self) -> String {
        let (hour, minute, second) = self.0.to_hms();
        format!("{hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments_come_out() {
        for (seconds, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 +0000"),
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 +0000"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 +0000"),
            (1_798_761_600, "Fri, 01 Jan 2027 00:00:00 +0000"),
        ] {
            assert_eq!(Moment::of(seconds * 1_000).rfc2822(), text);
        }
        assert!(
            Moment::of(u64::MAX).rfc2822().ends_with("+0000"),
            "no clock is too far off"
        );
    }

    #[test]
    fn leap_days_and_ends_of_years_come_out() {
        for (milliseconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (1_798_761_599_234, "2026-12-31T23:59:59.234Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (u64::MAX, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Moment::of(milliseconds).rfc3339(), text);
        }
    }

    #[test]
    fn one_moment_has_the_same_digits_in_each_form() {
        let moment = Moment::of(1_795_534_212_045);

        assert_eq!(moment.rfc3339(), "2026-11-24T15:30:12.045Z");
        assert_eq!(moment.in_words(), "Tuesday, 24 November 2026, 15:30:12 UTC");
        assert_eq!(moment.compact(), "20261124-1530");
        assert_eq!(moment.rfc2822(), "Tue, 24 Nov 2026 15:30:12 +0000");
    }
}
