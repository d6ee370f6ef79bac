//! Captures loopback traffic with the kernel's timestamps.

use std::collections::HashMap;
use std::net::UdpSocket;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use acceptance::owned_process::{OwnedProcess, PATIENCE};
use tempfile::TempDir;

/// The Call-ID of the messages that show whether the capture is running.
const PROBE: &str = "capture-probe";

/// A running capture of all UDP to and from one port. It needs the right to capture.
pub(crate) struct Capture {
    process: OwnedProcess,
    port: u16,
    _folder: TempDir,
    file: PathBuf,
}

impl Capture {
    /// Starts, and waits until packets are seen.
    pub(crate) fn start(port: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("wire.pcapng");
        let process = OwnedProcess::start(
            Command::new("dumpcap")
                .args(["-q", "-i", "lo", "-B", "64"])
                .args(["-f", &format!("udp port {port}")])
                .arg("-w")
                .arg(&file)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        );
        let mut capture = Self {
            process,
            port,
            _folder: folder,
            file,
        };
        capture.wait_for_probe("first");
        capture
    }

    /// Ends it. Returns for each Call-ID how many packets it had and the time from its first to its
    /// last one.
    pub(crate) fn end(mut self) -> HashMap<String, (usize, Duration)> {
        self.wait_for_probe("last");
        let mut calls: HashMap<String, (usize, f64, f64)> = HashMap::new();
        for (call_id, at) in self.seen() {
            let call = calls.entry(call_id).or_insert((0, at, at));
            call.0 += 1;
            call.1 = call.1.min(at);
            call.2 = call.2.max(at);
        }
        calls
            .into_iter()
            .filter(|(call_id, _)| !call_id.starts_with(PROBE))
            .map(|(call_id, (count, first, last))| {
                (call_id, (count, Duration::from_secs_f64(last - first)))
            })
            .collect()
    }

    /// Sends messages that mean nothing until one of them is in the file.
    fn wait_for_probe(&mut self, name: &str) {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let name = format!("{PROBE}-{name}");
        let text = format!(
            "ACK sip:probe SIP/2.0\r\nVia: SIP/2.0/UDP probe\r\nCall-ID: {name}\r\n\
             CSeq: 1 ACK\r\nFrom: <sip:probe>;tag=1\r\nTo: <sip:probe>\r\nContent-Length: 0\r\n\r\n"
        );
        let deadline = Instant::now() + PATIENCE;
        loop {
            assert!(Instant::now() < deadline, "nothing is captured");
            assert!(
                !self.process.has_ended(),
                "dumpcap ended: has this user the right to capture?"
            );
            socket
                .send_to(text.as_bytes(), ("127.0.0.1", self.port))
                .unwrap();
            if self.seen().iter().any(|(call_id, _)| *call_id == name) {
                return;
            }
        }
    }

    /// The Call-ID and time of every packet in the file so far.
    fn seen(&self) -> Vec<(String, f64)> {
        let output = Command::new("tshark")
            .arg("-r")
            .arg(&self.file)
            .args(["-d", &format!("udp.port=={},sip", self.port)])
            .args([
                "-T",
                "fields",
                "-e",
                "frame.time_epoch",
                "-e",
                "sip.Call-ID",
            ])
            .stderr(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(at, call_id)| Some((call_id.to_owned(), at.parse().ok()?)))
            .collect()
    }
}
