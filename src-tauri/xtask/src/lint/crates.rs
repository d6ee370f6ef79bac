//! Checks third-party crates: their sources, licenses and advisories.

use std::process::Command;

use crate::count::Count;
use crate::step_report::report;
use crate::steps::{capture, workspace};
use crate::tools;

/// The version that `.deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

/// The workspaces: the fuzz targets have their own.
const WORKSPACES: [(&str, &str); 2] = [("", "deny"), ("tests/fuzz", "deny-fuzz")];

/// Runs cargo-deny. Its advisory list is downloaded; if that fails, the report says so.
pub(super) fn run() -> Result<Count, String> {
    let deny = tools::of_crate("cargo-deny", CARGO_DENY)?;
    let mut counts = Vec::new();
    let mut out_of_reach = false;
    for (folder, log) in WORKSPACES {
        let ask = |log: &str, what: &[&str]| {
            let mut ask = Command::new(&deny);
            ask.args(["--locked", "--workspace", "--config"])
                .arg(workspace().join(".deny.toml"))
                .arg("check")
                .args(what)
                .current_dir(workspace().join(folder));
            capture(log, &mut ask)
        };
        let rules = ask(log, &["bans", "licenses", "sources"])?;
        report(log, &rules);
        counts.push(Count::one(rules.succeeded));

        let weaknesses = ask(&format!("{log}-advisories"), &["advisories"])?;
        if is_out_of_reach(&weaknesses.output) {
            out_of_reach = true;
        } else {
            report(&format!("{log} advisories"), &weaknesses);
            counts.push(Count::one(weaknesses.succeeded));
        }
    }
    if out_of_reach {
        println!("The list of known weaknesses cannot be reached: it was not asked.");
    }
    Ok(counts.into_iter().sum())
}

/// Distinguishes a failed download of the list from a finding.
fn is_out_of_reach(output: &str) -> bool {
    output.contains("failed to fetch advisory database")
}
