//! Restores the window's position from when it was closed.

use registrar_app::workspace::window_placement::{Area, WindowPlacement};
use tauri::{AppHandle, Manager as _, PhysicalPosition, PhysicalSize, Runtime, WebviewWindow};

use super::LABEL;
use crate::state::App;

/// Restores the window's position, if it's on a connected screen.
pub(super) fn restore<R: Runtime>(window: &WebviewWindow<R>) {
    let place = window
        .try_state::<App>()
        .and_then(|app| app.workspace.window_placement());
    let Some(place) = place.filter(|place| place.is_on(&screens(window))) else {
        return;
    };
    let Area {
        x,
        y,
        width,
        height,
    } = place.area;
    // A window manager may refuse each of them and place the window itself.
    let _ = window.set_size(PhysicalSize::new(width, height));
    let _ = window.set_position(PhysicalPosition::new(x, y));
    if place.maximized {
        let _ = window.maximize();
    }
}

/// Saves the window's position before it's closed or hidden.
pub(crate) fn save<R: Runtime>(app: &AppHandle<R>) {
    let window = app.get_webview_window(LABEL);
    let state = app.try_state::<App>();
    if let (Some(window), Some(state)) = (window, state)
        && let Some(place) = place_of(&window, state.workspace.window_placement())
        && let Err(error) = state.workspace.keep_window_placement(place)
    {
        tracing::info!(%error, "the window's place was not kept");
    }
}

/// Returns the window's position. A maximized window keeps the one from `before`.
fn place_of<R: Runtime>(
    window: &WebviewWindow<R>,
    before: Option<WindowPlacement>,
) -> Option<WindowPlacement> {
    if window.is_minimized().ok()? {
        return None;
    }
    let maximized = window.is_maximized().ok()?;
    let (position, size) = (window.outer_position().ok()?, window.inner_size().ok()?);
    let here = Area {
        x: position.x,
        y: position.y,
        width: size.width,
        height: size.height,
    };
    let area = before
        .filter(|_| maximized)
        .map_or(here, |before| before.area);
    Some(WindowPlacement { area, maximized })
}

fn screens<R: Runtime>(window: &WebviewWindow<R>) -> Vec<Area> {
    let screens = window.available_monitors().unwrap_or_default();
    let area = |screen: &tauri::Monitor| {
        let area = screen.work_area();
        Area {
            x: area.position.x,
            y: area.position.y,
            width: area.size.width,
            height: area.size.height,
        }
    };
    screens.iter().map(area).collect()
}
