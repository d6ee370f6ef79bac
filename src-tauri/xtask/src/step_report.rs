//! Shared by all groups of checks: the features, and how failures are shown.

use crate::steps::Ended;

/// One set of features for every build, or cargo would compile everything twice.
pub(crate) const FEATURES: &str = "registrar-app/export-types";

/// Shows the whole output of a step that failed.
pub(crate) fn report(name: &str, ended: &Ended) {
    if !ended.succeeded {
        println!(
            "---- {name} failed ----\n{}\n---- end of {name} ----",
            ended.output.trim_end()
        );
    }
}
