//! The test runners: cargo's own, cargo-nextest if installed, and Node's.

use std::process::Command;

use crate::count::Count;
use crate::failures::{Failures, Runner};
use crate::node;
use crate::step_report::{FEATURES, report};
use crate::steps::{answer_of, capture, cargo, follow, log_of};

/// Returns whether cargo-nextest is installed. It runs each test in a process of its own and several
/// programs at once, and shows what failed while others still run.
pub(super) fn has_nextest() -> bool {
    answer_of(&mut cargo(&["nextest", "--version"])).is_some()
}

/// Runs tests that share nothing, of these packages or of all, by cargo-nextest or else by cargo.
pub(super) fn independent(which: &[&str], packages: Option<&[String]>) -> Result<Count, String> {
    if !has_nextest() {
        println!("cargo-nextest is not installed: running by cargo test.");
        return cargo_test("core", which);
    }
    let mut call = cargo(&["nextest", "run"]);
    call.args(common())
        .args(which)
        // None is left out in silence.
        .args(["--run-ignored", "all", "--no-tests", "pass"])
        .args(["--show-progress", "none", "--failure-output", "immediate"])
        .args(["--status-level", "fail", "--final-status-level", "none"]);
    if let Some(packages) = packages {
        let filter: Vec<String> = packages
            .iter()
            .map(|name| format!("package(={name})"))
            .collect();
        println!("running by cargo-nextest: {}", packages.join(" "));
        call.args(["--filterset", &filter.join(" + ")]);
    } else {
        println!("running by cargo-nextest");
    }
    let ended = run("core", &mut call, Runner::Nextest)?;
    let count = Count::of_nextest(&ended.0);
    Ok(match packages {
        // What changed may have no test.
        Some(_) if ended.1 && count == Count::default() => count,
        Some(_) | None => count.of_runner(ended.1),
    })
}

/// Runs tests by cargo: those of the documentation, and programs whose tests share a server.
pub(super) fn cargo_test(name: &str, which: &[&str]) -> Result<Count, String> {
    let mut call = cargo(&["test"]);
    call.args(common()).args(which);
    let (output, succeeded) = run(name, &mut call, Runner::Cargo)?;
    Ok(Count::of_cargo_test(&output).of_runner(succeeded))
}

/// Checks the types of the window's modules, and runs their tests.
pub(super) fn window_modules() -> Result<Count, String> {
    let check = capture("ui-check", &mut node::npm_call(&["run", "check"]))?;
    report("ui check", &check);
    let mut tests = node::npm_call(&["test"]);
    let (output, succeeded) = run("ui-test", &mut tests, Runner::Node)?;
    let counts = [
        Count::one(check.succeeded),
        Count::of_node_test(&output).of_runner(succeeded),
    ];
    Ok(counts.into_iter().sum())
}

fn common() -> [&'static str; 5] {
    [
        "--workspace",
        "--no-fail-fast",
        "--locked",
        "--features",
        FEATURES,
    ]
}

/// Runs tests, shows failures as they happen, and says where the whole output is.
pub(super) fn run(
    name: &str,
    command: &mut Command,
    runner: Runner,
) -> Result<(String, bool), String> {
    let mut failures = Failures::of(runner);
    let ended = follow(name, command, |line| failures.shows(line))?;
    if !ended.succeeded {
        println!(
            "---- {name} failed; all of its output: {} ----",
            log_of(name).display()
        );
    }
    Ok((ended.output, ended.succeeded))
}
