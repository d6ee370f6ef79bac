//! What every command runs in: one that breaks is a failure on the screen, never the end of the app
//! and never a wait without an end.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use registrar_core::explain::broken;
use registrar_core::ipc::Failure;

/// Runs a command's body. Whatever it held locked is open again afterwards: no lock here or in the
/// core stays closed after a panic.
pub(crate) async fn guarded<T>(
    body: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let mut body = pin!(body);
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| body.as_mut().poll(context)));
        polled.unwrap_or_else(|_| Poll::Ready(Err(broken::failure())))
    })
    .await
}
