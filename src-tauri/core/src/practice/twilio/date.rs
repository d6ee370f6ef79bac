//! Dates as Twilio writes them (RFC 2822 section 3.3), always in UTC.

/// Writes milliseconds since 1970 as `Mon, 23 Nov 2026 06:28:31 +0000`.
pub(super) fn rfc2822(at_ms: u64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [(&str, u64); 12] = [
        ("Jan", 31),
        ("Feb", 28),
        ("Mar", 31),
        ("Apr", 30),
        ("May", 31),
        ("Jun", 30),
        ("Jul", 31),
        ("Aug", 31),
        ("Sep", 30),
        ("Oct", 31),
        ("Nov", 30),
        ("Dec", 31),
    ];
    let seconds = at_ms / 1_000;
    let days = seconds / 86_400;
    // 400 years have 146,097 days, so nothing is counted that goes round.
    let (mut year, mut left) = (1970 + 400 * (days / 146_097), days % 146_097);
    while left >= year_length(year) {
        left -= year_length(year);
        year += 1;
    }
    let mut month = "Dec";
    for (name, length) in MONTHS {
        let length = length + u64::from(name == "Feb" && year_length(year) == 366);
        if left < length {
            month = name;
            break;
        }
        left -= length;
    }
    let weekday = usize::try_from(days % 7).map_or("Thu", |day| DAYS[day]);
    format!(
        "{weekday}, {:02} {month} {year} {:02}:{:02}:{:02} +0000",
        left + 1,
        seconds / 3_600 % 24,
        seconds / 60 % 60,
        seconds % 60,
    )
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
            assert_eq!(rfc2822(seconds * 1_000), text);
        }
        assert!(
            rfc2822(u64::MAX).ends_with("+0000"),
            "no clock is too far off"
        );
    }
}
