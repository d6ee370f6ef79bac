//! `cargo xtask cross`: the app for Windows and macOS, held right on Debian.

mod debian;
mod installer;
mod system;
mod wine;

use std::process::Command;

use crate::count::Count;
use crate::groups::{FEATURES, report};
use crate::steps::{capture, scratch, stream};
use crate::system::{Needs, provide};

use debian::Compiler;
use system::System;
use wine::Wine;

/// To check: Debian's compiler, because it comes with the source of its own standard library.
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

/// To run what was built for Windows, and to pack it.
const TO_RUN: Needs = Needs {
    debian: &["nsis", "wine", "wine64"],
    fedora: &[],
    commands: &["makensis", "wine"],
};

/// The app's package and program.
const APP: &str = "sip-registrar-setup";

/// Does what `cargo xtask cross` was asked for.
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

/// Checks the types of the whole workspace for each system, and lints it for Windows.
pub(crate) fn check() -> Result<Count, String> {
    let compiler = Compiler::find()?;
    let counts = System::ALL.into_iter().map(|system| {
        let mut command = match system {
            System::WindowsGnu => compiler.clippy(system)?,
            System::Mac | System::WindowsMsvc => compiler.cargo(system, "check")?,
        };
        command.args(["--workspace", "--all-targets", "--features", FEATURES]);
        if system == System::WindowsGnu {
            command.args(["--", "-D", "warnings"]);
        }
        let name = format!("cross-{}", system.triple());
        let ended = capture(&name, &mut command)?;
        report(&name, &ended);
        Ok(Count::one(ended.succeeded))
    });
    counts.sum()
}

/// Runs the tests of the core, of the shell and of the Credential Manager under Wine.
fn test() -> Result<Count, String> {
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
            .args(which);
        wine.set(&mut command);
        let runner = format!("CARGO_TARGET_{}_RUNNER", System::WindowsGnu.variable());
        command
            .env(runner, "wine")
            // Where programs that a test runs find WebView2Loader.dll.
            .env("WINEPATH", format!("Z:{}", built.display()));
        let name = format!("wine-{name}");
        let ended = capture(&name, &mut command)?;
        report(&name, &ended);
        Ok(Count::of_cargo_test(&ended.output).of_runner(ended.succeeded))
    });
    counts.sum()
}

/// Makes an installer of the program that the tests build, and tries it out. What is shipped is
/// made on Windows, by the release workflow.
fn package() -> Result<Count, String> {
    let compiler = Compiler::find()?;
    let mut call = compiler.cargo(System::WindowsGnu, "build")?;
    // The same features as for the tests, or all crates are compiled once more.
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
