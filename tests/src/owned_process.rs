//! Processes that end with the test that started them, also when it panics.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything that a test starts may take until it is ready.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A child process that is killed when this is dropped.
#[derive(Debug)]
pub struct OwnedProcess {
    child: Child,
    lines: Option<Receiver<String>>,
}

impl OwnedProcess {
    /// Starts it.
    pub fn start(command: &mut Command) -> Self {
        match command.spawn() {
            Ok(child) => Self { child, lines: None },
            Err(error) => panic!("cannot start {command:?}: {error}"),
        }
    }

    /// Starts it, and waits for the first line that it prints.
    pub fn start_and_read(command: &mut Command) -> (Self, String) {
        let mut process = Self::start(command.stdout(Stdio::piped()));
        let stdout = process.child.stdout.take().unwrap();
        let (sender, lines) = mpsc::channel();
        // Reads on when nobody listens any more, so that the process never meets a full pipe.
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        process.lines = Some(lines);
        let line = process.next_line();
        (process, line)
    }

    /// Waits for the next line of a process that was started by [`Self::start_and_read`].
    pub fn next_line(&mut self) -> String {
        let lines = self.lines.as_ref().unwrap();
        match lines.recv_timeout(PATIENCE) {
            Ok(line) => line,
            Err(error) => panic!("process {} printed no line: {error}", self.child.id()),
        }
    }

    /// Kills it, and returns the lines that it had printed and nobody had read.
    #[must_use]
    pub fn kill_and_read(mut self) -> Vec<String> {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.lines.take().into_iter().flatten().collect()
    }

    /// Returns its process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Returns whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Writes to its standard input, which must be piped, and closes it.
    pub fn feed(&mut self, input: &str) {
        use std::io::Write as _;
        let mut stdin = self.child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
    }
}

impl Drop for OwnedProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks again and again until the answer is yes; panics with `what` when it never is.
pub fn wait_until(what: &str, mut ready: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !ready() {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Kills one process as `kill -9` does.
pub fn kill(id: u32) {
    // The shell's own `kill`, because a small system may have no other.
    let _ = Command::new("sh")
        .args(["-c", "kill -KILL \"$1\"", "sh", &id.to_string()])
        .stderr(Stdio::null())
        .status();
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_ends_with_its_owner() {
        let process = OwnedProcess::start(Command::new("sleep").arg("600"));
        let folder = format!("/proc/{}", process.id());
        assert!(std::path::Path::new(&folder).exists());

        drop(process);

        assert!(!std::path::Path::new(&folder).exists());
    }

    #[test]
    fn the_first_line_is_waited_for() {
        let (_process, line) = OwnedProcess::start_and_read(
            Command::new("sh").args(["-c", "echo ready; exec sleep 600"]),
        );

        assert_eq!(line, "ready");
    }
}
