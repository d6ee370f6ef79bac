//! A test's own Kamailio, stopped when dropped.

use std::process::{Command, Output};

use registrar_http::trust::Trust;
use tempfile::TempDir;

use super::{REALM, free_port};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/registrar/kamailio.sh");
/// How often another port is tried, where somebody took the free one meanwhile.
const TRIES: usize = 3;

pub(crate) struct Kamailio {
    pub(crate) port: u16,
    folder: TempDir,
}

impl Kamailio {
    /// Starts with these lines of credentials. Nonces live for `nonce_life` seconds.
    pub(crate) fn start(rows: &str, nonce_life: u32, stale: bool) -> Self {
        Self::start_with(rows, nonce_life, stale, "")
    }

    /// Starts with TLS at [`Self::tls_port`], and a certificate as its name says: see the script.
    pub(crate) fn start_tls(rows: &str, certificate: &str) -> Self {
        Self::start_with(rows, 300, true, certificate)
    }

    /// The port for TLS.
    pub(crate) fn tls_port(&self) -> u16 {
        self.port + 1
    }

    /// Trusts the authority that signed the certificate.
    pub(crate) fn authority(&self) -> Trust {
        let authority = std::fs::read(self.folder.path().join("ca.pem")).unwrap();
        Trust::default().and_pem(&authority).unwrap()
    }

    fn start_with(rows: &str, nonce_life: u32, stale: bool, certificate: &str) -> Self {
        let mut last = None;
        for _ in 0..TRIES {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("creds"), rows).unwrap();
            let kamailio = Self {
                port: free_port(),
                folder,
            };
            let (port, life) = (kamailio.port.to_string(), nonce_life.to_string());
            let stale = if stale { "1" } else { "0" };
            let output = kamailio.script("start", &[&port, REALM, &life, stale, certificate]);
            if output.status.success() {
                return kamailio;
            }
            last = Some(output);
        }
        panic!("Kamailio does not start: {last:?}");
    }

    /// Every Contact that Kamailio holds, as it says itself.
    pub(crate) fn bindings(&self) -> Vec<String> {
        let output = self.script("bindings", &[]);
        assert!(output.status.success(), "{output:?}");
        let mut bindings: Vec<String> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect();
        bindings.sort();
        bindings
    }

    /// All that a REGISTER would change about the bindings that Kamailio holds.
    pub(crate) fn records(&self) -> String {
        let output = self.script("records", &[]);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn script(&self, command: &str, more: &[&str]) -> Output {
        Command::new(SCRIPT)
            .arg(command)
            .arg(self.folder.path())
            .args(more)
            .output()
            .unwrap()
    }
}

impl Drop for Kamailio {
    fn drop(&mut self) {
        let output = self.script("stop", &[]);
        if !std::thread::panicking() {
            assert!(output.status.success(), "{output:?}");
        }
    }
}
