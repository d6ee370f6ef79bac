//! Operations that can be canceled.
//!
//! Tauri doesn't order commands and can't cancel them, so each operation is identified by a number
//! chosen by the window, and whichever of `run` and `cancel` comes first creates its token.

use std::collections::HashMap;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::Error;

/// The operations that run, or were cancelled before they began.
#[derive(Debug, Default)]
pub struct Operations {
    running: Mutex<HashMap<u32, Operation>>,
    ended: Notify,
}

#[derive(Debug, Default)]
struct Operation {
    token: CancellationToken,
    /// It runs. Otherwise it was cancelled, and may never begin.
    begun: bool,
}

/// How many cancelled numbers are remembered that never began.
const REMEMBERED: usize = 1000;

impl Operations {
    /// Runs work that may be dropped at any point: it changes nothing elsewhere.
    pub async fn run<T>(
        &self,
        id: u32,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let token = self.begin(id);
        let _done = Done {
            operations: self,
            id,
        };

        tokio::select! {
            biased;
            () = token.cancelled() => Err(Error::Cancelled),
            result = work => result,
        }
    }

    /// Runs work that may be dropped at any point, and says by `stopped`, which begins once
    /// the work is dropped, what a stop leaves behind.
    pub async fn run_saying<T>(
        &self,
        id: u32,
        stopped: impl Future<Output = String>,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        match self.run(id, work).await {
            Err(Error::Cancelled) => Err(Error::Stopped {
                done: stopped.await,
            }),
            outcome => outcome,
        }
    }

    /// Runs work that changes something elsewhere. It is never dropped: it is given the token and
    /// stops between its steps, so that it can say what was done.
    pub async fn run_to_a_stop<T, F>(
        &self,
        id: u32,
        work: impl FnOnce(CancellationToken) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let token = self.begin(id);
        let _done = Done {
            operations: self,
            id,
        };

        if token.is_cancelled() {
            return Err(Error::Cancelled);
        }
        work(token).await
    }

    /// Stops an operation, also one that has not begun yet.
    pub fn cancel(&self, id: u32) {
        if self.running().len() > REMEMBERED {
            self.running().retain(|_, operation| operation.begun);
        }
        self.running().entry(id).or_default().token.cancel();
    }

    /// Stops every operation, and waits until all that began have ended, for `limit` at most.
    pub async fn stop_all(&self, limit: Duration) {
        for operation in self.running().values() {
            operation.token.cancel();
        }
        let quiet = async {
            loop {
                let ended = self.ended.notified();
                if self.running().values().all(|operation| !operation.begun) {
                    return;
                }
                ended.await;
            }
        };
        let _ = tokio::time::timeout(limit, quiet).await;
    }

    fn begin(&self, id: u32) -> CancellationToken {
        let mut running = self.running();
        let operation = running.entry(id).or_default();
        operation.begun = true;
        operation.token.clone()
    }

    fn running(&self) -> MutexGuard<'_, HashMap<u32, Operation>> {
        self.running.lock()
    }
}

/// Forgets the operation when its future ends or is dropped.
struct Done<'a> {
    operations: &'a Operations,
    id: u32,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.operations.running().remove(&self.id);
        self.operations.ended.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[tokio::test]
    async fn all_are_stopped_and_waited_for() {
        let operations = Arc::new(Operations::default());
        let said = Arc::new(AtomicBool::new(false));
        let (running, saying) = (Arc::clone(&operations), Arc::clone(&said));
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        tokio::spawn(async move {
            let work = |stop: CancellationToken| async move {
                let _ = begun.send(());
                stop.cancelled().await;
                tokio::task::yield_now().await;
                saying.store(true, Ordering::SeqCst);
                Ok(())
            };
            running.run_to_a_stop(1, work).await
        });
        has_begun.await.unwrap();

        operations.stop_all(Duration::from_secs(10)).await;

        assert!(said.load(Ordering::SeqCst), "it came to its own end");
    }

    #[tokio::test(start_paused = true)]
    async fn canceled_number_that_never_began_is_not_waited_for() {
        let operations = Operations::default();
        operations.cancel(3);
        let began = tokio::time::Instant::now();

        operations.stop_all(Duration::from_secs(10)).await;

        assert_eq!(began.elapsed(), Duration::ZERO);
    }

    #[tokio::test]
    async fn cancelling_drops_the_work() {
        struct Flag(Arc<AtomicBool>);
        impl Drop for Flag {
            fn drop(&mut self) {
                self.0.store(true, Ordering::SeqCst);
            }
        }
        let operations = Operations::default();
        let dropped = Arc::new(AtomicBool::new(false));
        let flag = Flag(Arc::clone(&dropped));

        let (result, ()) = tokio::join!(
            operations.run(7, async move {
                let _flag = flag;
                std::future::pending::<Result<(), Error>>().await
            }),
            async { operations.cancel(7) }
        );

        assert!(matches!(result, Err(Error::Cancelled)));
        assert!(
            dropped.load(Ordering::SeqCst),
            "the work is gone, not only unanswered"
        );
    }

    #[tokio::test]
    async fn a_cancel_that_overtakes_its_operation_still_stops_it() {
        let operations = Operations::default();

        operations.cancel(3);
        let result = operations
            .run(3, std::future::pending::<Result<(), Error>>())
            .await;

        assert!(matches!(result, Err(Error::Cancelled)));
    }

    #[tokio::test]
    async fn work_that_changes_something_ends_by_itself() {
        let operations = Operations::default();

        let (result, ()) = tokio::join!(
            operations.run_to_a_stop(1, |token| async move {
                token.cancelled().await;
                Ok("said what was done")
            }),
            async { operations.cancel(1) }
        );

        assert_eq!(result.unwrap(), "said what was done");
    }

    #[tokio::test]
    async fn a_finished_number_is_forgotten() {
        let operations = Operations::default();

        operations.run(1, async { Ok(()) }).await.unwrap();

        assert!(operations.running().is_empty());
    }
}
