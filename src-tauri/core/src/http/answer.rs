//! A whole answer, as the services' own readers get it.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, LOCATION, RETRY_AFTER};
use zeroize::Zeroizing;

use crate::Error;
use crate::error::Service;

/// The longest wait that is believed.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// When the limit is lifted, in seconds since 1970; Bandwidth sends it with status 429.
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// A whole answer.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) location: Option<String>,
    /// Seconds since 1970.
    pub(crate) reset_at: Option<u64>,
    /// In seconds.
    pub(crate) wait: Option<u64>,
    pub(crate) body: Zeroizing<String>,
}

impl Answer {
    /// Makes an answer without headers of what a service sent.
    pub(crate) fn of(service: Service, status: u16, body: &[u8]) -> Result<Self, Error> {
        Ok(Self {
            status,
            body: super::text(service, body)?,
            ..Self::default()
        })
    }

    pub(super) fn begin(status: u16, headers: &HeaderMap) -> Self {
        let text = |name: HeaderName| {
            let value = headers.get(name)?.to_str().ok()?.trim();
            Some(value.to_owned())
        };
        Self {
            status,
            content_type: text(reqwest::header::CONTENT_TYPE),
            location: text(LOCATION),
            reset_at: text(RESET).and_then(|value| value.parse().ok()),
            wait: text(RETRY_AFTER).and_then(|value| value.parse().ok()),
            body: Zeroizing::default(),
        }
    }

    /// Returns whether the status says that it went well.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns how long the service asks to wait, at most an hour.
    pub(crate) fn retry_after(&self, now_ms: u64) -> Option<Duration> {
        let until = |at: u64| Duration::from_millis(at.saturating_mul(1000).saturating_sub(now_ms));
        let wait = (self.reset_at.map(until)).or(self.wait.map(Duration::from_secs))?;
        Some(wait.min(LONGEST_WAIT))
    }
}

#[cfg(test)]
mod tests {
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
}
