//! The name and version of the operating system.

/// Returns the system, its version if known, and the processor.
pub(crate) fn name() -> String {
    let system = version().unwrap_or_else(|| std::env::consts::OS.to_owned());
    format!("{system} ({})", std::env::consts::ARCH)
}

#[cfg(target_os = "linux")]
fn version() -> Option<String> {
    let file = std::fs::read_to_string("/etc/os-release").ok()?;
    let name = file
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(name.trim_matches('"').to_owned())
}

#[cfg(target_os = "macos")]
fn version() -> Option<String> {
    let told = std::process::Command::new("/usr/bin/sw_vers")
        .arg("-productVersion")
        .output()
        .ok()?;
    Some(format!(
        "macOS {}",
        String::from_utf8(told.stdout).ok()?.trim()
    ))
}

#[cfg(windows)]
#[allow(clippy::unnecessary_wraps, reason = "the others may not be told")]
fn version() -> Option<String> {
    let version = windows_version::OsVersion::current();
    let (major, build) = (version.major, version.build);
    Some(format!("Windows {major}, build {build}"))
}
