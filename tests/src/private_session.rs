//! A desktop session of its own: home folder, D-Bus, keychain and display, all gone at the end.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tempfile::TempDir;

use crate::owned_process::{OwnedProcess, PATIENCE, kill, wait_until};

/// The password of the session's keychain.
const KEYRING_PASSWORD: &str = "keyring-password";

/// What the address of a bus cannot hold as it is (D-Bus specification, 'Server Addresses').
const BUS_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'/')
    .remove(b'_');

/// Variables of the outer world that programs need here, too.
const PASSED_ON: [&str; 2] = ["PATH", "RUST_BACKTRACE"];

/// How the keychain stands when its daemon starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// As after a usual log-in.
    Unlocked,
    /// As after a log-in without a password.
    Locked,
}

/// The session. Whatever runs in it is ended when it is dropped.
#[derive(Debug)]
pub struct PrivateSession {
    folder: TempDir,
    bus: Option<OwnedProcess>,
    keyring: Option<OwnedProcess>,
    accessibility: Option<OwnedProcess>,
    display: Option<(OwnedProcess, String)>,
    /// What programs find in their environment beside the rest.
    more: Vec<(&'static str, OsString)>,
}

impl PrivateSession {
    /// Makes the folders. Nothing runs yet.
    #[must_use]
    pub fn new() -> Self {
        Self::in_folder_named("session-")
    }

    /// The same, in a folder whose name begins like this: the session's home and all else are in it.
    #[must_use]
    pub fn in_folder_named(name: &str) -> Self {
        let session = Self {
            folder: TempDir::with_prefix(name).unwrap(),
            bus: None,
            keyring: None,
            accessibility: None,
            display: None,
            more: Vec::new(),
        };
        for name in ["home", "data", "config", "cache", "state", "run"] {
            fs::DirBuilder::new()
                .mode(0o700)
                .create(session.path(name))
                .unwrap();
        }
        session
    }

    /// Makes a whole desktop: a bus, an unlocked keychain and a display of this size.
    #[must_use]
    pub fn desktop(width: u32, height: u32) -> Self {
        Self::new().with_desktop(width, height)
    }

    /// Starts all that a desktop has.
    #[must_use]
    pub fn with_desktop(mut self, width: u32, height: u32) -> Self {
        self.start_bus();
        self.start_keyring(Keyring::Unlocked);
        self.start_display(width, height);
        self
    }

    /// Programs that start from here on prefer dark colors.
    pub fn prefer_dark(&mut self) {
        self.set("GTK_THEME", "Adwaita:dark");
    }

    /// Programs that start from here on find this in their environment.
    pub fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.more.push((name, value.into()));
    }

    /// Starts a bus that knows no service but those that run in this session.
    pub fn start_bus(&mut self) {
        let config = self.path("bus.conf");
        let bus = format!(
            r#"<busconfig><type>session</type><listen>{}</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#,
            self.bus_address()
        );
        fs::write(&config, bus).unwrap();
        let (process, _address) = OwnedProcess::start_and_read(
            self.command("dbus-daemon")
                .arg(format!("--config-file={}", config.display()))
                .args(["--nofork", "--print-address=1"])
                .stderr(self.log()),
        );
        self.bus = Some(process);
    }

    /// Returns the address of the session's bus.
    #[must_use]
    pub fn bus_address(&self) -> String {
        let path = self.path("bus");
        let path = path.to_str().unwrap();
        format!("unix:path={}", utf8_percent_encode(path, BUS_PATH))
    }

    /// Starts what tells screen readers of windows, and waits until it is there. Programs that start
    /// from here on tell it what they show.
    pub fn start_accessibility(&mut self) {
        self.accessibility = Some(OwnedProcess::start(
            self.command("/usr/libexec/at-spi-bus-launcher")
                .arg("--launch-immediately")
                .stdout(self.log())
                .stderr(self.log()),
        ));
        self.set("NO_AT_BRIDGE", "0");
        wait_until("the accessibility bus is there", || {
            let asked = self
                .command("dbus-send")
                .args(["--session", "--print-reply", "--dest=org.a11y.Bus"])
                .args(["/org/a11y/bus", "org.a11y.Bus.GetAddress"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            asked.is_ok_and(|status| status.success())
        });
    }

    /// Returns the name of the session's display.
    #[must_use]
    pub fn display(&self) -> Option<&str> {
        self.display.as_ref().map(|(_, name)| name.as_str())
    }

    /// Starts the keychain's daemon, and waits until it answers.
    pub fn start_keyring(&mut self, state: Keyring) {
        let mode = match state {
            Keyring::Unlocked => "--unlock",
            Keyring::Locked => "--start",
        };
        let mut process = OwnedProcess::start(
            self.command("gnome-keyring-daemon")
                .args([mode, "--foreground", "--components=secrets"])
                .stdin(Stdio::piped())
                .stdout(self.log())
                .stderr(self.log()),
        );
        process.feed(match state {
            Keyring::Unlocked => KEYRING_PASSWORD,
            Keyring::Locked => "",
        });
        self.keyring = Some(process);
        match state {
            Keyring::Unlocked => wait_until("the keychain is open", || {
                self.default_collection("Locked").contains("boolean false")
            }),
            Keyring::Locked => wait_until("the keychain answers", || {
                self.asks_bus(
                    "org.freedesktop.DBus",
                    "/",
                    "org.freedesktop.DBus.NameHasOwner",
                    &["string:org.freedesktop.secrets"],
                )
                .contains("boolean true")
            }),
        }
    }

    /// Ends the keychain's daemon, as a log-out does.
    pub fn stop_keyring(&mut self) {
        self.keyring = None;
        wait_until("the keychain is gone", || {
            self.asks_bus(
                "org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.NameHasOwner",
                &["string:org.freedesktop.secrets"],
            )
            .contains("boolean false")
        });
    }

    /// Starts a display that no other program uses, without a window manager.
    pub fn start_display(&mut self, width: u32, height: u32) {
        let (process, number) = OwnedProcess::start_and_read(
            self.command("Xvfb")
                .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
                .args(["-screen", "0", &format!("{width}x{height}x24")])
                .stderr(self.log()),
        );
        self.display = Some((process, format!(":{number}")));
    }

    /// Returns a command that will run in this session and sees nothing of the outer one.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear();
        for name in PASSED_ON {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command
            .current_dir(self.home())
            .env("HOME", self.home())
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .env("GDK_BACKEND", "x11")
            .env("GSETTINGS_BACKEND", "memory")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("NO_AT_BRIDGE", "1");
        if self.bus.is_some() {
            command.env("DBUS_SESSION_BUS_ADDRESS", self.bus_address());
        }
        if let Some((_, display)) = &self.display {
            command.env("DISPLAY", display);
        }
        command.envs(self.more.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Returns the folder that holds all that programs of this session write.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the home folder.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.path("home")
    }

    /// Returns the processes that run in this session.
    #[must_use]
    pub fn processes(&self) -> Vec<u32> {
        let home = format!("HOME={}", self.home().display());
        let ids = fs::read_dir("/proc").unwrap().flatten();
        ids.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter(|id| {
                fs::read(format!("/proc/{id}/environ")).is_ok_and(|environ| {
                    environ
                        .split(|&byte| byte == 0)
                        .any(|variable| variable == home.as_bytes())
                })
            })
            .collect()
    }

    /// Returns the file that programs of this session print to, open at its end.
    #[must_use]
    pub fn log(&self) -> File {
        let mut file = File::options();
        file.create(true)
            .append(true)
            .open(self.path("session.log"))
            .unwrap()
    }

    /// Returns what they printed so far.
    #[must_use]
    pub fn printed(&self) -> String {
        let printed = fs::read(self.path("session.log")).unwrap_or_default();
        String::from_utf8_lossy(&printed).into_owned()
    }

    fn default_collection(&self, property: &str) -> String {
        self.asks_bus(
            "org.freedesktop.secrets",
            "/org/freedesktop/secrets/aliases/default",
            "org.freedesktop.DBus.Properties.Get",
            &[
                "string:org.freedesktop.Secret.Collection",
                &format!("string:{property}"),
            ],
        )
    }

    fn asks_bus(&self, destination: &str, path: &str, method: &str, arguments: &[&str]) -> String {
        let output = self
            .command("dbus-send")
            .args(["--session", "--print-reply"])
            .arg(format!("--dest={destination}"))
            .args([path, method])
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Default for PrivateSession {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for PrivateSession {
    fn drop(&mut self) {
        // Programs of this session may have started others that outlive them. One that is just
        // being replaced by another has no environment for a moment, so one look is not enough.
        let deadline = Instant::now() + PATIENCE;
        let mut looks_without_any = 0;
        while looks_without_any < 3 && Instant::now() < deadline {
            let left = self.processes();
            looks_without_any = if left.is_empty() {
                looks_without_any + 1
            } else {
                0
            };
            left.into_iter().for_each(kill);
            thread::sleep(Duration::from_millis(10));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_program_leaves_behind_ends_with_the_session() {
        let session = PrivateSession::new();
        let status = session
            .command("sh")
            .args(["-c", "setsid sleep 600 >/dev/null 2>&1 &"])
            .status()
            .unwrap();
        assert!(status.success());
        wait_until("the program runs", || !session.processes().is_empty());
        let left_behind = session.processes();

        drop(session);

        for id in left_behind {
            wait_until("it has ended", || {
                fs::read(format!("/proc/{id}/environ")).map_or(true, |environ| environ.is_empty())
            });
        }
    }
}
