//! The project's own commands, which `cargo xtask` lists.
#![allow(clippy::print_stdout, reason = "this is a command line tool")]

mod app;
mod bench;
mod commands;
mod count;
mod cross;
mod failures;
mod fuzz;
mod groups;
mod licenses;
mod lint;
mod node;
mod package;
mod soak;
mod steps;
mod system;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask app [--release]   installs what is missing, builds the app and opens its window
cargo xtask test [GROUP...]   installs what is missing and runs the checks of these groups, or all:
                              lint core contract registrar keychain ui desktop, on Debian
                              chromium and cross, and, when they are named, package and wine; full is all of them,
                              changed those that a change since main can break
cargo xtask bench [PART...]   measures what has a budget, and prints each ratio beside it; parts that
                              can be measured alone: check import typing window
cargo xtask cross check|test|package
                              the app for Windows and macOS, from Debian: types and lints; what runs
                              under Wine; an installer that is installed and removed under Wine
cargo xtask package           builds the packages of this system, with the release profile
cargo xtask types             writes anew the types of what crosses to the window
cargo xtask commands          writes anew what is derived from the commands of the window
cargo xtask licenses          writes anew what 'About' shows of the crates in the app
cargo xtask fuzz [keep] [TARGET] [SECONDS]
                              installs what is missing and looks for hostile input, a minute for each
                              target: account_list certificate csv dashboard_xml deep_link media
                              saved_file service_json sip_message sip_dialogue sdp; keep puts what they found into tests
cargo xtask fuzz pack         sorts the lists of kept inputs after a change by hand
cargo xtask soak [JOURNEYS [KILLS]]
                              so many journeys over lines that lose and repeat, and so many kills";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = match arguments[..] {
        ["app"] => app::open(app::Profile::Debug),
        ["app", "--release"] => app::open(app::Profile::Release),
        ["bench", ref parts @ ..] => bench::run(parts),
        ["cross", what] => cross::run(what),
        ["commands"] => commands::write(),
        ["types"] => lint::write_types(),
        ["licenses"] => licenses::write(),
        ["package"] => package::build(),
        ["test", ref names @ ..] => groups::plan(names).and_then(|plan| groups::run(&plan)),
        ["fuzz", ref arguments @ ..] => fuzz::run(arguments),
        ["soak", ref arguments @ ..] => soak::run(arguments),
        _ => Err(USAGE.to_owned()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            if !sentence.is_empty() {
                println!("{sentence}");
            }
            ExitCode::FAILURE
        }
    }
}
