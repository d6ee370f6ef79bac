//! Creates, changes and deletes a single SIP credential at the desk.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{
    ApplicationId, Credential, CredentialId, Dashboard, NameUse, NewCredential, RealmId,
};
use registrar_digest::Hashes;
use registrar_digest::why::{self, Names};
use registrar_explain as explain;
use registrar_explain::Notice;
use registrar_http as http;
use registrar_secret::SipPassword;
use registrar_secret::password::PasswordProblem;
use tokio_util::sync::CancellationToken;

use super::precondition::{Wanted, as_stored};
use super::{Desk, number, view};
use crate::Error;
use crate::credential_form::{checked, find_existing, mend, new_credential, no_password};
use crate::ipc::{CredentialDraft, DeskDiagnosis, DeskIssued, DeskMoved};

/// Maximum number of other SIP credentials' domains that are tried to explain a hash.
const MOST_DOMAINS: usize = 1_000;

impl Desk {
    /// Creates a SIP credential in a realm, with the typed or the generated password.
    pub async fn add_credential(
        &self,
        realm: f64,
        draft: &CredentialDraft,
        typed: Option<SipPassword>,
        stop: &CancellationToken,
        tell: &(dyn Fn(&str) + Send + Sync),
    ) -> Result<DeskIssued, Error> {
        let dashboard = self.dashboard()?;
        let (realm_id, realm) = self.realm(realm)?;
        let password = typed.or_else(|| self.secrets().made.clone());
        let (new, password) = new_credential(draft, &realm, password, true)?;
        let password = password.ok_or_else(no_password)?;
        if stop.is_cancelled() {
            return Err(Error::Cancelled);
        }
        tell("Sending the 2 hashes to Bandwidth. The password stays on this computer.");
        let made = self.make_once(&dashboard, &new, realm_id).await?;
        let (made, notice) = mend(&dashboard, made, &new, &password, tell).await?;
        let notices = notice.into_iter().collect();
        self.model().put(made.clone());
        tell("Finding the registrar’s port.");
        Ok(self.issued(&dashboard, made, Some(password), notices).await)
    }

    /// Finds the SIP credential with the name in the form, and shows it in the list.
    pub async fn find_credential(&self, realm: f64, draft: &CredentialDraft) -> Result<f64, Error> {
        let dashboard = self.dashboard()?;
        let (realm_id, realm) = self.realm(realm)?;
        let (new, _) = new_credential(draft, &realm, None, false)?;
        let found = find_existing(&dashboard, realm_id, &new).await?;
        let id = view::float(found.id.0);
        self.model().put(found);
        Ok(id)
    }

    /// Finds the mistake that produced the stored hashes, from the password that the phone uses.
    /// The password is kept for [`Desk::repair_hashes`] until the task is left.
    pub async fn diagnose_password(
        &self,
        id: f64,
        typed: SipPassword,
    ) -> Result<DeskDiagnosis, Error> {
        // White space around a password is a mistake that can be found, but it can't be stored.
        let storable = match SipPassword::parse(typed.expose()) {
            Err(PasswordProblem::OuterSpace) => None,
            _ => Some(checked(&typed)?),
        };
        let typed = storable.as_ref().unwrap_or(&typed);
        let dashboard = self.dashboard()?;
        let id = CredentialId(number(id));
        let there = self.read(&dashboard, &self.precondition(id)?).await?;
        let (realms, domains) = {
            let model = self.model();
            let shown = model.shown();
            let realms = shown.realms.iter().map(|load| load.realm.name.clone());
            (realms.collect::<Vec<_>>(), shown.list.domains(MOST_DOMAINS))
        };
        let names = Names {
            user_name: &there.user_name,
            domain: there.domain.as_deref(),
            realm: &there.realm,
            realms: &realms,
            domains: &domains,
        };
        let why = why::why(typed, there.hashes.as_ref(), &names);
        let mut verdict = explain::why::verdict(&why, &names);
        if storable.is_none() && !why.is_right() {
            let outer_space = explain::password::sentence(PasswordProblem::OuterSpace);
            verdict.next = Some(outer_space.to_owned());
        }
        let repairable = storable.is_some() && !why.is_right();
        self.secrets().asked = storable.map(|password| (id, password));
        Ok(DeskDiagnosis {
            verdict,
            repairable,
        })
    }

    /// Stores correct hashes of the password that was typed for [`Desk::diagnose_password`].
    pub async fn repair_hashes(&self, id: f64, stop: &CancellationToken) -> Result<Notice, Error> {
        let dashboard = self.dashboard()?;
        let id = CredentialId(number(id));
        let asked = self.secrets().asked.clone();
        let (_, password) = asked.filter(|(of, _)| *of == id).ok_or_else(|| {
            Error::field("password", "Enter the password that the phone uses again.")
        })?;
        self.give(&dashboard, id, &password, stop).await?;
        self.secrets().asked = None;
        Ok(Notice {
            tone: Tone::Good,
            sentence: "The stored password was replaced. Both hashes now match this password."
                .to_owned(),
            next: Some(
                "The hashes were read back and compared. The phone registers at its next try. To \
                 prove it from here, check the registration."
                    .to_owned(),
            ),
        })
    }

    /// Sets a new password for a SIP credential: the typed or the generated one.
    pub async fn replace_password(
        &self,
        id: f64,
        typed: Option<SipPassword>,
        stop: &CancellationToken,
    ) -> Result<DeskIssued, Error> {
        let dashboard = self.dashboard()?;
        let password = typed.or_else(|| self.secrets().made.clone());
        let password = checked(&password.ok_or_else(no_password)?)?;
        let id = CredentialId(number(id));
        let stored = self.give(&dashboard, id, &password, stop).await?;
        let told = Notice {
            tone: Tone::Good,
            sentence: "The SIP credential has the new password.".to_owned(),
            next: Some(
                "Its hashes were read back and compared. A phone with the old password stops \
                 working the next time it registers, until you enter the new one in it."
                    .to_owned(),
            ),
        };
        Ok(self
            .issued(&dashboard, stored, Some(password), vec![told])
            .await)
    }

    /// Moves a SIP credential to another voice application, or to none, and reads it back to see
    /// whether the API did so.
    pub async fn move_credential(
        &self,
        id: f64,
        application: &str,
        stop: &CancellationToken,
    ) -> Result<DeskMoved, Error> {
        let dashboard = self.dashboard()?;
        let application = application_of(application)?;
        let wanted = application.as_ref().map(|id| id.as_str().to_owned());
        let precondition = self.precondition(CredentialId(number(id)))?;
        let to = |there: &Credential| {
            Ok(Wanted {
                hashes: as_stored(there)?,
                application: wanted.clone(),
            })
        };
        let stored = self.replace(&dashboard, &precondition, to, stop).await?;
        let moved = stored.is_at(wanted.as_deref());
        let kept = stored.application_id.as_deref();
        let anew = !moved && wanted.is_some();
        let next = if moved {
            "This was read back. Its ID, password, and registrations stay the same."
        } else if anew {
            "You can delete it and create it again with the same hashes. Phones keep their \
             password. Its ID changes, and phones aren’t registered until they next register."
        } else {
            "To have none, create a new SIP credential without a voice application and delete \
             this one. The phone then needs a new password."
        };
        let (tone, sentence) = match (moved, kept) {
            (true, Some(kept)) => (Tone::Good, format!("Its voice application is now {kept}.")),
            (true, None) => (
                Tone::Good,
                "It no longer has a voice application.".to_owned(),
            ),
            (false, Some(kept)) => (
                Tone::Wait,
                format!(
                    "Bandwidth accepted the change but didn’t make it. The voice application is \
                     still {kept}."
                ),
            ),
            (false, None) => (
                Tone::Wait,
                "Bandwidth accepted the change but didn’t make it. It still has no voice \
                 application."
                    .to_owned(),
            ),
        };
        let notice = Notice {
            tone,
            sentence,
            next: Some(next.to_owned()),
        };
        Ok(DeskMoved {
            moved,
            anew,
            notice,
        })
    }

    /// Deletes a SIP credential after its name was typed.
    pub async fn delete_credential(
        &self,
        id: f64,
        name: &str,
        stop: &CancellationToken,
    ) -> Result<Notice, Error> {
        let dashboard = self.dashboard()?;
        let precondition = self.precondition(CredentialId(number(id)))?;
        if name.trim() != precondition.composite() {
            return Err(Error::field(
                "name",
                &format!("Enter {} to delete it.", precondition.composite()),
            ));
        }
        self.take_away(&dashboard, &precondition, stop).await?;
        self.model().remove(CredentialId(number(id)));
        Ok(Notice {
            tone: Tone::Good,
            sentence: format!("{} was deleted.", precondition.composite()),
            next: Some("Its phones stop working the next time they register.".to_owned()),
        })
    }

    /// Stores the hashes of a password, computed from the names as stored by Bandwidth.
    async fn give(
        &self,
        dashboard: &Dashboard,
        id: CredentialId,
        password: &SipPassword,
        stop: &CancellationToken,
    ) -> Result<Credential, Error> {
        let precondition = self.precondition(id)?;
        let wanted = |there: &Credential| {
            Ok(Wanted {
                hashes: Hashes::make(&there.composite(), &there.realm, password).into(),
                application: there.application_id.clone(),
            })
        };
        self.replace(dashboard, &precondition, wanted, stop).await
    }

    /// Sends a new credential once. One that was sent before without a response is looked up first.
    async fn make_once(
        &self,
        dashboard: &Dashboard,
        new: &NewCredential,
        realm: RealmId,
    ) -> Result<Credential, Error> {
        let before = self.secrets().unanswered.take();
        let same = before.is_some_and(|before| {
            before.realm == new.realm && before.composite() == new.composite()
        });
        if same {
            let composite = new.composite();
            let found = dashboard.name_use(realm, &composite, &new.hashes).await;
            if found.is_err() {
                self.secrets().unanswered = Some(new.clone());
            }
            if let NameUse::Made(found) = found? {
                return Ok(found);
            }
        }
        let made = dashboard.create_credential(new, realm).await;
        if made.as_ref().is_err_and(http::Error::answer_is_unknown) {
            self.secrets().unanswered = Some(new.clone());
        }
        Ok(made?)
    }

    /// Returns the ID and the full name of a realm in the list.
    fn realm(&self, id: f64) -> Result<(RealmId, String), Error> {
        let id = RealmId(number(id));
        let model = self.model();
        let mut realms = model.shown().realms.iter().map(|load| &load.realm);
        let realm = realms.find(|realm| realm.id == id);
        let realm = realm.ok_or_else(|| Error::field("realm", "Choose a realm."))?;
        Ok((realm.id, realm.name.clone()))
    }
}

/// Parses the voice application field; empty means none.
pub(super) fn application_of(typed: &str) -> Result<Option<ApplicationId>, Error> {
    ApplicationId::parse_optional(typed)
        .map_err(|problem| Error::field("applicationId", explain::name::sentence(problem)))
}
