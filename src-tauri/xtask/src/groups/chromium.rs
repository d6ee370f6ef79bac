//! Runs the window in Chromium, the engine of `WebView2`, replaying what the group `desktop`
//! recorded.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use super::runners;
use crate::count::Count;
use crate::failures::Runner;
use crate::node::with_node;
use crate::steps::workspace;

/// The walks that are played, each with its test in the group `desktop`.
const WALKS: &str = "tests/chromium/walks.json";

/// Plays each walk. Where the group `desktop` did not run before, the walks are recorded first.
pub(super) fn run(is_recorded: bool) -> Result<Count, String> {
    if !is_recorded {
        println!("Recording the walks in the app's own window first.");
        let tests = tests()?;
        let mut which = vec!["--test", "desktop", "--", "--exact"];
        which.extend(tests.iter().map(String::as_str));
        let recorded = runners::cargo_test("recordings", &which)?;
        if recorded.failed > 0 {
            return Err("the walks could not be recorded, see above.".to_owned());
        }
    }
    let mut play = Command::new("node");
    play.args(["--test", "tests/chromium/"])
        .current_dir(workspace());
    with_node(&mut play);
    let (output, succeeded) = runners::run("chromium", &mut play, Runner::Node)?;
    Ok(Count::of_node_test(&output).of_runner(succeeded))
}

fn tests() -> Result<Vec<String>, String> {
    let unreadable = |error: &dyn std::fmt::Display| format!("{WALKS} can't be read: {error}.");
    let text = fs::read_to_string(workspace().join(WALKS)).map_err(|error| unreadable(&error))?;
    let walks: BTreeMap<String, String> =
        serde_json::from_str(&text).map_err(|error| unreadable(&error))?;
    Ok(walks.into_values().collect())
}
