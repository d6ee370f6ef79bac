//! The app's window: how it is created, where it may navigate, and how it comes to the front. The
//! trainer's panel is a second one.

use std::fs;
use std::path::Path;

use parking_lot::Mutex;
#[cfg(target_os = "linux")]
use tauri::WebviewWindow;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Manager, Runtime, Url, WebviewWindowBuilder};
use tempfile::TempDir;

mod placement;
pub(crate) mod trainer;
pub(crate) use placement::save as save_placement;

/// The window's label, as tauri.conf.json and the capability name it.
pub(crate) const LABEL: &str = "main";

/// The engine's temporary data folder.
struct FallbackFolder(Mutex<Option<TempDir>>);

/// Opens the window. It shows the app's own pages and nothing else.
pub(crate) fn open<R: Runtime>(app: &App<R>) -> tauri::Result<()> {
    let fallback = match app.path().app_local_data_dir() {
        Ok(folder) if is_writable(&folder) => None,
        // The engine doesn't start without a data folder. The app needs nothing in it, so it's
        // deleted at exit.
        _ => tempfile::tempdir().ok(),
    };
    let windows = &app.config().app.windows;
    for config in windows.iter().filter(|config| config.label == LABEL) {
        let mut window = WebviewWindowBuilder::from_config(app, config)?
            .on_navigation(is_own)
            .on_new_window(|_, _| NewWindowResponse::Deny);
        if let Some(fallback) = &fallback {
            window = window.data_directory(fallback.path().to_owned());
        }
        let window = window.build()?;
        placement::restore(&window);
        #[cfg(target_os = "linux")]
        draw_without_a_card(&window)?;
        #[cfg(not(target_os = "linux"))]
        drop(window);
    }
    app.manage(FallbackFolder(Mutex::new(fallback)));
    Ok(())
}

/// Deletes the window's temporary files at exit.
pub(crate) fn clean_up<R: Runtime>(app: &AppHandle<R>) {
    if let Some(fallback) = app.try_state::<FallbackFolder>() {
        drop(fallback.0.lock().take());
    }
}

fn is_writable(folder: &Path) -> bool {
    fs::create_dir_all(folder).is_ok() && tempfile::tempfile_in(folder).is_ok()
}

/// Makes the engine draw in software on computers without a graphics card, such as most virtual
/// machines: drawing through an emulated card is several times slower and takes much memory.
#[cfg(target_os = "linux")]
fn draw_without_a_card<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

    let cards = std::fs::read_dir("/dev/dri");
    if cards.is_ok_and(|mut cards| cards.next().is_some()) {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Brings the window to the front, wherever it is.
pub(crate) fn bring_to_front<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // A window manager may refuse each of them; nothing can be done about it.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Returns whether an address is a page of the app.
fn is_own(url: &Url) -> bool {
    let inside = if cfg!(any(windows, target_os = "android")) {
        ("http", "tauri.localhost")
    } else {
        ("tauri", "localhost")
    };
    (url.scheme(), url.host_str().unwrap_or_default()) == inside && url.port().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_writable_where_files_can_be_made() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_writable(&folder.path().join("not/there/yet")));

        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(!is_writable(&file.join("under")));
    }

    #[test]
    fn only_the_apps_own_pages_are_gone_to() {
        let own = if cfg!(windows) {
            "http://tauri.localhost/index.html"
        } else {
            "tauri://localhost/index.html"
        };
        assert!(is_own(&Url::parse(own).unwrap()));

        for other in [
            "https://example.com/",
            "https://localhost/",
            "http://localhost:1430/",
            "tauri://localhost.example.com/",
            "tauri://localhost:80/",
            "tauri://someone.else/",
            "http://tauri.localhost:8080/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "blob:tauri://localhost/x",
            "javascript:alert(1)",
            "sipregistrar://practice",
        ] {
            assert!(!is_own(&Url::parse(other).unwrap()), "{other}");
        }
    }
}
