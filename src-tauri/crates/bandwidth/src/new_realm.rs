//! Creates a realm and waits until it is ready.
//!
//! [`ask`] requests it; [`settle`] waits until it is active and the account's settings list its DNS
//! records. Querying this computer's DNS any earlier would cache 'no such name'.

use std::time::Duration;

use registrar_http as http;
use registrar_names::RealmName;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::dashboard::{Dashboard, NewRealm, Realm, RealmStatus};

/// Time limit for a new realm to become active and to be listed in the account's DNS records.
pub const PATIENCE: Duration = Duration::from_mins(1);
/// The polling interval.
pub const EVERY: Duration = Duration::from_secs(2);

/// Why a new realm can't be used, classified by how a caller handles it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Bandwidth refused it, or can't be asked.
    #[error(transparent)]
    Http(#[from] http::Error),
    /// The answer was lost, and the account's list doesn't have the realm: it is made again.
    #[error("the answer was lost, and no such realm is listed")]
    Lost(RealmName),
    /// It was stopped on the way. The realm stays.
    #[error("stopped on the way")]
    Stopped {
        /// The realm's full name.
        realm: String,
        /// Where it was by then.
        at: Stage,
    },
}

/// A stage on the way to a realm that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bandwidth sets it up.
    SettingUp,
    /// It is active; the account's settings don't list its DNS records yet.
    WaitingForDns,
}

/// What begins on the way to a new realm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<'a> {
    /// Bandwidth is asked to make the realm of this name.
    Asking(&'a RealmName),
    /// A stage begins.
    At(Stage),
}

/// How progress is told.
pub type OnProgress<'a> = &'a (dyn Fn(Progress<'_>) + Send + Sync);

/// Asks Bandwidth to make a realm. A refusal ends it. Where no answer came, the list tells whether
/// the realm was made.
pub async fn ask(
    dashboard: &Dashboard,
    new: &NewRealm,
    tell: OnProgress<'_>,
) -> Result<Realm, Error> {
    tell(Progress::Asking(&new.name));
    let error = match dashboard.create_realm(new).await {
        Err(error) if error.answer_is_unknown() => error,
        outcome => return Ok(outcome?),
    };
    let realms = dashboard.realms().await.map_err(|_| error)?;
    let mut realms = realms.into_iter();
    let found = realms.find(|realm| has_short_name(realm, new.name.as_str()));
    found.ok_or_else(|| Error::Lost(new.name.clone()))
}

/// Waits until a realm that was asked for is active, and then until the account's own DNS records
/// list it. Returns the realm and whether they do.
pub async fn settle(
    dashboard: &Dashboard,
    made: Realm,
    stop: &CancellationToken,
    tell: OnProgress<'_>,
) -> Result<(Realm, bool), Error> {
    let active = until_active(dashboard, made, stop, tell).await?;
    let listed = until_listed(dashboard, &active, stop, tell).await?;
    Ok((active, listed))
}

async fn until_active(
    dashboard: &Dashboard,
    made: Realm,
    stop: &CancellationToken,
    tell: OnProgress<'_>,
) -> Result<Realm, Error> {
    if made.status == RealmStatus::Active {
        return Ok(made);
    }
    tell(Progress::At(Stage::SettingUp));
    let waiting = dashboard.wait_until_active(made.id, EVERY, PATIENCE);
    tokio::select! {
        () = stop.cancelled() => Err(Error::Stopped {
            realm: made.name,
            at: Stage::SettingUp,
        }),
        active = waiting => Ok(active?),
    }
}

async fn until_listed(
    dashboard: &Dashboard,
    realm: &Realm,
    stop: &CancellationToken,
    tell: OnProgress<'_>,
) -> Result<bool, Error> {
    tell(Progress::At(Stage::WaitingForDns));
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        match dashboard.sip_authentication().await {
            Ok(settings) if settings.registrar(&realm.name).is_some() => return Ok(true),
            // Without the right to read the settings there is nothing to wait for.
            Err(http::Error::Refused(refusal)) if matches!(refusal.status, 401 | 403 | 404) => {
                return Ok(true);
            }
            Ok(_) | Err(_) => {}
        }
        tokio::select! {
            () = stop.cancelled() => return Err(Error::Stopped {
                realm: realm.name.clone(),
                at: Stage::WaitingForDns,
            }),
            () = sleep(EVERY) => {}
        }
    }
    Ok(false)
}

/// Returns whether a realm's full name begins with the short one. The separator behind it is not
/// published: a dot or a hyphen; a short name holds neither.
#[must_use]
pub fn has_short_name(realm: &Realm, short: &str) -> bool {
    realm
        .name
        .strip_prefix(short)
        .is_some_and(|rest| rest.starts_with(['.', '-']))
}
