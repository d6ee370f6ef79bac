//! Checks which of our crates may depend on which. The list is under 'Arrows' in
//! `src-tauri/README.md`, so that the documented rules are the ones enforced.
//!
//! Dev-dependencies are exempt, because they aren't shipped.

use std::fs;

use serde_json::Value;

use crate::count::Count;
use crate::step_report::report;
use crate::steps::{Ended, capture, cargo};

/// The map's path in the workspace.
const MAP: &str = "src-tauri/README.md";

/// Packages beside the app: tests, the project's commands, and the window for comparison.
const BESIDE: [&str; 3] = ["acceptance", "hello-window", "xtask"];

/// A crate, and the crates that it may use.
type Arrow<'a> = (&'a str, Vec<&'a str>);

/// Compares the workspace's crates with the map.
pub(super) fn run() -> Result<Count, String> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
    let told = capture("arrows", &mut cargo(&arguments))?;
    let metadata = (told.output.lines().rev()).find_map(|line| serde_json::from_str(line).ok());
    let metadata: Value = metadata.ok_or("cargo metadata says nothing that can be read.")?;
    let map = fs::read_to_string(MAP).map_err(|error| format!("{MAP}: {error}"))?;
    let arrows = arrows(&map);
    let mut wrong = upward(&arrows);
    wrong.extend(wrong_arrows(&metadata, &arrows));
    let ended = Ended {
        succeeded: wrong.is_empty(),
        output: wrong.join("\n"),
    };
    report("arrows", &ended);
    Ok(Count::one(ended.succeeded))
}

/// Reads the lines `crate → used, used` of the map. A crate that uses none has nothing behind its arrow.
fn arrows(map: &str) -> Vec<Arrow<'_>> {
    let list = map.split("## Arrows").nth(1).unwrap_or_default();
    let list = list.split("\n## ").next().unwrap_or_default();
    let lines = list.lines().filter_map(|line| line.split_once('→'));
    lines
        .map(|(name, used)| {
            let used = used.split(',').map(str::trim);
            (name.trim(), used.filter(|name| !name.is_empty()).collect())
        })
        .collect()
}

/// Returns a sentence for each arrow of the list that doesn't point down it.
fn upward(arrows: &[Arrow<'_>]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (place, (name, used)) in arrows.iter().enumerate() {
        let below = &arrows[place + 1..];
        for used in used {
            if !below.iter().any(|(lower, _)| lower == used) {
                wrong.push(format!(
                    "{MAP}: {used} must stand below {name}, which uses it."
                ));
            }
        }
    }
    wrong
}

/// Returns a sentence for each forbidden arrow, and for each crate that isn't listed.
fn wrong_arrows(metadata: &Value, arrows: &[Arrow<'_>]) -> Vec<String> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice);
    let packages = packages.unwrap_or_default();
    let names: Vec<&str> = packages.iter().map(name).collect();
    let mut wrong = Vec::new();
    for package in packages {
        let from = name(package);
        if BESIDE.contains(&from) {
            continue;
        }
        let Some((_, allowed)) = arrows.iter().find(|(of, _)| *of == short(from)) else {
            wrong.push(format!("{from} has no place yet: add it to {MAP}."));
            continue;
        };
        let dependencies = package["dependencies"].as_array().map(Vec::as_slice);
        for dependency in dependencies.unwrap_or_default() {
            let to = name(dependency);
            let of_tests = dependency["kind"] == "dev";
            if !of_tests && names.contains(&to) && !allowed.contains(&short(to)) {
                wrong.push(format!("{from} may not use {to}."));
            }
        }
    }
    wrong
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap_or_default()
}

/// The name of a crate's folder: packages are called `registrar-` and that, but for the registrar itself.
fn short(name: &str) -> &str {
    if name == "registrar-server" {
        return name;
    }
    name.strip_prefix("registrar-").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SMALL: &str = "# Map\na → b\n\n## Arrows\nOnly down.\n\n```text\napp → media, secret\nmedia →\nsecret →\n```\n\n## Words\nx → y\n";

    #[test]
    fn the_list_is_read_from_its_part_of_the_map() {
        let found = arrows(SMALL);

        assert_eq!(
            found,
            [
                ("app", vec!["media", "secret"]),
                ("media", Vec::new()),
                ("secret", Vec::new())
            ]
        );
        assert!(upward(&found).is_empty());
    }

    #[test]
    fn an_arrow_that_points_up_is_found() {
        let found = wrong_arrows(
            &workspace(&[
                ("registrar-secret", &[("registrar-app", Value::Null)]),
                ("registrar-app", &[("registrar-secret", Value::Null)]),
            ]),
            &arrows(SMALL),
        );

        assert_eq!(found, ["registrar-secret may not use registrar-app."]);
    }

    #[test]
    fn a_build_script_points_as_its_crate_does() {
        let found = wrong_arrows(
            &workspace(&[
                ("registrar-media", &[("registrar-secret", json!("build"))]),
                ("registrar-secret", &[]),
            ]),
            &arrows(SMALL),
        );

        assert_eq!(found, ["registrar-media may not use registrar-secret."]);
    }

    #[test]
    fn tests_and_crates_of_others_are_free() {
        let found = wrong_arrows(
            &workspace(&[
                (
                    "registrar-secret",
                    &[("registrar-app", json!("dev")), ("serde", Value::Null)],
                ),
                ("registrar-app", &[]),
                ("acceptance", &[("registrar-app", Value::Null)]),
            ]),
            &arrows(SMALL),
        );

        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        let found = wrong_arrows(&workspace(&[("registrar-new", &[])]), &arrows(SMALL));

        assert_eq!(
            found,
            ["registrar-new has no place yet: add it to src-tauri/README.md."]
        );
    }

    #[test]
    fn a_list_that_points_up_is_found() {
        let found = upward(&arrows(
            "## Arrows\nsecret → app\napp → media\nmedia →\nnew → none",
        ));

        assert_eq!(
            found,
            ["src-tauri/README.md: none must stand below new, which uses it."]
        );
        let found = upward(&arrows("## Arrows\nmedia →\napp → media"));
        assert_eq!(
            found,
            ["src-tauri/README.md: media must stand below app, which uses it."]
        );
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
