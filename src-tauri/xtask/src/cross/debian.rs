//! Debian's Rust compiler, and standard libraries for other systems built from its source.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use super::system::System;
use crate::steps::{answer, cache, cargo_at, stream, workspace};

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const CLIPPY: &str = "/usr/bin/cargo-clippy";
/// The host system.
const HOST: &str = "x86_64-unknown-linux-gnu";
/// The standard library's crates that an unwinding program and its tests need.
const LIBRARIES: &str = "-Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test";

/// Debian's compiler, with its output folder.
#[derive(Debug)]
pub(crate) struct Compiler {
    /// Named after the compiler's version, because another version can't use its output.
    folder: PathBuf,
    /// Held as long as this exists: two clones building there at once would use each other's
    /// results.
    _lock: File,
}

impl Compiler {
    /// Finds the compiler, and deletes an older one's output and that of another clone's own
    /// packages.
    pub(crate) fn find() -> Result<Self, String> {
        let version = answer(
            "dpkg-query",
            &["--show", "--showformat=${Version}", "rustc-web"],
        )
        .ok_or("This works on Debian alone: its package rustc-web is needed.")?;
        let all = cache().join("cross");
        let folder = all.join(version.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-"));
        fs::create_dir_all(&folder)
            .and_then(|()| remove_others(&all, &folder))
            .map_err(|error| format!("{} cannot be used: {error}.", all.display()))?;
        let compiler = Self {
            _lock: lock(&folder)?,
            folder,
        };
        let stamp = compiler.folder.join("clone");
        begin_with(&stamp, &clone_at(&workspace()), || compiler.forget_own())?;
        Ok(compiler)
    }

    /// Deletes the output of the workspace's own packages, and keeps all other crates'.
    fn forget_own(&self) -> Result<(), String> {
        let targets = System::ALL.map(System::triple);
        let targets = targets.iter().flat_map(|triple| ["--target", triple]);
        let mut command = plain(CARGO, &["clean", "--quiet", "--locked", "--workspace"]);
        command.args(targets).env("CARGO_TARGET_DIR", self.target());
        stream(&mut command)
    }

    /// Returns the output folder for other systems.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the folder of the programs for a system.
    pub(crate) fn programs(&self, system: System) -> PathBuf {
        self.target().join(system.triple()).join("debug")
    }

    /// Returns the build folder: outside the clone, so that the next one doesn't recompile every
    /// crate.
    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// Creates a cargo command for a system.
    pub(crate) fn cargo(&self, system: System, subcommand: &str) -> Result<Command, String> {
        self.call(CARGO, system, subcommand)
    }

    /// Creates a clippy command for a system.
    pub(crate) fn clippy(&self, system: System) -> Result<Command, String> {
        self.call(CLIPPY, system, "clippy")
    }

    fn call(&self, program: &str, system: System, subcommand: &str) -> Result<Command, String> {
        let libraries = self.libraries(system)?;
        let mut command = plain(
            program,
            &[subcommand, "--locked", "--target", system.triple()],
        );
        command
            .env("CARGO_TARGET_DIR", self.target())
            .env(
                format!("CARGO_TARGET_{}_RUSTFLAGS", system.variable()),
                format!("--sysroot={}", libraries.display()),
            )
            // Each clone has its own path, and would leave files that no other can use.
            .env("CARGO_INCREMENTAL", "0");
        if !system.has_c() {
            let name = system.triple().replace('-', "_");
            let compiler = self.stand_in("cc", include_str!("stand-in-cc.sh"))?;
            let archiver = self.stand_in("ar", include_str!("stand-in-ar.sh"))?;
            command
                .env(format!("CC_{name}"), &compiler)
                .env(format!("CXX_{name}"), &compiler)
                .env(format!("AR_{name}"), &archiver);
        }
        Ok(command)
    }

    /// Returns the folder with the standard library for a system. It is compiled once, in a minute
    /// or two.
    fn libraries(&self, system: System) -> Result<PathBuf, String> {
        let folder = self.folder.join(system.triple());
        if folder.is_dir() {
            return Ok(folder);
        }
        println!("Compiling the standard library for {}.", system.triple());
        // Under another name first, so that an incomplete one is never mistaken for complete.
        let unfinished = self
            .folder
            .join(format!("{}.{}", system.triple(), std::process::id()));
        let made = compile(system, &unfinished);
        let kept = made.and_then(|()| match fs::rename(&unfinished, &folder) {
            Err(_) if folder.is_dir() => Ok(()), // Somebody else was faster.
            renamed => renamed.map_err(|error| format!("{}: {error}.", folder.display())),
        });
        // Nothing remains there once it's renamed.
        let _gone = fs::remove_dir_all(&unfinished);
        kept.map(|()| folder)
    }

    /// Writes a stand-in for a missing program.
    fn stand_in(&self, name: &str, script: &str) -> Result<PathBuf, String> {
        let path = self.folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|there| there == script) {
            return Ok(path);
        }
        fs::write(&path, script)
            .and_then(|()| executable(&path))
            .map_err(|error| format!("{} cannot be written: {error}.", path.display()))?;
        Ok(path)
    }
}

/// Waits until no other clone builds in the folder.
fn lock(folder: &Path) -> Result<File, String> {
    let path = folder.join("lock");
    let file = File::create(&path).and_then(|file| file.lock().map(|()| file));
    file.map_err(|error| format!("{} cannot be locked: {error}.", path.display()))
}

/// Identifies the clone by its path and creation time, because a newer one may have the same path.
fn clone_at(place: &Path) -> String {
    let made = fs::metadata(place).and_then(|metadata| metadata.created());
    let made = made
        .ok()
        .and_then(|made| made.duration_since(UNIX_EPOCH).ok());
    format!(
        "{} {}",
        place.display(),
        made.unwrap_or_default().as_nanos()
    )
}

/// Starts for a clone, after `forget` if another one was last. Cargo compares file times, and a
/// clone's files may be older than another clone's output.
fn begin_with(
    stamp: &Path,
    clone: &str,
    forget: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    if fs::read_to_string(stamp).is_ok_and(|last| last == clone) {
        return Ok(());
    }
    forget()?;
    fs::write(stamp, clone).map_err(|error| format!("{}: {error}.", stamp.display()))
}

/// Compiles the standard library for a system into a folder that the compiler takes as its own.
fn compile(system: System, folder: &Path) -> Result<(), String> {
    let unusable = |error: io::Error| format!("{} cannot be used: {error}.", folder.display());
    let library = folder.join("lib/rustlib").join(system.triple()).join("lib");
    let empty = folder.join("empty");
    let built = folder.join("built");
    fs::create_dir_all(&library).map_err(unusable)?;
    fs::create_dir_all(empty.join("src")).map_err(unusable)?;
    fs::write(empty.join("src/lib.rs"), "#![no_std]\n").map_err(unusable)?;
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(empty.join("Cargo.toml"), manifest).map_err(unusable)?;

    let mut call = plain(CARGO, &["build", "--quiet", "--release", LIBRARIES]);
    call.args(["--target", system.triple()])
        .env("CARGO_TARGET_DIR", &built)
        // The compiler requires this to build its own library.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(&empty);
    stream(&mut call)?;

    let made = built.join(system.triple()).join("release/deps");
    for file in fs::read_dir(&made).map_err(unusable)? {
        let file = file.map_err(unusable)?;
        let name = file.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libempty") {
            fs::rename(file.path(), library.join(&name)).map_err(unusable)?;
        }
    }
    let host = Path::new("lib/rustlib").join(HOST);
    link(&Path::new("/usr").join(&host), &folder.join(&host)).map_err(unusable)?;
    fs::remove_dir_all(&empty)
        .and_then(|()| fs::remove_dir_all(&built))
        .map_err(unusable)
}

/// Creates a command for one of Debian's programs, without the current toolchain's environment.
fn plain(program: &str, arguments: &[&str]) -> Command {
    let mut command = cargo_at(Path::new(program), arguments);
    command.env("RUSTC", RUSTC).env("CARGO", CARGO);
    for foreign in [
        "CARGO_BUILD_TARGET",
        "CARGO_ENCODED_RUSTFLAGS",
        "LD_LIBRARY_PATH",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTC_WRAPPER",
        "RUSTFLAGS",
    ] {
        command.env_remove(foreign);
    }
    command
}

fn remove_others(all: &Path, kept: &Path) -> io::Result<()> {
    for folder in fs::read_dir(all)? {
        let folder = folder?.path();
        if folder != kept {
            fs::remove_dir_all(folder)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(from, to)
}

#[cfg(not(unix))]
fn executable(_path: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
fn link(_from: &Path, _to: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn only_another_clone_forgets_what_was_compiled() {
        let folder = std::env::temp_dir().join(format!("xtask-clone-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let stamp = folder.join("clone");
        let times = Cell::new(0);
        let begin = |clone: &str, works: bool| {
            let forget = || {
                times.set(times.get() + 1);
                works.then_some(()).ok_or_else(String::new)
            };
            begin_with(&stamp, clone, forget).is_ok()
        };

        for (clone, works, forgot) in [
            ("/a 1", true, 1),
            ("/a 1", true, 1),
            ("/b 1", true, 2),
            ("/a 1", false, 3),
            ("/a 1", true, 4),
            ("/a 2", true, 5),
        ] {
            assert_eq!(begin(clone, works), works, "{clone}");
            assert_eq!(times.get(), forgot, "{clone}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_clone_is_told_from_an_earlier_one_at_its_place() {
        let folder = std::env::temp_dir().join(format!("xtask-place-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let first = clone_at(&folder);
        let again = clone_at(&folder);
        fs::remove_dir_all(&folder).unwrap();
        fs::create_dir_all(&folder).unwrap();
        let second = clone_at(&folder);
        fs::remove_dir_all(&folder).unwrap();

        assert_eq!(first, again);
        if fs::metadata(std::env::temp_dir()).is_ok_and(|metadata| metadata.created().is_ok()) {
            assert_ne!(first, second);
        }
    }
}
