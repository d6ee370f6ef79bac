//! The shell of SIP Registrar Setup: commands, state, clipboard, log. It is thin: all decisions are
//! made in `registrar-app`.
// It panics where nobody reads standard error: `registrar_app::terminal` does not.
#![cfg_attr(not(test), warn(clippy::print_stderr))]
#![allow(
    clippy::result_large_err,
    reason = "a failure crosses to the window once, as it is"
)]

mod background_jobs;
#[cfg(test)]
mod bundle;
mod clipboard;
mod close_confirmation;
mod commands;
mod deep_links;
mod dialogs;
mod dispatch;
mod file_drops;
#[cfg(target_os = "linux")]
mod graphics;
mod log;
mod memory;
mod single_instance;
mod state;
mod system;
mod updates;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

use registrar_app::services::Services;
use registrar_app::workspace::Workspace;
use registrar_app::{crash, terminal};
use registrar_storage::data_folder;
use tauri::{AppHandle, Manager as _, RunEvent, Runtime, WindowEvent};

use crate::close_confirmation::CloseConfirmation;
use crate::deep_links::DeepLinks;
use crate::dialogs::{Said, Tone};
use crate::file_drops::FileDrops;
use crate::single_instance::SingleInstance;
use crate::state::App;

/// Opens the window and returns when it is closed.
pub fn run() -> ExitCode {
    #[cfg(target_os = "linux")]
    graphics::avoid_blank_window();
    memory::keep_out_of_dumps();
    memory::keep_out_of_swap();
    let context = tauri::generate_context!();
    #[cfg(target_os = "linux")]
    if single_instance::forward_arguments(&context.config().identifier) {
        return ExitCode::SUCCESS;
    }
    if let Some(sentence) = single_instance::missing_display() {
        terminal::say(sentence);
        return ExitCode::FAILURE;
    }
    let app = tauri::Builder::default()
        .manage(CloseConfirmation::default())
        .manage(FileDrops::default())
        .manage(DeepLinks::default())
        .manage(updates::Found::default())
        .plugin(SingleInstance::new())
        .setup(|app| {
            let folder = data_folder(app)?;
            if !single_instance::claim(app, &folder) {
                return Ok(());
            }
            crash::watch(&folder, env!("CARGO_PKG_VERSION"));
            log::start(&folder);
            app.manage(App::new(Workspace::new(folder, Services::real())));
            app.state::<DeepLinks>().open_all(std::env::args());
            if let Err(error) = window::open(app) {
                let message = Said {
                    tone: Tone::Failure,
                    title: "No window",
                    text: no_window(&error),
                };
                single_instance::end_with(app, message);
            }
            Ok(())
        });
    let app = match updates::Source::of_this_build() {
        Some(source) => app.plugin(updates::Updates::from(source)),
        None => app,
    };
    match commands(app).build(context) {
        Ok(app) => app.run(handle_event),
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
        " It needs Microsoft’s WebView2. Run this app’s installer again, or download WebView2 from \
         Microsoft. Then start the app again."
    } else {
        ""
    };
    format!("SIP Registrar Setup couldn’t open its window: {error}.{needs}")
}

fn handle_event<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    match event {
        RunEvent::WindowEvent {
            label,
            event: WindowEvent::CloseRequested { api, .. },
            ..
        } if label == window::LABEL => {
            window::save_placement(app);
            if CloseConfirmation::is_needed(app) || background_jobs::hides_window(app) {
                api.prevent_close();
            }
        }
        // The panel doesn't keep the app running.
        RunEvent::WindowEvent {
            label,
            event: WindowEvent::Destroyed,
            ..
        } if label == window::LABEL => window::trainer::close(app),
        // Quitting from the menu closes no window first.
        RunEvent::ExitRequested {
            code: None, api, ..
        } if CloseConfirmation::is_needed(app) => api.prevent_exit(),
        RunEvent::WindowEvent {
            event: WindowEvent::DragDrop(event),
            ..
        } => app.state::<FileDrops>().handle(&event),
        RunEvent::Exit => shut_down(app),
        // The other systems hand links over as arguments.
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            window::bring_to_front(app);
            let links = app.state::<DeepLinks>();
            for url in &urls {
                links.open(url.as_str());
            }
        }
        _ => {}
    }
}

/// Stops all work and clears copied secrets, so that nothing is left behind.
pub(crate) fn shut_down<R: Runtime>(app: &AppHandle<R>) {
    SingleInstance::release(app);
    if let Some(app) = app.try_state::<App>() {
        app.clipboard.clear();
        tauri::async_runtime::block_on(app.shut_down());
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
