//! The Windows installer: built with NSIS, then installed, upgraded and removed under Wine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::display::Display;
use super::wine::Wine;
use crate::count::Count;
use crate::steps::{scratch, stream, target, workspace};

/// The app as Windows knows it.
const NAME: &str = "SIP Registrar Setup";
const UNINSTALL: &str =
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\SIP Registrar Setup";
const SCHEME: &str = r"HKCU\Software\Classes\sipregistrar";
const WEBVIEW2: &str =
    r"HKCU\Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";

/// The title of the app's message where it has no window.
const NO_WINDOW: &str = "No window";

/// The installer's exit codes, as defined in installer.nsi.
const INSTALLED: i32 = 0;
const NEWER_IS_THERE: i32 = 2;
const WITHOUT_WEBVIEW2: i32 = 3;
const IS_OPEN: i32 = 4;

/// An older version.
const OLDER: &str = "0.0.1";

/// The content of an installer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'a> {
    pub(super) program: &'a Path,
    pub(super) loader: &'a Path,
}

/// Builds an installer and returns its path.
fn make(parts: Parts<'_>, version: &str, folder: &Path) -> Result<PathBuf, String> {
    let out = folder.join(format!("{NAME} {version}.exe").replace(' ', "-"));
    let define = |name: &str, value: &Path| format!("-D{name}={}", value.display());
    stream(
        Command::new("makensis")
            .arg("-V1")
            .arg(define("PROGRAM", parts.program))
            .arg(define("LOADER", parts.loader))
            .arg(define("ICON", &workspace().join("icons/icon.ico")))
            .arg(define("OUT", &out))
            .arg(format!("-DVERSION={version}"))
            .arg(workspace().join("src-tauri/xtask/src/cross/installer.nsi")),
    )?;
    Ok(out)
}

/// Builds this version's installer, and tests it over an older one in a separate Windows folder.
pub(super) fn run(parts: Parts<'_>, wine: &Wine) -> Result<Count, String> {
    let folder = target().join("windows");
    fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    let version = env!("CARGO_PKG_VERSION");
    let installer = make(parts, version, &folder)?;
    // The older one's program differs, or an upgrade that changes nothing would pass.
    let older = Parts {
        program: parts.loader,
        ..parts
    };
    let older = make(older, OLDER, &scratch())?;

    let wine = wine.copy_to(&scratch().join("wine"))?;
    let count = try_out(&wine, parts.program, &older, &installer, version)?;
    println!("The installer is {}.", installer.display());
    Ok(count)
}

fn try_out(
    wine: &Wine,
    program: &Path,
    older: &Path,
    installer: &Path,
    version: &str,
) -> Result<Count, String> {
    let user = user(wine).ok_or("Wine made no user.")?;
    let folder = user.join("AppData/Local").join(NAME);
    let there = folder.join("sip-registrar-setup.exe");
    let kept = user.join("AppData/Local/dev.sipregistrar.setup/data/accounts.json");
    let is_this_one = || match (fs::read(&there), fs::read(program)) {
        (Ok(found), Ok(ours)) => found == ours,
        _ => false,
    };
    let has_version = |version: &str| query(wine, UNINSTALL).contains(version);

    let mut counts = Vec::new();
    let mut check = |sentence: &str, passed: bool| {
        if !passed {
            println!("the installer: not so: {sentence}");
        }
        counts.push(Count::one(passed));
    };

    let ended = silently(wine, older)?;
    check(
        "it is installed, and says that WebView2 is missing",
        ended == WITHOUT_WEBVIEW2 && there.is_file() && has_version(OLDER),
    );
    let webview2 = ["add", WEBVIEW2, "/v", "pv", "/d", "120.0.0.0", "/f"];
    stream(wine.command("reg").args(webview2))?;
    let ended = silently(wine, installer)?;
    check(
        "it is upgraded",
        ended == INSTALLED && is_this_one() && has_version(version),
    );
    check(
        "links of its scheme lead to it",
        query(wine, SCHEME).contains("sip-registrar-setup.exe"),
    );
    let ended = silently(wine, older)?;
    check(
        "an older one changes nothing",
        ended == NEWER_IS_THERE && is_this_one() && has_version(version),
    );

    stream(wine.command("reg").args(["delete", WEBVIEW2, "/f"]))?;
    let seen = start_without_webview2(wine, &there, installer)?;
    check(
        "an app that is open is not replaced",
        seen.not_replaced && is_this_one(),
    );
    check(
        "started without WebView2, it says in a window that it needs it, and ends",
        seen.says_what_it_needs,
    );

    let unusable = |error| format!("{} cannot be written: {error}.", kept.display());
    fs::create_dir_all(kept.parent().unwrap_or(&user)).map_err(unusable)?;
    fs::write(&kept, "{}").map_err(unusable)?;
    silently(wine, &folder.join("uninstall.exe"))?;
    check(
        "it is removed with all that it registered",
        !folder.exists()
            && !has_shortcut(&user)
            && query(wine, UNINSTALL).is_empty()
            && query(wine, SCHEME).is_empty(),
    );
    check("what the person had stays", kept.is_file());
    Ok(counts.into_iter().sum())
}

/// Runs an installer silently and returns its exit code, once all its processes have ended: an
/// uninstaller continues as a copy of itself.
fn silently(wine: &Wine, installer: &Path) -> Result<i32, String> {
    let status = wine
        .command(installer)
        .arg("/S")
        .status()
        .map_err(|error| format!("wine cannot be started: {error}."))?;
    wine.settle()?;
    Ok(status.code().unwrap_or(-1))
}

/// The result of starting the app without `WebView2`.
struct WithoutWebView2 {
    /// Whether the installer left it alone while its message was shown.
    not_replaced: bool,
    /// Whether the message said what is missing.
    says_what_it_needs: bool,
}

/// Starts the app without `WebView2`, tries to install it again meanwhile, and closes its message.
fn start_without_webview2(
    wine: &Wine,
    app: &Path,
    installer: &Path,
) -> Result<WithoutWebView2, String> {
    // Programs that started without a display don't provide one to later ones.
    wine.settle()?;
    let display = Display::open()?;
    let mut started = wine
        .command(app)
        .env("DISPLAY", display.name())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("wine cannot be started: {error}."))?;
    let not_replaced = display.shows(NO_WINDOW, &mut started) && {
        let tried = wine.command(installer).arg("/S").status();
        let tried = tried.map_err(|error| format!("wine cannot be started: {error}."))?;
        tried.code() == Some(IS_OPEN)
    };
    let answered = display.answer(NO_WINDOW, &mut started);
    // If it has ended, there is nothing to kill; otherwise nothing waits for it.
    let _ = started.kill();
    let ended = started
        .wait_with_output()
        .map_err(|error| format!("wine cannot be waited for: {error}."))?;
    wine.settle()?;
    let said = String::from_utf8_lossy(&ended.stderr);
    Ok(WithoutWebView2 {
        not_replaced,
        says_what_it_needs: answered && ended.status.code() == Some(1) && said.contains("WebView2"),
    })
}

/// Returns the registry's values under a key; empty if there is no such key.
fn query(wine: &Wine, key: &str) -> String {
    let output = wine.command("reg").args(["query", key, "/s"]).output();
    output
        .ok()
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default()
}

/// Finds the home folder of Wine's user.
fn user(wine: &Wine) -> Option<PathBuf> {
    let users = fs::read_dir(wine.drive().join("users")).ok()?.flatten();
    users
        .map(|user| user.path())
        .find(|user| user.join("AppData/Local").is_dir() && !user.ends_with("Public"))
}

fn has_shortcut(user: &Path) -> bool {
    let menu = "AppData/Roaming/Microsoft/Windows/Start Menu/Programs";
    user.join(menu).join(format!("{NAME}.lnk")).exists()
}
