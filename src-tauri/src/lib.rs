//! The window's side of SIP Registrar Setup.

/// Opens the window and returns when it is closed.
pub fn run() {
    let _ = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .run(tauri::generate_context!());
}
