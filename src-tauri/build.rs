//! Names every command, so that the window may call those of its capability and no others.

/// Kept equal to `generate_handler!` in lib.rs, to capabilities/main.json and to
/// ui/ipc/commands.js by the test in `src/names.rs`.
const COMMANDS: &[&str] = &[
    "another_phone",
    "call_done",
    "cancel_operation",
    "check_credentials",
    "check_registration",
    "check_twilio",
    "check_typed",
    "choose_account_list",
    "choose_realm",
    "continue_journey",
    "copy",
    "create_credential",
    "create_realm",
    "desk_credential",
    "desk_rows",
    "edit_account",
    "exchanges",
    "finish_journey",
    "follow_links",
    "forget_account",
    "go_back",
    "home",
    "keep_draft",
    "leave",
    "load_desk",
    "make_password",
    "new_password",
    "open_account",
    "open_accounts",
    "open_check",
    "open_desk",
    "open_last_desk",
    "ping_registrar",
    "place_call",
    "place_local_call",
    "prepared",
    "press_digit",
    "print",
    "refresh_realms",
    "register_practice_phone",
    "registration_done",
    "reset_practice",
    "reveal",
    "ring_phone",
    "save",
    "save_account",
    "save_account_list",
    "select_rows",
    "sign_in",
    "sign_in_again",
    "sign_in_at_desk",
    "sign_out_account",
    "sign_out_at_desk",
    "start_journey",
    "take_account_list",
    "type_password",
    "watch_bindings",
    "watch_registration",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) =
        tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
    {
        println!("cargo::error={error:#}");
    }
}
