//! Checks keys and builds in .github/workflows: a job with access to a key must not compile
//! anything or run install scripts of packages, because anything that runs there can read the key.
//!
//! It parses our workflows line by line, and understands only the YAML that they use.

use std::fs;

use crate::count::Count;
use crate::step_report::report;
use crate::steps::{Ended, workspace};

/// What gives a job access to a secret.
const KEYS: [&str; 2] = ["secrets", "environment:"];
/// What runs third-party code: compilers run build scripts, package managers run install scripts.
const RUNS_OTHERS: [&str; 14] = [
    "apt-get",
    "brew ",
    "cargo",
    "choco ",
    "corepack",
    "npx ",
    "pip ",
    "pipx",
    "pnpm ",
    "rustup",
    "tauri build",
    "tauri dev",
    "winget ",
    "yarn ",
];
/// The only actions allowed beside a key: GitHub's own, which move files.
const ACTIONS: [&str; 3] = [
    "actions/checkout@",
    "actions/download-artifact@",
    "actions/upload-artifact@",
];

/// Reads all workflows.
pub(super) fn run() -> Result<Count, String> {
    let folder = workspace().join(".github/workflows");
    let unreadable = |error| format!("{} cannot be read: {error}.", folder.display());
    let mut found = Vec::new();
    for file in fs::read_dir(&folder).map_err(unreadable)? {
        let path = file.map_err(unreadable)?.path();
        let text = fs::read_to_string(&path).map_err(unreadable)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let lines = beside_keys(&text).into_iter();
        found.extend(lines.map(|line| format!("{name}: beside a key: {line}")));
    }
    let ended = Ended {
        succeeded: found.is_empty(),
        output: found.join("\n"),
    };
    report("keys", &ended);
    Ok(Count::one(ended.succeeded))
}

/// Returns the lines that run third-party code in a job with a key.
fn beside_keys(workflow: &str) -> Vec<&str> {
    let (head, jobs) = workflow
        .split_once("\njobs:\n")
        .unwrap_or((workflow, workflow));
    let keys_for_all = lines(head).any(has_key);
    let mut found = Vec::new();
    for job in of_each_job(jobs) {
        if keys_for_all || job.iter().copied().any(has_key) {
            let suspect = job.into_iter().filter(|line| runs_others(line));
            found.extend(suspect.map(str::trim));
        }
    }
    found
}

fn of_each_job(jobs: &str) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = Vec::new();
    for line in lines(jobs) {
        let begins = line.starts_with("  ") && !line[2..].starts_with(' ');
        match all.last_mut() {
            Some(job) if !begins => job.push(line),
            Some(_) | None => all.push(vec![line]),
        }
    }
    all
}

/// Returns the lines that are not only a comment.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
}

fn has_key(line: &str) -> bool {
    KEYS.iter().any(|key| line.contains(key))
}

fn runs_others(line: &str) -> bool {
    let line = line.trim();
    if let Some((_, action)) = line.split_once("uses: ") {
        return !ACTIONS.iter().any(|known| action.starts_with(known));
    }
    if line.contains("npm ") {
        let installs_only = line.contains(" ci ") && line.contains(" --ignore-scripts");
        return !installs_only;
    }
    RUNS_OTHERS.iter().any(|program| line.contains(program))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASE: &str = include_str!("../../../../.github/workflows/release.yml");

    #[test]
    fn nothing_is_built_beside_the_keys_of_a_release() {
        assert!(RELEASE.contains("secrets."), "the keys are somewhere");
        assert_eq!(beside_keys(RELEASE), Vec::<&str>::new());
    }

    #[test]
    fn a_key_beside_a_build_step_is_found() {
        let install = "npm --prefix tests/release ci --ignore-scripts --no-audit --no-fund";
        let (before, signing) = RELEASE.split_once("  packages:\n").unwrap();
        for (from, to) in [
            (install, "npm --prefix tests/ui ci --no-audit --no-fund"),
            (install, "npm install --ignore-scripts"),
            ("tauri bundle --ci", "tauri build --ci"),
            ("mkdir -p", "cargo build --locked && mkdir -p"),
            ("actions/download-artifact@", "somebody/action@"),
        ] {
            assert!(signing.contains(from), "{from}");
            let changed = format!("{before}  packages:\n{}", signing.replacen(from, to, 1));
            assert_eq!(beside_keys(&changed).len(), 1, "{to}");
        }
    }

    #[test]
    fn a_key_given_to_a_building_job_is_found() {
        for key in [
            "    environment: release\n",
            "    env:\n      KEY: ${{ secrets.UPDATE_PRIVATE_KEY }}\n",
        ] {
            let at = "  programs:\n";
            assert!(RELEASE.contains(at));
            let changed = RELEASE.replacen(at, &format!("{at}{key}"), 1);
            assert!(!beside_keys(&changed).is_empty(), "{key}");
        }
        let for_all = RELEASE.replacen("\nenv:\n", "\nenv:\n  KEY: ${{ secrets.KEY }}\n", 1);
        assert!(!beside_keys(&for_all).is_empty());
    }

    #[test]
    fn the_signing_command_line_is_the_one_that_is_tried() {
        let version = |package: &str| {
            let package: serde_json::Value = serde_json::from_str(package).unwrap();
            package["devDependencies"]["@tauri-apps/cli"].clone()
        };
        let signs = version(include_str!("../../../../tests/release/package.json"));
        let tried = version(include_str!("../../../../tests/ui/package.json"));

        assert!(signs.is_string());
        assert_eq!(signs, tried);
    }
}
