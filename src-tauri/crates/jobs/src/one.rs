//! An existing credential is read, given new hashes, or deleted, until the outcome is certain.
//!
//! The API has no conditional requests, so each credential is read right before it is changed, and
//! again if no response arrived. Any state that is neither the previous nor the intended one is
//! someone else's change, and is left alone.

use super::lookup;
use super::outcome::Outcome;
use super::reason::Reason;
use super::run::{Interruption, Run};
use super::step::{Key, Step};
use super::throttle::{NoAnswer, Said};
use registrar_activity::Service;
use registrar_bandwidth::dashboard::{
    ApplicationId, Credential, CredentialKey, Difference, Snapshot,
};
use registrar_digest::Hashes;
use registrar_http::Refusal;

/// How often a deletion is asked for that is promised and not done.
const TRIES: u32 = 20;

/// Why a row cannot be carried out.
pub(super) enum Unread {
    /// The account does not have it, under its number or its name.
    Gone,
    /// It is something else by now, or the API refuses to show it.
    Refused(Reason),
}

impl From<Unread> for Outcome {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Gone => Self::refused(Reason::Gone),
            Unread::Refused(reason) => Self::refused(reason),
        }
    }
}

/// Reads a credential that a row names, or says why the row cannot be carried out.
pub(super) async fn read(
    run: &Run<'_>,
    step: &Step,
    of: Key,
) -> Result<Result<Credential, Unread>, Interruption> {
    let key = CredentialKey::InRealm(of.realm, of.credential);
    let found = run.throttle.look(|| run.dashboard.credential(&key)).await?;
    let refused = match found {
        Said::Done(Some(stored)) if stored.composite() == step.composite() => {
            return Ok(Ok(stored));
        }
        Said::Done(Some(stored)) => Reason::Another {
            name: stored.composite(),
        },
        Said::Done(None) => {
            let name = (of.realm, step.composite());
            let there =
                lookup::find(run.dashboard, &run.throttle, std::slice::from_ref(&name)).await?;
            if there.is_empty() {
                return Ok(Err(Unread::Gone));
            }
            Reason::MadeAnewConcurrently
        }
        Said::Refused(refusal) => Reason::from(&refusal),
    };
    Ok(Err(Unread::Refused(refused)))
}

/// Stores hashes, and returns the account's new state, or why it failed. A request without a
/// response is sent again as long as the credential is unchanged.
pub(super) async fn store(
    run: &Run<'_>,
    stored: &Credential,
    hashes: &Hashes,
    application: Option<&ApplicationId>,
) -> Result<Result<Credential, Reason>, Interruption> {
    let key = CredentialKey::InRealm(stored.realm_id, stored.id);
    loop {
        match run
            .throttle
            .send(|| {
                run.dashboard
                    .replace_credential(stored, hashes, application)
            })
            .await
        {
            Ok(Said::Done(now)) => return Ok(Ok(now)),
            Ok(Said::Refused(refusal)) => return Ok(Err(Reason::from(&refusal))),
            Err(NoAnswer::Unknown) => {}
            Err(halt) => return Err(halt.into()),
        }
        match run.throttle.look(|| run.dashboard.credential(&key)).await? {
            Said::Done(Some(now)) => {
                let arrived = now.has(hashes);
                if arrived && application.is_none_or(|wanted| now.is_at(Some(wanted.as_str()))) {
                    return Ok(Ok(now));
                }
                let differences = Snapshot::from(stored).differences(&now);
                // Only the application may be still to come.
                let half = arrived && differences == [Difference::Hashes];
                if !(differences.is_empty() || half) {
                    return Ok(Err(Reason::ChangedConcurrently));
                }
            }
            Said::Done(None) => return Ok(Err(Reason::Gone)),
            Said::Refused(_) => {}
        }
    }
}

/// Deletes a credential, and returns when the account does not have it. Anything with status 200
/// looks like a yes to a deletion, so the account is asked.
pub(super) async fn delete(
    run: &Run<'_>,
    stored: &Credential,
) -> Result<Result<(), Reason>, Interruption> {
    let key = CredentialKey::InRealm(stored.realm_id, stored.id);
    let mut promises = 0;
    loop {
        let refusal = match run
            .throttle
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
        let there = run.throttle.look(|| run.dashboard.credential(&key)).await?;
        if let Said::Done(None) = there {
            return Ok(Ok(()));
        }
        if let Some(refusal) = refusal {
            return Ok(Err(Reason::from(&refusal)));
        }
        if let Said::Done(Some(now)) = there
            && !Snapshot::from(stored).differences(&now).is_empty()
        {
            return Ok(Err(Reason::ChangedConcurrently));
        }
    }
}

#[cfg(test)]
#[path = "one_tests.rs"]
mod tests;
