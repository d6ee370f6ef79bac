//! Why a row of a plan can't be used, in the terms of the plan's creator.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Why a row can't be used. A job stores it for the result file without interpreting it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowProblem(Value);

impl RowProblem {
    /// Stores a problem, which must be serializable to JSON. It must not contain a secret, because
    /// it is stored in the plan and its wording appears in the result file.
    #[must_use]
    pub fn of(problem: &impl Serialize) -> Self {
        Self(serde_json::to_value(problem).unwrap_or_default())
    }

    /// Returns the problem; `None` if it is of another type or from a newer version.
    #[must_use]
    pub fn read<P: DeserializeOwned>(&self) -> Option<P> {
        P::deserialize(&self.0).ok()
    }
}
