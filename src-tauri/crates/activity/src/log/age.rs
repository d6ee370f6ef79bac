//! Decides which log files have expired, even if the computer's clock jumps.
//!
//! A clock jump must not delete a month of exchanges: after a jump, the age of files counts only
//! once a full day has been logged at the new time.

/// A day in milliseconds.
pub(super) const DAY: u64 = 24 * 60 * 60 * 1000;
/// How long exchanges are kept.
const KEPT: u64 = 30 * DAY;
/// 2026-01-01. An earlier date comes from a wrong clock, because this app didn't exist then.
const NEVER_BEFORE: u64 = 1_767_225_600_000;

/// The times of the first and the last exchange of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: u64,
    pub(super) last: u64,
}

/// Returns whether the clock jumped between `before` and `after`, or the app wasn't used for longer
/// than exchanges are kept; the two can't be told apart.
pub(super) fn leaps(before: u64, after: u64) -> bool {
    after > before.saturating_add(KEPT) || after.saturating_add(DAY) < before
}

/// Returns how many of the files, oldest first, have expired at `now`.
pub(super) fn too_old(spans: &[Span], now: u64) -> usize {
    let Some(newest) = spans.last() else {
        return 0;
    };
    if leaps(newest.last, now) {
        return 0;
    }
    let mut steady_from = newest.first;
    let mut has_leapt = false;
    for pair in spans.windows(2).rev() {
        if leaps(pair[0].last, pair[1].first) {
            has_leapt = true;
            break;
        }
        steady_from = pair[0].first;
    }
    if has_leapt && now < steady_from.saturating_add(DAY) {
        return 0;
    }
    let count = spans.len();
    (0..count)
        .take_while(|at| believed(&spans[*at..], now).saturating_add(KEPT) < now)
        .count()
}

/// Returns the time of the first file, or that of the next one if it is implausible.
fn believed(spans: &[Span], now: u64) -> u64 {
    let possible = NEVER_BEFORE..=now.saturating_add(DAY);
    let mut times = spans.iter().map(|span| span.last);
    times.find(|last| possible.contains(last)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_795_900_000_000;

    fn days_ago(days: u64) -> Span {
        let last = NOW - days * DAY;
        Span {
            first: last - DAY / 2,
            last,
        }
    }

    #[test]
    fn what_is_older_than_thirty_days_goes() {
        let spans = [50, 40, 31, 29, 10, 1].map(days_ago);

        assert_eq!(too_old(&spans, NOW), 3);
        assert_eq!(too_old(&[], NOW), 0);
    }

    #[test]
    fn a_clock_that_leaps_takes_nothing_away() {
        let month: Vec<Span> = (1..29).rev().map(days_ago).collect();
        let far = 4_000_000_000_000;

        assert_eq!(too_old(&month, far), 0, "no exchange is that new yet");
        assert_eq!(too_old(&month, 0), 0);
        assert_eq!(too_old(&month, NOW - 400 * DAY), 0);
        let mut leapt = month.clone();
        leapt.push(Span {
            first: far,
            last: far + DAY / 2,
        });
        assert_eq!(too_old(&leapt, far + DAY / 2), 0, "not a day yet");
        leapt.push(days_ago(0));
        assert_eq!(too_old(&leapt, NOW), 0, "the clock was set right");
    }

    #[test]
    fn an_absence_takes_away_what_is_old_after_a_day() {
        let mut spans: Vec<Span> = [100, 95].map(days_ago).to_vec();
        assert_eq!(too_old(&spans, NOW), 0);

        spans.push(days_ago(2));
        spans.push(days_ago(0));

        assert_eq!(too_old(&spans, NOW), 2);
    }

    #[test]
    fn a_file_of_an_impossible_time_is_as_old_as_the_next_one() {
        let at = |time| Span {
            first: time,
            last: time,
        };
        let later = [days_ago(5), days_ago(1)];
        let of_1970 = [at(60_000), later[0], later[1]];
        let of_2099 = [at(4_000_000_000_000), days_ago(40), later[0], later[1]];

        assert_eq!(too_old(&of_1970, NOW), 0);
        assert_eq!(too_old(&of_2099, NOW), 2);
    }
}
