//! Loads an account's realms and SIP credentials: the pages of each realm by following the API's
//! links, several realms concurrently.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use registrar_bandwidth::dashboard::{Credential, Dashboard, Listed, Pages, Realm, RealmId, Scope};
use registrar_http as http;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

use super::list::Merged;
use crate::Error;

/// Number of realms loaded concurrently.
const AT_ONCE: usize = 4;
/// How often a page is requested again after a rate limit, a failure or no response.
const TRIES_MORE: u32 = 2;
/// The default pause before that, and the maximum.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How a realm's list ended.
#[derive(Debug)]
pub(super) enum End {
    /// A page couldn't be loaded.
    Failed(Error),
    /// The limit was reached.
    Full,
    /// Pages repeat or contain nothing new.
    Repeats,
    /// The API says that this is all.
    Whole,
}

/// Receives what is loaded, as it arrives.
pub(super) trait Take: Sync {
    /// The realms, and their counts again after the lists if they differed.
    fn realms(&self, realms: Vec<Realm>);
    /// A page of a realm.
    fn page(&self, realm: RealmId, page: Vec<Credential>) -> Merged;
    /// A realm's list ended.
    fn ended(&self, realm: RealmId, end: End);
    /// Returns whether the API's counts and the list differ anywhere.
    fn differs(&self) -> bool;
}

/// Loads everything, until `stop`. A failure of one realm's list is reported and doesn't affect the
/// others.
pub(super) async fn load(
    dashboard: &Dashboard,
    stop: &CancellationToken,
    into: &impl Take,
) -> Result<(), Error> {
    let realms = tokio::select! {
        biased;
        () = stop.cancelled() => return Err(Error::Cancelled),
        realms = dashboard.check() => realms?,
    };
    let mut waiting: VecDeque<(RealmId, Pages)> = realms
        .iter()
        .map(|realm| (realm.id, dashboard.credential_pages(Scope::Realm(realm.id))))
        .collect();
    into.realms(realms);

    // Each page is a task: realms take turns, and none is delayed by another.
    let mut underway = JoinSet::new();
    let mut realm_of = HashMap::new();
    loop {
        while underway.len() < AT_ONCE
            && let Some((realm, mut pages)) = waiting.pop_front()
        {
            let page = underway.spawn(async move {
                let page = patiently(&mut pages).await;
                (pages, page)
            });
            realm_of.insert(page.id(), realm);
        }
        let joined = tokio::select! {
            biased;
            () = stop.cancelled() => return Err(Error::Cancelled),
            joined = next(&mut underway, &mut realm_of) => joined,
        };
        let Some((realm, joined)) = joined else {
            break;
        };
        let (pages, page) = match joined {
            Ok(one) => one,
            Err(error) => {
                into.ended(realm, End::Failed(error));
                continue;
            }
        };
        match page {
            Ok(Listed::Credentials(credentials)) => {
                let merged = into.page(realm, credentials);
                if merged.full {
                    into.ended(realm, End::Full);
                    return Ok(());
                }
                if merged.new == 0 {
                    into.ended(realm, End::Repeats);
                } else {
                    waiting.push_back((realm, pages));
                }
            }
            Ok(Listed::End) => into.ended(realm, End::Whole),
            Ok(Listed::Repeats) => into.ended(realm, End::Repeats),
            Err(error) => into.ended(realm, End::Failed(error)),
        }
    }
    // Counts that changed while the lists were read aren't a difference.
    if into.differs() {
        let again = tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(()),
            again = dashboard.realms() => again,
        };
        if let Ok(realms) = again {
            into.realms(realms);
        }
    }
    Ok(())
}

/// Waits for the next task to end, and returns its realm. A panicked task returns an error.
async fn next<T: 'static>(
    underway: &mut JoinSet<T>,
    realm_of: &mut HashMap<Id, RealmId>,
) -> Option<(RealmId, Result<T, Error>)> {
    let joined = underway.join_next_with_id().await?;
    let (id, ended) = match joined {
        Ok((id, ended)) => (id, Ok(ended)),
        Err(error) => (error.id(), Err(Error::of_task(&error))),
    };
    Some((realm_of.remove(&id)?, ended))
}

async fn patiently(pages: &mut Pages) -> Result<Listed, Error> {
    for _ in 0..TRIES_MORE {
        let pause = match pages.next().await {
            Err(http::Error::Refused(refusal))
                if refusal.status == 429 || refusal.status >= 500 =>
            {
                refusal.retry_after.unwrap_or(PAUSE)
            }
            Err(http::Error::Unreachable { .. }) => PAUSE,
            outcome => return Ok(outcome?),
        };
        tokio::time::sleep(pause.clamp(PAUSE, LONGEST_PAUSE)).await;
    }
    Ok(pages.next().await?)
}

#[cfg(test)]
mod tests;
