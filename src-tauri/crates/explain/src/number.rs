//! Formats numbers, counts and durations.

use std::time::Duration;

/// Formats a number in groups of three digits.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Returns a count with its noun: `1 phone`, `2 phones`, `1,000 phones`.
#[must_use]
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// Formats a duration in its largest whole unit: `1 second`, `90 seconds`, `1 hour`, `1 day`.
///
/// Other durations are rounded up in a unit that suits their length, so that nobody comes back too
/// early.
#[must_use]
pub fn time(time: Duration) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let seconds = time.as_secs();
    let whole = |unit: u64| seconds >= unit && seconds.is_multiple_of(unit);
    if whole(DAY) || seconds >= 2 * DAY {
        counted(seconds.div_ceil(DAY), "day", "days")
    } else if whole(HOUR) || seconds >= 2 * HOUR {
        counted(seconds.div_ceil(HOUR), "hour", "hours")
    } else if whole(MINUTE) || seconds >= 2 * MINUTE {
        counted(seconds.div_ceil(MINUTE), "minute", "minutes")
    } else {
        counted(seconds, "second", "seconds")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        let numbers = [0, 999, 1_000, 123_456, 1_234_567];

        let written = numbers.map(grouped);

        assert_eq!(written, ["0", "999", "1,000", "123,456", "1,234,567"]);
    }

    #[test]
    fn only_one_is_singular() {
        for (count, words) in [
            (0, "0 phones"),
            (1, "1 phone"),
            (2, "2 phones"),
            (999, "999 phones"),
            (1000, "1,000 phones"),
            (1_000_000, "1,000,000 phones"),
        ] {
            assert_eq!(counted(count, "phone", "phones"), words);
        }
    }

    #[test]
    fn a_time_has_the_unit_that_people_say() {
        for (seconds, words) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (30, "30 seconds"),
            (60, "1 minute"),
            (90, "90 seconds"),
            (121, "3 minutes"),
            (1800, "30 minutes"),
            (3600, "1 hour"),
            (5400, "90 minutes"),
            (7201, "3 hours"),
            (86_400, "1 day"),
            (86_401, "25 hours"),
            (604_800, "7 days"),
        ] {
            assert_eq!(time(Duration::from_secs(seconds)), words);
        }
    }
}
