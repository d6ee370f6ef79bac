//! A minimal Tauri app: a window with one button, which calls a command.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![allow(
    clippy::expect_used,
    reason = "without a window there is nothing to measure"
)]

fn main() {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![press])
        .run(tauri::generate_context!())
        .expect("the window could not be opened");
}

/// Says how often the button was pressed.
#[tauri::command]
fn press(times: u32) -> String {
    format!("Pressed {times} times")
}
