//! File dialogs of Windows and macOS.

use std::path::PathBuf;
use std::pin::Pin;

use rfd::{AsyncFileDialog, AsyncMessageDialog, FileHandle, MessageLevel};
use tauri::{Runtime, Window, async_runtime};
use tokio::sync::oneshot::Sender;

use super::{Asked, Said, Tone};

pub(super) fn ask<R: Runtime>(parent: &Window<R>, asked: Asked, chosen: Sender<Option<PathBuf>>) {
    let dialog = AsyncFileDialog::new().set_parent(parent);
    let choice: Pin<Box<dyn Future<Output = Option<FileHandle>> + Send>> = match asked {
        Asked::File { ending: None } => Box::pin(dialog.pick_file()),
        Asked::File {
            ending: Some(ending),
        } => {
            let dialog = dialog.add_filter(ending.to_uppercase(), &[ending]);
            Box::pin(dialog.pick_file())
        }
        Asked::Place { name } => Box::pin(dialog.set_file_name(name).save_file()),
    };
    async_runtime::spawn(async move {
        let file = choice.await;
        // The caller may no longer be waiting.
        let _ = chosen.send(file.as_ref().map(FileHandle::path).map(Into::into));
    });
}

pub(super) fn say(said: &Said, after: impl FnOnce() + Send + 'static) {
    let level = match said.tone {
        Tone::Note => MessageLevel::Info,
        Tone::Failure => MessageLevel::Error,
    };
    let dialog = AsyncMessageDialog::new()
        .set_level(level)
        .set_title(said.title)
        .set_description(&said.text);
    let seen = dialog.show();
    async_runtime::spawn(async move {
        seen.await;
        after();
    });
}
