//! `cargo xtask test changed`: selects the groups that could be broken by the changes since `main`.

use serde_json::Value;

use super::{Group, Plan, usual};
use crate::steps::{answer, capture, cargo, workspace};

/// Where a change begins: the first of these that git knows.
const MAIN: [&str; 2] = ["main", "origin/main"];

/// What tests the app's own window.
const WINDOW: [Group; 3] = [Group::Ui, Group::Desktop, Group::Chromium];

/// Folders and files with the groups that read them, beside `lint`, which reads everything. The first
/// one counts that a path begins with; what is in none of them counts by the crate that it is in.
const PLACES: [(&str, &[Group]); 32] = [
    (".github/workflows/", &[Group::Core]),
    (".github/", &[]),
    (".deny.toml", &[]),
    (".gitattributes", &[]),
    (".gitignore", &[]),
    (".rustfmt.toml", &[]),
    (".typos.toml", &[]),
    ("CHANGELOG.md", &[]),
    ("README.md", &[]),
    ("src-tauri/README.md", &[]),
    ("src-tauri/decisions/", &[]),
    ("icons/", &[Group::Core, Group::Desktop]),
    (
        "ui/",
        &[Group::Core, Group::Ui, Group::Desktop, Group::Chromium],
    ),
    ("tests/bench/", &[]),
    ("tests/chromium/", &[Group::Desktop, Group::Chromium]),
    ("tests/contract/", &[Group::Core, Group::Contract]),
    ("tests/desktop/", &[Group::Desktop, Group::Chromium]),
    ("tests/fuzz/", &[Group::Core]),
    ("tests/hostile/", &[Group::Core]),
    ("tests/import/", &[Group::Core]),
    ("tests/journeys/", &[Group::Core]),
    ("tests/keychain/", &[Group::Keychain]),
    (
        "tests/node/",
        &[Group::Contract, Group::Desktop, Group::Chromium, Group::Ui],
    ),
    ("tests/package/", &[]),
    ("tests/registrar/", &[Group::Registrar]),
    ("tests/release/", &[Group::Core]),
    ("tests/soak/", &[Group::Core]),
    ("tests/sound/", &[Group::Core]),
    ("tests/spelling/", &[]),
    (
        "tests/ui/",
        &[Group::Contract, Group::Desktop, Group::Chromium, Group::Ui],
    ),
    ("tests/wine/", &[]),
    ("tests/workflows/", &[]),
];

/// A package of the workspace.
#[derive(Clone, Debug)]
struct Package {
    name: String,
    /// Its folder in the workspace, with a slash at its end.
    folder: String,
    uses: Vec<String>,
}

/// Asks git and cargo, and says what was found.
pub(super) fn plan() -> Result<Plan, String> {
    let files = changed_files()?;
    let plan = plan_of(&files, &packages()?);
    let names: Vec<&str> = plan.groups.iter().map(|group| group.name()).collect();
    let names = if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(" ")
    };
    println!("files changed since main: {}; running {names}", files.len());
    Ok(plan)
}

fn plan_of(files: &[String], packages: &[Package]) -> Plan {
    let mut groups = Vec::new();
    let mut changed: Vec<&str> = Vec::new();
    for file in files {
        groups.push(Group::Lint);
        let package = packages
            .iter()
            .filter(|package| file.starts_with(&package.folder))
            .max_by_key(|package| package.folder.len());
        let place = PLACES.iter().find(|(place, _)| file.starts_with(place));
        match (place, package) {
            (Some((_, readers)), package) => {
                groups.extend(*readers);
                // Its unit tests may read it, and its window is built of it.
                changed.extend(package.map(|package| package.name.as_str()));
                if file.starts_with("ui/") || file.starts_with("icons/") {
                    changed.push(super::APP);
                }
                if readers.contains(&Group::Core) {
                    changed.extend(["acceptance", "xtask"]);
                }
            }
            (None, Some(package)) => {
                for broken in broken_by(&package.name, packages) {
                    groups.extend(of_package(broken));
                    changed.push(broken);
                }
            }
            // The manifest, the lock file, what nobody thought of.
            (None, None) => {
                return Plan {
                    groups: usual(),
                    packages: None,
                };
            }
        }
    }
    let mut all = usual();
    all.retain(|group| groups.contains(group));
    changed.sort_unstable();
    changed.dedup();
    Plan {
        groups: all,
        packages: Some(changed.into_iter().map(str::to_owned).collect()),
    }
}

/// Returns the groups that run something of a package.
fn of_package(package: &str) -> Vec<Group> {
    let mut groups = vec![Group::Core, Group::Cross];
    match package {
        "acceptance" => groups.extend([
            Group::Contract,
            Group::Registrar,
            Group::Keychain,
            Group::Desktop,
            Group::Chromium,
        ]),
        super::APP => groups.extend(WINDOW),
        _ => {}
    }
    groups
}

/// Returns a package and all that use it, themselves or through others.
fn broken_by<'a>(package: &'a str, packages: &'a [Package]) -> Vec<&'a str> {
    let mut broken = vec![package];
    let mut next = 0;
    while let Some(&name) = broken.get(next) {
        next += 1;
        for user in packages {
            let uses = user.uses.iter().any(|used| used == name);
            if uses && !broken.contains(&user.name.as_str()) {
                broken.push(&user.name);
            }
        }
    }
    broken
}

/// Returns what is not as it was where `main` was left, committed or not.
fn changed_files() -> Result<Vec<String>, String> {
    let root = workspace();
    let git = |arguments: &[&str]| {
        let folder = root.to_string_lossy();
        answer("git", &[&["-C", &*folder][..], arguments].concat())
    };
    let base = MAIN
        .iter()
        .find_map(|main| git(&["merge-base", "HEAD", main]));
    let base = base.ok_or(
        "git can't tell what changed since main. Name the groups instead: cargo xtask test core",
    )?;
    let listed = [
        git(&[
            "diff",
            "--name-only",
            "--no-renames",
            "--relative",
            "-z",
            &base,
        ]),
        git(&["ls-files", "--others", "--exclude-standard", "-z"]),
    ];
    let mut files = Vec::new();
    for list in listed {
        let list = list.ok_or("git can't list what changed.")?;
        let names = list.split('\0').filter(|name| !name.is_empty());
        files.extend(names.map(str::to_owned));
    }
    Ok(files)
}

/// Asks cargo for the packages of the workspace.
fn packages() -> Result<Vec<Package>, String> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
    let told = capture("packages", &mut cargo(&arguments))?;
    let metadata = (told.output.lines().rev()).find_map(|line| serde_json::from_str(line).ok());
    let metadata: Value = metadata.ok_or("cargo metadata says nothing that can be read.")?;
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('\\', "/");
    let root = text(&metadata["workspace_root"]) + "/";
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let package = |package: &Value| {
        let manifest = text(&package["manifest_path"]);
        let folder = manifest
            .trim_start_matches(&root)
            .trim_end_matches("Cargo.toml");
        let uses = package["dependencies"].as_array().into_iter().flatten();
        Package {
            name: text(&package["name"]),
            folder: folder.to_owned(),
            uses: uses.map(|used| text(&used["name"])).collect(),
        }
    };
    Ok(packages.map(package).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_of_a_changed_crate_are_tested() {
        let plan = plan(&["src-tauri/crates/sip/src/wire.rs"]);

        assert_eq!(
            plan.packages.as_deref().unwrap().join(" "),
            "acceptance registrar-app registrar-sip sip-registrar-setup"
        );
        for group in [Group::Lint, Group::Core, Group::Registrar, Group::Desktop] {
            assert!(plan.groups.contains(&group), "{group:?}");
        }
    }

    #[test]
    fn what_nothing_uses_is_tested_alone() {
        let plan = plan(&["src-tauri/xtask/src/main.rs"]);

        assert_eq!(plan.packages, Some(vec!["xtask".to_owned()]));
        assert!(plan.groups.starts_with(&[Group::Lint, Group::Core]));
        assert!(!plan.groups.contains(&Group::Desktop));
    }

    #[test]
    fn a_change_of_one_groups_tests_runs_that_group() {
        assert_eq!(
            plan(&["tests/keychain/main.rs"]).groups,
            [Group::Lint, Group::Keychain]
        );
        assert_eq!(plan(&["README.md"]).groups, [Group::Lint]);
        let fuzz = plan(&["tests/fuzz/corpus/csv.txt"]);
        assert_eq!(fuzz.groups, [Group::Lint, Group::Core]);
        assert!(fuzz.packages.unwrap().contains(&"acceptance".to_owned()));
    }

    #[test]
    fn a_change_of_the_window_runs_the_app() {
        let plan = plan(&["ui/home/home.css"]);

        for group in [Group::Lint, Group::Core, Group::Ui, Group::Desktop] {
            assert!(plan.groups.contains(&group), "{group:?}");
        }
        assert!(!plan.groups.contains(&Group::Registrar));
        let packages = plan.packages.unwrap();
        assert!(packages.contains(&"sip-registrar-setup".to_owned()));
    }

    #[test]
    fn what_all_is_built_with_runs_everything() {
        for file in ["Cargo.lock", ".cargo/config.toml", "something-new"] {
            let plan = plan(&["README.md", file]);
            assert_eq!((plan.groups, plan.packages), (usual(), None), "{file}");
        }
    }

    #[test]
    fn no_change_runs_nothing() {
        assert_eq!(plan(&[]).groups, []);
    }

    fn plan(files: &[&str]) -> Plan {
        let package = |name: &str, folder: &str, uses: &[&str]| Package {
            name: name.to_owned(),
            folder: folder.to_owned(),
            uses: uses.iter().map(|&used| used.to_owned()).collect(),
        };
        let packages = [
            package("registrar-sip", "src-tauri/crates/sip/", &["serde"]),
            package("registrar-app", "src-tauri/crates/app/", &["registrar-sip"]),
            package("sip-registrar-setup", "src-tauri/", &["registrar-app"]),
            package("acceptance", "tests/", &["registrar-app"]),
            package("xtask", "src-tauri/xtask/", &["serde_json"]),
        ];
        let files: Vec<String> = files.iter().map(|&file| file.to_owned()).collect();
        plan_of(&files, &packages)
    }
}
