//! Puts the window's files together, and names every command, so that the window may call those of its
//! capability and no others.

use std::path::Path;
use std::{env, fs, io};

use serde_json::{Value, json};

/// Kept equal to `handlers!` in lib.rs, to capabilities/main.json and to
/// ui/ipc/commands.js by the test in `src/names.rs`.
const COMMANDS: &[&str] = &[
    "activity_entry",
    "activity_rows",
    "add_credential",
    "allow_realm",
    "another_phone",
    "begin_many",
    "call_done",
    "cancel_operation",
    "change_realm",
    "check_credentials",
    "check_registration",
    "check_twilio",
    "check_typed",
    "choose_account_list",
    "choose_import",
    "choose_passwords",
    "choose_realm",
    "close_window",
    "clear_activity",
    "continue_journey",
    "copy",
    "create_credential",
    "create_realm",
    "delete_credential",
    "delete_realm",
    "delete_crash_report",
    "desk_credential",
    "desk_job",
    "desk_jobs",
    "desk_rows",
    "desk_state",
    "edit_account",
    "end_job",
    "exchanges",
    "existing_credential",
    "finish_journey",
    "follow_closing",
    "follow_drops",
    "follow_links",
    "forget_account",
    "forget_job",
    "go_back",
    "go_on_with_job",
    "home",
    "install_update",
    "keep_draft",
    "leave",
    "leave_import",
    "leave_task",
    "load_desk",
    "look_at_realms",
    "look_for_update",
    "make_password",
    "make_realm",
    "move_credential",
    "move_job_passwords",
    "new_password",
    "open_about",
    "open_account",
    "open_accounts",
    "open_activity",
    "open_check",
    "open_credentials",
    "open_desk",
    "open_import",
    "open_last_desk",
    "open_realms",
    "password_at_risk",
    "passwords_at_risk",
    "pause_job",
    "ping_registrar",
    "place_call",
    "place_local_call",
    "plan_rows",
    "prepared",
    "press_digit",
    "print",
    "read_import",
    "refresh_realms",
    "register_practice_phone",
    "registration_done",
    "repair_hashes",
    "replace_password",
    "reset_practice",
    "reveal",
    "ring_phone",
    "save",
    "save_account",
    "save_account_list",
    "save_evidence",
    "save_job_result",
    "select_rows",
    "selected_credentials",
    "set_up_api_client",
    "sign_in",
    "sign_in_again",
    "sign_in_at_desk",
    "sign_out_account",
    "sign_out_at_desk",
    "start_import",
    "start_journey",
    "take_account_list",
    "take_dropped",
    "type_password",
    "watch_bindings",
    "watch_registration",
    "why_password",
];

fn main() {
    if let Err(error) = put_window_together() {
        println!("cargo::error={error}");
    }
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new()
        .app_manifest(manifest)
        .windows_attributes(windows_attributes());
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}

/// Asks Windows for the Common Controls whose dialogs are used, which nothing of ours starts without.
/// Tauri says so in a resource of the app alone; Microsoft's linker says it in the tests as well.
fn windows_attributes() -> tauri_build::WindowsAttributes {
    if env::var("CARGO_CFG_TARGET_ENV").as_deref() != Ok("msvc") {
        return tauri_build::WindowsAttributes::new();
    }
    println!("cargo::rustc-link-arg=/MANIFEST:EMBED");
    println!(
        "cargo::rustc-link-arg=/MANIFESTDEPENDENCY:type='win32' \
         name='Microsoft.Windows.Common-Controls' version='6.0.0.0' processorArchitecture='*' \
         publicKeyToken='6595b64144ccf1df' language='*'"
    );
    tauri_build::WindowsAttributes::new_without_app_manifest()
}

/// Writes the window's files to where Tauri takes them up: what tauri.conf.json says is replaced for
/// this build, as Tauri's own command does it.
fn put_window_together() -> Result<(), String> {
    let from = Path::new("../ui");
    println!("cargo::rerun-if-changed={}", from.display());
    let built = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let to = Path::new(&built).join("window");
    match fs::remove_dir_all(&to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.to_string()),
        _ => registrar_bundler::write(from, &to).map_err(|error| error.to_string())?,
    }
    println!("cargo::rerun-if-env-changed=TAURI_CONFIG");
    let given = env::var("TAURI_CONFIG").unwrap_or_else(|_| "{}".to_owned());
    let mut config: Value = serde_json::from_str(&given).map_err(|error| error.to_string())?;
    config["build"]["frontendDist"] = json!(to);
    println!("cargo::rustc-env=TAURI_CONFIG={config}");
    Ok(())
}
