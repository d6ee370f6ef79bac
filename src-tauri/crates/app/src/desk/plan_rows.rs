//! The rows of an import's plan, searched and returned in ranges, without secrets.

use std::path::PathBuf;

use registrar_activity::Tone;
use registrar_explain::import::{row as problem, warning};
use registrar_import::{Imported, PlanOutcome, Warnings};
use registrar_jobs::{Action, Secret, Step};
use registrar_secret::redact::sanitized_line;

use super::view::{count, float};
use crate::Error;
use crate::ipc::{ListPlan, PlanRow, PlanRows};

/// Maximum number of rows returned at once.
const MOST_AT_ONCE: u32 = 200;
/// Maximum length of a search text, in characters.
const LONGEST_FIND: usize = 200;

/// Longest name that is shown, in characters.
pub(super) const LONGEST: usize = 200;

/// A plan and what it was compared with.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) imported: Imported,
    /// When the list was loaded, in milliseconds since 1970.
    pub(super) compared_at: u64,
    /// All was loaded that the API says there is.
    pub(super) list_is_whole: bool,
    /// Where made passwords are to be written.
    pub(super) passwords: Option<PathBuf>,
    /// The rows that were asked for last.
    pub(super) fitting: Option<Fitting>,
}

/// Which rows fit what was asked for last, so that scrolling does not look for them again.
#[derive(Debug)]
pub(super) struct Fitting {
    outcome: Option<PlanOutcome>,
    needle: String,
    places: Vec<u32>,
}

impl Fitting {
    /// Scans the plan once. Without a search text, this reads one byte per row.
    fn find(
        imported: &Imported,
        outcome: Option<PlanOutcome>,
        needle: String,
    ) -> Result<Self, Error> {
        let warnings = (0..).zip(&imported.warnings);
        let fits = |warnings: &Warnings| outcome.is_none_or(|outcome| warnings.is(outcome));
        let places = if needle.is_empty() {
            warnings
                .filter(|(_, warnings)| fits(warnings))
                .map(|(place, _)| place)
                .collect()
        } else {
            let mut steps = imported.plan.rows(0)?;
            let mut places = Vec::new();
            for (place, warnings) in warnings {
                let Some((_, step)) = steps.next()? else {
                    break;
                };
                if fits(warnings) && holds(&step, *warnings, &needle) {
                    places.push(place);
                }
            }
            places
        };
        Ok(Self {
            outcome,
            needle,
            places,
        })
    }
}

/// Returns whether the displayed part of a row contains a text.
fn holds(step: &Step, warnings: Warnings, needle: &str) -> bool {
    let (_, _, label, what) = told(step);
    let name = step.composite();
    let texts = [name.as_str(), step.realm.as_str(), label];
    let held = |text: &str| text.to_lowercase().contains(needle);
    texts.into_iter().any(held)
        || what.is_some_and(|what| held(&what))
        || warnings.each().map(warning::sentence).any(held)
}

pub(super) fn rows(made: &mut Made, asked: &ListPlan) -> Result<PlanRows, Error> {
    let needle: String = asked.find.trim().chars().take(LONGEST_FIND).collect();
    let needle = needle.to_lowercase();
    let imported = &made.imported;
    let before = made.fitting.take();
    let same = |found: &Fitting| found.outcome == asked.outcome && found.needle == needle;
    let fitting = match before.filter(same) {
        Some(found) => found,
        None => Fitting::find(imported, asked.outcome, needle)?,
    };
    let fitting = made.fitting.insert(fitting);
    let window = fitting
        .places
        .iter()
        .skip(asked.offset as usize)
        .take(asked.count.min(MOST_AT_ONCE) as usize);
    let mut rows = Vec::new();
    let mut reader = None;
    for place in window.map(|place| u64::from(*place)) {
        let warnings = usize::try_from(place).ok();
        let warnings = warnings.and_then(|place| imported.warnings.get(place));
        // Consecutive rows are read sequentially; for others, the reader seeks.
        let mut steps = match reader.take() {
            Some((next, steps)) if next == place => steps,
            _ => imported.plan.rows(place)?,
        };
        if let (Some((_, step)), Some(warnings)) = (steps.next()?, warnings) {
            rows.push(row(&step, *warnings));
        }
        reader = Some((place + 1, steps));
    }
    Ok(PlanRows {
        offset: asked.offset,
        total: count(fitting.places.len()),
        rows,
    })
}

pub(super) fn row(step: &Step, warnings: Warnings) -> PlanRow {
    let (outcome, tone, label, what) = told(step);
    let notes = warnings.each().map(warning::sentence);
    let parts = what.into_iter().chain(notes.map(str::to_owned));
    let detail: Vec<String> = parts.collect();
    PlanRow {
        line: float(step.line),
        user_name: sanitized_line(&step.user_name, LONGEST),
        domain: sanitized_line(step.domain.as_deref().unwrap_or_default(), LONGEST),
        realm: sanitized_line(&step.realm, LONGEST),
        outcome,
        tone,
        label: label.to_owned(),
        detail: detail.join(" "),
    }
}

fn told(step: &Step) -> (PlanOutcome, Tone, &'static str, Option<String>) {
    match &step.action {
        Action::AlreadyRight => (PlanOutcome::Right, Tone::Plain, "Already right", None),
        Action::Create { secret, .. } => {
            let password = match secret {
                Secret::Given(_) => None,
                Secret::ToMake => Some("A password will be generated for it.".to_owned()),
            };
            (PlanOutcome::Create, Tone::Good, "Create", password)
        }
        Action::Refused { problem } => (
            PlanOutcome::Refused,
            Tone::Bad,
            "Refused",
            Some(problem::kept(problem).into_owned()),
        ),
        Action::Replace { application, .. } => {
            let what = match application {
                Some(_) => "Its password and its voice application will change.",
                None => "Its password will change.",
            };
            (
                PlanOutcome::Change,
                Tone::Wait,
                "Change",
                Some(what.to_owned()),
            )
        }
        Action::Move { .. } => (
            PlanOutcome::Change,
            Tone::Wait,
            "Change",
            Some("Its voice application will change.".to_owned()),
        ),
        Action::Delete { .. } => (PlanOutcome::Change, Tone::Wait, "Delete", None),
    }
}

#[cfg(test)]
mod tests {
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::desk::Desk;
    use crate::desk::fixture::{load, practice};

    fn ask(find: &str, outcome: Option<PlanOutcome>) -> ListPlan {
        ListPlan {
            offset: 0,
            count: 10,
            outcome,
            find: find.to_owned(),
        }
    }

    fn found(desk: &Desk, find: &str, outcome: Option<PlanOutcome>) -> Vec<String> {
        let rows = desk.plan_rows(&ask(find, outcome)).unwrap();
        rows.rows.into_iter().map(|row| row.user_name).collect()
    }

    #[tokio::test]
    async fn rows_are_found_by_name_realm_and_remark_not_by_password() {
        let (folder, desk) = practice().await;
        load(&desk).await;
        let file = folder.path().join("people.csv");
        let text = "User name,Domain,Realm,Password\nbob,Lobby.example,,canary-7f3a\nANNA2,,,\n\
                    bad name,,,canary-7f3a\nreception,,,\n";
        std::fs::write(&file, text).unwrap();
        desk.choose_import(file);
        let stop = CancellationToken::new();
        desk.read_import(&stop, &|_| {}).await.unwrap();

        for (find, outcome, names) in [
            ("", None, &["bob", "ANNA2", "bad name", "reception"][..]),
            ("", Some(PlanOutcome::Create), &["bob", "ANNA2"]),
            (" anna2 ", None, &["ANNA2"]),
            ("bob@lobby", None, &["bob"]),
            (
                "OFFICE.1a2b3c",
                Some(PlanOutcome::Create),
                &["bob", "ANNA2"],
            ),
            ("password will be generated", None, &["ANNA2"]),
            ("refused", None, &["bad name"]),
            ("letters a to z", Some(PlanOutcome::Create), &[]),
            ("canary-7f3a", None, &[]),
        ] {
            assert_eq!(found(&desk, find, outcome), names, "{find} {outcome:?}");
        }
        let second = ListPlan {
            offset: 1,
            ..ask("office", Some(PlanOutcome::Create))
        };
        let second = desk.plan_rows(&second).unwrap();
        assert_eq!((second.total, second.rows.len()), (2, 1));
        assert_eq!(second.rows[0].user_name, "ANNA2");
    }
}
