//! The commands: each unpacks, calls the core, and converts.

pub(crate) mod about;
pub(crate) mod accounts;
pub(crate) mod activity;
pub(crate) mod call;
pub(crate) mod check;
pub(crate) mod credentials;
pub(crate) mod deep_links;
pub(crate) mod desk;
pub(crate) mod home;
pub(crate) mod import;
pub(crate) mod jobs;
pub(crate) mod journey;
pub(crate) mod operations;
pub(crate) mod phones;
pub(crate) mod print;
pub(crate) mod provisioning;
pub(crate) mod realms;
pub(crate) mod save;
pub(crate) mod secrets;
pub(crate) mod trainer;
pub(crate) mod update;
pub(crate) mod window;

use registrar_app::Error;
use registrar_app::ipc::Progress;
use registrar_explain::Failure;
use tauri::ipc::Channel;

/// Converts an error for the window. Its chain is logged here, once.
fn failure(error: Error) -> Failure {
    tracing::warn!(error = %chain(&error), "a command failed");
    error.failure()
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

/// A closed window doesn't stop the work, so a message that can't be sent is dropped.
pub(crate) fn send<T: tauri::ipc::IpcResponse>(channel: &Channel<T>, message: T) {
    let _ = channel.send(message);
}

fn progress_sentences(channel: &Channel<Progress>) -> impl Fn(&str) + Send + Sync {
    let channel = channel.clone();
    move |sentence: &str| {
        let sentence = sentence.to_owned();
        send(&channel, Progress { sentence });
    }
}
