//! What many checks found, in plain words.

use super::registration;
use crate::{BatchCheckProgress, BatchCheckReport};
use registrar_activity::Tone;
use registrar_user_agent::batch_check::{BatchCheckOutcome, Blocked, Ended};

/// Turns the end of one check of many into what the window shows.
#[must_use]
pub fn progress(ended: &Ended<'_>) -> BatchCheckProgress {
    let words = registration::verdict(ended.request, &ended.outcome.verdict);
    BatchCheckProgress {
        index: number(ended.index),
        done: number(ended.done),
        total: number(ended.total),
        tone: words.tone,
        sentence: words.sentence,
        bindings: ended.outcome.bindings.clone(),
    }
}

/// Turns the end of all into what the window shows.
#[must_use]
pub fn report(outcome: &BatchCheckOutcome) -> BatchCheckReport {
    let (accepted, others) = (outcome.accepted, outcome.not_accepted);
    let checked = accepted + others;
    let found = match (accepted, others) {
        (0, 0) => "None was checked".to_owned(),
        (all, 0) => format!("All {all} that were checked are accepted"),
        (0, none) => format!("None of the {none} that were checked is accepted"),
        (some, others) => {
            format!("Of {checked} that were checked, {some} are accepted and {others} are not")
        }
    };
    let stopped = match outcome.blocked {
        Some(why) => blocked(why),
        None if outcome.stopped > 0 => "Stopped. ",
        None => "",
    };
    let (tone, sentence) = match outcome.not_checked {
        0 if others == 0 && accepted > 0 => (Tone::Good, format!("{found}.")),
        0 => (Tone::Wait, format!("{found}.")),
        left => (
            Tone::Wait,
            format!("{stopped}{found}; {left} were not checked."),
        ),
    };
    BatchCheckReport {
        accepted: number(accepted),
        not_accepted: number(others),
        not_checked: number(outcome.not_checked),
        sentence,
        tone,
        took_ms: outcome.took.as_secs_f64() * 1000.0,
    }
}

/// Says why some of a batch were not checked, as the beginning of its end's words.
#[must_use]
pub fn blocked(why: Blocked) -> &'static str {
    match why {
        Blocked::Broken => "A part of the app broke; Home has a report of it. ",
        Blocked::Refusing => {
            "Stopped: the registrar answered and then refused everything, so it probably blocks \
             this computer. Wait 10 minutes before you check again. "
        }
        Blocked::Silent => {
            "Stopped: the registrar answered and then stopped, so it probably blocks this \
             computer. Wait 10 minutes before you check again. "
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
