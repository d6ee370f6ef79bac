//! Changes existing credentials one by one: new hashes, another voice application, deletion.
//!
//! Each is read before it is changed, so that a change that was already made isn't repeated, a
//! change of something else isn't made at all, and changes that others made since the plan aren't
//! overwritten.

use super::create::{self, Ended, Made};
use super::journal::{Moving, Record};
use super::one::{Unread, delete, read, store};
use super::outcome::{Kind, Outcome};
use super::passwords::{Line, name_of};
use super::precondition::Precondition;
use super::reason::{Change, Reason, RowRefusal};
use super::run::{Interruption, Run};
use super::step::{Action, Key, RowHashes, Secret, Step};
use registrar_activity::Service;
use registrar_bandwidth::dashboard::{ApplicationId, NewCredential};
use registrar_digest::{Hashes, StoredHashes};
use registrar_http::Refusal;
use registrar_secret::SipPassword;

/// Settles rows that change existing credentials.
pub(super) async fn rows(
    run: &Run<'_>,
    rows: Vec<(u64, Step)>,
    ended: &mut Ended,
) -> Result<(), Interruption> {
    let mut passwords: Vec<Option<SipPassword>> = Vec::with_capacity(rows.len());
    let mut hashes: Vec<Option<Hashes>> = Vec::with_capacity(rows.len());
    let mut fresh = Vec::new();
    for (place, (_, step)) in rows.iter().enumerate() {
        let held = step
            .makes_password()
            .then(|| run.password_held(&name_of(step)));
        let password = held.map(|held| {
            held.unwrap_or_else(|| {
                fresh.push(place);
                SipPassword::make()
            })
        });
        let made = password
            .as_ref()
            .map(|password| Hashes::make(&step.composite(), &step.realm, password));
        passwords.push(password);
        hashes.push(made);
    }
    if !run.ending {
        let begun = rows.iter().zip(&hashes);
        run.begin(begun.map(|((row, _), made)| (*row, made.as_ref())))
            .await?;
        let lines = fresh.iter().filter_map(|place| {
            let (_, step) = rows.get(*place)?;
            Some(line(step, passwords.get(*place)?.as_ref()?))
        });
        run.write_passwords(lines.collect()).await?;
    }
    for ((row, step), made) in rows.iter().zip(&hashes) {
        let outcome = match &step.action {
            Action::Replace {
                of,
                precondition,
                application,
                secret,
            } => {
                let hashes = match (secret, made) {
                    (Secret::Given(hashes), _) | (Secret::ToMake, Some(hashes)) => hashes,
                    (Secret::ToMake, None) => continue,
                };
                let replacement = Replacement {
                    precondition,
                    hashes,
                    application: application.as_ref(),
                };
                replace(run, *row, step, *of, replacement).await?
            }
            Action::Move {
                of,
                precondition,
                application,
            } => move_to(run, *row, step, (*of, precondition), application).await?,
            Action::Delete { of, precondition } => delete_row(run, step, *of, precondition).await?,
            Action::AlreadyRight | Action::Create { .. } | Action::Refused { .. } => continue,
        };
        ended.push((*row, outcome));
    }
    Ok(())
}

fn line<'a>(step: &'a Step, password: &'a SipPassword) -> Line<'a> {
    let application = match &step.action {
        Action::Replace { application, .. } => application.as_ref(),
        Action::AlreadyRight
        | Action::Create { .. }
        | Action::Delete { .. }
        | Action::Move { .. }
        | Action::Refused { .. } => None,
    };
    Line {
        user_name: &step.user_name,
        domain: step.domain.as_deref(),
        realm: &step.realm,
        password,
        application: application.map(ApplicationId::as_str),
    }
}

/// A credential's new content.
struct Replacement<'a> {
    precondition: &'a Precondition,
    hashes: &'a Hashes,
    application: Option<&'a ApplicationId>,
}

async fn replace(
    run: &Run<'_>,
    row: u64,
    step: &Step,
    of: Key,
    to: Replacement<'_>,
) -> Result<Outcome, Interruption> {
    let Replacement {
        precondition,
        hashes,
        application,
    } = to;
    let stored = match read(run, step, of).await? {
        Ok(stored) => stored,
        Err(unread) => return Ok(unread.into()),
    };
    if stored.has(hashes) && application.is_none_or(|wanted| stored.is_at(Some(wanted.as_str()))) {
        return Ok(Outcome::of(Kind::Replaced));
    }
    if run.ending {
        return Ok(Outcome::of(Kind::NotDone));
    }
    let mut ours = run.made_before(row);
    ours.push(hashes.clone());
    // Hashes stored by an earlier run of this job aren't someone else's change.
    let change = if ours.iter().any(|ours| stored.has(ours)) {
        let other = precondition.application_change(&stored);
        other.map(|change| Change {
            password: false,
            application: Some(change),
        })
    } else {
        precondition.change(&stored)
    };
    if let Some(change) = change {
        return Ok(Outcome::refused(Reason::ChangedSincePlan(change)));
    }
    Ok(match store(run, &stored, hashes, application).await? {
        Ok(stored) if application.is_some_and(|wanted| !stored.is_at(Some(wanted.as_str()))) => {
            Outcome::with(Kind::Replaced, Reason::OtherApplication)
        }
        Ok(_) => Outcome::of(Kind::Replaced),
        Err(reason) => Outcome::refused(reason),
    })
}

async fn delete_row(
    run: &Run<'_>,
    step: &Step,
    of: Key,
    precondition: &Precondition,
) -> Result<Outcome, Interruption> {
    let stored = match read(run, step, of).await? {
        Ok(stored) => stored,
        // It is gone, as intended.
        Err(Unread::Gone) => return Ok(Outcome::of(Kind::Deleted)),
        Err(unread) => return Ok(unread.into()),
    };
    if run.ending {
        return Ok(Outcome::of(Kind::NotDone));
    }
    if let Some(change) = precondition.change(&stored) {
        return Ok(Outcome::refused(Reason::ChangedSincePlan(change)));
    }
    Ok(match delete(run, &stored).await? {
        Ok(()) => Outcome::of(Kind::Deleted),
        Err(reason) => Outcome::refused(reason),
    })
}

async fn move_to(
    run: &Run<'_>,
    row: u64,
    step: &Step,
    (of, precondition): (Key, &Precondition),
    application: &ApplicationId,
) -> Result<Outcome, Interruption> {
    if let Some(moving) = run.moving(row) {
        return make_anew(run, step, of, application, &moving).await;
    }
    let stored = match read(run, step, of).await? {
        Ok(stored) => stored,
        Err(unread) => return Ok(unread.into()),
    };
    if stored.is_at(Some(application.as_str())) {
        return Ok(Outcome::of(Kind::Moved));
    }
    if run.ending {
        return Ok(Outcome::of(Kind::NotDone));
    }
    if let Some(change) = precondition.change(&stored) {
        return Ok(Outcome::refused(Reason::ChangedSincePlan(change)));
    }
    let Some(hashes) = both(stored.hashes.as_ref()) else {
        return Ok(Outcome::refused(Reason::NoHashes));
    };
    if let Err(reason) = store(run, &stored, &hashes, Some(application)).await? {
        return Ok(Outcome::refused(reason));
    }
    // The response may merely echo the request, so what is stored is read back.
    match read(run, step, of).await? {
        Ok(stored) if stored.is_at(Some(application.as_str())) => {
            return Ok(Outcome::of(Kind::Moved));
        }
        Ok(stored) => {
            if let Some(change) = precondition.change(&stored) {
                return Ok(Outcome::refused(Reason::ChangedSincePlan(change)));
            }
        }
        Err(unread) => return Ok(unread.into()),
    }
    let from = stored.application_id.clone();
    let record = Record::Moving(row, RowHashes::of(&hashes), from.clone());
    run.journal.append(&record).await?;
    let moving = Moving { hashes, from };
    make_anew(run, step, of, application, &moving).await
}

/// Deletes the credential if it still exists, and creates it again with the same hashes. From here
/// on it continues to the end even if the job is being ended, because a credential that is deleted
/// and not created again would be lost.
async fn make_anew(
    run: &Run<'_>,
    step: &Step,
    of: Key,
    application: &ApplicationId,
    moving: &Moving,
) -> Result<Outcome, Interruption> {
    if let Ok(stored) = read(run, step, of).await? {
        if stored.is_at(Some(application.as_str())) {
            return Ok(Outcome::of(Kind::Moved));
        }
        let before = StoredHashes::from(moving.hashes.clone());
        let precondition = Precondition::of(Some(&before), moving.from.as_deref());
        if let Some(change) = precondition.change(&stored) {
            return Ok(Outcome::refused(Reason::ChangedSincePlan(change)));
        }
        if let Err(reason) = delete(run, &stored).await? {
            return Ok(Outcome::refused(reason));
        }
    }
    let wanted = Some(application.clone());
    let refusal = match make(run, step, of, &moving.hashes, wanted).await? {
        Made::Done => return Ok(Outcome::with(Kind::Moved, Reason::MadeAnew)),
        Made::Taken => return Ok(Outcome::refused(Reason::TakenConcurrently)),
        Made::Refused(refusal) => RowRefusal::from(&refusal),
    };
    let before = moving.from.as_deref();
    let before = before.and_then(|from| ApplicationId::parse(from).ok());
    Ok(match make(run, step, of, &moving.hashes, before).await? {
        Made::Done => Outcome::refused(Reason::PutBack(refusal)),
        Made::Taken => Outcome::refused(Reason::TakenConcurrently),
        Made::Refused(_) => Outcome::refused(Reason::Lost(refusal)),
    })
}

/// Creates a row's deleted credential again, with the hashes it had.
async fn make(
    run: &Run<'_>,
    step: &Step,
    of: Key,
    hashes: &Hashes,
    application: Option<ApplicationId>,
) -> Result<Made, Interruption> {
    let composite = step.composite();
    match NewCredential::parse_composite(&composite, &step.realm, hashes.clone(), application) {
        Ok(new) => create::make(run, of.realm, &new).await,
        Err(_) => Ok(Made::Refused(Refusal::new(Service::Dashboard, 400))),
    }
}

fn both(stored: Option<&StoredHashes>) -> Option<Hashes> {
    let stored = stored?;
    Some(Hashes {
        hash1: stored.hash1.clone(),
        hash1b: stored.hash1b.clone()?,
    })
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
