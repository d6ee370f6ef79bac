//! File dialogs by GTK, on its only thread. The `rfd` crate, used on the other systems, would start
//! a second GTK thread, but GTK supports only one; and its dialogs have no parent window.

use std::path::PathBuf;

use gtk::prelude::*;
use gtk::{
    ButtonsType, DialogFlags, FileChooserAction, FileChooserNative, FileFilter, MessageDialog,
    MessageType, ResponseType, glib,
};
use tauri::{Runtime, Window};
use tokio::sync::oneshot::Sender;

use super::{Asked, Said, Tone};

pub(super) fn ask<R: Runtime>(parent: &Window<R>, asked: Asked, chosen: Sender<Option<PathBuf>>) {
    let (title, action) = match asked {
        Asked::File { .. } => ("Open File", FileChooserAction::Open),
        Asked::Place { .. } => ("Save File", FileChooserAction::Save),
    };
    let parent = parent.gtk_window().ok();
    // Without button labels, it uses the desktop's own, in the person's language.
    let dialog = FileChooserNative::new(Some(title), parent.as_ref(), action, None, None);
    dialog.set_modal(true);
    match asked {
        Asked::File { ending: None } => {}
        Asked::File {
            ending: Some(ending),
        } => {
            let filter = FileFilter::new();
            filter.set_name(Some(&ending.to_uppercase()));
            filter.add_pattern(&format!("*.{ending}"));
            dialog.add_filter(filter);
        }
        Asked::Place { name } => {
            dialog.set_do_overwrite_confirmation(true);
            dialog.set_current_name(&name);
        }
    }
    glib::MainContext::default().spawn_local(async move {
        let response = dialog.run_future().await;
        let path = (response == ResponseType::Accept).then(|| dialog.filename());
        dialog.destroy();
        // The caller may no longer be waiting.
        let _ = chosen.send(path.flatten());
    });
}

pub(super) fn say(said: &Said, after: impl FnOnce() + 'static) {
    let kind = match said.tone {
        Tone::Note => MessageType::Info,
        Tone::Failure => MessageType::Error,
    };
    let dialog = MessageDialog::new(
        None::<&gtk::Window>,
        DialogFlags::empty(),
        kind,
        ButtonsType::Ok,
        &said.text,
    );
    dialog.set_title(said.title);
    glib::MainContext::default().spawn_local(async move {
        dialog.run_future().await;
        dialog.close();
        after();
    });
}
