//! The trainer's panel: a window of its own, for a second screen that the room doesn't see.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager as _, Runtime, WebviewUrl, WebviewWindowBuilder};

use super::{FallbackFolder, is_own};

/// The window's label, as its capability names it.
const LABEL: &str = "trainer";
const PAGE: &str = "trainer/trainer.html";

/// Opens the panel, or brings it to the front where it is open.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        // A window manager may refuse each of them, and then there is nothing to do about it.
        let _ = window.unminimize();
        let _ = window.set_focus();
        return Ok(());
    }
    let mut window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App(PAGE.into()))
        .title("Trainer")
        .inner_size(900.0, 760.0)
        .min_inner_size(360.0, 360.0)
        .prevent_overflow()
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny);
    let fallback = app.try_state::<FallbackFolder>();
    let fallback = fallback.as_ref().map(|fallback| fallback.0.lock());
    if let Some(folder) = fallback.as_deref().and_then(Option::as_ref) {
        window = window.data_directory(folder.path().to_owned());
    }
    let window = window.build()?;
    #[cfg(target_os = "linux")]
    super::draw_without_a_card(&window)?;
    #[cfg(not(target_os = "linux"))]
    drop(window);
    Ok(())
}

/// Closes the panel if it is open.
pub(crate) fn close<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // It has nothing to save and nobody to ask.
        let _ = window.destroy();
    }
}
