//! `cargo xtask package`: builds the installable packages, and tests the Debian package on a system
//! with nothing else installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::count::Count;
use crate::node;
use crate::step_report::{FEATURES, report};
use crate::steps::{answer, cache, capture, cargo, stream, target, workspace};
use crate::system::{Needs, TO_BUILD, provide};

/// For installing the package in a clean Debian and checking its window.
pub(crate) const TO_TEST: Needs = Needs {
    debian: &[
        "debootstrap",
        "fonts-dejavu-core",
        "imagemagick",
        "xdotool",
        "xvfb",
    ],
    fedora: &[],
    commands: &[
        "Xvfb",
        "debootstrap",
        "identify",
        "import",
        "unshare",
        "xdotool",
    ],
};

/// The kinds of packages that each system has.
const KINDS: &str = if cfg!(target_os = "macos") {
    "app,dmg"
} else if cfg!(windows) {
    "nsis"
} else {
    "deb,rpm"
};

/// Builds this system's release packages, unsigned, and prints their paths.
pub(crate) fn build() -> Result<(), String> {
    provide(&[TO_BUILD])?;
    node::provide_packages()?;
    println!("Building with the release profile; the first time takes up to half an hour.");
    stream(tauri(&["build", "--ci", "--bundles", KINDS]).args(["--", "--locked"]))?;
    println!(
        "The packages are in {}.",
        target().join("release/bundle").display()
    );
    Ok(())
}

/// Packages the debug build, which differs only in its program, and installs, starts, and removes
/// it in a clean Debian.
pub(crate) fn test() -> Result<Count, String> {
    if answer("id", &["-u"]).as_deref() != Some("0") {
        return Err("Only root can make a clean Debian: run it as root.".to_owned());
    }
    let all = ["build", "--workspace", "--all-targets", "--locked"];
    stream(cargo(&all).args(["--features", FEATURES]))
        .map_err(|_| "it does not compile, see above.".to_owned())?;
    let bundle = target().join("debug/bundle");
    if bundle.is_dir() {
        fs::remove_dir_all(&bundle)
            .map_err(|error| format!("{} cannot be removed: {error}.", bundle.display()))?;
    }
    let made = capture(
        "bundle",
        &mut tauri(&["bundle", "--ci", "--debug", "--bundles", "deb,rpm"]),
    )?;
    report("tauri bundle", &made);
    let rpm = Count::one(made.succeeded && one_in(&bundle.join("rpm"), "rpm").is_some());
    let deb = one_in(&bundle.join("deb"), "deb").ok_or("no Debian package was made.")?;

    let pictures = target().join("screens");
    fs::create_dir_all(&pictures)
        .map_err(|error| format!("{} cannot be made: {error}.", pictures.display()))?;
    let mut clean = Command::new("unshare");
    clean
        // Everything mounted and started in there ends with it.
        .args(["--mount", "--pid", "--fork", "--kill-child", "bash"])
        .arg(workspace().join("tests/package/clean-root.sh"))
        .arg(deb)
        .arg(cache().join("roots"))
        .arg(pictures.join("package.png"));
    let ended = capture("clean-root", &mut clean)?;
    let count = checks(&ended.output);
    if count.failed > 0 || !ended.succeeded {
        println!("---- package failed ----\n{}", ended.output.trim_end());
    }
    Ok([rpm, count.of_runner(ended.succeeded)].into_iter().sum())
}

/// Creates a command for Tauri's CLI, which is among the packages of tests/ui.
fn tauri(arguments: &[&str]) -> Command {
    let name = if cfg!(windows) { "tauri.cmd" } else { "tauri" };
    let mut tauri = Command::new(workspace().join("tests/ui/node_modules/.bin").join(name));
    tauri.args(arguments).current_dir(workspace());
    tauri
}

/// Returns the file in a folder with this extension.
fn one_in(folder: &Path, ending: &str) -> Option<PathBuf> {
    let files = fs::read_dir(folder).ok()?.flatten();
    files
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|found| found == ending))
}

/// Counts the lines `ok …` and `not ok …`.
fn checks(output: &str) -> Count {
    let passed = output.lines().filter_map(|line| {
        if line.starts_with("ok ") {
            Some(true)
        } else if line.starts_with("not ok ") {
            Some(false)
        } else {
            None
        }
    });
    passed.map(Count::one).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_clean_debian_says_is_counted() {
        let said = "Unpacking …\nok it is installed\nnot ok it starts\nokay\nok it is gone\n";

        assert_eq!(
            checks(said),
            Count {
                passed: 2,
                failed: 1
            }
        );
    }
}
