//! Runs jobs in the background. If the window is closed, the app keeps running until the job ends,
//! shows a notification, and exits.

use std::sync::Arc;

use registrar_app::Error;
use registrar_app::desk::Desk;
use registrar_app::ipc::JobView;
use registrar_jobs::RunGoal;
use tauri::{AppHandle, Manager as _, Runtime, WebviewWindow};

use crate::state::App;

/// The window's label in tauri.conf.json.
const WINDOW: &str = "main";

/// Runs a job in the background, unless it's running already.
pub(crate) fn run<R: Runtime>(
    app: AppHandle<R>,
    desk: Arc<Desk>,
    name: &str,
    aim: RunGoal,
) -> Result<(), Error> {
    let Some(job) = desk.take_up(name)? else {
        return Ok(());
    };
    tauri::async_runtime::spawn(async move {
        let ended = desk.work_on(job, aim).await;
        let window = app.get_webview_window(WINDOW);
        let shown = |of: fn(&WebviewWindow<R>) -> tauri::Result<bool>| {
            window
                .as_ref()
                .is_some_and(|window| of(window).unwrap_or(true))
        };
        let (visible, focused) = (
            shown(WebviewWindow::is_visible),
            shown(WebviewWindow::is_focused),
        );
        if !(visible && focused)
            && let Ok(view) = ended
        {
            let notified = tauri::async_runtime::spawn_blocking(move || notify(&view));
            let _ = notified.await;
        }
        if !visible && !app.state::<App>().workspace.has_jobs_at_work() {
            app.exit(0);
        }
    });
    Ok(())
}

/// Hides the window instead of closing it while a job runs. Returns whether it did.
pub(crate) fn hides_window<R: Runtime>(app: &AppHandle<R>) -> bool {
    let at_work = app
        .try_state::<App>()
        .is_some_and(|app| app.workspace.has_jobs_at_work());
    let window = app.get_webview_window(WINDOW);
    let hidden = at_work && window.is_some_and(|window| window.hide().is_ok());
    if hidden {
        app.state::<App>().workspace.stop_serving();
    }
    hidden
}

/// Shows a system notification when a job ends. Without one, the desk says it.
fn notify(view: &JobView) {
    let mut notification = notify_rust::Notification::new();
    notification.summary(&view.title).body(&view.sentence);
    if let Err(error) = notification.show() {
        tracing::info!(%error, "The system shows no notification");
    }
}
