//! The end of API users, which sign in with HTTP Basic.
//!
//! Bandwidth's page on credentials (dev.bandwidth.com/docs/account/credentials/management) says
//! that they "will be removed December 2, 2026", and names no time zone. Therefore nothing is
//! declared over before that day has started everywhere on Earth, but a response that may be due to
//! the end is explained by it as soon as the day has started anywhere.

use super::Notice;
use registrar_activity::Tone;

/// 2026-12-01 10:00 UTC: midnight in UTC+14, where December 2 begins first.
const BEGINS_FIRST_MS: u64 = 1_796_119_200_000;
/// 2026-12-02 12:00 UTC: midnight in UTC-12, where it begins last.
const BEGINS_LAST_MS: u64 = 1_796_212_800_000;

/// How far the end of API users is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiUsers {
    /// December 2 has begun nowhere.
    Work,
    /// It has begun in some time zones.
    Ending,
    /// It has begun in all of them.
    Ended,
}

impl ApiUsers {
    /// Returns how far it is at a moment, in milliseconds since 1970-01-01 UTC.
    #[must_use]
    pub fn at(now_ms: u64) -> Self {
        if now_ms < BEGINS_FIRST_MS {
            Self::Work
        } else if now_ms < BEGINS_LAST_MS {
            Self::Ending
        } else {
            Self::Ended
        }
    }
}

/// Says of a sign-in with an API user that it ends, or has ended, and what to do.
#[must_use]
pub fn notice(now_ms: u64) -> Notice {
    let sentence = match ApiUsers::at(now_ms) {
        ApiUsers::Work | ApiUsers::Ending => "API users stop working on December 2, 2026.",
        ApiUsers::Ended => "API users stopped working on December 2, 2026.",
    };
    Notice {
        tone: Tone::Wait,
        sentence: sentence.to_owned(),
        next: Some(
            "Create an API client in the Bandwidth App under Account, API Credentials. Then sign in \
             here with its client ID and secret."
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: u64 = 60 * 60 * 1000;
    /// 2026-12-02 00:00 UTC.
    const MIDNIGHT_MS: u64 = 1_796_169_600_000;

    #[test]
    fn the_last_day_ends_once_december_2_is_everywhere() {
        for (now_ms, expected) in [
            (MIDNIGHT_MS - 14 * HOUR_MS - 1, ApiUsers::Work),
            (MIDNIGHT_MS - 14 * HOUR_MS, ApiUsers::Ending),
            (MIDNIGHT_MS, ApiUsers::Ending),
            (MIDNIGHT_MS + 12 * HOUR_MS - 1, ApiUsers::Ending),
            (MIDNIGHT_MS + 12 * HOUR_MS, ApiUsers::Ended),
            (u64::MAX, ApiUsers::Ended),
        ] {
            assert_eq!(ApiUsers::at(now_ms), expected, "{now_ms}");
        }
    }

    #[test]
    fn the_end_of_api_users_is_said_in_its_tense() {
        let before = notice(MIDNIGHT_MS - 48 * HOUR_MS).sentence;
        let after = notice(MIDNIGHT_MS + 24 * HOUR_MS).sentence;

        assert!(before.contains("stop working on"), "{before}");
        assert!(after.contains("stopped working on"), "{after}");
    }
}
