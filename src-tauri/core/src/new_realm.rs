//! Making a realm and waiting until it can be used: the journey and the desk do it alike.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::dashboard::{Dashboard, NewRealm, Realm, RealmStatus};
use crate::{Error, http};

/// How long a new realm may take to become active, and to be listed in the account's DNS.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);
/// How often that is asked.
pub(crate) const EVERY: Duration = Duration::from_secs(2);

/// How one line of progress is told.
type Tell<'a> = &'a (dyn Fn(&str) + Send + Sync);

/// Asks Bandwidth to make a realm. A refusal ends it. Where no answer came, the list tells whether
/// the realm was made.
pub(crate) async fn ask(
    dashboard: &Dashboard,
    new: &NewRealm,
    tell: Tell<'_>,
) -> Result<Realm, Error> {
    let name = new.name.as_str();
    tell(&format!("Asking Bandwidth to make the realm {name}."));
    let error = match dashboard.create_realm(new).await {
        Err(error) if error.answer_is_unknown() => error,
        outcome => return Ok(outcome?),
    };
    let realms = dashboard.realms().await.map_err(|_| error)?;
    let found = realms.into_iter().find(|realm| has_short_name(realm, name));
    found.ok_or_else(|| Error::Lost {
        done: format!(
            "Bandwidth's answer was lost. The realm {name} is not in the account's list. Make it \
             again."
        ),
    })
}

/// Waits until a realm that was asked for is active, and then until the account's own DNS records
/// list it. Returns the realm and whether they do. Stopped on the way it says what was done.
pub(crate) async fn settle(
    dashboard: &Dashboard,
    made: Realm,
    stop: &CancellationToken,
    tell: Tell<'_>,
) -> Result<(Realm, bool), Error> {
    let active = until_active(dashboard, made, stop, tell).await?;
    let listed = until_listed(dashboard, &active, stop, tell).await?;
    Ok((active, listed))
}

async fn until_active(
    dashboard: &Dashboard,
    made: Realm,
    stop: &CancellationToken,
    tell: Tell<'_>,
) -> Result<Realm, Error> {
    if made.status == RealmStatus::Active {
        return Ok(made);
    }
    tell("Bandwidth is setting the realm up. That takes up to a minute.");
    let waiting = dashboard.wait_until_active(made.id, EVERY, PATIENCE);
    tokio::select! {
        () = stop.cancelled() => Err(Error::Stopped {
            done: format!(
                "The realm {} was asked for at Bandwidth and is being set up there. It will be in \
                 the list; no credential was made.",
                made.name
            ),
        }),
        active = waiting => Ok(active?),
    }
}

/// Asking this computer's DNS earlier would make it remember 'no such name'.
async fn until_listed(
    dashboard: &Dashboard,
    realm: &Realm,
    stop: &CancellationToken,
    tell: Tell<'_>,
) -> Result<bool, Error> {
    tell("Waiting until the account's DNS records list the realm.");
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
                done: format!(
                    "The realm {} is made and active. Choose it from the list to go on; no \
                     credential was made.",
                    realm.name
                ),
            }),
            () = sleep(EVERY) => {}
        }
    }
    Ok(false)
}

/// Returns whether a realm's full name begins with the short one. The separator behind it is not
/// published: a dot or a hyphen; a short name holds neither.
pub(crate) fn has_short_name(realm: &Realm, short: &str) -> bool {
    realm
        .name
        .strip_prefix(short)
        .is_some_and(|rest| rest.starts_with(['.', '-']))
}
