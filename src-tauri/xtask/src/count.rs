//! Counts passed and failed checks by parsing the output of the test runners.

use std::iter::Sum;

/// A number of checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Count {
    /// The result of one check.
    pub(crate) fn one(passed: bool) -> Self {
        Self {
            passed: u32::from(passed),
            failed: u32::from(!passed),
        }
    }

    /// Parses the `test result:` lines of `cargo test`. Ignored tests count as failed.
    pub(crate) fn of_cargo_test(output: &str) -> Self {
        let results = output.lines().filter_map(|line| {
            let (_, numbers) = line.split_once("test result: ")?.1.split_once(". ")?;
            let number = |name: &str| -> u32 {
                numbers
                    .split("; ")
                    .find_map(|part| part.strip_suffix(name)?.trim().parse().ok())
                    .unwrap_or(0)
            };
            Some(Self {
                passed: number("passed"),
                failed: number("failed") + number("ignored"),
            })
        });
        results.sum()
    }

    /// Parses the summary of `cargo nextest run`, which also runs ignored tests.
    pub(crate) fn of_nextest(output: &str) -> Self {
        let summary = output.lines().rev().find_map(|line| {
            let (_, numbers) = line.split_once(" run: ")?;
            line.trim_start()
                .starts_with("Summary [")
                .then_some(numbers)
        });
        let mut count = Self::default();
        for part in summary.unwrap_or_default().split(", ") {
            let number = part.split(' ').next().and_then(|text| text.parse().ok());
            let number: u32 = number.unwrap_or(0);
            match part.split(' ').nth(1) {
                Some("passed") => count.passed += number,
                // "failed", "exec failed", "timed out".
                Some("failed" | "exec" | "timed") => count.failed += number,
                // Filtered tests, and qualifiers of passed ones.
                Some(_) | None => {}
            }
        }
        count
    }

    /// Parses the summary of `node --test` in either format: `# pass 3` or `ℹ pass 3`. Skipped,
    /// canceled, and todo tests count as failed.
    pub(crate) fn of_node_test(output: &str) -> Self {
        let number = |name: &str| -> u32 {
            output
                .lines()
                .filter_map(|line| line.strip_prefix("# ").or(line.strip_prefix("ℹ ")))
                .filter_map(|line| line.strip_prefix(name)?.trim().parse::<u32>().ok())
                .sum()
        };
        Self {
            passed: number("pass "),
            failed: ["fail ", "cancelled ", "skipped ", "todo "]
                .map(number)
                .iter()
                .sum(),
        }
    }

    /// Adds what the numbers don't show: a runner that failed without a failed test, or ran none,
    /// is a failure.
    pub(crate) fn of_runner(self, succeeded: bool) -> Self {
        let silent = (!succeeded && self.failed == 0) || self == Self::default();
        Self {
            passed: self.passed,
            failed: self.failed + u32::from(silent),
        }
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, count| Self {
            passed: sum.passed + count.passed,
            failed: sum.failed + count.failed,
        })
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: u32, failed: u32) -> Count {
        Count { passed, failed }
    }

    #[test]
    fn the_results_of_all_test_binaries_are_added_up() {
        let output = "\
running 2 tests
test a ... ok
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s

     Running unittests src/main.rs
test b ... FAILED
test result: FAILED. 10 passed; 1 failed; 0 ignored; 0 measured; 3 filtered out; finished in 1.02s
";

        assert_eq!(Count::of_cargo_test(output), count(12, 1));
    }

    #[test]
    fn an_ignored_test_did_not_pass() {
        let output = "test result: ok. 1 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s";

        assert_eq!(Count::of_cargo_test(output), count(1, 2));
    }

    #[test]
    fn the_summary_of_nextest_is_read() {
        let of = |summary: &str| {
            Count::of_nextest(&format!("  PASS a\n     Summary [   0.01s] {summary}\n"))
        };

        assert_eq!(of("33 tests run: 33 passed, 0 skipped"), count(33, 0));
        assert_eq!(
            of("1 test run: 1 passed (1 slow, 1 leaky), 8 skipped"),
            count(1, 0)
        );
        assert_eq!(
            of("9/10 tests run: 6 passed, 2 failed, 1 timed out, 0 skipped"),
            count(6, 3)
        );
        assert_eq!(
            of("2 tests run: 1 passed, 1 exec failed, 0 skipped"),
            count(1, 1)
        );
        assert_eq!(Count::of_nextest("error: no tests"), count(0, 0));
    }

    #[test]
    fn both_formats_of_node_are_read() {
        let tap = "TAP version 13\nok 1 - a\n1..1\n# tests 4\n# suites 0\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 0\n# todo 0\n";
        let spec = "✔ a (1ms)\nℹ tests 5\nℹ suites 0\nℹ pass 3\nℹ fail 0\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0\n";

        assert_eq!(Count::of_node_test(tap), count(3, 1));
        assert_eq!(Count::of_node_test(spec), count(3, 2));
    }

    #[test]
    fn a_runner_that_crashed_after_its_tests_passed_is_a_failure() {
        assert_eq!(count(3, 0).of_runner(false), count(3, 1));
        assert_eq!(count(3, 2).of_runner(false), count(3, 2));
    }

    #[test]
    fn a_runner_that_ran_nothing_is_a_failure() {
        assert_eq!(Count::of_cargo_test("").of_runner(true), count(0, 1));
        assert_eq!(count(3, 0).of_runner(true), count(3, 0));
    }
}
