//! Runs many checks within a pace: the one place that knows how.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::dashboard::CredentialId;
use crate::sip::check::{self, CheckOutcome, CheckRequest, Limits};

/// Most checks at the same time: each has a socket of its own.
const AT_ONCE: usize = 50;
/// REGISTERs of one check that is answered at once: the question and the answer to its challenge.
const REGISTERS: u32 = 2;

/// Checks all of `requests` with about `rate` REGISTERs a second (1 to 50), until `stop`. Each end
/// goes to `on_end` at once; a request is taken only when its turn comes.
pub(super) async fn run(
    mut requests: impl Iterator<Item = (CredentialId, CheckRequest)> + Send,
    rate: u32,
    stop: &CancellationToken,
    on_end: &(dyn Fn(CredentialId, &CheckRequest, CheckOutcome) + Send + Sync),
) {
    let pause = Duration::from_secs(1) * REGISTERS / rate.clamp(1, 50);
    let mut underway = JoinSet::new();
    let mut turn = Instant::now();
    let mut waits = requests.next();
    while waits.is_some() || !underway.is_empty() {
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            () = sleep_until(turn), if waits.is_some() && underway.len() < AT_ONCE => {
                if let Some((id, request)) = waits.take() {
                    underway.spawn(async move {
                        let outcome = check::check(&request, Limits::default(), &|_| {}).await;
                        (id, request, outcome)
                    });
                }
                waits = requests.next();
                turn = Instant::now() + pause;
            }
            ended = underway.join_next(), if !underway.is_empty() => {
                // A check that panicked counts as not checked.
                if let Some(Ok((id, request, outcome))) = ended {
                    on_end(id, &request, outcome);
                }
            }
        }
    }
    // Queries leave nothing behind, so they may be dropped at any point.
    underway.shutdown().await;
}
