//! Creates credentials, one batch per request.
//!
//! A row is settled when the account has exactly its credential, or when it was definitely refused.
//! Whatever a response leaves open is looked up, row by row, before anything is sent again.

mod open;
mod refusal;
mod single;
#[cfg(test)]
mod tests;

use self::open::Open;
use self::refusal::{exists, is_of_realm, is_too_much};
pub(super) use self::single::{Made, make};
use super::lookup;
use super::outcome::{Kind, Outcome};
use super::passwords::{Line, name_of};
use super::reason::Reason;
use super::run::{Interruption, Run};
use super::step::{Action, Secret, Step};
use super::throttle::{NoAnswer, Said};
use registrar_bandwidth::dashboard::{
    ApplicationId, Created, Credential, NameUse, NewCredential, RealmId, Remedy, Scope,
};
use registrar_digest::Hashes;
use registrar_secret::SipPassword;

/// Max attempts for a row that the API's response doesn't mention.
const TRIES: u32 = 3;

/// A row in progress.
pub(super) struct Ready {
    pub(super) row: u64,
    pub(super) step: Step,
    realm: RealmId,
    application: Option<ApplicationId>,
    /// The hashes to send; `None` until a password was generated.
    hashes: Option<Hashes>,
    /// The generated password.
    password: Option<SipPassword>,
    makes_password: bool,
    /// Hashes that an earlier run of this job may have sent.
    earlier: Vec<Hashes>,
    tries: u32,
}

/// Outcomes of settled rows that aren't in the journal yet.
pub(super) type Ended = Vec<(u64, Outcome)>;

/// Settles a batch of rows of one scope. Set `unknown` if requests for some may have been sent
/// before.
pub(super) async fn batch(
    run: &Run<'_>,
    scope: Scope,
    rows: Vec<(u64, Step)>,
    unknown: bool,
    ended: &mut Ended,
) -> Result<(), Interruption> {
    let mut ready: Vec<Ready> = (rows.into_iter())
        .filter_map(|(row, step)| Ready::of(run, row, step))
        .collect();
    if unknown {
        ready = found(run, ready, false, ended).await?;
    }
    if run.ending {
        ended.extend(
            ready
                .iter()
                .map(|one| (one.row, Outcome::of(Kind::NotDone))),
        );
        return Ok(());
    }
    if ready.is_empty() {
        return Ok(());
    }
    begin(run, &mut ready).await?;
    let mut waiting = vec![ready];
    while let Some(mut batch) = waiting.pop() {
        let most = run.most_at_once().min(batch.len());
        waiting.extend(some(batch.split_off(most)));
        let new = new_credentials(&batch, ended);
        batch.retain(|one| ended.iter().all(|(row, _)| *row != one.row));
        if batch.is_empty() {
            continue;
        }
        match send(run, scope, &new).await {
            Ok(Said::Done(created)) => {
                let left = settle(run, batch, created, ended).await?;
                waiting.extend(some(left));
            }
            Ok(Said::Refused(refusal)) if batch.len() > 1 && is_too_much(&refusal) => {
                run.found_most(batch.len() / 2).await?;
                waiting.push(batch);
            }
            // One row may cause the whole request to be refused; splitting it in half finds out
            // which.
            Ok(Said::Refused(refusal)) if batch.len() > 1 && !is_of_realm(&refusal) => {
                let half = batch.split_off(batch.len() / 2);
                waiting.extend([half, batch]);
            }
            Ok(Said::Refused(refusal)) => {
                let outcome = Outcome::refused(Reason::from(&refusal));
                ended.extend(batch.iter().map(|one| (one.row, outcome.clone())));
            }
            Err(NoAnswer::Unknown) => {
                let left = found(run, batch, false, ended).await?;
                waiting.extend(some(left));
            }
            Err(halt) => return Err(halt.into()),
        }
    }
    Ok(())
}

/// Sends the request that creates credentials. It is the only such request in a job.
async fn send(
    run: &Run<'_>,
    scope: Scope,
    new: &[NewCredential],
) -> Result<Said<Created>, NoAnswer> {
    let create = || run.dashboard.create_credentials(scope, new);
    run.throttle.send(create).await
}

fn some(rows: Vec<Ready>) -> Option<Vec<Ready>> {
    (!rows.is_empty()).then_some(rows)
}

impl Ready {
    fn of(run: &Run<'_>, row: u64, step: Step) -> Option<Self> {
        let Action::Create {
            realm,
            application,
            secret,
        } = &step.action
        else {
            return None;
        };
        let (realm, application) = (*realm, application.clone());
        let (hashes, password, makes_password) = match secret {
            Secret::Given(hashes) => (Some(hashes.clone()), None, false),
            Secret::ToMake => {
                let password = run.password_held(&name_of(&step));
                let made = |password| Hashes::make(&step.composite(), &step.realm, password);
                (password.as_ref().map(made), password, true)
            }
        };
        Some(Self {
            row,
            realm,
            application,
            hashes,
            password,
            makes_password,
            earlier: run.made_before(row),
            tries: 0,
            step,
        })
    }

    /// Judges what was found under the name of this row.
    fn name_use(&self, found: Option<Credential>) -> NameUse {
        let repaired = (self.password.as_ref().zip(found.as_ref()))
            .map(|(password, found)| Hashes::make(&found.composite(), &found.realm, password));
        let sent = [&self.hashes, &repaired].into_iter().flatten();
        NameUse::of(found, sent.chain(&self.earlier))
    }

    fn new_credential(&self) -> Result<NewCredential, Reason> {
        let Step {
            user_name,
            domain,
            realm,
            ..
        } = &self.step;
        let names = (user_name.as_str(), domain.as_deref());
        let application = self.application.clone();
        let hashes = self.hashes.clone().ok_or(Reason::NoPassword)?;
        Ok(NewCredential::parse(names, realm, hashes, application)?)
    }

    pub(super) fn line<'a>(&'a self, password: &'a SipPassword) -> Line<'a> {
        Line {
            user_name: &self.step.user_name,
            domain: self.step.domain.as_deref(),
            realm: &self.step.realm,
            password,
            application: self.application.as_ref().map(ApplicationId::as_str),
        }
    }
}

/// Generates missing passwords, and writes rows and passwords to disk.
async fn begin(run: &Run<'_>, ready: &mut [Ready]) -> Result<(), Interruption> {
    let mut fresh = Vec::new();
    for (place, one) in ready.iter_mut().enumerate() {
        if one.makes_password && one.password.is_none() {
            let password = SipPassword::make();
            let composite = one.step.composite();
            one.hashes = Some(Hashes::make(&composite, &one.step.realm, &password));
            one.password = Some(password);
            fresh.push(place);
        }
    }
    let begun = ready.iter().map(|one| {
        let made = one.hashes.as_ref().filter(|_| one.makes_password);
        (one.row, made)
    });
    run.begin(begun).await?;
    let lines = fresh
        .iter()
        .filter_map(|place| ready.get(*place))
        .filter_map(|one| Some(one.line(one.password.as_ref()?)))
        .collect();
    run.write_passwords(lines).await
}

/// Returns the credentials to send. A row that can't be sent is refused.
fn new_credentials(batch: &[Ready], ended: &mut Ended) -> Vec<NewCredential> {
    let mut new = Vec::with_capacity(batch.len());
    for one in batch {
        match one.new_credential() {
            Ok(credential) => new.push(credential),
            Err(why) => ended.push((one.row, Outcome::refused(why))),
        }
    }
    new
}

/// Settles the rows that a response mentions. Returns those to send again.
async fn settle(
    run: &Run<'_>,
    batch: Vec<Ready>,
    created: Created,
    ended: &mut Ended,
) -> Result<Vec<Ready>, Interruption> {
    let mut open = Open::of(batch);
    for made in created.made {
        if let Some(one) = open.take_made(&made) {
            let outcome = echo(run, &one, made).await?;
            ended.push((one.row, outcome));
        }
    }
    let mut exist = Vec::new();
    for refused in created.refused {
        if let Some(one) = open.take_refused(&refused) {
            if exists(&refused.refusal) {
                exist.push(one);
            } else {
                let outcome = Outcome::refused(Reason::from(&refused.refusal));
                ended.push((one.row, outcome));
            }
        }
    }
    found(run, exist, true, ended).await?;
    let mut unsaid = open.rest();
    for one in &mut unsaid {
        one.tries += 1;
    }
    let left = found(run, unsaid, false, ended).await?;
    let (again, given_up): (Vec<_>, Vec<_>) = left.into_iter().partition(|one| one.tries < TRIES);
    ended.extend(
        given_up
            .iter()
            .map(|one| (one.row, Outcome::refused(Reason::Unsaid))),
    );
    Ok(again)
}

/// Looks rows up and settles those that exist. Returns the others, or refuses them if the API said
/// that they exist.
async fn found(
    run: &Run<'_>,
    rows: Vec<Ready>,
    said_to_exist: bool,
    ended: &mut Ended,
) -> Result<Vec<Ready>, Interruption> {
    let wanted: Vec<_> = rows
        .iter()
        .map(|one| (one.realm, one.step.composite()))
        .collect();
    let mut there = lookup::find(run.dashboard, &run.throttle, &wanted).await?;
    let mut missing = Vec::new();
    for (one, name) in rows.into_iter().zip(wanted) {
        match one.name_use(there.remove(&name)) {
            NameUse::Free if said_to_exist => {
                ended.push((one.row, Outcome::refused(Reason::ExistsElsewhere)));
            }
            NameUse::Free => missing.push(one),
            NameUse::Made(credential) => {
                let outcome = if one.makes_password && one.password.is_none() {
                    new_password(run, &one, &credential).await?
                } else {
                    echo(run, &one, credential).await?
                };
                ended.push((one.row, outcome));
            }
            NameUse::Taken(credential) => {
                let outcome = Outcome::refused(taken(&credential));
                ended.push((one.row, outcome));
            }
        }
    }
    Ok(missing)
}

/// Compares what the API stored with what it was sent, and repairs differences that would lock
/// phones out.
async fn echo(run: &Run<'_>, one: &Ready, stored: Credential) -> Result<Outcome, Interruption> {
    let Ok(sent) = one.new_credential() else {
        return Ok(Outcome::of(Kind::Made));
    };
    let remedy = stored.remedy(&sent, one.password.as_ref());
    let renamed = stored.composite() != sent.composite();
    let reason = if renamed {
        Some(Reason::Renamed {
            name: stored.composite(),
        })
    } else {
        let wanted = sent.application_id.as_ref().map(ApplicationId::as_str);
        (!stored.is_at(wanted)).then_some(Reason::OtherApplication)
    };
    let kind = if renamed {
        Kind::MadeRenamed
    } else {
        Kind::Made
    };
    match remedy {
        Remedy::Nothing => return Ok(Outcome { kind, reason }),
        Remedy::Delete => {}
        Remedy::Store(hashes) => {
            if let Some(password) = one.password.as_ref().filter(|_| renamed) {
                run.write_passwords(vec![Line {
                    user_name: &stored.user_name,
                    domain: stored.domain.as_deref(),
                    realm: &stored.realm,
                    password,
                    application: stored.application_id.as_deref(),
                }])
                .await?;
            }
            if super::one::store(run, &stored, &hashes, None)
                .await?
                .is_ok()
            {
                return Ok(Outcome { kind, reason });
            }
        }
    }
    let undone = super::one::delete(run, &stored).await?.is_ok();
    Ok(Outcome::refused(Reason::Useless {
        stored: stored.composite(),
        sent: sent.composite(),
        undone,
    }))
}

/// Sets another password for a credential created by this job, because the first one is lost.
async fn new_password(
    run: &Run<'_>,
    one: &Ready,
    stored: &Credential,
) -> Result<Outcome, Interruption> {
    let password = SipPassword::make();
    let hashes = Hashes::make(&stored.composite(), &stored.realm, &password);
    run.begin([(one.row, Some(&hashes))].into_iter()).await?;
    run.write_passwords(vec![Line {
        user_name: &stored.user_name,
        domain: stored.domain.as_deref(),
        realm: &stored.realm,
        password: &password,
        application: stored.application_id.as_deref(),
    }])
    .await?;
    Ok(match super::one::store(run, stored, &hashes, None).await? {
        Ok(_) => Outcome::of(Kind::Made),
        // It stays, with a password that nobody has, and isn't counted as created.
        Err(reason) => Outcome::refused(reason),
    })
}

/// Returns why a name can't be used again.
fn taken(stored: &Credential) -> Reason {
    if stored.hashes.is_none() {
        return Reason::ExistsUnseen;
    }
    Reason::Exists {
        name: stored.composite(),
    }
}
