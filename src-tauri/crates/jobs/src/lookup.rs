//! Looks up in the account what the job doesn't know.

use std::collections::{BTreeMap, HashMap};

use futures_util::future::join_all;
use tokio::sync::Mutex;

use super::throttle::{NoAnswer, Said, Throttle};
use registrar_bandwidth::dashboard::{Credential, Dashboard, Listed, RealmId, Scope};

/// Up to this many names are looked up one by one without checking the length of the list.
const FEW: usize = 4;
/// Credentials on a page.
const PAGE: u64 = 500;

/// A realm, and a composite user name in it.
pub(super) type Wanted = (RealmId, String);

/// Returns what the account has under these names: exactly, or else in another letter case, since
/// the API treats both as the same.
pub(super) async fn find(
    dashboard: &Dashboard,
    throttle: &Throttle,
    wanted: &[Wanted],
) -> Result<HashMap<Wanted, Credential>, NoAnswer> {
    let mut by_realm: BTreeMap<RealmId, Vec<&str>> = BTreeMap::new();
    for (realm, composite) in wanted {
        by_realm.entry(*realm).or_default().push(composite);
    }
    let mut found = HashMap::new();
    for (realm, names) in by_realm {
        let there = if is_shorter(dashboard, throttle, realm, names.len()).await? {
            from_the_list(dashboard, throttle, realm, &names).await?
        } else {
            look_up_each(dashboard, throttle, realm, &names).await?
        };
        found.extend(there.into_iter().map(|(name, one)| ((realm, name), one)));
    }
    Ok(found)
}

/// Returns whether listing the whole realm takes fewer requests than looking up its names one by
/// one.
async fn is_shorter(
    dashboard: &Dashboard,
    throttle: &Throttle,
    realm: RealmId,
    names: usize,
) -> Result<bool, NoAnswer> {
    if names <= FEW {
        return Ok(false);
    }
    let Said::Done(realms) = throttle.look(|| dashboard.realms()).await? else {
        return Ok(false);
    };
    let listed = realms.iter().find(|one| one.id == realm);
    let pages = listed.map_or(u64::MAX, |one| one.credential_count / PAGE + 1);
    Ok(pages <= names as u64)
}

async fn from_the_list(
    dashboard: &Dashboard,
    throttle: &Throttle,
    realm: RealmId,
    names: &[&str],
) -> Result<HashMap<String, Credential>, NoAnswer> {
    let mut wanted: HashMap<String, Vec<&str>> = HashMap::new();
    for name in names {
        wanted
            .entry(name.to_ascii_lowercase())
            .or_default()
            .push(name);
    }
    let mut found = HashMap::new();
    let pages = Mutex::new(dashboard.credential_pages(Scope::Realm(realm)));
    loop {
        match throttle
            .look(|| async { pages.lock().await.next().await })
            .await?
        {
            Said::Done(Listed::Credentials(page)) => {
                for one in page {
                    let composite = one.composite();
                    for name in wanted
                        .get(&composite.to_ascii_lowercase())
                        .into_iter()
                        .flatten()
                    {
                        if composite == **name || !found.contains_key(*name) {
                            found.insert((*name).to_owned(), one.clone());
                        }
                    }
                }
            }
            Said::Done(Listed::End) => return Ok(found),
            // An endless list proves nothing about names that weren't on it.
            Said::Done(Listed::Repeats) | Said::Refused(_) => {
                return look_up_each(dashboard, throttle, realm, names).await;
            }
        }
    }
}

async fn look_up_each(
    dashboard: &Dashboard,
    throttle: &Throttle,
    realm: RealmId,
    names: &[&str],
) -> Result<HashMap<String, Credential>, NoAnswer> {
    let asked = names.iter().map(|name| async move {
        let found = throttle
            .look(|| dashboard.find_credential(realm, name))
            .await?;
        Ok(match found {
            Said::Done(Some(one)) => Some(((*name).to_owned(), one)),
            // A deleted realm has no credentials.
            Said::Done(None) | Said::Refused(_) => None,
        })
    });
    let found: Result<Vec<_>, NoAnswer> = join_all(asked).await.into_iter().collect();
    Ok(found?.into_iter().flatten().collect())
}

#[cfg(test)]
#[path = "lookup_tests.rs"]
mod tests;
