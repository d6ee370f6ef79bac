//! Chooses a realm, or creates one and waits until it is ready.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{Realm, RealmStatus};
use registrar_bandwidth::new_realm::{self, Progress, has_short_name};
use registrar_explain::{self as explain, FailureKind, Notice};
use tokio_util::sync::CancellationToken;

use super::{JourneySession, OnProgress, Place, forms};
use crate::Error;
use crate::ipc::{RealmDraft, Screen};
use crate::journey::step::{ChosenRealm, Event, Journey};

impl JourneySession {
    /// Lists the realms again.
    pub async fn refresh_realms(&self) -> Result<Screen, Error> {
        let realms = self.dashboard()?.realms().await?;
        self.state().realms = realms;
        Ok(self.screen())
    }

    /// Continues with an existing realm: the one with this ID, or the one whose name was taken.
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
                "This realm is no longer in the account. Choose another one.",
            )
        })?;
        if realm.status != RealmStatus::Active {
            return Err(Error::field(
                "realm",
                "This realm isn’t active, so it can’t have a credential yet. Refresh the list in \
                 a minute, or choose another one.",
            ));
        }
        self.go_on_with(place, &realm)
    }

    /// Creates a realm, waits until it is active and listed in the account's DNS, and continues
    /// with it. If stopped, reports what was done.
    pub async fn create_realm(
        &self,
        draft: RealmDraft,
        stop: &CancellationToken,
        tell: OnProgress<'_>,
    ) -> Result<Screen, Error> {
        self.at(|journey| matches!(journey, Journey::Realm { .. }))?;
        let place = self.place();
        self.state().drafts.realm = Some(draft.clone());
        let new = forms::realm(&draft)?;
        let dashboard = self.dashboard()?;

        let told = |progress: Progress<'_>| tell(&explain::new_realm::progress(progress));
        let made = new_realm::ask(&dashboard, &new, &told).await;
        let made = made.map_err(Error::from).inspect_err(|error| {
            if error.failure().kind == FailureKind::RealmExists {
                self.state().taken_realm = Some(new.name.as_str().to_owned());
            }
        })?;
        self.state().drafts.realm = None;

        let (active, listed) = new_realm::settle(&dashboard, made, stop, &told).await?;
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
            sentence: "The realm is active, but the account’s DNS records don’t list it yet."
                .to_owned(),
            next: Some(
                "You can continue. The app looks for the registrar again when the phone is \
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
}
