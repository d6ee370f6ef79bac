//! Throttles all of a job's requests: several run concurrently, they slow down at the API's
//! request, and are retried when that is safe.

use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use registrar_activity::{Service, Silence};
use registrar_http::Error;
use registrar_http::Refusal;

/// How many requests a job sends, and when it tries again.
#[derive(Clone, Copy, Debug)]
pub struct RequestPolicy {
    /// Requests at the same time.
    pub connections: usize,
    /// Credentials in one request.
    pub most_at_once: usize,
    /// The first pause after a failure; each further one in a row is twice as long.
    pub first_pause: Duration,
    /// The longest pause, also where the API asks for a longer one: a clock that is wrong makes a
    /// date mean anything, and asking too early does no harm.
    pub longest_pause: Duration,
    /// Number of consecutive failures after which the job pauses.
    pub failures: u32,
}

impl Default for RequestPolicy {
    fn default() -> Self {
        Self {
            connections: 4,
            most_at_once: 100,
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_mins(2),
            failures: 8,
        }
    }
}

/// Why there is no answer that says yes or no.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// The job shall pause.
    Paused,
    /// Trying again is no use before somebody did something.
    Trouble(Error),
    /// The request may have been carried out: look before it is sent again.
    Unknown,
}

/// What a refusal means for a job.
#[derive(Debug)]
pub(super) enum Said<T> {
    /// It was done.
    Done(T),
    /// It was refused, for good as far as this request goes.
    Refused(Refusal),
}

/// Limits how many requests run at once, and backs off.
#[derive(Debug)]
pub(super) struct Throttle {
    places: Semaphore,
    policy: RequestPolicy,
    backoff: Mutex<Backoff>,
    pause: CancellationToken,
}

#[derive(Debug, Default)]
struct Backoff {
    until: Option<Instant>,
    failures: u32,
}

impl Throttle {
    pub(super) fn new(policy: RequestPolicy, pause: CancellationToken) -> Self {
        Self {
            places: Semaphore::new(policy.connections.max(1)),
            policy,
            backoff: Mutex::default(),
            pause,
        }
    }

    /// Sends a request that changes nothing, until there is a response.
    pub(super) async fn look<T, F>(&self, ask: impl Fn() -> F) -> Result<Said<T>, NoAnswer>
    where
        F: Future<Output = Result<T, Error>>,
    {
        loop {
            match self.send(&ask).await {
                Err(NoAnswer::Unknown) => {}
                outcome => return outcome,
            }
        }
    }

    /// Sends a request that changes the account. It's sent again only if it's certain that nothing
    /// happened.
    pub(super) async fn send<T, F>(&self, ask: impl Fn() -> F) -> Result<Said<T>, NoAnswer>
    where
        F: Future<Output = Result<T, Error>>,
    {
        loop {
            self.wait().await?;
            let answer = {
                let place = self.places.acquire().await;
                if self.pause.is_cancelled() {
                    return Err(NoAnswer::Paused);
                }
                let answer = ask().await;
                drop(place);
                answer
            };
            match answer {
                Ok(done) => {
                    self.went_well();
                    return Ok(Said::Done(done));
                }
                Err(error) => match judged(error) {
                    Judged::Again { error, wait } => self.failed(error, wait)?,
                    Judged::Refused(refusal) => {
                        self.went_well();
                        return Ok(Said::Refused(refusal));
                    }
                    Judged::Trouble(error) => return Err(NoAnswer::Trouble(error)),
                    Judged::Unknown(error) => {
                        self.failed(error, None)?;
                        return Err(NoAnswer::Unknown);
                    }
                },
            }
        }
    }

    async fn wait(&self) -> Result<(), NoAnswer> {
        loop {
            if self.pause.is_cancelled() {
                return Err(NoAnswer::Paused);
            }
            let until = self.backoff().until.filter(|until| *until > Instant::now());
            let Some(until) = until else {
                return Ok(());
            };
            tokio::select! {
                () = self.pause.cancelled() => {}
                () = tokio::time::sleep_until(until) => {}
            }
        }
    }

    fn went_well(&self) {
        self.backoff().failures = 0;
    }

    /// Slows everybody down. Failures that come while it is slow already are the same one.
    fn failed(&self, error: Error, asked: Option<Duration>) -> Result<(), NoAnswer> {
        let mut backoff = self.backoff();
        let now = Instant::now();
        if backoff.until.is_some_and(|until| until > now) {
            return Ok(());
        }
        backoff.failures += 1;
        if backoff.failures > self.policy.failures {
            backoff.failures = 0;
            return Err(NoAnswer::Trouble(error));
        }
        let growing = self
            .policy
            .first_pause
            .saturating_mul(1 << (backoff.failures - 1).min(16));
        let pause = asked.unwrap_or(growing).min(self.policy.longest_pause);
        backoff.until = Some(now + pause);
        Ok(())
    }

    fn backoff(&self) -> MutexGuard<'_, Backoff> {
        self.backoff.lock()
    }
}

enum Judged {
    /// Nothing happened: the same may be sent again, after the wait that the API asks for.
    Again {
        error: Error,
        wait: Option<Duration>,
    },
    Refused(Refusal),
    Trouble(Error),
    Unknown(Error),
}

fn judged(error: Error) -> Judged {
    if let Error::Refused(refusal) = &error
        && refusal.status == 429
        && refusal.code.is_none()
    {
        let wait = refusal.retry_after;
        return Judged::Again { error, wait };
    }
    if let Error::Unreachable {
        silence: Silence::NameUnknown | Silence::Proxy | Silence::Refused,
        ..
    } = &error
    {
        return Judged::Again { error, wait: None };
    }
    if error.answer_is_unknown() {
        return Judged::Unknown(error);
    }
    if let Error::Refused(refusal) = &error
        && !concerns_all(refusal)
    {
        return Judged::Refused(refusal.clone());
    }
    Judged::Trouble(error)
}

/// Returns whether every other request would be refused alike: the sign-in, a role or the account.
fn concerns_all(refusal: &Refusal) -> bool {
    refusal.service == Service::Token
        || refusal.diagnosis.is_some()
        || matches!(refusal.code, Some(4022 | 23013 | 33004))
        || (refusal.code.is_none() && matches!(refusal.status, 401 | 403))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn throttle(pause: &CancellationToken) -> Throttle {
        Throttle::new(RequestPolicy::default(), pause.clone())
    }

    fn slow_down(wait: Option<Duration>) -> Error {
        Error::Refused(Refusal {
            retry_after: wait,
            ..Refusal::new(Service::Dashboard, 429)
        })
    }

    fn silent(silence: Silence) -> Error {
        Error::Unreachable {
            service: Service::Dashboard,
            silence,
        }
    }

    /// Responds with these failures in turn, then successfully.
    async fn after(
        throttle: &Throttle,
        failures: impl Fn(u32) -> Option<Error>,
    ) -> (Result<Said<()>, NoAnswer>, u32, Duration) {
        let asked = AtomicU32::new(0);
        let began = Instant::now();
        let outcome = throttle
            .send(|| {
                let failure = failures(asked.fetch_add(1, Ordering::SeqCst));
                async move { failure.map_or(Ok(()), Err) }
            })
            .await;
        (outcome, asked.into_inner(), began.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn pause_lasts_until_the_given_date_and_otherwise_grows() {
        let throttle = throttle(&CancellationToken::new());
        let date = Some(Duration::from_secs(7));

        let (kept, asked, took) =
            after(&throttle, |number| (number < 1).then(|| slow_down(date))).await;
        assert!(matches!(kept, Ok(Said::Done(()))));
        assert_eq!((asked, took.as_secs()), (2, 7));

        let (_, asked, took) =
            after(&throttle, |number| (number < 3).then(|| slow_down(None))).await;
        assert_eq!((asked, took.as_secs()), (4, 1 + 2 + 4));
    }

    #[tokio::test(start_paused = true)]
    async fn a_date_that_a_wrong_clock_puts_far_away_is_not_waited_for() {
        let throttle = throttle(&CancellationToken::new());
        let far = Some(Duration::from_hours(1));

        let (_, _, took) = after(&throttle, |number| (number < 1).then(|| slow_down(far))).await;

        assert_eq!(took, RequestPolicy::default().longest_pause);
    }

    #[tokio::test(start_paused = true)]
    async fn what_may_have_been_done_is_not_sent_again() {
        let throttle = throttle(&CancellationToken::new());

        let (outcome, asked, _) = after(&throttle, |_| Some(silent(Silence::CutOff))).await;

        assert!(matches!(outcome, Err(NoAnswer::Unknown)));
        assert_eq!(asked, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn an_outage_ends_the_trying_with_what_it_was() {
        let throttle = throttle(&CancellationToken::new());

        let (outcome, asked, _) = after(&throttle, |_| Some(silent(Silence::Refused))).await;

        let Err(NoAnswer::Trouble(Error::Unreachable { .. })) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(asked, RequestPolicy::default().failures + 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_ends_the_waiting() {
        let pause = CancellationToken::new();
        let throttle = throttle(&pause);
        let waits = after(&throttle, |_| Some(slow_down(Some(Duration::from_mins(1)))));

        let (waited, ()) = tokio::join!(waits, async {
            tokio::time::sleep(Duration::from_secs(5)).await;
            pause.cancel();
        });

        assert!(matches!(waited.0, Err(NoAnswer::Paused)));
        assert_eq!(waited.2.as_secs(), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn a_refused_sign_in_is_trouble_and_a_refused_row_is_not() {
        let throttle = throttle(&CancellationToken::new());
        let refused = |status, code| {
            Error::Refused(Refusal {
                code,
                ..Refusal::new(Service::Dashboard, status)
            })
        };

        for error in [
            (401, None),
            (403, None),
            (404, Some(4022)),
            (400, Some(33004)),
        ] {
            let (outcome, _, _) = after(&throttle, |_| Some(refused(error.0, error.1))).await;
            assert!(matches!(outcome, Err(NoAnswer::Trouble(_))), "{error:?}");
        }
        let (outcome, _, _) = after(&throttle, |_| Some(refused(400, Some(23018)))).await;
        assert!(matches!(outcome, Ok(Said::Refused(_))));
    }
}
