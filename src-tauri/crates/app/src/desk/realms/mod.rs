//! Realms at the desk: create, describe, make default, delete.
//!
//! The API replaces a realm as a whole and deletes without confirmation. Therefore a realm is
//! reread before anything is sent and compared with what the person saw. If someone else has
//! changed it in the meantime, the change is shown and nothing is sent.

mod may;

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{Dashboard, Description, Realm, RealmId, RealmStatus};
use registrar_bandwidth::new_realm::{self, EVERY, PATIENCE, Progress};
use registrar_explain as explain;
use registrar_explain::Notice;
use tokio_util::sync::CancellationToken;

use self::may::conflict;
use super::{Desk, number};
use crate::Error;
use crate::ipc::{
    ChangeRealm, DeleteRealm, Preview, RealmCard, RealmDraft, RealmForm, RealmPrecondition,
    RealmsReport,
};
use crate::journey::session::draft::realm_problems;
use crate::journey::session::forms;

/// A callback for one line of progress.
type OnProgress<'a> = &'a (dyn Fn(&str) + Send + Sync);

impl Desk {
    /// Returns the realms as last read.
    #[must_use]
    pub fn realm_cards(&self) -> Vec<RealmCard> {
        let model = self.model();
        let loads = model.shown().realms.iter();
        let realms: Vec<&Realm> = loads.map(|load| &load.realm).collect();
        realms
            .iter()
            .map(|realm| may::card(realm, &realms))
            .collect()
    }

    /// Returns the initial values of the form of a new realm.
    #[must_use]
    pub fn realm_form(&self) -> RealmForm {
        let draft = self.session().realm_draft.clone();
        RealmForm {
            name: draft.name,
            description: draft.description,
            default: draft.default,
        }
    }

    /// Stores the typed form of a new realm, and returns a preview of its request.
    #[must_use]
    pub fn keep_realm_draft(&self, draft: RealmDraft) -> Preview {
        let problems = realm_problems(&draft);
        let request = forms::realm(&draft).ok().and_then(|new| {
            let request = self.dashboard().ok()?.preview_create_realm(&new).ok()?;
            Some(request.text())
        });
        self.session().realm_draft = draft;
        Preview {
            problems,
            hash1: Vec::new(),
            hash1b: Vec::new(),
            request,
            target: None,
        }
    }

    /// Lists the realms again.
    pub async fn list_realms(&self) -> Result<RealmsReport, Error> {
        let realms = self.dashboard()?.check().await?;
        self.model().know_realms(realms);
        Ok(self.report(None))
    }

    /// Creates a realm by the journey's rules, and waits until it is active.
    pub async fn add_realm(
        &self,
        draft: RealmDraft,
        stop: &CancellationToken,
        tell: OnProgress<'_>,
    ) -> Result<RealmsReport, Error> {
        let new = forms::realm(&draft)?;
        let dashboard = self.dashboard()?;
        let told = |progress: Progress<'_>| tell(&explain::new_realm::progress(progress));
        let made = new_realm::ask(&dashboard, &new, &told).await?;
        self.session().realm_draft = RealmDraft::default();
        let settled = new_realm::settle(&dashboard, made, stop, &told).await;
        // It is in the list even if it didn't become active.
        self.look_again(&dashboard).await;
        let (realm, listed) = settled?;
        let next = if listed {
            "You can create SIP credentials in it."
        } else {
            "You can create SIP credentials in it. The account’s DNS records don’t list it yet. \
             Until they do, phones can’t find its registrar by name."
        };
        Ok(self.report(Some(said(
            if listed { Tone::Good } else { Tone::Wait },
            format!("The realm {} was created and is active.", realm.name),
            next,
        ))))
    }

    /// Changes a realm's description, or makes it the account's default.
    pub async fn change_realm(&self, change: ChangeRealm) -> Result<RealmsReport, Error> {
        let ChangeRealm {
            precondition,
            description,
            make_default,
            operation: _,
        } = change;
        let description = Description::parse(&description)
            .map_err(|problem| Error::field("description", explain::name::sentence(problem)))?;
        let dashboard = self.dashboard()?;
        let Some(realm) = self.as_it_is(&dashboard, &precondition).await? else {
            return self.is_gone(&dashboard).await;
        };
        if let Some(notice) = conflict(&precondition, &realm, false) {
            return self.somebody_else(&dashboard, notice).await;
        }
        let wanted = Realm {
            description: description.as_str().to_owned(),
            default: realm.default || make_default,
            ..realm
        };
        let is_as_wanted = |now: &Realm| {
            now.description.trim() == wanted.description && now.default == wanted.default
        };
        let changed = match dashboard.update_realm(&wanted).await {
            Err(error) if error.answer_is_unknown() => {
                // After a lost response, the realm is read before anything is sent again.
                match dashboard.realm(wanted.id).await {
                    Ok(Some(now)) if is_as_wanted(&now) => now,
                    Ok(_) | Err(_) => return Err(error.into()),
                }
            }
            outcome => outcome?,
        };
        self.look_again(&dashboard).await;
        if !is_as_wanted(&changed) {
            return Ok(self.report(Some(said(
                Tone::Wait,
                format!(
                    "For {}, Bandwidth saved different values from the ones sent.",
                    wanted.name
                ),
                "The list shows what it saved. Change it again, or leave it.",
            ))));
        }
        let (told, next) = if make_default {
            (
                format!("{} is now the account’s default realm.", wanted.name),
                "A SIP credential that names no realm is created in it.",
            )
        } else {
            (
                format!("{} was changed.", wanted.name),
                "Phones and SIP credentials aren’t affected.",
            )
        };
        Ok(self.report(Some(said(Tone::Good, told, next))))
    }

    /// Deletes a realm after its name was typed, and waits until it is gone.
    pub async fn delete_realm(
        &self,
        delete: DeleteRealm,
        stop: &CancellationToken,
        tell: OnProgress<'_>,
    ) -> Result<RealmsReport, Error> {
        let DeleteRealm {
            precondition,
            typed,
            operation: _,
        } = delete;
        let dashboard = self.dashboard()?;
        tell("Reading the realm again.");
        let Some(realm) = self.as_it_is(&dashboard, &precondition).await? else {
            return self.is_gone(&dashboard).await;
        };
        if typed.trim() != realm.name {
            return Err(Error::field(
                "typed",
                "Enter the realm’s full name exactly as shown above.",
            ));
        }
        if let Some(notice) = conflict(&precondition, &realm, true) {
            return self.somebody_else(&dashboard, notice).await;
        }
        let known: Vec<Realm> = {
            let model = self.model();
            model
                .shown()
                .realms
                .iter()
                .map(|load| load.realm.clone())
                .collect()
        };
        if let Some(notice) = may::no_delete(&realm, &known.iter().collect::<Vec<_>>()) {
            return Ok(self.report(Some(notice)));
        }
        tell("Asking Bandwidth to delete the realm.");
        if let Err(error) = dashboard.delete_realm(realm.id).await {
            match dashboard.realm(realm.id).await {
                Ok(None) => {}
                Ok(Some(now)) if now.status == RealmStatus::DeletePending => {}
                Ok(Some(_)) | Err(_) => return Err(error.into()),
            }
        }
        tell("Bandwidth is deleting the realm. This takes a moment.");
        let left = tokio::select! {
            () = stop.cancelled() => return Err(Error::Stopped {
                done: format!(
                    "Bandwidth is still deleting {}. This can’t be undone. Refresh in a minute.",
                    realm.name
                ),
            }),
            left = dashboard.wait_until_gone(realm.id, EVERY, PATIENCE) => left?,
        };
        self.look_again(&dashboard).await;
        Ok(self.report(Some(match left {
            None => said(
                Tone::Good,
                format!("The realm {} was deleted.", realm.name),
                "You can use its name again, but a new realm gets a new number.",
            ),
            Some(left) if left.status == RealmStatus::DeleteFailed => said(
                Tone::Bad,
                format!("Bandwidth couldn’t delete the realm {}.", realm.name),
                "Delete it again. If that fails too, send its name and number to Bandwidth \
                 support.",
            ),
            Some(_) => said(
                Tone::Wait,
                format!("Bandwidth is still deleting the realm {}.", realm.name),
                "Refresh in a minute. You don’t need to do anything else.",
            ),
        })))
    }

    /// Reads the current state of the realm that the person saw.
    async fn as_it_is(
        &self,
        dashboard: &Dashboard,
        precondition: &RealmPrecondition,
    ) -> Result<Option<Realm>, Error> {
        Ok(dashboard.realm(RealmId(number(precondition.id))).await?)
    }

    async fn is_gone(&self, dashboard: &Dashboard) -> Result<RealmsReport, Error> {
        self.look_again(dashboard).await;
        Ok(self.report(Some(said(
            Tone::Wait,
            "The realm is already gone. Someone else deleted it.".to_owned(),
            "Nothing was sent. The list shows how it is now.",
        ))))
    }

    async fn somebody_else(
        &self,
        dashboard: &Dashboard,
        notice: Notice,
    ) -> Result<RealmsReport, Error> {
        self.look_again(dashboard).await;
        Ok(RealmsReport {
            conflict: true,
            ..self.report(Some(notice))
        })
    }

    /// Lists the realms after a change. If that fails, the change still counts, and the list stays
    /// as it was.
    async fn look_again(&self, dashboard: &Dashboard) {
        if let Ok(realms) = dashboard.realms().await {
            self.model().know_realms(realms);
        }
    }

    fn report(&self, notice: Option<Notice>) -> RealmsReport {
        RealmsReport {
            realms: self.realm_cards(),
            state: self.state(),
            notice,
            conflict: false,
        }
    }
}

fn said(tone: Tone, sentence: String, next: &str) -> Notice {
    Notice {
        tone,
        sentence,
        next: Some(next.to_owned()),
    }
}

#[cfg(test)]
mod tests;
