//! Arbitrary values for names and hashes, for round-trip tests.

use proptest::prelude::*;
use proptest::test_runner::Config;
use registrar_bandwidth::dashboard::ApplicationId;

/// Limits the cases so that a property takes at most a second. Failures are shown and not
/// persisted.
pub(crate) fn few(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

pub(crate) use registrar_names::every;

/// A user name that the API accepts, including ones that a spreadsheet would take for a formula.
pub(crate) fn user_name() -> impl Strategy<Value = String> {
    "[-=+!._$&*~]{0,3}[a-zA-Z0-9][a-zA-Z0-9._!$&*+=~-]{0,20}"
}

/// A domain that the API accepts, or none.
pub(crate) fn domain() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("[a-zA-Z0-9][a-zA-Z0-9.-]{0,20}")
}

pub(crate) fn application() -> impl Strategy<Value = Option<ApplicationId>> {
    let id = any::<u128>().prop_map(|id| uuid::Uuid::from_u128(id).into());
    proptest::option::of(id)
}
