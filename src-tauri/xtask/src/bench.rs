//! `cargo xtask bench`: prints the comparisons as a table and writes target/bench.json.

use std::fs;

use serde_json::{Value, json};

use crate::app::as_shipped;
use crate::groups::Group;
use crate::step_report::FEATURES;
use crate::steps::{answer, capture, cargo, stream, target};
use crate::system::{Needs, provide};

/// For capturing network traffic; the other programs are those of the registrar's tests.
const CAPTURE: Needs = Needs {
    debian: &["tshark"],
    fedora: &[],
    commands: &["dumpcap", "tshark"],
};

/// The hello window in the app's profile, built separately because its features differ.
const HELLO: [&str; 7] = [
    "build",
    "--locked",
    "--release",
    "-p",
    "hello-window",
    "--features",
    "tauri/custom-protocol",
];

/// The parts that can be measured separately.
const PARTS: [&str; 5] = ["check", "import", "phones", "typing", "window"];

/// The parts that open the released window.
const WINDOWS: [&str; 3] = ["phones", "typing", "window"];

/// Measures these parts, or all if none is named; writes `target/bench.json` and prints the table.
/// A missed budget is a failure.
pub(crate) fn run(parts: &[&str]) -> Result<(), String> {
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(part)) {
        let known = PARTS.join(", ");
        return Err(format!(
            "There is no part {unknown}. The parts are {known}."
        ));
    }
    let mut needs = Group::Registrar.needs().to_vec();
    needs.extend(Group::Desktop.needs());
    needs.push(CAPTURE);
    provide(&needs)?;
    println!("Compiling with the release profile; this takes some minutes.");
    if parts.is_empty() || parts.iter().any(|part| WINDOWS.contains(part)) {
        stream(&mut cargo(&HELLO))?;
        stream(&mut as_shipped())?;
    }
    let arguments = [
        "bench",
        "--locked",
        "-p",
        "acceptance",
        "--features",
        FEATURES,
        "--bench",
        "ratios",
        "--",
    ];
    let ended = capture("bench", cargo(&arguments).args(parts))?;
    let rows = ended
        .succeeded
        .then(|| ended.output.lines().rev().find_map(rows))
        .flatten()
        .ok_or_else(|| format!("{}\nThe measuring did not come to its end.", ended.output))?;

    let all = json!({ "machine": machine(), "rows": rows });
    let path = target().join("bench.json");
    fs::write(&path, format!("{all:#}\n"))
        .map_err(|error| format!("Cannot write {}: {error}", path.display()))?;
    println!("{}", table(&all));
    match missed(&rows) {
        0 => Ok(()),
        missed => Err(format!("{missed} of {} budgets are missed.", rows.len())),
    }
}

fn rows(line: &str) -> Option<Vec<Value>> {
    serde_json::from_str(line).ok()
}

fn missed(rows: &[Value]) -> usize {
    let keeps = |row: &&Value| match (row["ratio"].as_f64(), row["budget"].as_f64()) {
        (Some(ratio), Some(budget)) => ratio <= budget,
        _ => false,
    };
    rows.len() - rows.iter().filter(keeps).count()
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let system = answer("uname", &["-srm"]).unwrap_or_default();
    let rust = answer("rustc", &["--version"]).unwrap_or_default();
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processor
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("", |name| name.trim_start_matches([' ', '\t', ':']));
    format!("{processor}, {cores} cores, {system}, {rust}")
}

fn table(all: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    let mut lines = vec![text(&all["machine"])];
    for row in all["rows"].as_array().into_iter().flatten() {
        let unit = text(&row["unit"]);
        lines.push(format!(
            "{}\n  against {}\n  ours {:.1} {unit}, theirs {:.1} {unit}: {:.2} x ({:.2} to {:.2}), \
             budget {:.2} x",
            text(&row["what"]),
            text(&row["against"]),
            number(&row["oursMedian"]),
            number(&row["peersMedian"]),
            number(&row["ratio"]),
            number(&row["least"]),
            number(&row["most"]),
            number(&row["budget"]),
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_over_its_budget_is_missed() {
        let row = |ratio: f64| json!({ "ratio": ratio, "budget": 1.0 });

        assert_eq!(missed(&[row(0.9), row(1.0), row(1.1)]), 1);
        assert_eq!(missed(&[json!({ "budget": 1.0 })]), 1, "nothing measured");
    }
}
