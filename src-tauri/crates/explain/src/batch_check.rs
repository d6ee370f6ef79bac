//! Results of batch checks, in plain words.

use registrar_user_agent::batch_check::Blocked;

use crate::message::wait;
use crate::{Notice, Verdict, number};

/// Summarizes a batch check: how many were accepted, not accepted, and not checked, and why it
/// ended early.
#[must_use]
pub fn summary(
    (accepted, others, left): (usize, usize, usize),
    why: Option<Blocked>,
    stopped: bool,
) -> String {
    let written = |count: usize| number::grouped(count as u64);
    let found = match (accepted, others) {
        (0, 0) => "No credential was checked.".to_owned(),
        (1, 0) => "1 credential was checked and accepted.".to_owned(),
        (all, 0) => format!("All {} checked credentials were accepted.", written(all)),
        (0, 1) => "1 credential was checked and not accepted.".to_owned(),
        (0, none) => format!(
            "None of the {} checked credentials was accepted.",
            written(none)
        ),
        (some, others) => format!(
            "{} credentials were checked: {} accepted, {} not accepted.",
            written(some + others),
            written(some),
            written(others)
        ),
    };
    let ended = match why {
        _ if left == 0 => None,
        Some(why) => Some(blocked(why)),
        None => stopped.then_some("Stopped."),
    };
    let missed = match left {
        0 => None,
        1 => Some("1 wasn’t checked.".to_owned()),
        many => Some(format!("{} weren’t checked.", written(many))),
    };
    let said = ended.map(str::to_owned).into_iter();
    let said: Vec<String> = said.chain([found]).chain(missed).collect();
    said.join(" ")
}

/// Says why some of a batch weren't checked, in whole sentences.
#[must_use]
pub fn blocked(why: Blocked) -> &'static str {
    match why {
        Blocked::Broken => "A part of the app stopped working. Home has a report of it.",
        Blocked::Refusing => {
            "Stopped: the registrar answered, then refused everything. It’s probably blocking this \
             computer. Wait 10 minutes before you check again."
        }
        Blocked::Silent => {
            "Stopped: the registrar answered, then went silent. It’s probably blocking this \
             computer. Wait 10 minutes before you check again."
        }
    }
}

/// Why a credential of a batch can't be checked.
#[derive(Clone, Debug)]
pub enum NotChecked<'a> {
    /// Bandwidth returned no hash for it.
    NoHash,
    /// No address is known for its realm's registrar.
    NoRegistrar {
        /// The realm.
        realm: &'a str,
        /// What stands in the way, if that is known.
        why: Option<Notice>,
    },
}

impl NotChecked<'_> {
    /// Returns the reason in a few words.
    #[must_use]
    pub fn in_few_words(&self) -> &'static str {
        match self {
            Self::NoHash => "No stored hash",
            Self::NoRegistrar { .. } => "Registrar not found",
        }
    }

    /// Says why it wasn't checked and what to do.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::NoHash => wait(
                "Bandwidth returned no hash for this SIP credential, so it can’t be checked \
                 without its password."
                    .to_owned(),
                &[],
                "Replace its password, or check it with the password that the phone uses.",
                &[],
            ),
            Self::NoRegistrar { realm, why } => wait(
                format!("The registrar of the realm {realm} wasn’t found."),
                &[],
                why.as_ref()
                    .map_or("Refresh, and check again.", |why| &why.sentence),
                &[],
            ),
        }
    }
}

#[cfg(test)]
mod tests;
