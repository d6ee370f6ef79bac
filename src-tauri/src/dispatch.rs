//! Finds the command that the window calls, runs it and returns its response. A command that panics
//! returns a failure, so that the app continues and the window never waits forever.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use registrar_explain::{Failure, broken};
use tauri::Runtime;
use tauri::ipc::{
    CommandArg, CommandItem, Invoke, InvokeError, InvokeMessage, InvokeResponseBody, IpcResponse,
};
use tauri::utils::acl::resolved::ResolvedCommand;

/// What is sent to the window.
pub(crate) type Answer = Result<InvokeResponseBody, InvokeError>;
/// A command that runs.
type Work = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// A command's name, and what runs it.
pub(crate) type Handler<R> = (&'static str, fn(Invoke<R>));

/// Returns Tauri's handler for these commands, and no others.
pub(crate) fn handler<R: Runtime>(
    handlers: Vec<Handler<R>>,
) -> impl Fn(Invoke<R>) -> bool + Send + Sync {
    move |invoke| {
        let called = invoke.message.command();
        let handler = handlers.iter().find(|(name, _)| *name == called);
        handler.map(|(_, run)| run(invoke)).is_some()
    }
}

/// A command's call, which its arguments are taken from.
#[derive(Debug)]
pub(crate) struct Call<R: Runtime> {
    name: &'static str,
    message: InvokeMessage<R>,
    acl: Option<Vec<ResolvedCommand>>,
}

impl<R: Runtime> Call<R> {
    /// Returns the argument of this name, or why it's invalid.
    pub(crate) fn take<'a, A: CommandArg<'a, R>>(
        &'a self,
        key: &'static str,
    ) -> Result<A, InvokeError> {
        A::from_command(CommandItem {
            plugin: None,
            name: self.name,
            key,
            message: &self.message,
            acl: &self.acl,
        })
    }
}

/// Runs a command and sends its answer to the window.
pub(crate) fn run<R: Runtime>(name: &'static str, invoke: Invoke<R>, command: fn(Call<R>) -> Work) {
    let work = command(Call {
        name,
        message: invoke.message,
        acl: invoke.acl,
    });
    invoke
        .resolver
        .respond_async_serialized(catching_panics(work));
}

/// Serializes what a command returned.
pub(crate) fn answer<T: IpcResponse>(returned: Result<T, Failure>) -> Answer {
    returned?.body().map_err(InvokeError::from_error)
}

/// Runs a command, and turns a panic into a failure. No lock of the shell or the core stays locked
/// after a panic.
async fn catching_panics(mut work: Work) -> Answer {
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        polled.unwrap_or_else(|_| Poll::Ready(Err(broken::failure().into())))
    })
    .await
}

#[cfg(test)]
mod tests;
