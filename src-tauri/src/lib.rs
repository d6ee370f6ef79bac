//! The window's side of SIP Registrar Setup: commands, state, clipboard, log. Thin: every decision
//! is made in `registrar-core`.
// It panics where nobody reads standard error: `registrar_core::terminal` does not.
#![cfg_attr(not(test), warn(clippy::print_stderr))]
#![allow(
    clippy::result_large_err,
    reason = "a failure crosses to the window once, as it is"
)]

mod alone;
#[cfg(test)]
mod bundle;
mod clipboard;
mod closing;
mod commands;
mod dialogs;
mod dispatch;
mod drops;
#[cfg(target_os = "linux")]
mod graphics;
mod jobs;
mod links;
mod log;
mod memory;
mod state;
mod system;
mod updates;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

use registrar_core::services::Services;
use registrar_core::terminal;
use registrar_core::workspace::Workspace;
use registrar_core::{crash, data_folder};
use tauri::{AppHandle, Manager as _, RunEvent, Runtime, WindowEvent};

use crate::alone::Alone;
use crate::closing::Closing;
use crate::dialogs::{Said, Tone};
use crate::drops::Drops;
use crate::links::Links;
use crate::state::App;

/// Opens the window and returns when it is closed.
pub fn run() -> ExitCode {
    #[cfg(target_os = "linux")]
    graphics::avoid_blank_window();
    memory::keep_out_of_dumps();
    memory::keep_out_of_swap();
    let context = tauri::generate_context!();
    #[cfg(target_os = "linux")]
    if alone::handed_over(&context.config().identifier) {
        return ExitCode::SUCCESS;
    }
    if let Some(told) = alone::without_display() {
        terminal::say(told);
        return ExitCode::FAILURE;
    }
    let app = tauri::Builder::default()
        .manage(Closing::default())
        .manage(Drops::default())
        .manage(Links::default())
        .manage(updates::Found::default())
        .plugin(Alone::new())
        .setup(|app| {
            let folder = data_folder(app)?;
            if !alone::claim(app, &folder) {
                return Ok(());
            }
            crash::watch(&folder, env!("CARGO_PKG_VERSION"));
            log::start(&folder);
            app.manage(App::new(Workspace::new(folder, Services::real())));
            app.state::<Links>().take_from(std::env::args());
            if let Err(error) = window::open(app) {
                let said = Said {
                    tone: Tone::Failure,
                    title: "No window",
                    text: no_window(&error),
                };
                alone::end_with(app, said);
            }
            Ok(())
        });
    let app = match updates::Source::of_this_build() {
        Some(source) => app.plugin(updates::Updates::from(source)),
        None => app,
    };
    match commands(app).build(context) {
        Ok(app) => app.run(happened),
        Err(error) => {
            terminal::say(&no_window(&error));
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Returns the folder for everything that is kept. On Windows it's a local one, which doesn't roam;
/// the webview has its own files beside it.
fn data_folder<R: Runtime>(app: &tauri::App<R>) -> tauri::Result<PathBuf> {
    let usual = app.path().app_data_dir()?;
    if cfg!(windows) {
        let local = app.path().app_local_data_dir()?.join("data");
        return Ok(data_folder::take_over(&usual, &local));
    }
    Ok(usual)
}

fn no_window(error: &tauri::Error) -> String {
    let needs = if cfg!(windows) {
        " It needs Microsoft's WebView2: run the installer of this app again, which brings it, or \
         download it from Microsoft, and then start the app again."
    } else {
        ""
    };
    format!("SIP Registrar Setup could not open its window: {error}.{needs}")
}

fn happened<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    match event {
        RunEvent::WindowEvent {
            event: WindowEvent::CloseRequested { api, .. },
            ..
        } => {
            window::keep_place(app);
            if Closing::asks(app) || jobs::stays_without_window(app) {
                api.prevent_close();
            }
        }
        // Quitting from the menu closes no window first.
        RunEvent::ExitRequested {
            code: None, api, ..
        } if Closing::asks(app) => api.prevent_exit(),
        RunEvent::WindowEvent {
            event: WindowEvent::DragDrop(event),
            ..
        } => app.state::<Drops>().happened(&event),
        RunEvent::Exit => leave(app),
        // The other systems hand links over as arguments.
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            window::bring_to_front(app);
            let links = app.state::<Links>();
            for url in &urls {
                links.take(url.as_str());
            }
        }
        _ => {}
    }
}

/// Ends what is under way and forgets what was copied, so that nothing is left behind.
pub(crate) fn leave<R: Runtime>(app: &AppHandle<R>) {
    Alone::end(app);
    if let Some(app) = app.try_state::<App>() {
        app.clipboard.clear();
        tauri::async_runtime::block_on(app.come_to_rest());
    }
    window::clean_up(app);
}

/// Registers the commands, for the real window and for tests.
fn commands<R: Runtime>(builder: tauri::Builder<R>) -> tauri::Builder<R> {
    macro_rules! commands {
        ($($module:ident::$name:ident),+ $(,)?) => {
            vec![$((commands::$module::$name::NAME, commands::$module::$name::run)),+]
        };
    }
    builder.invoke_handler(dispatch::handler(include!("command_list.rs")))
}
