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
mod step_report;
mod steps;
mod system;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask app [--release]   installs missing requirements, builds the app and opens its window
cargo xtask test [GROUP...]   installs missing requirements and runs the checks of these groups, or of
                              all: lint core contract registrar keychain ui desktop, and on Debian
                              chromium and cross. package and wine run only if named. full runs all of
                              these; changed runs those affected by changes since main
cargo xtask bench [PART...]   measures everything that has a budget, and prints each ratio beside it.
                              Parts that can be measured alone: check import typing window
cargo xtask cross check|test|package
                              for Windows and macOS, from Debian: checks types and lints; runs tests
                              under Wine; builds an installer, and installs and removes it under Wine
cargo xtask package           builds the packages for this system, with the release profile
cargo xtask types             regenerates the TypeScript types of the window
cargo xtask texts             regenerates the table of everything that the window says
cargo xtask commands          regenerates the files derived from the window's commands
cargo xtask licenses          regenerates the license list that 'About' shows
cargo xtask fuzz [keep] [TARGET] [SECONDS]
                              installs missing requirements and fuzzes for a minute per target:
                              account_list certificate csv dashboard_xml deep_link media saved_file
                              service_json sip_message sip_dialogue sdp. keep adds the findings to the
                              tests
cargo xtask fuzz pack         sorts the lists of kept inputs after a manual change
cargo xtask soak [JOURNEYS [KILLS]]
                              runs this many journeys over unreliable connections, and this many kills";

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
        ["texts"] => node::write_texts(),
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
