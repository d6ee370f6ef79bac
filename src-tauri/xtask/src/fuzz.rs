//! `cargo xtask fuzz`: runs libFuzzer to find input that breaks a parser.

pub(crate) mod corpus;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::steps::{answer, cargo, stream, target, workspace};
use crate::system::{Needs, provide};

/// The version that `tests/fuzz` requires.
const CARGO_FUZZ: &str = "0.13.2";
/// Default run time of each target, in seconds.
const SECONDS: u32 = 60;

const NEEDS: Needs = Needs {
    debian: &["build-essential"],
    fedora: &["gcc", "gcc-c++"],
    commands: &[],
};

/// Something to be fuzzed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Target {
    /// Its program and its list under `tests/fuzz/corpus`.
    name: &'static str,
    /// Longest input that is made up, in bytes. Short ones are tried more often.
    longest: u32,
    /// Folders with more to begin with, in the workspace.
    seeds: &'static [&'static str],
}

const TARGETS: [Target; 11] = [
    Target {
        name: "account_list",
        longest: 2_048,
        seeds: &[],
    },
    Target {
        name: "certificate",
        longest: 2_048,
        seeds: &["src-tauri/crates/http/tests/fixtures/tls"],
    },
    Target {
        name: "csv",
        longest: 1_024,
        seeds: &[],
    },
    Target {
        name: "dashboard_xml",
        longest: 4_096,
        seeds: &["tests/contract/samples"],
    },
    Target {
        name: "deep_link",
        longest: 128,
        seeds: &[],
    },
    Target {
        name: "media",
        longest: 256,
        seeds: &[],
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
        seeds: &["src-tauri/crates/app/src/sip/wire/torture"],
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

/// Runs one target or all, each for some seconds; or keeps what they found, or packs what is kept.
pub(crate) fn run(arguments: &[&str]) -> Result<(), String> {
    if arguments == ["pack"] {
        return corpus::repack();
    }
    let (keeps, arguments) = match arguments {
        ["keep", rest @ ..] => (true, rest),
        all => (false, all),
    };
    let (targets, seconds) = parse(arguments)?;
    provide(&[NEEDS])?;
    if answer("cargo-fuzz", &["--version"]).is_none() {
        let install = ["install", "cargo-fuzz", "--locked", "--version", CARGO_FUZZ];
        stream(&mut cargo(&install))?;
    }
    for target in targets {
        if keeps {
            keep(target)?;
        } else {
            fuzz(target, seconds)?;
        }
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
            "cargo xtask fuzz [keep] [TARGET] [SECONDS], or cargo xtask fuzz pack: the targets are {names}."
        ));
    }
    Ok((targets, seconds.unwrap_or(SECONDS)))
}

fn fuzz(fuzzed: Target, seconds: u32) -> Result<(), String> {
    let found = fuzzed.found();
    make(&found)?;
    // What is found goes to the first folder; the others are only read.
    let mut folders = vec![found, corpus::unpack(fuzzed)?];
    folders.extend(fuzzed.seeds.iter().map(|seeds| workspace().join(seeds)));

    let mut fuzz = fuzzed.program(&folders);
    fuzz.arg(format!("-max_total_time={seconds}"));
    stream(&mut fuzz).map_err(|_| {
        format!(
            "{} was stopped; what stopped it is under tests/fuzz/artifacts.",
            fuzzed.name
        )
    })
}

/// Puts the fewest inputs that reach what all of them reach in the place of the committed ones.
fn keep(fuzzed: Target) -> Result<(), String> {
    let fewest = built().join("fewest").join(fuzzed.name);
    if fewest.exists() {
        fs::remove_dir_all(&fewest).map_err(|error| unusable(&fewest, &error))?;
    }
    make(&fewest)?;
    make(&fuzzed.found())?;
    let mut merge = fuzzed.program(&[fewest.clone(), corpus::unpack(fuzzed)?, fuzzed.found()]);
    // Reached is what was reached once: how often it was makes many more of them.
    merge.args(["-set_cover_merge=1", "-use_counters=0"]);
    stream(&mut merge)?;
    corpus::pack(fuzzed, &fewest)
}

impl Target {
    /// Where what it found is gathered.
    fn found(self) -> PathBuf {
        built().join("corpus").join(self.name)
    }

    /// Makes a call of its program over these folders.
    fn program(self, folders: &[PathBuf]) -> Command {
        let mut program = cargo(&["fuzz", "run", "--fuzz-dir", "tests/fuzz"]);
        let words = workspace().join("tests/fuzz/words.dict");
        // Our code has no `unsafe` for a sanitizer to watch, and runs several times as often without.
        program
            .args(["--sanitizer", "none", "--no-trace-compares"])
            .arg("--target-dir")
            .arg(built())
            .arg(self.name)
            .args(folders)
            .arg("--")
            .arg(format!("-dict={}", words.display()))
            .arg(format!("-max_len={}", self.longest))
            .args(["-timeout=5", "-print_final_stats=1"])
            // Coverage is counted by a part of the compiler that the stable one keeps behind this.
            .env("RUSTC_BOOTSTRAP", "1");
        program
    }
}

fn built() -> PathBuf {
    target().join("fuzz")
}

fn make(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| unusable(folder, &error))
}

fn unusable(folder: &Path, error: &io::Error) -> String {
    format!("{} cannot be used: {error}.", folder.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_the_target_and_the_time_may_be_left_out() {
        assert_eq!(parse(&[]), Ok((TARGETS.to_vec(), SECONDS)));
        assert_eq!(parse(&["5"]), Ok((TARGETS.to_vec(), 5)));
        let sdp = TARGETS.into_iter().filter(|target| target.name == "sdp");
        let sdp: Vec<Target> = sdp.collect();
        assert_eq!(sdp.len(), 1);
        assert_eq!(parse(&["sdp"]), Ok((sdp.clone(), SECONDS)));
        assert_eq!(parse(&["sdp", "5"]), Ok((sdp, 5)));
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
