//! `cargo xtask fuzz`: lets libFuzzer look for input that no reader here stands.

use std::fs;
use std::path::PathBuf;

use crate::steps::{answer, cargo, stream, target, workspace};
use crate::system::{Needs, provide};

/// The version that the folder `tests/fuzz` is made for.
const CARGO_FUZZ: &str = "0.13.2";
/// How long each target runs where nothing else is said, in seconds.
const SECONDS: u32 = 60;

const NEEDS: Needs = Needs {
    debian: &["build-essential"],
    fedora: &["gcc", "gcc-c++"],
    commands: &[],
};

/// Something to be fuzzed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Target {
    /// Its program and its folder under `tests/fuzz/corpus`.
    name: &'static str,
    /// Longest input that is made up, in bytes. Short ones are tried more often.
    longest: u32,
    /// Folders with more to begin with, in the workspace.
    seeds: &'static [&'static str],
}

const TARGETS: [Target; 6] = [
    Target {
        name: "dashboard_xml",
        longest: 4_096,
        seeds: &["tests/contract/samples"],
    },
    Target {
        name: "saved_file",
        longest: 2_048,
        seeds: &[],
    },
    Target {
        name: "service_json",
        longest: 2_048,
        seeds: &[],
    },
    Target {
        name: "sip_message",
        longest: 1_024,
        seeds: &["src-tauri/core/src/sip/wire/torture"],
    },
    Target {
        name: "sip_dialogue",
        longest: 2_048,
        seeds: &[],
    },
    Target {
        name: "sdp",
        longest: 1_024,
        seeds: &[],
    },
];

/// Runs one target or all, each for some seconds.
pub(crate) fn run(arguments: &[&str]) -> Result<(), String> {
    let (targets, seconds) = parse(arguments)?;
    provide(&[NEEDS])?;
    if answer("cargo-fuzz", &["--version"]).is_none() {
        let install = ["install", "cargo-fuzz", "--locked", "--version", CARGO_FUZZ];
        stream(&mut cargo(&install))?;
    }
    for target in targets {
        fuzz(target, seconds)?;
    }
    Ok(())
}

/// Reads the name of a target and a number of seconds; both may be left out.
fn parse(arguments: &[&str]) -> Result<(Vec<Target>, u32), String> {
    let (names, seconds) = match arguments {
        [rest @ .., last] if last.parse::<u32>().is_ok() => (rest, last.parse().ok()),
        rest => (rest, None),
    };
    let targets = match names {
        [] => TARGETS.to_vec(),
        [name] => TARGETS
            .into_iter()
            .filter(|target| target.name == *name)
            .collect(),
        [..] => Vec::new(),
    };
    if targets.is_empty() {
        let names = TARGETS.map(|target| target.name).join(", ");
        return Err(format!(
            "cargo xtask fuzz [TARGET] [SECONDS]: the targets are {names}."
        ));
    }
    Ok((targets, seconds.unwrap_or(SECONDS)))
}

fn fuzz(fuzzed: Target, seconds: u32) -> Result<(), String> {
    let built = target().join("fuzz");
    // What is found goes here; the committed inputs are only read.
    let found = built.join("corpus").join(fuzzed.name);
    fs::create_dir_all(&found)
        .map_err(|error| format!("{} cannot be made: {error}.", found.display()))?;
    let seeds = fuzzed.seeds.iter().map(|seeds| workspace().join(seeds));
    let committed = workspace().join("tests/fuzz/corpus").join(fuzzed.name);
    let folders: Vec<PathBuf> = [found, committed].into_iter().chain(seeds).collect();

    let mut fuzz = cargo(&["fuzz", "run", "--fuzz-dir", "tests/fuzz"]);
    // Our code has no `unsafe` for a sanitizer to watch, and runs several times as often without.
    fuzz.args(["--sanitizer", "none", "--no-trace-compares"])
        .arg("--target-dir")
        .arg(&built)
        .arg(fuzzed.name)
        .args(folders)
        .arg("--")
        .arg(format!(
            "-dict={}",
            workspace().join("tests/fuzz/words.dict").display()
        ))
        .arg(format!("-max_len={}", fuzzed.longest))
        .arg(format!("-max_total_time={seconds}"))
        .args(["-timeout=5", "-print_final_stats=1"])
        // Coverage is counted by a part of the compiler that the stable one keeps behind this.
        .env("RUSTC_BOOTSTRAP", "1");
    stream(&mut fuzz).map_err(|_| {
        format!(
            "{} was stopped; what stopped it is under tests/fuzz/artifacts.",
            fuzzed.name
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_the_target_and_the_time_may_be_left_out() {
        assert_eq!(parse(&[]), Ok((TARGETS.to_vec(), SECONDS)));
        assert_eq!(parse(&["5"]), Ok((TARGETS.to_vec(), 5)));
        assert_eq!(parse(&["sdp"]), Ok((vec![TARGETS[5]], SECONDS)));
        assert_eq!(parse(&["sdp", "5"]), Ok((vec![TARGETS[5]], 5)));
        for odd in [&["sip"][..], &["sdp", "x"], &["sdp", "5", "5"]] {
            assert!(parse(odd).unwrap_err().contains("sip_message"), "{odd:?}");
        }
    }

    #[test]
    fn every_target_has_its_program() {
        let manifest = include_str!("../../../tests/fuzz/Cargo.toml");
        let programs = manifest.matches("[[bin]]").count();

        assert_eq!(programs, TARGETS.len());
        for target in TARGETS {
            let line = format!("name = \"{}\"", target.name);
            assert!(manifest.contains(&line), "{line}");
        }
    }
}
