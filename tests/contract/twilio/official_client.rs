//! Twilio's own Python client, installed under target with exactly the pinned packages.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use acceptance::python_packages::python_with;
use registrar_practice::Practice;
use serde_json::{Value, json};

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/contract/twilio");

/// Lets the client do the steps, and returns what each brought.
pub(super) async fn drive(practice: &Practice, user: &str, secret: &str, steps: Value) -> Value {
    let order = json!({
        "base": practice.addresses().twilio.expose(),
        "account": Practice::sample_twilio().account_sid,
        "user": user,
        "secret": secret,
        "steps": steps,
    });
    let run = move || {
        let mut client = Command::new(python())
            .arg(format!("{SOURCES}/client.py"))
            .env("NO_PROXY", "127.0.0.1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = client.stdin.take().unwrap();
        input.write_all(order.to_string().as_bytes()).unwrap();
        drop(input);
        serde_json::from_slice(&checked(client.wait_with_output().unwrap(), "the client")).unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// Returns the Python that has the pinned packages, and sets it up where it is not there.
fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let requirements = Path::new(SOURCES).join("requirements.txt");
        let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
        python_with(&requirements, parent, "twilio-client")
    })
}

fn checked(output: Output, what: &str) -> Vec<u8> {
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what} failed: {words}");
    output.stdout
}
