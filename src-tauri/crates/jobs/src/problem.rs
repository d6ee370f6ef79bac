//! Why a row of a plan can't be used, in the terms of the plan's creator.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Why a row can't be used. A job keeps it for the result file and doesn't look into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowProblem(Value);

impl RowProblem {
    /// Keeps a problem, which has to be of a type that JSON can hold. No secret may be in it: it lies in
    /// the plan, and its words stand in the result file.
    #[must_use]
    pub fn of(problem: &impl Serialize) -> Self {
        Self(serde_json::to_value(problem).unwrap_or_default())
    }

    /// Returns the problem; `None` where it is of another type, or one of a newer version.
    #[must_use]
    pub fn read<P: DeserializeOwned>(&self) -> Option<P> {
        P::deserialize(&self.0).ok()
    }
}
