//! The crates that the app is made of: where they come from, their licences, what is known of them.

use std::process::Command;

use crate::count::Count;
use crate::groups::report;
use crate::steps::{capture, workspace};
use crate::tools;

/// The version that `.deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

/// Asks cargo-deny. Known weaknesses are in a list that is fetched: without it, that is said.
pub(super) fn run() -> Result<Count, String> {
    let deny = tools::of_crate("cargo-deny", CARGO_DENY)?;
    let ask = |log: &str, what: &[&str]| {
        let mut ask = Command::new(&deny);
        ask.args(["--locked", "--workspace", "check"])
            .args(what)
            .current_dir(workspace());
        capture(log, &mut ask)
    };
    let rules = ask("deny", &["bans", "licenses", "sources"])?;
    report("cargo deny", &rules);

    let weaknesses = ask("advisories", &["advisories"])?;
    let counted = if is_out_of_reach(&weaknesses.output) {
        println!("The list of known weaknesses cannot be reached: it was not asked.");
        Count::default()
    } else {
        report("cargo deny advisories", &weaknesses);
        Count::one(weaknesses.succeeded)
    };
    Ok([Count::one(rules.succeeded), counted].into_iter().sum())
}

/// Tells a list that could not be fetched from one with a finding.
fn is_out_of_reach(output: &str) -> bool {
    output.contains("failed to fetch advisory database")
}
