//! Puts the window's files together, and names every command, so that the window may call those of its
//! capability and no others.

use std::path::Path;
use std::{env, fs, io};

use serde_json::{Value, json};

macro_rules! commands {
    ($($module:ident::$name:ident),+ $(,)?) => { &[$(stringify!($name)),+] };
}

/// Every command of the window.
const COMMANDS: &[&str] = include!("src/command_list.rs");

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
