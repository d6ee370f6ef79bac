//! A complete response, as passed to each service's reader.

use std::cell::Cell;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use registrar_activity::{Service, Tone, tone_of_status};
use registrar_secret::redact::Secrets;
use reqwest::header::{DATE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER};
use zeroize::Zeroizing;

use super::Error;

/// Maximum plausible wait.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// When the rate limit resets, in seconds since 1970; Bandwidth sends it with status 429.
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// A complete response.
#[derive(Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub content_type: Option<String>,
    pub location: Option<String>,
    /// When the service sent it, by the service's clock, in seconds since 1970.
    pub sent_at: Option<u64>,
    /// Seconds since 1970, by the service's clock.
    pub reset_at: Option<u64>,
    /// In seconds.
    pub wait: Option<u64>,
    /// The body as received, for structured parsing. Text for display comes from [`Answer::line`].
    pub body: Zeroizing<String>,
    /// The secrets contained in the request.
    pub secrets: Secrets,
    /// How much of the request it refuses, as determined by its reader.
    pub refused: Cell<Option<Refused>>,
}

/// How much of a request a readable response refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Everything.
    All,
    /// Some of it.
    Some,
}

impl Answer {
    /// Creates a response without headers from a body.
    pub fn of(service: Service, status: u16, body: &[u8]) -> Result<Self, Error> {
        Ok(Self {
            status,
            body: super::text(service, body)?,
            ..Self::default()
        })
    }

    pub(super) fn begin(status: u16, headers: &HeaderMap, secrets: Secrets) -> Self {
        let text = |name: HeaderName| {
            let value = headers.get(name)?.to_str().ok()?.trim();
            Some(value.to_owned())
        };
        let wait = text(RETRY_AFTER);
        // RFC 9110 section 10.2.3: a number of seconds, or a date.
        let wait_until = wait.as_deref().and_then(seconds_of_date);
        Self {
            status,
            content_type: text(reqwest::header::CONTENT_TYPE),
            location: text(LOCATION),
            sent_at: text(DATE).as_deref().and_then(seconds_of_date),
            reset_at: text(RESET)
                .and_then(|value| value.parse().ok())
                .or(wait_until),
            wait: wait.and_then(|value| value.parse().ok()),
            body: Zeroizing::default(),
            secrets,
            refused: Cell::default(),
        }
    }

    /// Records how much of the request it refuses.
    pub fn note_refused(&self, refused: Refused) {
        self.refused.set(Some(refused));
    }

    /// Returns how to mark an exchange with a usable response: by what the response says, whatever
    /// was made of it.
    pub(super) fn tone(&self) -> Tone {
        match (self.refused.get(), self.status) {
            (Some(Refused::All), _) => Tone::Bad,
            (Some(Refused::Some), _) => Tone::Wait,
            (None, status) => tone_of_status(status),
        }
    }

    /// Returns a text of the response as one line of at most `longest` characters, without any
    /// secret that the request contained, in whatever form the response repeats it.
    pub fn line(&self, text: &str, longest: usize) -> String {
        self.secrets.line(text, longest)
    }

    /// Returns whether the status is a success.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns how long the service asks to wait, at most an hour. A point in time is relative to
    /// the service's clock if known (RFC 9110 section 6.6.1), because this computer's may be wrong.
    pub fn retry_after(&self, now_ms: u64) -> Option<Duration> {
        let milliseconds = |seconds: u64| seconds.saturating_mul(1000);
        let now_ms = self.sent_at.map_or(now_ms, milliseconds);
        let until = |at: u64| Duration::from_millis(milliseconds(at).saturating_sub(now_ms));
        let wait = (self.reset_at.map(until)).or(self.wait.map(Duration::from_secs))?;
        Some(wait.min(LONGEST_WAIT))
    }
}

fn seconds_of_date(text: &str) -> Option<u64> {
    let date: SystemTime = httpdate::parse_http_date(text).ok()?;
    let since = date.duration_since(UNIX_EPOCH).ok()?;
    Some(since.as_secs())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn the_wait_ends_when_the_limit_is_lifted() {
        let answer = |reset_at, wait| Answer {
            reset_at,
            wait,
            ..Answer::default()
        };
        let now_ms = 1_700_000_000_500;

        let wait = |reset_at, wait| answer(reset_at, wait).retry_after(now_ms);

        assert_eq!(
            wait(Some(1_700_000_002), None),
            Some(Duration::from_millis(1500))
        );
        assert_eq!(wait(Some(1_600_000_000), None), Some(Duration::ZERO));
        assert_eq!(wait(Some(u64::MAX), None), Some(LONGEST_WAIT));
        assert_eq!(wait(None, Some(7)), Some(Duration::from_secs(7)));
        assert_eq!(wait(None, None), None);
    }

    #[test]
    fn a_moment_counts_by_the_clock_of_the_service() {
        let headers = |all: &[(HeaderName, &'static str)]| {
            let all = all.iter().cloned();
            all.map(|(name, value)| (name, HeaderValue::from_static(value)))
                .collect()
        };
        let sent = (DATE, "Tue, 14 Nov 2023 22:13:20 GMT");
        for (name, all, wait) in [
            (
                "the limit's end",
                vec![sent.clone(), (RESET, "1700000002")],
                2,
            ),
            (
                "a date to wait for",
                vec![sent.clone(), (RETRY_AFTER, "Tue, 14 Nov 2023 22:13:27 GMT")],
                7,
            ),
            ("seconds", vec![sent, (RETRY_AFTER, "9")], 9),
            ("no clock", vec![(RESET, "1700000002")], 3600),
        ] {
            let answer = Answer::begin(429, &headers(&all), Secrets::default());

            // This computer's clock is at 1970.
            assert_eq!(
                answer.retry_after(5_000),
                Some(Duration::from_secs(wait)),
                "{name}"
            );
        }
    }
}
