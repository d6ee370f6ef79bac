//! Choosing a realm, or making one and waiting until it can be used.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::{Guide, Place, Tell, forms};
use crate::dashboard::{Dashboard, NewRealm, Realm, RealmStatus};
use crate::ipc::{FailureKind, Notice, RealmDraft, Screen, Tone};
use crate::journey::step::{ChosenRealm, Event, Journey};
use crate::{Error, explain};

/// How long a new realm may take to become active, and to be listed in the account's DNS.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often that is asked.
const EVERY: Duration = Duration::from_secs(2);

impl Guide {
    /// Lists the realms again.
    pub async fn refresh_realms(&self) -> Result<Screen, Error> {
        let realms = self.dashboard()?.realms().await?;
        self.state().realms = realms;
        Ok(self.screen())
    }

    /// Goes on with a realm that is there: the one of that number, or the one whose name was
    /// found taken.
    pub async fn choose_realm(&self, id: Option<u64>) -> Result<Screen, Error> {
        self.at(|journey| matches!(journey, Journey::Realm { .. }))?;
        let place = self.place();
        self.refresh_realms().await?;
        let realm = {
            let state = self.state();
            let taken = state.taken_realm.as_deref();
            let chosen = |realm: &&Realm| match id {
                Some(id) => realm.id.0 == id,
                None => taken.is_some_and(|name| has_short_name(realm, name)),
            };
            state.realms.iter().find(chosen).cloned()
        };
        let realm = realm.ok_or_else(|| {
            Error::field(
                "realm",
                "This realm is no longer on the account. Choose another one.",
            )
        })?;
        if realm.status != RealmStatus::Active {
            return Err(Error::field(
                "realm",
                "This realm is not active, so it cannot hold a credential yet. Refresh the list \
                 in a minute, or choose another one.",
            ));
        }
        self.go_on_with(place, &realm)
    }

    /// Makes a realm, waits until it is active and listed in the account's DNS, and goes on with
    /// it. Stopped on the way it says what was done.
    pub async fn create_realm(
        &self,
        draft: RealmDraft,
        stop: &CancellationToken,
        tell: Tell<'_>,
    ) -> Result<Screen, Error> {
        self.at(|journey| matches!(journey, Journey::Realm { .. }))?;
        let place = self.place();
        self.state().drafts.realm = Some(draft.clone());
        let new = forms::realm(&draft)?;
        let dashboard = self.dashboard()?;

        tell(&format!(
            "Asking Bandwidth to make the realm {}.",
            new.name.as_str()
        ));
        let made = match dashboard.create_realm(&new).await {
            Ok(made) => made,
            Err(error) => self.realm_after(error, &dashboard, &new).await?,
        };
        self.state().drafts.realm = None;

        let active = self.until_active(&dashboard, made, stop, tell).await?;
        let listed = self.until_listed(&dashboard, &active, stop, tell).await?;
        let realms = dashboard.realms().await;
        if let Ok(realms) = realms {
            self.state().realms = realms;
        }
        let screen = self.go_on_with(place, &active)?;
        if listed {
            return Ok(screen);
        }
        self.say(Notice {
            tone: Tone::Wait,
            sentence: "The realm is active, but the account's DNS records do not list it yet."
                .to_owned(),
            next: Some(
                "You can go on: the app looks for the registrar again when the phone is \
                 registered."
                    .to_owned(),
            ),
        });
        Ok(self.screen())
    }

    fn go_on_with(&self, place: Place, realm: &Realm) -> Result<Screen, Error> {
        let chosen = Event::RealmChosen(ChosenRealm {
            id: realm.id.0,
            name: realm.name.clone(),
        });
        self.advance_from(place, chosen, |state| state.registrar = None)
    }

    /// A refusal ends it. Where no answer came, the list tells whether the realm was made.
    async fn realm_after(
        &self,
        error: Error,
        dashboard: &Dashboard,
        new: &NewRealm,
    ) -> Result<Realm, Error> {
        if explain::failure(&error).kind == FailureKind::RealmExists {
            self.state().taken_realm = Some(new.name.as_str().to_owned());
            return Err(error);
        }
        if !error.answer_is_unknown() {
            return Err(error);
        }
        let realms = dashboard.realms().await.map_err(|_| error)?;
        let found = realms
            .into_iter()
            .find(|realm| has_short_name(realm, new.name.as_str()));
        found.ok_or_else(|| Error::Lost {
            done: format!(
                "Bandwidth's answer was lost. The realm {} is not in the account's list. Make it \
                 again.",
                new.name.as_str()
            ),
        })
    }

    async fn until_active(
        &self,
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
                    "The realm {} was asked for at Bandwidth and is being set up there. It will \
                     be in the list; no credential was made.",
                    made.name
                ),
            }),
            active = waiting => active,
        }
    }

    /// Returns whether the account's own DNS records list the realm. Asking this computer's DNS
    /// earlier would make it remember 'no such name'.
    async fn until_listed(
        &self,
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
                Err(Error::Refused(refusal)) if matches!(refusal.status, 401 | 403 | 404) => {
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
}

/// Returns whether a realm's full name begins with the short one. The separator behind it is not
/// published: a dot or a hyphen; a short name holds neither.
pub(super) fn has_short_name(realm: &Realm, short: &str) -> bool {
    realm
        .name
        .strip_prefix(short)
        .is_some_and(|rest| rest.starts_with(['.', '-']))
}
