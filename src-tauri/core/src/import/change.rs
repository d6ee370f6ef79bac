//! Changes existing credentials one by one: other hashes, another voice application, deletion.
//!
//! Each is read before it is changed, so that a change that was carried out before is not made
//! again and one that names something else is not made at all.

use super::create::Ended;
use super::gate::{NoAnswer, Said};
use super::journal::{Moving, Record};
use super::lookup;
use super::outcome::{Kind, Outcome};
use super::passwords::{Line, name_of};
use super::run::{Halt, Run};
use super::step::{Deed, Key, RowHashes, Secret, Step};
use super::words;
use crate::dashboard::{
    ApplicationId, Credential, CredentialKey, Domain, NewCredential, Scope, UserName,
};
use crate::digest::{Hashes, StoredHashes};
use crate::error::{Refusal, Service};
use crate::secret::SipPassword;

/// How often a deletion is asked for that is promised and not done.
const TRIES: u32 = 20;

/// Settles rows that change existing credentials.
pub(super) async fn rows(
    run: &Run<'_>,
    rows: Vec<(u64, Step)>,
    ended: &mut Ended,
) -> Result<(), Halt> {
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
        let outcome = match &step.deed {
            Deed::Replace {
                of,
                application,
                secret,
            } => {
                let hashes = match (secret, made) {
                    (Secret::Given(hashes), _) | (Secret::ToMake, Some(hashes)) => hashes,
                    (Secret::ToMake, None) => continue,
                };
                replace(run, step, *of, hashes, application.as_ref()).await?
            }
            Deed::Move { of, application } => move_to(run, *row, step, *of, application).await?,
            Deed::Delete { of } => delete_row(run, step, *of).await?,
            Deed::AlreadyRight | Deed::Create { .. } | Deed::Refused { .. } => continue,
        };
        ended.push((*row, outcome));
    }
    Ok(())
}

fn line<'a>(step: &'a Step, password: &'a SipPassword) -> Line<'a> {
    let application = match &step.deed {
        Deed::Replace { application, .. } => application.as_ref(),
        Deed::AlreadyRight
        | Deed::Create { .. }
        | Deed::Delete { .. }
        | Deed::Move { .. }
        | Deed::Refused { .. } => None,
    };
    Line {
        user_name: &step.user_name,
        domain: step.domain.as_deref(),
        realm: &step.realm,
        password,
        application: application.map(ApplicationId::as_str),
    }
}

async fn replace(
    run: &Run<'_>,
    step: &Step,
    of: Key,
    hashes: &Hashes,
    application: Option<&ApplicationId>,
) -> Result<Outcome, Halt> {
    let stored = match read(run, step, of).await? {
        Ok(stored) => stored,
        Err(outcome) => return Ok(outcome),
    };
    if has(&stored, hashes) && application.is_none_or(|wanted| is_at(&stored, wanted)) {
        return Ok(Outcome::of(Kind::Replaced));
    }
    if run.ending {
        return Ok(Outcome::of(Kind::NotDone));
    }
    Ok(match store(run, &stored, hashes, application).await? {
        Ok(stored) if application.is_some_and(|wanted| !is_at(&stored, wanted)) => {
            Outcome::noted(Kind::Replaced, words::OTHER_APPLICATION)
        }
        Ok(_) => Outcome::of(Kind::Replaced),
        Err(refusal) => Outcome::refused(words::refusal(&refusal)),
    })
}

async fn delete_row(run: &Run<'_>, step: &Step, of: Key) -> Result<Outcome, Halt> {
    let stored = match read(run, step, of).await? {
        Ok(stored) => stored,
        // What is gone is what was wanted.
        Err(outcome) if outcome.note == words::GONE => return Ok(Outcome::of(Kind::Deleted)),
        Err(outcome) => return Ok(outcome),
    };
    if run.ending {
        return Ok(Outcome::of(Kind::NotDone));
    }
    Ok(match delete(run, &stored).await? {
        Ok(()) => Outcome::of(Kind::Deleted),
        Err(refusal) => Outcome::refused(words::refusal(&refusal)),
    })
}

async fn move_to(
    run: &Run<'_>,
    row: u64,
    step: &Step,
    of: Key,
    application: &ApplicationId,
) -> Result<Outcome, Halt> {
    if let Some(moving) = run.moving(row) {
        return make_anew(run, step, of, application, &moving).await;
    }
    let stored = match read(run, step, of).await? {
        Ok(stored) => stored,
        Err(outcome) => return Ok(outcome),
    };
    if is_at(&stored, application) {
        return Ok(Outcome::of(Kind::Moved));
    }
    if run.ending {
        return Ok(Outcome::of(Kind::NotDone));
    }
    let Some(hashes) = both(stored.hashes.as_ref()) else {
        return Ok(Outcome::refused(words::NO_HASHES));
    };
    if let Err(refusal) = store(run, &stored, &hashes, Some(application)).await? {
        return Ok(Outcome::refused(words::refusal(&refusal)));
    }
    // The answer may repeat what was sent: what is stored is read back.
    match read(run, step, of).await? {
        Ok(stored) if is_at(&stored, application) => return Ok(Outcome::of(Kind::Moved)),
        Ok(_) => {}
        Err(outcome) => return Ok(outcome),
    }
    let from = stored.application_id.clone();
    let record = Record::Moving(row, RowHashes::of(&hashes), from.clone());
    run.journal.append(&record).await?;
    let moving = Moving { hashes, from };
    make_anew(run, step, of, application, &moving).await
}

/// Deletes the credential where it is still there, and makes it again with the same hashes. From
/// here on it is gone on to the end also where the job is being ended: a credential that is deleted
/// and not made again would be lost.
async fn make_anew(
    run: &Run<'_>,
    step: &Step,
    of: Key,
    application: &ApplicationId,
    moving: &Moving,
) -> Result<Outcome, Halt> {
    if let Ok(stored) = read(run, step, of).await? {
        if is_at(&stored, application) {
            return Ok(Outcome::of(Kind::Moved));
        }
        if let Err(refusal) = delete(run, &stored).await? {
            return Ok(Outcome::refused(words::refusal(&refusal)));
        }
    }
    let wanted = Some(application.clone());
    let refusal = match make(run, step, of, &moving.hashes, wanted).await? {
        Ok(()) => return Ok(Outcome::noted(Kind::Moved, words::MADE_ANEW)),
        Err(refusal) => refusal,
    };
    let before = moving.from.as_deref();
    let before = before.and_then(|from| ApplicationId::parse(from).ok());
    Ok(match make(run, step, of, &moving.hashes, before).await? {
        Ok(()) => Outcome::refused(format!("{} {}", words::refusal(&refusal), words::PUT_BACK)),
        Err(_) => Outcome::refused(format!("{} {}", words::refusal(&refusal), words::LOST)),
    })
}

/// Makes one credential with these hashes, and returns when the account has it.
async fn make(
    run: &Run<'_>,
    step: &Step,
    of: Key,
    hashes: &Hashes,
    application_id: Option<ApplicationId>,
) -> Result<Result<(), Refusal>, Halt> {
    let composite = step.composite();
    let user_name = step.user_name.split('@').next().unwrap_or_default();
    let domain = step
        .domain
        .as_deref()
        .or(step.user_name.split_once('@').map(|(_, domain)| domain));
    let (Ok(user_name), Ok(domain)) = (
        UserName::parse(user_name),
        domain.map(Domain::parse).transpose(),
    ) else {
        return Ok(Err(Refusal::new(Service::Dashboard, 400)));
    };
    let new = [NewCredential {
        user_name,
        domain,
        realm: step.realm.clone(),
        hashes: hashes.clone(),
        application_id,
    }];
    let scope: Scope = new[0].scope(of.realm);
    loop {
        let name = (of.realm, composite.clone());
        let there = lookup::find(run.dashboard, &run.gate, std::slice::from_ref(&name)).await?;
        if there.get(&name).is_some_and(|there| has(there, hashes)) {
            return Ok(Ok(()));
        }
        match run
            .gate
            .send(|| run.dashboard.create_credentials(scope, &new))
            .await
        {
            Ok(Said::Done(mut created)) => match created.refused.pop() {
                Some(refused) if created.made.is_empty() => return Ok(Err(refused.refusal)),
                _ => {}
            },
            Ok(Said::Refused(refusal)) => return Ok(Err(refusal)),
            Err(NoAnswer::Unknown) => {}
            Err(halt) => return Err(halt.into()),
        }
    }
}

/// Reads a credential that a row names, or says why the row cannot be carried out.
async fn read(run: &Run<'_>, step: &Step, of: Key) -> Result<Result<Credential, Outcome>, Halt> {
    let key = CredentialKey::InRealm(of.realm, of.credential);
    let found = run.gate.look(|| run.dashboard.credential(&key)).await?;
    Ok(match found {
        Said::Done(Some(stored)) if stored.composite() == step.composite() => Ok(stored),
        Said::Done(Some(stored)) => Err(Outcome::refused(words::another(&stored))),
        Said::Done(None) => Err(Outcome::refused(words::GONE)),
        Said::Refused(refusal) => Err(Outcome::refused(words::refusal(&refusal))),
    })
}

/// Stores hashes, and returns what the account has then. Storing the same again changes nothing, so
/// what got no answer is sent again unless it is there.
pub(super) async fn store(
    run: &Run<'_>,
    stored: &Credential,
    hashes: &Hashes,
    application: Option<&ApplicationId>,
) -> Result<Result<Credential, Refusal>, Halt> {
    let key = CredentialKey::InRealm(stored.realm_id, stored.id);
    loop {
        match run
            .gate
            .send(|| {
                run.dashboard
                    .replace_credential(stored, hashes, application)
            })
            .await
        {
            Ok(Said::Done(now)) => return Ok(Ok(now)),
            Ok(Said::Refused(refusal)) => return Ok(Err(refusal)),
            Err(NoAnswer::Unknown) => {}
            Err(halt) => return Err(halt.into()),
        }
        let found = run.gate.look(|| run.dashboard.credential(&key)).await?;
        if let Said::Done(Some(now)) = found
            && has(&now, hashes)
            && application.is_none_or(|wanted| is_at(&now, wanted))
        {
            return Ok(Ok(now));
        }
    }
}

/// Deletes a credential, and returns when the account does not have it. Anything with status 200
/// looks like a yes to a deletion, so the account is asked.
pub(super) async fn delete(
    run: &Run<'_>,
    stored: &Credential,
) -> Result<Result<(), Refusal>, Halt> {
    let key = CredentialKey::InRealm(stored.realm_id, stored.id);
    let mut promises = 0;
    loop {
        let refusal = match run
            .gate
            .send(|| run.dashboard.delete_credential(stored))
            .await
        {
            Ok(Said::Done(())) => {
                promises += 1;
                (promises >= TRIES).then(|| Refusal::new(Service::Dashboard, 200))
            }
            Ok(Said::Refused(refusal)) => Some(refusal),
            Err(NoAnswer::Unknown) => None,
            Err(halt) => return Err(halt.into()),
        };
        match run.gate.look(|| run.dashboard.credential(&key)).await? {
            Said::Done(None) => return Ok(Ok(())),
            Said::Done(Some(_)) | Said::Refused(_) => {
                if let Some(refusal) = refusal {
                    return Ok(Err(refusal));
                }
            }
        }
    }
}

fn has(stored: &Credential, hashes: &Hashes) -> bool {
    let stored = stored.hashes.as_ref();
    stored.is_some_and(|stored| stored.matches(hashes))
}

fn is_at(stored: &Credential, application: &ApplicationId) -> bool {
    let stored = stored.application_id.as_deref();
    stored.is_some_and(|stored| stored.eq_ignore_ascii_case(application.as_str()))
}

fn both(stored: Option<&StoredHashes>) -> Option<Hashes> {
    let stored = stored?;
    Some(Hashes {
        hash1: stored.hash1.clone(),
        hash1b: stored.hash1b.clone()?,
    })
}
