//! Determines which crates ship with the app on any system, excluding those only used to build or
//! test it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::steps::cargo;

/// The app's package.
const APP: &str = "sip-registrar-setup";
/// The systems that it is built for.
const SYSTEMS: [&str; 4] = [
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "x86_64-unknown-linux-gnu",
];

/// A third-party crate in the app.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Crate {
    pub(super) name: String,
    pub(super) version: String,
    /// Its license expression, such as `MIT OR Apache-2.0`.
    pub(super) license: String,
    pub(super) authors: Vec<String>,
    /// Its source folder.
    pub(super) folder: PathBuf,
}

/// Asks cargo for each system.
pub(super) fn find() -> Result<Vec<Crate>, String> {
    let mut crates = BTreeSet::new();
    for system in SYSTEMS {
        let metadata = metadata(system)?;
        crates.extend(read(&metadata).ok_or("cargo metadata is not what was expected.")?);
    }
    Ok(crates.into_iter().collect())
}

fn metadata(system: &str) -> Result<Value, String> {
    let arguments = ["metadata", "--format-version", "1", "--locked"];
    let output = cargo(&arguments)
        .args(["--filter-platform", system])
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}."))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata cannot be read: {error}."))
}

/// Follows the app's run-time dependencies, and returns their crates.
fn read(metadata: &Value) -> Option<Vec<Crate>> {
    let packages: BTreeMap<&str, &Value> = by_id(&metadata["packages"])?;
    let nodes: BTreeMap<&str, &Value> = by_id(&metadata["resolve"]["nodes"])?;
    let app = packages.values().find(|package| package["name"] == APP)?;

    let mut open = vec![app["id"].as_str()?];
    let mut met = BTreeSet::new();
    while let Some(id) = open.pop() {
        // A macro's own dependencies aren't part of the code it generates.
        if is_macro(packages.get(id)?) || !met.insert(id) {
            continue;
        }
        for needed in nodes.get(id)?["deps"].as_array()? {
            if is_shipped(needed) {
                open.push(needed["pkg"].as_str()?);
            }
        }
    }
    met.into_iter()
        .filter_map(|id| packages.get(id))
        .filter(|package| !package["source"].is_null())
        .map(|package| read_crate(package))
        .collect()
}

fn by_id(values: &Value) -> Option<BTreeMap<&str, &Value>> {
    let values = values.as_array()?.iter();
    values
        .map(|value| Some((value["id"].as_str()?, value)))
        .collect()
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array().into_iter().flatten();
    let mut kinds = targets.flat_map(|target| target["kind"].as_array().into_iter().flatten());
    kinds.any(|kind| kind == "proc-macro")
}

/// Returns whether a dependency is one of the program, rather than of its build or its tests.
fn is_shipped(needed: &Value) -> bool {
    let mut kinds = needed["dep_kinds"].as_array().into_iter().flatten();
    kinds.any(|kind| kind["kind"].is_null())
}

fn read_crate(package: &Value) -> Option<Crate> {
    let manifest = PathBuf::from(package["manifest_path"].as_str()?);
    let authors = package["authors"].as_array().into_iter().flatten();
    Some(Crate {
        name: package["name"].as_str()?.to_owned(),
        version: package["version"].as_str()?.to_owned(),
        license: package["license"].as_str().unwrap_or_default().to_owned(),
        authors: authors
            .filter_map(|author| Some(author.as_str()?.to_owned()))
            .collect(),
        folder: manifest.parent()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package(name: &str, kind: &str, source: Option<&str>) -> Value {
        json!({
            "id": name, "name": name, "version": "1.0.0", "license": "MIT", "authors": [],
            "source": source, "manifest_path": format!("/crates/{name}/Cargo.toml"),
            "targets": [{ "kind": [kind] }],
        })
    }

    fn needs(id: &str, needed: &[(&str, Option<&str>)]) -> Value {
        let needed: Vec<Value> = needed
            .iter()
            .map(|(id, kind)| json!({ "pkg": id, "dep_kinds": [{ "kind": kind }] }))
            .collect();
        json!({ "id": id, "deps": needed })
    }

    #[test]
    fn build_test_and_macro_dependencies_are_not_shipped() {
        let metadata = json!({
            "packages": [
                package(APP, "bin", None),
                package("ours", "lib", None),
                package("run", "lib", Some("registry")),
                package("under", "lib", Some("registry")),
                package("build", "lib", Some("registry")),
                package("test", "lib", Some("registry")),
                package("macro", "proc-macro", Some("registry")),
                package("syntax", "lib", Some("registry")),
            ],
            "resolve": { "nodes": [
                needs(APP, &[("ours", None), ("build", Some("build")), ("test", Some("dev"))]),
                needs("ours", &[("run", None), ("macro", None)]),
                needs("run", &[("under", None)]),
                needs("under", &[]),
                needs("build", &[]),
                needs("test", &[]),
                needs("macro", &[("syntax", None)]),
                needs("syntax", &[]),
            ] },
        });

        let crates = read(&metadata).unwrap();

        let names: Vec<_> = crates.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, ["run", "under"]);
        assert_eq!(crates[0].folder, PathBuf::from("/crates/run"));
    }
}
