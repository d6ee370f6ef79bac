//! System requirements: packages and commands.

use std::env;
use std::fs;
use std::process::Command;

use crate::steps::{answer, stream};

/// The requirements of one purpose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needs {
    /// Packages of Debian and Ubuntu.
    pub(crate) debian: &'static [&'static str],
    /// Fedora's packages for building, only named. On other systems, commands are named.
    pub(crate) fedora: &'static [&'static str],
    /// Commands that must exist on systems where packages aren't installed automatically.
    pub(crate) commands: &'static [&'static str],
}

/// For compiling the app.
pub(crate) const TO_BUILD: Needs = Needs {
    debian: &[
        "build-essential",
        "libasound2-dev",
        "libwebkit2gtk-4.1-dev",
        "pkg-config",
    ],
    fedora: &[
        "alsa-lib-devel",
        "gcc",
        "gcc-c++",
        "pkgconf-pkg-config",
        "webkit2gtk4.1-devel",
    ],
    commands: &[],
};

/// Installs what is missing, or says what to install.
pub(crate) fn provide(needs: &[Needs]) -> Result<(), String> {
    if answer("dpkg-query", &["--version"]).is_some() {
        install_on_debian(&missing(needs, |needs| needs.debian, is_on_debian))?;
    } else if answer("rpm", &["--version"]).is_some() {
        let missing = missing(needs, |needs| needs.fedora, is_on_fedora);
        if !missing.is_empty() {
            return Err(format!(
                "Run this first: sudo dnf install {}",
                missing.join(" ")
            ));
        }
    } else if cfg!(target_os = "macos") && answer("xcode-select", &["-p"]).is_none() {
        return Err("Run this first: xcode-select --install".to_owned());
    } else if cfg!(target_os = "linux")
        && answer("pkg-config", &["--exists", "webkit2gtk-4.1", "alsa"]).is_none()
    {
        return Err("Install a C compiler, pkg-config and the development files of ALSA (alsa) and WebKitGTK 4.1 (webkit2gtk-4.1).".to_owned());
    }
    // Windows includes WebView2, and Rust's installer asks for Visual Studio's compiler.
    let absent = missing(needs, |needs| needs.commands, is_command);
    if absent.is_empty() {
        Ok(())
    } else {
        let lacking: Vec<Needs> = (needs.iter().copied())
            .filter(|needs| needs.commands.iter().any(|name| absent.contains(name)))
            .collect();
        Err(format!(
            "These commands are needed and were not found: {}. On Debian these packages bring them: {}.",
            absent.join(", "),
            missing(&lacking, |needs| needs.debian, |_| false).join(" ")
        ))
    }
}

/// Returns whether this is Debian itself, not a derivative.
pub(crate) fn is_debian() -> bool {
    let about = fs::read_to_string("/etc/os-release").unwrap_or_default();
    about.lines().any(|line| line == "ID=debian")
}

/// Returns whether a command can be found.
pub(crate) fn is_command(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    // Daemons may be outside the user's PATH.
    let system = ["/usr/sbin", "/usr/local/sbin"].map(Into::into);
    env::split_paths(&path)
        .chain(system)
        .any(|folder| folder.join(name).is_file() || folder.join(format!("{name}.exe")).is_file())
}

fn missing(
    needs: &[Needs],
    names: impl Fn(&Needs) -> &'static [&'static str],
    is_there: impl Fn(&str) -> bool,
) -> Vec<&'static str> {
    let mut missing: Vec<_> = needs
        .iter()
        .flat_map(|needs| names(needs).iter().copied())
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing.retain(|name| !is_there(name));
    missing
}

fn is_on_debian(package: &str) -> bool {
    answer(
        "dpkg-query",
        &["--show", "--showformat=${db:Status-Status}", package],
    )
    .as_deref()
        == Some("installed")
}

fn is_on_fedora(package: &str) -> bool {
    answer("rpm", &["--query", "--whatprovides", package]).is_some()
}

fn install_on_debian(packages: &[&str]) -> Result<(), String> {
    if packages.is_empty() {
        return Ok(());
    }
    println!("Installing {}.", packages.join(" "));
    let mut install = apt("install");
    install
        .args(["--no-install-recommends", "--"])
        .args(packages);
    if stream(&mut install).is_ok() {
        return Ok(());
    }
    println!("The list of packages may be missing or old: fetching it.");
    let list = stream(&mut apt("update"));
    list.and_then(|()| stream(&mut install)).map_err(|_| {
        format!(
            "These packages could not be installed, see above. Run this first: sudo apt-get install {}",
            packages.join(" ")
        )
    })
}

/// Creates an apt-get command that asks nothing, waits for other installations, and starts no
/// service: the tests start their own, as the current user.
fn apt(command: &str) -> Command {
    let is_root = answer("id", &["-u"]).as_deref() == Some("0");
    let mut apt = Command::new(if is_root { "env" } else { "sudo" });
    if !is_root {
        apt.arg("env");
    }
    apt.args(["DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"])
        .args(["apt-get", "-o", "DPkg::Lock::Timeout=400", "--yes", command]);
    apt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_purposes_need_is_asked_for_once() {
        let missing = missing(
            &[TO_BUILD, TO_BUILD],
            |needs| needs.debian,
            |name| name == "pkg-config",
        );

        assert_eq!(
            missing,
            ["build-essential", "libasound2-dev", "libwebkit2gtk-4.1-dev"]
        );
    }
}
