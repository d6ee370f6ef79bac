//! Runs the commands of the checks.
//!
//! [`crate::node`] and [`crate::system`] install what is missing, with these commands, and each command here
//! finds the Node that was installed. So these files import each other.

use std::env;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::node::with_node;

/// What a command printed, and whether it succeeded.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) succeeded: bool,
    /// Standard output and standard error in the order in which they were written.
    pub(crate) output: String,
}

/// The interval at which a command's output is polled.
const GLANCE: Duration = Duration::from_millis(100);

/// Returns the folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let workspace = manifest.ancestors().nth(2).unwrap_or(Path::new("."));
    workspace.to_owned()
}

/// Returns the folder that cargo builds into.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from)
}

/// Returns the folder for the commands' output.
pub(crate) fn scratch() -> PathBuf {
    target().join("xtask")
}

/// Returns where this run writes the window's types: not into `ui`, or a check would repair what it
/// should report.
pub(crate) fn types() -> PathBuf {
    scratch().join(format!("types-{}", process::id()))
}

/// Returns the cache for expensive downloads and builds, shared by all clones: in the user's cache
/// folder, unless `SIP_REGISTRAR_CACHE` names another.
pub(crate) fn cache() -> PathBuf {
    let below = |variable: &str, folder: &str| {
        let set = env::var_os(variable).filter(|value| !value.is_empty())?;
        Some(Path::new(&set).join(folder))
    };
    below("SIP_REGISTRAR_CACHE", "")
        .or_else(|| below("XDG_CACHE_HOME", "sip-registrar-setup-xtask"))
        .or_else(|| below("HOME", ".cache/sip-registrar-setup-xtask"))
        .unwrap_or_else(|| target().join("cache"))
}

/// Creates a command for the cargo that started us, in the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    cargo_at(Path::new(&cargo), arguments)
}

/// Creates a command for a particular cargo, in the workspace.
///
/// This package's variables are removed: build scripts that read them would run again, and much
/// would be compiled twice for those who also call cargo directly.
pub(crate) fn cargo_at(cargo: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo);
    command
        .args(arguments)
        .current_dir(workspace())
        .env("TS_RS_EXPORT_DIR", types());
    with_node(&mut command);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_MANIFEST_") || text.starts_with("CARGO_PKG_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command and passes its output through.
pub(crate) fn stream(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{} ended with {status}.", name(command))),
        Err(error) => Err(format!("{} cannot be started: {error}.", name(command))),
    }
}

/// Runs a command and keeps its output, also in the file `NAME.log` beside the build.
pub(crate) fn capture(log: &str, command: &mut Command) -> Result<Ended, String> {
    follow(log, command, |_| false)
}

/// Returns the file that [`capture`] keeps an output in.
pub(crate) fn log_of(name: &str) -> PathBuf {
    scratch().join(format!("{name}.log"))
}

/// Like [`capture`]; chosen lines are shown as soon as they are written.
pub(crate) fn follow(
    log: &str,
    command: &mut Command,
    mut shows: impl FnMut(&str) -> bool,
) -> Result<Ended, String> {
    let log = log_of(log);
    // Another run may write its own at the same time.
    let growing = log.with_extension(format!("{}.log", process::id()));
    let unusable = |error| format!("Cannot write {}: {error}", growing.display());
    fs::create_dir_all(scratch()).map_err(unusable)?;
    let file = File::create(&growing).map_err(unusable)?;
    let copy = file.try_clone().map_err(unusable)?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(copy)
        .spawn()
        .map_err(|error| format!("{} cannot be started: {error}.", name(command)))?;
    // Not through a pipe, which a leftover program would keep open.
    let mut written = File::open(&growing).map_err(unusable)?;
    let mut output = Vec::new();
    let mut seen = 0;
    let (ended, end) = mpsc::channel();
    thread::spawn(move || ended.send(child.wait()));
    let status = loop {
        let status = end.recv_timeout(GLANCE);
        written.read_to_end(&mut output).map_err(unusable)?;
        while let Some(length) = output[seen..].iter().position(|&byte| byte == b'\n') {
            let line = String::from_utf8_lossy(&output[seen..seen + length]);
            if shows(&line) {
                println!("{line}");
            }
            seen += length + 1;
        }
        match status {
            Ok(status) => break status.map_err(unusable)?,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(format!("{} was lost.", name(command)));
            }
        }
    };
    fs::rename(&growing, &log).map_err(unusable)?;
    Ok(Ended {
        succeeded: status.success(),
        output: String::from_utf8_lossy(&output).into_owned(),
    })
}

/// Waits for the lock of this name, which guards what runs share, and holds it until dropped.
pub(crate) fn alone(folder: &Path, what: &str) -> Result<File, String> {
    let path = folder.join(format!("{what}.lock"));
    let unusable = |error| format!("{} cannot be locked: {error}.", path.display());
    fs::create_dir_all(folder).map_err(unusable)?;
    let file = File::create(&path).map_err(unusable)?;
    if file.try_lock().is_err() {
        println!("Another run brings {what}: waiting for it.");
        file.lock().map_err(unusable)?;
    }
    Ok(file)
}

/// Returns a command's standard output if it runs and succeeds.
pub(crate) fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    answer_of(Command::new(program).args(arguments))
}

/// Returns a command's standard output if it runs and succeeds.
pub(crate) fn answer_of(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
