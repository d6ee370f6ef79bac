//! Collects all problems of a form at once.

use registrar_explain as explain;
use registrar_explain::FieldProblem;

use crate::Error;

/// Collects the problems of a form's fields.
#[derive(Default)]
pub(crate) struct Problems(Vec<FieldProblem>);

impl Problems {
    /// Returns a field's value, or records its problem.
    pub(crate) fn take<T>(&mut self, field: &str, parsed: Result<T, &'static str>) -> Option<T> {
        parsed
            .map_err(|sentence| self.0.push(FieldProblem::new(field, sentence)))
            .ok()
    }

    /// Returns a name from its field, or records its problem.
    pub(crate) fn take_name<T>(
        &mut self,
        field: &str,
        name: Result<T, impl explain::name::Problem>,
    ) -> Option<T> {
        self.take(field, name.map_err(explain::name::sentence))
    }

    /// Adds a failure's field problems; returns any other failure.
    pub(crate) fn add(&mut self, error: Error) -> Result<(), Error> {
        if let Error::Invalid { problems } = error {
            self.0.extend(problems);
            return Ok(());
        }
        Err(error)
    }

    /// Returns the error with all problems.
    pub(crate) fn into_error(self) -> Error {
        Error::Invalid { problems: self.0 }
    }
}
