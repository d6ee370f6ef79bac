//! Which of our own crates may use which: arrows point one way, from the window down to secrets.
//!
//! Dependencies of tests alone are free: they ship nothing.

use serde_json::Value;

use crate::count::Count;
use crate::groups::report;
use crate::steps::{Ended, capture, cargo};

/// Each crate of the app with those that it may use, the lowest first.
const MAY_USE: &[(&str, &[&str])] = &[
    ("registrar-bundler", &[]),
    ("registrar-secret", &[]),
    ("registrar-storage", &[]),
    ("registrar-spreadsheet", &[]),
    ("registrar-media", &[]),
    ("registrar-digest", &["registrar-secret"]),
    ("registrar-keychain", &["registrar-secret"]),
    ("registrar-names", &["registrar-secret"]),
    (
        "registrar-activity",
        &["registrar-secret", "registrar-storage"],
    ),
    (
        "registrar-http",
        &["registrar-activity", "registrar-secret"],
    ),
    (
        "registrar-bandwidth",
        &[
            "registrar-activity",
            "registrar-digest",
            "registrar-http",
            "registrar-names",
            "registrar-secret",
        ],
    ),
    (
        "registrar-twilio",
        &[
            "registrar-activity",
            "registrar-http",
            "registrar-names",
            "registrar-secret",
        ],
    ),
    (
        "registrar-core",
        &[
            "registrar-http",
            "registrar-activity",
            "registrar-bandwidth",
            "registrar-digest",
            "registrar-keychain",
            "registrar-media",
            "registrar-names",
            "registrar-secret",
            "registrar-spreadsheet",
            "registrar-storage",
            "registrar-twilio",
        ],
    ),
    ("registrar-command", &[]),
    (
        "sip-registrar-setup",
        &["registrar-bundler", "registrar-command", "registrar-core"],
    ),
];

/// What stands beside the app: tests, the project's own commands, and the window to compare with.
const BESIDE: [&str; 3] = ["acceptance", "hello-window", "xtask"];

/// Asks cargo for the crates of the workspace and compares.
pub(super) fn run() -> Result<Count, String> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
    let told = capture("arrows", &mut cargo(&arguments))?;
    let metadata = (told.output.lines().rev()).find_map(|line| serde_json::from_str(line).ok());
    let metadata: Value = metadata.ok_or("cargo metadata says nothing that can be read.")?;
    let wrong = wrong_arrows(&metadata);
    let ended = Ended {
        succeeded: wrong.is_empty(),
        output: wrong.join("\n"),
    };
    report("arrows", &ended);
    Ok(Count::one(ended.succeeded))
}

/// Returns a sentence for each arrow that nothing allows, and for each crate without a place.
fn wrong_arrows(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice);
    let packages = packages.unwrap_or_default();
    let name = |package: &Value| package["name"].as_str().unwrap_or_default().to_owned();
    let ours: Vec<String> = packages.iter().map(name).collect();
    let mut wrong = Vec::new();
    for package in packages {
        let from = name(package);
        if BESIDE.contains(&from.as_str()) {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(of, _)| *of == from) else {
            wrong.push(format!(
                "{from} has no place yet: add it to lint/arrows.rs."
            ));
            continue;
        };
        let dependencies = package["dependencies"].as_array().map(Vec::as_slice);
        for dependency in dependencies.unwrap_or_default() {
            let to = name(dependency);
            let of_tests = dependency["kind"] == "dev";
            if !of_tests && ours.contains(&to) && !allowed.contains(&to.as_str()) {
                wrong.push(format!("{from} may not use {to}."));
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_arrow_that_points_up_is_found() {
        let found = wrong_arrows(&workspace(&[
            ("registrar-secret", &[("registrar-core", Value::Null)]),
            ("registrar-core", &[("registrar-secret", Value::Null)]),
        ]));

        assert_eq!(found, ["registrar-secret may not use registrar-core."]);
    }

    #[test]
    fn a_build_script_points_as_its_crate_does() {
        let found = wrong_arrows(&workspace(&[
            ("registrar-media", &[("registrar-secret", json!("build"))]),
            ("registrar-secret", &[]),
        ]));

        assert_eq!(found, ["registrar-media may not use registrar-secret."]);
    }

    #[test]
    fn tests_and_crates_of_others_are_free() {
        let found = wrong_arrows(&workspace(&[
            (
                "registrar-secret",
                &[("registrar-core", json!("dev")), ("serde", Value::Null)],
            ),
            ("registrar-core", &[]),
            ("acceptance", &[("registrar-core", Value::Null)]),
        ]));

        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        let found = wrong_arrows(&workspace(&[("registrar-new", &[])]));

        assert_eq!(
            found,
            ["registrar-new has no place yet: add it to lint/arrows.rs."]
        );
    }

    #[test]
    fn the_table_itself_points_one_way() {
        for (place, (of, allowed)) in MAY_USE.iter().enumerate() {
            for name in *allowed {
                let lower = MAY_USE[..place].iter().any(|(below, _)| below == name);
                assert!(lower, "{of} uses {name}, which is not below it");
            }
        }
    }

    fn workspace(packages: &[(&str, &[(&str, Value)])]) -> Value {
        let packages: Vec<Value> = packages
            .iter()
            .map(|(name, uses)| {
                let uses: Vec<Value> = uses
                    .iter()
                    .map(|(name, kind)| json!({ "name": name, "kind": kind }))
                    .collect();
                json!({ "name": name, "dependencies": uses })
            })
            .collect();
        json!({ "packages": packages })
    }
}
