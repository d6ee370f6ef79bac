//! Dates out of milliseconds since 1970, always in UTC.

const DAYS: [&str; 7] = [
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
];
const MONTHS: [(&str, u64); 12] = [
    ("January", 31),
    ("February", 28),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];

/// A moment by its date and time of day in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    year: u64,
    /// 1 to 12.
    month: usize,
    /// 1 to 31.
    day: u64,
    weekday: &'static str,
    /// Since midnight.
    millis: u64,
}

impl Moment {
    /// Reads milliseconds since 1970-01-01 UTC. No number is too far off.
    #[must_use]
    pub fn of(at_ms: u64) -> Self {
        let days = at_ms / 86_400_000;
        // 400 years have 146,097 days, so nothing is counted that goes round.
        let (mut year, mut left) = (1970 + 400 * (days / 146_097), days % 146_097);
        while left >= year_length(year) {
            left -= year_length(year);
            year += 1;
        }
        let mut month = 1;
        for (at, (_, length)) in MONTHS.iter().enumerate() {
            month = at + 1;
            let length = length + u64::from(month == 2 && year_length(year) == 366);
            if left < length {
                break;
            }
            left -= length;
        }
        Self {
            year,
            month,
            day: left + 1,
            weekday: usize::try_from(days % 7).map_or(DAYS[0], |day| DAYS[day]),
            millis: at_ms % 86_400_000,
        }
    }

    /// Writes it as `2026-11-24T15:30:12.345Z` (RFC 3339).
    #[must_use]
    pub fn rfc3339(&self) -> String {
        format!(
            "{:04}-{:02}-{:02}T{}.{:03}Z",
            self.year,
            self.month,
            self.day,
            self.clock(),
            self.millis % 1_000
        )
    }

    /// Writes it as `Tue, 24 Nov 2026 15:30:12 +0000` (RFC 2822 section 3.3).
    #[must_use]
    pub fn rfc2822(&self) -> String {
        format!(
            "{:.3}, {:02} {:.3} {} {} +0000",
            self.weekday,
            self.day,
            self.month_name(),
            self.year,
            self.clock()
        )
    }

    /// Writes it so that it reads the same in every country: `Tuesday, 24 November 2026, 15:30:12
    /// UTC`.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!(
            "{}, {} {} {}, {} UTC",
            self.weekday,
            self.day,
            self.month_name(),
            self.year,
            self.clock()
        )
    }

    /// Writes it as a part of a file's name: `20261124-1530`.
    #[must_use]
    pub fn compact(&self) -> String {
        format!(
            "{:04}{:02}{:02}-{:02}{:02}",
            self.year,
            self.month,
            self.day,
            self.millis / 3_600_000,
            self.millis / 60_000 % 60
        )
    }

    fn month_name(&self) -> &'static str {
        MONTHS[self.month - 1].0
    }

    fn clock(&self) -> String {
        format!(
            "{:02}:{:02}:{:02}",
            self.millis / 3_600_000,
            self.millis / 60_000 % 60,
            self.millis / 1_000 % 60
        )
    }
}

fn year_length(year: u64) -> u64 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    365 + u64::from(leap)
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
    fn one_moment_has_the_same_digits_in_each_form() {
        let moment = Moment::of(1_795_534_212_045);

        assert_eq!(moment.rfc3339(), "2026-11-24T15:30:12.045Z");
        assert_eq!(moment.in_words(), "Tuesday, 24 November 2026, 15:30:12 UTC");
        assert_eq!(moment.compact(), "20261124-1530");
        assert_eq!(moment.rfc2822(), "Tue, 24 Nov 2026 15:30:12 +0000");
    }
}
