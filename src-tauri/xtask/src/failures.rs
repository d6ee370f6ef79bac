//! Recognizes failures in a test runner's output, so that they are shown as they happen.

/// What runs the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runner {
    /// `cargo test`: names a failure at once, with details at the end of each program.
    Cargo,
    /// `cargo nextest run`, showing failures only.
    Nextest,
    /// `node --test`, in either of its formats.
    Node,
}

/// Processes a runner's lines in order.
#[derive(Debug)]
pub(crate) struct Failures {
    runner: Runner,
    /// Whether the previous line belongs to an unfinished failure.
    within: bool,
}

impl Failures {
    pub(crate) fn of(runner: Runner) -> Self {
        Self {
            runner,
            within: false,
        }
    }

    /// Returns whether this line is part of a failure.
    pub(crate) fn shows(&mut self, line: &str) -> bool {
        match self.runner {
            Runner::Cargo => self.shows_of_cargo(line),
            Runner::Nextest => self.shows_of_nextest(line),
            Runner::Node => self.shows_of_node(line),
        }
    }

    fn shows_of_cargo(&mut self, line: &str) -> bool {
        if line.starts_with("test result: ") {
            self.within = false;
            return line.starts_with("test result: FAILED");
        }
        if line == "failures:" || line.starts_with("error") {
            self.within = true;
        }
        let ended_badly = line.starts_with("test ")
            && [" ... FAILED", " ... ignored"]
                .iter()
                .any(|end| line.ends_with(end));
        self.within || ended_badly
    }

    fn shows_of_nextest(&mut self, line: &str) -> bool {
        let begins = |words: &[&str]| words.iter().any(|word| line.trim_start().starts_with(word));
        if begins(&["Summary [", "Nextest run ID", "Starting ", "Finished `"]) {
            self.within = false;
        } else if begins(&["FAIL [", "SIG", "TIMEOUT [", "ABORT [", "error", "TRY "]) {
            self.within = true;
        }
        self.within
    }

    fn shows_of_node(&mut self, line: &str) -> bool {
        let text = line.trim_start();
        if text.starts_with("not ok ") || text.starts_with('✖') {
            self.within = true;
        } else if self.within
            && (text.starts_with("ok ") || text.starts_with('✔') || text.starts_with("# "))
        {
            self.within = false;
        }
        self.within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_failures_are_shown_with_their_reasons() {
        let output = "\
   Compiling xtask v0.1.0
     Running unittests src/main.rs
running 3 tests
test a ... ok
test b ... FAILED
test c ... ok

failures:

---- b stdout ----
left: 1

failures:
    b

test result: FAILED. 2 passed; 1 failed; 0 ignored
     Running tests/x.rs
test result: ok. 1 passed; 0 failed; 0 ignored
";
        let shown = shown(Runner::Cargo, output);

        assert!(shown.starts_with("test b ... FAILED\nfailures:\n\n---- b stdout ----\nleft: 1"));
        assert!(
            shown.ends_with("test result: FAILED. 2 passed; 1 failed; 0 ignored"),
            "{shown}"
        );
    }

    #[test]
    fn nextests_failures_are_shown_with_their_reasons() {
        let output = "\
    Finished `test` profile
 Nextest run ID 1 with nextest profile: default
    Starting 3 tests across 1 binary
        FAIL [   0.005s] (1/3) xtask b
  stdout ───
    left: 1
     Summary [   0.010s] 3 tests run: 2 passed, 1 failed, 0 skipped
";
        let shown = shown(Runner::Nextest, output);

        assert_eq!(shown.lines().count(), 3, "{shown}");
        assert!(
            shown.contains("left: 1") && !shown.contains("Summary"),
            "{shown}"
        );
    }

    #[test]
    fn nodes_failures_are_shown_with_their_reasons() {
        let output = "\
TAP version 13
# Subtest: a
ok 1 - a
  ---
  ...
# Subtest: b
not ok 2 - b
  ---
  error: '1 == 2'
  ...
# Subtest: c
ok 3 - c
# fail 1
";
        let shown = shown(Runner::Node, output);

        assert_eq!(shown, "not ok 2 - b\n  ---\n  error: '1 == 2'\n  ...");
    }

    #[test]
    fn a_program_that_does_not_compile_is_shown() {
        for runner in [Runner::Cargo, Runner::Nextest] {
            let shown = shown(
                runner,
                "   Compiling a\nerror[E0507]: moved\n --> src/lib.rs\n",
            );
            assert_eq!(shown, "error[E0507]: moved\n --> src/lib.rs", "{runner:?}");
        }
    }

    fn shown(runner: Runner, output: &str) -> String {
        let mut failures = Failures::of(runner);
        let lines = output.lines().filter(|line| failures.shows(line));
        lines.collect::<Vec<_>>().join("\n")
    }
}
