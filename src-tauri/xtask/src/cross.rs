//! `cargo xtask cross`: builds and checks the app for Windows and macOS on Debian.

mod debian;
mod display;
mod installer;
mod system;
mod wine;

use std::process::Command;

use crate::count::Count;
use crate::step_report::{FEATURES, report};
use crate::steps::{capture, scratch, stream};
use crate::system::{Needs, provide};

use debian::Compiler;
use system::System;
use wine::Wine;

/// For checking: Debian's compiler, because it comes with the source of its standard library.
pub(crate) const TO_CHECK: Needs = Needs {
    debian: &[
        "build-essential",
        "cargo-web",
        "g++-mingw-w64-x86-64-posix",
        "gcc-mingw-w64-x86-64-posix",
        "llvm",
        "rust-web-clippy",
        "rust-web-src",
        "rustc-web",
    ],
    fedora: &[],
    commands: &["gcc", "x86_64-w64-mingw32-gcc"],
};

/// For running and packaging what was built for Windows.
pub(crate) const TO_RUN: Needs = Needs {
    debian: &["nsis", "wine", "wine64", "xdotool", "xvfb"],
    fedora: &[],
    commands: &["makensis", "wine", "xdotool", "Xvfb"],
};

/// Tests that fail because Wine differs: it ignores a given trust list, doesn't report closed UDP
/// ports, allows binding any address, and doesn't remove a folder while a file in it is open.
const NOT_UNDER_WINE: [&str; 29] = [
    "registration::tests::every_failure_of_the_network_has_its_own_words",
    "registration::tests::every_reason_against_tls_has_its_own_words",
    "socket_tests::a_proxy_that_opens_tls_is_named_and_learns_nothing",
    "socket_tests::a_server_that_speaks_no_tls_is_malformed",
    "proxies::a_host_that_the_system_excepts_is_asked_without_the_proxy",
    "proxies::system_proxy_gets_its_sign_in_and_is_named_if_it_opens_tls",
    "proxies::a_proxy_that_refuses_its_sign_in_is_told_as_its_failure",
    "proxies::socks::every_kind_of_socks_proxy_is_used_with_its_sign_in",
    "proxies::proxy_that_is_not_there_is_told_as_its_failure",
    "proxies::socks::socks_proxy_is_not_asked_for_an_excepted_host",
    "proxies::socks::socks_proxy_that_refuses_is_told_as_its_failure",
    "check::stray_tests::a_close_midway_is_not_called_no_answer",
    "check::stray_tests::a_connection_closed_after_each_answer_is_opened_again",
    "check::stray_tests::a_stream_that_ends_inside_a_message_is_told",
    "check::stray_tests::another_protocol_on_a_stream_is_named_at_once",
    "ping::tests::silence_is_lost_and_a_closed_port_ends_it_at_once",
    "tls::tests::a_good_certificate_carries_messages_for_each_of_its_names",
    "tls::tests::a_port_that_speaks_no_tls_is_told_by_what_it_does",
    "tls::tests::each_connection_ends_with_close_notify",
    "tls::tests::each_fault_of_a_certificate_is_told_apart",
    "tls::tests::names_that_do_not_count_for_sip_are_refused",
    "tls::tests::sip_uri_leaves_addresses_valid",
    "tls::tests::sip_uri_with_user_leaves_dns_names_valid",
    "tls::tests::the_name_that_was_asked_for_counts_and_no_other",
    "sockets::tests::an_address_of_another_computer_is_refused",
    "updates::tests::a_signed_update_is_offered_with_its_notes_and_fetched",
    "updates::tests::an_update_that_is_signed_wrongly_is_thrown_away",
    "updates::tests::the_version_that_runs_and_older_ones_are_not_offered",
    "workspace::leaving::tests::closing_waits_for_a_check_whose_screen_is_gone",
];

/// The app's package and program.
const APP: &str = "sip-registrar-setup";

/// Runs `cargo xtask cross`.
pub(crate) fn run(what: &str) -> Result<(), String> {
    provide(&[TO_CHECK])?;
    let count = match what {
        "check" => check()?,
        "test" => {
            provide(&[TO_RUN])?;
            test()?
        }
        "package" => {
            provide(&[TO_RUN])?;
            package()?
        }
        _ => return Err("cargo xtask cross check|test|package".to_owned()),
    };
    println!("{count}");
    if count.failed == 0 {
        Ok(())
    } else {
        Err(String::new())
    }
}

/// Checks the types of the whole workspace for each system, and lints it.
pub(crate) fn check() -> Result<Count, String> {
    let compiler = Compiler::find()?;
    let counts = System::ALL.into_iter().map(|system| {
        let mut command = compiler.clippy(system)?;
        command
            .args(["--workspace", "--all-targets", "--features", FEATURES])
            .args(["--", "-D", "warnings"]);
        let name = format!("cross-{}", system.triple());
        let ended = capture(&name, &mut command)?;
        report(&name, &ended);
        Ok(Count::one(ended.succeeded))
    });
    counts.sum()
}

/// Runs the tests of the core, of the shell and of the Credential Manager under Wine.
pub(crate) fn test() -> Result<Count, String> {
    let compiler = Compiler::find()?;
    let wine = Wine::open(compiler.folder())?;
    let built = compiler.programs(System::WindowsGnu);
    let counts = [
        ("lib", &["--lib"][..]),
        ("keychain", &["--test", "keychain"]),
    ]
    .into_iter()
    .map(|(name, which)| {
        let mut command = compiler.cargo(System::WindowsGnu, "test")?;
        command
            .args(["--workspace", "--no-fail-fast", "--features", FEATURES])
            .args(which)
            .arg("--")
            .args(NOT_UNDER_WINE.map(|test| format!("--skip={test}")));
        wine.set(&mut command);
        let runner = format!("CARGO_TARGET_{}_RUNNER", System::WindowsGnu.variable());
        command
            .env(runner, "wine")
            // Where programs run by tests find WebView2Loader.dll.
            .env("WINEPATH", format!("Z:{}", built.display()));
        let name = format!("wine-{name}");
        let ended = capture(&name, &mut command)?;
        report(&name, &ended);
        Ok(Count::of_cargo_test(&ended.output).of_runner(ended.succeeded))
    });
    counts.sum()
}

/// Builds and tests an installer of the test build's program. The release workflow builds the
/// shipped one on Windows.
fn package() -> Result<Count, String> {
    let compiler = Compiler::find()?;
    let mut call = compiler.cargo(System::WindowsGnu, "build")?;
    // The same features as for the tests, or all crates would be compiled again.
    call.args([
        "--workspace",
        "--features",
        FEATURES,
        "--bin",
        APP,
        "--examples",
    ]);
    stream(&mut call)?;
    let built = compiler.programs(System::WindowsGnu);
    let program = scratch().join(format!("{APP}.exe"));
    stream(
        Command::new("x86_64-w64-mingw32-strip")
            .arg("-o")
            .arg(&program)
            .arg(built.join(format!("{APP}.exe"))),
    )?;
    let parts = installer::Parts {
        program: &program,
        loader: &built.join("WebView2Loader.dll"),
    };
    installer::run(parts, &Wine::open(compiler.folder())?)
}
