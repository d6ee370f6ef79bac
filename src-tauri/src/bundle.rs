//! Tests what the packages declare about the app, for systems without a Mac or Windows.

use plist::{Dictionary, Value};

const ENTITLEMENTS: &[u8] = include_bytes!("../entitlements.plist");
const ICONS_OF_A_MAC: &[u8] = include_bytes!("../../icons/icon.icns");
const INFO: &[u8] = include_bytes!("../Info.plist");
const OWN_PACKAGE: &str = include_str!("../Cargo.toml");
const SETTINGS: &str = include_str!("../tauri.conf.json");
const WORKSPACE: &str = include_str!("../../Cargo.toml");

fn settings() -> serde_json::Value {
    serde_json::from_str(SETTINGS).unwrap()
}

fn properties(file: &[u8]) -> Dictionary {
    let value: Value = plist::from_bytes(file).unwrap();
    value.into_dictionary().unwrap()
}

#[test]
fn a_mac_lets_the_app_hear_the_microphone_and_nothing_else() {
    let entitlements = properties(ENTITLEMENTS);
    let mac = &settings()["bundle"]["macOS"];

    assert_eq!(mac["hardenedRuntime"], true);
    assert_eq!(mac["entitlements"], "entitlements.plist");
    let granted: Vec<_> = entitlements.iter().collect();
    let microphone = "com.apple.security.device.audio-input".to_owned();
    assert_eq!(granted, [(&microphone, &Value::Boolean(true))]);
}

#[test]
fn a_mac_is_told_why_the_microphone_and_the_network_are_used() {
    let info = properties(INFO);

    for key in [
        "NSLocalNetworkUsageDescription",
        "NSMicrophoneUsageDescription",
    ] {
        let reason = info.get(key).and_then(Value::as_string).unwrap_or_default();
        assert!(
            reason.ends_with('.') && reason.len() > 40,
            "{key}: {reason}"
        );
    }
}

#[test]
fn a_mac_finds_an_icon_for_every_place_where_it_shows_one() {
    let (signature, mut rest) = ICONS_OF_A_MAC.split_at(8);
    assert_eq!(&signature[..4], b"icns");

    let mut kinds = Vec::new();
    while let Some((header, _)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([header[4], header[5], header[6], header[7]]);
        kinds.push(String::from_utf8_lossy(&header[..4]).into_owned());
        rest = &rest[length as usize..];
    }

    // 16, 32, 128, 256, 512 and 1024 points wide or high.
    for kind in ["is32", "il32", "ic07", "ic08", "ic09", "ic10"] {
        assert!(kinds.iter().any(|there| there == kind), "{kind}: {kinds:?}");
    }
}

/// A debug build always has the tools, so their absence is tested here.
#[test]
fn nothing_asks_for_the_web_views_tools_in_what_is_shipped() {
    let windows = &settings()["app"]["windows"];

    for window in windows.as_array().into_iter().flatten() {
        assert_ne!(window["devtools"], true, "{window}");
    }
    for packages in [WORKSPACE, OWN_PACKAGE] {
        assert!(!packages.contains("\"devtools\""));
    }
}

#[test]
fn windows_keeps_a_newer_app_and_brings_what_draws_the_window() {
    let windows = &settings()["bundle"]["windows"];

    assert_eq!(windows["allowDowngrades"], false);
    assert_eq!(
        windows["webviewInstallMode"]["type"], "downloadBootstrapper",
        "a computer without WebView2 gets it while the app is installed"
    );
    assert_eq!(
        windows["nsis"]["installMode"], "currentUser",
        "nobody has to ask an administrator"
    );
}

#[test]
fn the_packages_have_the_version_of_the_workspace() {
    let (_, rest) = WORKSPACE.split_once("[workspace.package]").unwrap();
    let (_, rest) = rest.split_once("version = \"").unwrap();
    let (version, _) = rest.split_once('"').unwrap();

    assert_eq!(settings()["version"], version);
}
