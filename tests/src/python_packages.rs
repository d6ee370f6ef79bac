//! Python with pinned packages, for peers that are written in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Returns a Python that has the packages of a `requirements.txt`, each checked by its hash.
///
/// Its folder below `parent` is made where it is missing or holds other packages.
#[must_use]
pub fn python_with(requirements: &Path, parent: &Path, name: &str) -> PathBuf {
    let wanted = fs::read_to_string(requirements).unwrap();
    let home = parent.join(name);
    let (python, installed) = (home.join("bin/python"), home.join("installed.txt"));
    if fs::read_to_string(&installed).is_ok_and(|text| text == wanted) {
        return python;
    }
    let mut create = Command::new("python3");
    create.args(["-m", "venv", "--clear"]).arg(&home);
    succeed(&create.output().unwrap(), "python3 -m venv (python3-venv)");
    let mut install = Command::new(&python);
    install
        .args(["-m", "pip", "install", "--quiet", "--no-deps"])
        .args(["--disable-pip-version-check", "--require-hashes", "-r"])
        .arg(requirements);
    succeed(&install.output().unwrap(), "pip install");
    fs::write(installed, wanted).unwrap();
    python
}

fn succeed(output: &Output, what: &str) {
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what} failed: {words}");
}
