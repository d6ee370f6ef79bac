//! Runs Windows programs under Wine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::stream;

const SHIM: &str = include_str!("bcryptprimitives.c");

/// A Windows folder of our own, without a window.
#[derive(Debug)]
pub(super) struct Wine {
    prefix: PathBuf,
}

impl Wine {
    /// Makes it in a folder, once.
    pub(super) fn open(folder: &Path) -> Result<Self, String> {
        let wine = Self {
            prefix: folder.join("wine"),
        };
        let ready = wine.prefix.join("ready");
        if ready.is_file() {
            return Ok(wine);
        }
        println!("Making a Windows folder for Wine.");
        let unusable = |error| format!("{} cannot be used: {error}.", wine.prefix.display());
        fs::create_dir_all(&wine.prefix).map_err(unusable)?;
        stream(wine.command("wineboot").arg("--init"))?;
        wine.settle()?;
        let source = folder.join("bcryptprimitives.c");
        fs::write(&source, SHIM).map_err(unusable)?;
        let library = wine.drive().join("windows/system32/bcryptprimitives.dll");
        stream(
            Command::new("x86_64-w64-mingw32-gcc")
                .args(["-O2", "-shared", "-s", "-o"])
                .arg(library)
                .arg(&source)
                .arg("-ladvapi32"),
        )?;
        fs::write(&ready, "").map_err(unusable)?;
        Ok(wine)
    }

    /// Copies it, so that what is installed there is gone with the copy.
    pub(super) fn copy_to(&self, prefix: &Path) -> Result<Self, String> {
        if prefix.exists() {
            fs::remove_dir_all(prefix)
                .map_err(|error| format!("{} cannot be removed: {error}.", prefix.display()))?;
        }
        stream(
            Command::new("cp")
                .arg("--archive")
                .arg(&self.prefix)
                .arg(prefix),
        )?;
        Ok(Self {
            prefix: prefix.to_owned(),
        })
    }

    /// Makes a call of a program for Windows.
    pub(super) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new("wine");
        self.set(command.arg(program));
        command
    }

    /// Waits until no program runs there any more.
    pub(super) fn settle(&self) -> Result<(), String> {
        let mut wait = Command::new("wineserver");
        self.set(wait.arg("--wait"));
        stream(&mut wait)
    }

    /// Returns drive C.
    pub(super) fn drive(&self) -> PathBuf {
        self.prefix.join("drive_c")
    }

    /// Sets what a program that is started through Wine needs, for cargo's runner too.
    pub(super) fn set(&self, command: &mut Command) {
        command
            .env("WINEPREFIX", &self.prefix)
            .env("WINEDEBUG", "-all")
            // Neither .NET nor a browser of Wine's own, which it would ask to be downloaded.
            .env("WINEDLLOVERRIDES", "mscoree=;mshtml=")
            .env("DISPLAY", "");
    }
}
