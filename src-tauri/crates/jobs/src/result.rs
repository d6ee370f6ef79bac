//! The result file: one line per row of the plan, without secrets.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use super::error::Error;
use super::folder;
use super::outcome::{Kind, Outcomes};
use super::plan::Steps;
use super::problem::RowProblem;
use super::reason::Reason;
use super::step::Action;
use registrar_spreadsheet::{UTF_8_MARK, write_row};
use registrar_storage::own_file;

/// The result file's name in the job's folder.
pub(super) const RESULT: &str = "result.csv";

/// The words of the result file: whoever runs a job has them.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// Names an outcome; a row that has none wasn't done.
    pub outcome: fn(Kind) -> &'static str,
    /// Says why a row of the plan can't be used.
    pub problem: fn(&RowProblem) -> Cow<'static, str>,
    /// Says why a row ended as it did.
    pub reason: fn(&Reason) -> Cow<'static, str>,
}

/// Writes the result file, whole or not at all.
pub(super) fn write(
    folder: &Path,
    steps: &Steps,
    outcomes: &Outcomes,
    wording: Wording,
) -> Result<(), Error> {
    let file = own_file::unfinished(folder).map_err(folder::storage)?;
    let mut file = BufWriter::new(file);
    let mut text = UTF_8_MARK.as_bytes().to_vec();
    let heading = ["line", "user name", "domain", "realm", "outcome", "reason"];
    write_row(&heading, &mut text);
    let mut rows = steps.from(0)?;
    while let Some((row, step)) = rows.next()? {
        let (kind, reason) = match &step.action {
            Action::AlreadyRight => (Kind::AlreadyRight, None),
            Action::Refused { problem } => (Kind::Refused, Some((wording.problem)(problem))),
            Action::Create { .. }
            | Action::Delete { .. }
            | Action::Move { .. }
            | Action::Replace { .. } => {
                let kind = outcomes.kind(row).unwrap_or(Kind::NotDone);
                (kind, outcomes.reason(row).map(wording.reason))
            }
        };
        let line = step.line.to_string();
        let record = [
            line.as_str(),
            &step.user_name,
            step.domain.as_deref().unwrap_or_default(),
            &step.realm,
            (wording.outcome)(kind),
            reason.as_deref().unwrap_or_default(),
        ];
        write_row(&record, &mut text);
        file.write_all(&text).map_err(folder::storage)?;
        text.clear();
    }
    let finished = file
        .write_all(&text)
        .and_then(|()| file.into_inner().map_err(io::IntoInnerError::into_error))
        .and_then(|file| {
            file.as_file().sync_all()?;
            file.persist(folder.join(RESULT))
                .map_err(|failed| failed.error)
        });
    finished.map(|_| ()).map_err(folder::storage)
}
