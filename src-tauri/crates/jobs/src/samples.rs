//! Sample values for the tests of this crate and its dependents.

use registrar_names::every;

use crate::{ApplicationChange, Change, Reason, RowRefusal};
use registrar_names::NameProblem;

/// Each reason, in every form with its own words; refusals by a status without words of its own,
/// and by one of the API's codes.
#[must_use]
pub fn reasons() -> Vec<Reason> {
    let name = || "bob@phones.example".to_owned();
    let useless = |undone| Reason::Useless {
        stored: "Bob".to_owned(),
        sent: "bob".to_owned(),
        undone,
    };
    let refusal = |status, code| RowRefusal {
        status,
        code,
        diagnosis: None,
        by_api_user: false,
    };
    let refusals = || [refusal(400, None), refusal(400, Some(23018))];
    let still_there = refusal(200, None);
    every!(Reason {
        Reason::Another { .. } => [Reason::Another { name: name() }],
        Reason::ChangedConcurrently => [Reason::ChangedConcurrently],
        Reason::ChangedSincePlan(_) => changes().map(Reason::ChangedSincePlan),
        Reason::EndedEarly => [Reason::EndedEarly],
        Reason::Exists { .. } => [Reason::Exists { name: name() }],
        Reason::ExistsElsewhere => [Reason::ExistsElsewhere],
        Reason::ExistsUnseen => [Reason::ExistsUnseen],
        Reason::Gone => [Reason::Gone],
        Reason::Lost(_) => refusals().map(Reason::Lost),
        Reason::MadeAnew => [Reason::MadeAnew],
        Reason::MadeAnewConcurrently => [Reason::MadeAnewConcurrently],
        Reason::Name(_) => [Reason::Name(NameProblem::UserNameColon)],
        Reason::NoHashes => [Reason::NoHashes],
        Reason::NoPassword => [Reason::NoPassword],
        Reason::OtherApplication => [Reason::OtherApplication],
        Reason::PutBack(_) => refusals().map(Reason::PutBack),
        Reason::Refused(_) => refusals().into_iter().chain([still_there]).map(Reason::Refused),
        Reason::Renamed { .. } => [Reason::Renamed { name: name() }],
        Reason::TakenConcurrently => [Reason::TakenConcurrently],
        Reason::Twice => [Reason::Twice],
        Reason::Unsaid => [Reason::Unsaid],
        Reason::Useless { .. } => [useless(true), useless(false)],
        Reason::Told(_) => [Reason::Told("As an earlier version told it.".to_owned())],
    })
}

fn changes() -> [Change; 3] {
    let application = Some(ApplicationChange {
        before: Some("5ba6761d-36bd-4307-8f7b-a6f806c35abf".to_owned()),
        now: None,
    });
    [
        Change {
            password: true,
            application: None,
        },
        Change {
            password: false,
            application: application.clone(),
        },
        Change {
            password: true,
            application,
        },
    ]
}
