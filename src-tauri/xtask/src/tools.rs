//! Tools installed once for all clones, at pinned versions.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::steps::{alone, answer, cache, cargo, stream, workspace};

/// Returns a crate's program, which is compiled the first time: for cargo-deny, that takes minutes.
pub(crate) fn of_crate(name: &str, version: &str) -> Result<PathBuf, String> {
    let root = cache().join("tools").join(format!("{name}-{version}"));
    let program = root.join("bin").join(name);
    let program = program.with_extension(env::consts::EXE_EXTENSION);
    let _lock = alone(&cache().join("tools"), name)?;
    if !program.is_file() {
        println!("Compiling {name} {version}; it is kept for the next time.");
        // Not optimized, because compiling it takes far longer than all that it is asked.
        let install = ["install", name, "--locked", "--debug", "--version", version];
        let mut install = cargo(&install);
        install
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .args(["--quiet", "--root"])
            .arg(&root)
            // Its dependencies aren't ours, so the build is deleted and only the program is kept.
            .env_remove("CARGO_TARGET_DIR");
        stream(&mut install)?;
    }
    Ok(program)
}

/// Returns a program of a Python package, from a virtual environment with exactly the packages and
/// hashes of a requirements file.
pub(crate) fn of_python(name: &str, requirements: &str) -> Result<PathBuf, String> {
    let wanted = workspace().join(requirements);
    let text = fs::read_to_string(&wanted)
        .map_err(|error| format!("{requirements} cannot be read: {error}."))?;
    let root = cache().join("tools").join(name);
    let installed = root.join("installed.txt");
    let programs = root.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let _lock = alone(&cache().join("tools"), name)?;
    if fs::read_to_string(&installed).is_ok_and(|last| last == text) {
        return Ok(programs.join(name));
    }
    let python = ["python3", "python"]
        .into_iter()
        .find(|python| answer(python, &["--version"]).is_some())
        .ok_or("Python 3 is needed, and cannot be started.")?;
    stream(
        Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(&root),
    )?;
    stream(
        Command::new(programs.join("python"))
            .args(["-m", "pip", "install", "--quiet", "--require-hashes"])
            .args(["--disable-pip-version-check", "--requirement"])
            .arg(&wanted),
    )?;
    fs::write(&installed, text)
        .map_err(|error| format!("{} cannot be written: {error}.", installed.display()))?;
    Ok(programs.join(name))
}
