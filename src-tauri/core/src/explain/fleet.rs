//! What many checks found, in plain words.

use super::registration;
use crate::activity::Tone;
use crate::explain::{FleetProgress, FleetReport};
use crate::sip::fleet::{Blocked, Ended, FleetOutcome};

/// Turns the end of one check of many into what the window shows.
#[must_use]
pub fn progress(ended: &Ended<'_>) -> FleetProgress {
    let words = registration::verdict(ended.request, &ended.outcome.verdict);
    FleetProgress {
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
pub fn report(outcome: &FleetOutcome) -> FleetReport {
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
    FleetReport {
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
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn each_end_says_what_was_checked_and_what_was_not() {
        for (accepted, not_accepted, not_checked, tone, sentence) in [
            (3, 0, 0, Tone::Good, "All 3 that were checked are accepted."),
            (
                2,
                1,
                0,
                Tone::Wait,
                "Of 3 that were checked, 2 are accepted and 1 are not.",
            ),
            (
                0,
                4,
                0,
                Tone::Wait,
                "None of the 4 that were checked is accepted.",
            ),
            (
                5,
                0,
                7,
                Tone::Wait,
                "Stopped. All 5 that were checked are accepted; 7 were not checked.",
            ),
            (
                0,
                0,
                7,
                Tone::Wait,
                "Stopped. None was checked; 7 were not checked.",
            ),
        ] {
            let report = report(&FleetOutcome {
                accepted,
                not_accepted,
                not_checked,
                stopped: not_checked,
                blocked: None,
                took: Duration::from_millis(1500),
            });

            assert_eq!((report.tone, report.sentence.as_str()), (tone, sentence));
        }
    }
}
