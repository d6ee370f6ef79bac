//! The one window: how it is made, what it may go to, and how it comes to the front.

#[cfg(target_os = "linux")]
use tauri::WebviewWindow;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Manager, Runtime, Url, WebviewWindowBuilder};

/// The window's label, as tauri.conf.json and the capability name it.
const LABEL: &str = "main";

/// Opens the window. It shows the app's own pages and nothing else.
pub(crate) fn open<R: Runtime>(app: &App<R>) -> tauri::Result<()> {
    let windows = &app.config().app.windows;
    for config in windows.iter().filter(|config| config.label == LABEL) {
        let window = WebviewWindowBuilder::from_config(app, config)?
            .on_navigation(is_own)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .build()?;
        #[cfg(target_os = "linux")]
        draw_without_a_card(&window)?;
        #[cfg(not(target_os = "linux"))]
        drop(window);
    }
    Ok(())
}

/// Has the engine draw by the processor where the computer has no graphics card, as most virtual ones:
/// it would draw through a card that is emulated, which takes several times as long and much memory.
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
        // A window manager may refuse each of them, and then there is nothing to do about it.
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
