//! Prints everything that `explain` can say, as Markdown, one table a topic.
//!
//! ```text
//! cargo run -q -p registrar-app --example sentences
//! ```
//!
//! These are the tables beside the sentences, which the tests of `registrar-explain` make anew from every
//! variant and compare.
//!
//! Exit status 0: printed. 2: there are arguments, and none is taken; one line on standard error says so.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "what it is for")]

use std::process::ExitCode;

/// The tables, in the order of their files.
const TABLES: [&str; 21] = [
    include_str!("../../explain/src/activity/sentences.md"),
    include_str!("../../explain/src/batch_check/sentences.md"),
    include_str!("../../explain/src/call/sentences.md"),
    include_str!("../../explain/src/difference.md"),
    include_str!("../../explain/src/discovery/sentences.md"),
    include_str!("../../explain/src/hash.md"),
    include_str!("../../explain/src/import/sentences.md"),
    include_str!("../../explain/src/message_chart/sentences.md"),
    include_str!("../../explain/src/name.md"),
    include_str!("../../explain/src/new_realm.md"),
    include_str!("../../explain/src/password.md"),
    include_str!("../../explain/src/path/sentences.md"),
    include_str!("../../explain/src/phone.md"),
    include_str!("../../explain/src/ping/sentences.md"),
    include_str!("../../explain/src/provisioning.md"),
    include_str!("../../explain/src/registration/sentences.md"),
    include_str!("../../explain/src/sentences.md"),
    include_str!("../../explain/src/targets/sentences.md"),
    include_str!("../../explain/src/tls/sentences.md"),
    include_str!("../../explain/src/twilio/sentences.md"),
    include_str!("../../explain/src/voice/sentences.md"),
];

fn main() -> ExitCode {
    if std::env::args_os().len() > 1 {
        eprintln!("This example takes no arguments.");
        return ExitCode::from(2);
    }
    println!("{}", TABLES.map(str::trim_end).join("\n\n"));
    ExitCode::SUCCESS
}
