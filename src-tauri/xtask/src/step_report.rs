//! What all groups of checks share: the features, and how a failure is shown.

use crate::steps::Ended;

/// One set of features for everything that is compiled, or cargo compiles it twice.
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
