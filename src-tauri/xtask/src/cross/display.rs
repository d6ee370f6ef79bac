//! A virtual display for programs that open a window, with simulated keyboard input.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Time limit of a program: Wine starts its services first.
const PATIENCE: Duration = Duration::from_mins(2);
const LOOKS_AGAIN: Duration = Duration::from_millis(200);

/// An Xvfb of our own, which ends with this.
#[derive(Debug)]
pub(super) struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts it with a free display number.
    pub(super) fn open() -> Result<Self, String> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb cannot be started: {error}."))?;
        let mut number = String::new();
        if let Some(told) = server.stdout.take() {
            // If it prints nothing, the number stays empty.
            let _ = BufReader::new(told).read_line(&mut number);
        }
        let display = Self {
            server,
            name: format!(":{}", number.trim()),
        };
        if number.trim().is_empty() {
            return Err("Xvfb opened no display.".to_owned());
        }
        Ok(display)
    }

    /// Returns its name, as `DISPLAY` takes it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Waits for a window of this title while the program runs. Returns whether it appeared.
    pub(super) fn shows(&self, title: &str, program: &mut Child) -> bool {
        let deadline = Instant::now() + PATIENCE;
        let mut there = false;
        while !there && Instant::now() < deadline && matches!(program.try_wait(), Ok(None)) {
            there = self.xdotool(&search(title));
            thread::sleep(LOOKS_AGAIN);
        }
        there
    }

    /// Presses Return in the window of this title until the program has ended, because a window that
    /// has just opened may not hear the first one. Returns whether there was such a window.
    pub(super) fn answer(&self, title: &str, program: &mut Child) -> bool {
        let deadline = Instant::now() + PATIENCE;
        let mut focus = search(title).to_vec();
        focus.extend(["windowfocus", "--sync"].map(str::to_owned));
        let mut answered = false;
        while Instant::now() < deadline && matches!(program.try_wait(), Ok(None)) {
            if self.xdotool(&focus) {
                answered |= self.xdotool(&["key", "Return"]);
            }
            thread::sleep(LOOKS_AGAIN);
        }
        answered
    }

    fn xdotool(&self, arguments: &[impl AsRef<OsStr>]) -> bool {
        Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.name)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

/// How xdotool finds a window by its whole title.
fn search(title: &str) -> [String; 4] {
    ["search", "--onlyvisible", "--name", &format!("^{title}$")].map(str::to_owned)
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
