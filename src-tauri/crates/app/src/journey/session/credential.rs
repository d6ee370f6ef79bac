//! Creates a SIP credential, uses an existing one, or gives one a new password.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{Credential, Dashboard, RealmId};
use registrar_digest::Hashes;
use registrar_explain::Notice;
use registrar_explain::discovery::trouble;
use registrar_secret::SipPassword;
use tokio_util::sync::CancellationToken;

use super::state::PasswordKnown;
use super::{JourneySession, OnProgress};
use crate::Error;
use crate::credential_form::{checked, find_existing, mend, new_credential, no_password};
use crate::ipc::{CredentialDraft, Existing, Screen};
use crate::journey::step::{ChosenCredential, ChosenRealm, Event, Journey, Subject};

impl JourneySession {
    /// Generates a password and stores it for the credential form. Returns its length.
    pub fn generate_password(&self) -> Result<usize, Error> {
        self.at(|journey| matches!(journey, Journey::Credential { .. }))?;
        let made = SipPassword::make();
        let length = made.length();
        self.state().made_password = Some(made);
        Ok(length)
    }

    /// Creates the credential with the typed or the generated password.
    pub async fn create_credential(
        &self,
        draft: CredentialDraft,
        typed: Option<SipPassword>,
        existing: Existing,
        stop: &CancellationToken,
        tell: OnProgress<'_>,
    ) -> Result<Screen, Error> {
        let place = self.place();
        let Journey::Credential { realm, .. } = self.state().journey.clone() else {
            return Err(Error::OutOfStep);
        };
        self.state().drafts.credential = Some(draft.clone());
        let password_known = PasswordKnown::from(typed.as_ref());
        let password = typed.or(self.state().made_password.clone());
        let (new, password) =
            new_credential(&draft, &realm.name, password, existing != Existing::Use)?;
        let dashboard = self.dashboard()?;

        let mut notices = Vec::new();
        let (credential, password) = match existing {
            Existing::Refuse => {
                tell("Sending the 2 hashes to Bandwidth. The password stays on this computer.");
                let made = dashboard.create_credential(&new, RealmId(realm.id)).await?;
                let password = password.ok_or_else(no_password)?;
                let (made, notice) = mend(&dashboard, made, &new, &password, tell).await?;
                notices.extend(notice);
                (made, Some(password))
            }
            Existing::Use => {
                tell("Reading the existing credential.");
                let found = find_existing(&dashboard, RealmId(realm.id), &new).await?;
                let known = password.filter(|password| makes(&found, &realm, password));
                (found, known)
            }
            Existing::Replace => {
                tell("Reading the existing credential.");
                let found = find_existing(&dashboard, RealmId(realm.id), &new).await?;
                if stop.is_cancelled() {
                    return Err(Error::Cancelled);
                }
                tell("Sending the new password’s 2 hashes to Bandwidth.");
                let password = password.ok_or_else(no_password)?;
                let hashes = Hashes::make(&found.composite(), &realm.name, &password);
                let application = new.application_id.as_ref();
                let replaced = dashboard
                    .replace_hashes(&found, &hashes, application)
                    .await?;
                (replaced, Some(password))
            }
        };
        tell("Finding the registrar’s port.");
        let registrar = self.registrar_of(&dashboard, &realm.name).await;
        notices.extend(trouble(&registrar));

        let chosen = ChosenCredential {
            user_name: credential.user_name.clone(),
            domain: credential.domain.clone(),
            application_id: credential.application_id.clone(),
        };
        let replaced = existing == Existing::Replace;
        self.advance_from(place, Event::CredentialReady(chosen), |state| {
            state.set_up(credential, password);
            state.password_known = password_known;
            state.replaced = replaced;
            state.registrar = Some(registrar);
            state.drafts.credential = None;
            state.notices = notices;
        })
    }

    /// Replaces the password of the credential being set up. A password that was sent without a
    /// response is kept, and is sent again the next time.
    pub async fn change_password(
        &self,
        typed: Option<SipPassword>,
        stop: &CancellationToken,
    ) -> Result<Screen, Error> {
        let place = self.place();
        let subject = self.subject()?;
        let password_known = PasswordKnown::from(typed.as_ref());
        let password = match typed {
            Some(typed) => checked(&typed)?,
            None => self
                .state()
                .unanswered
                .clone()
                .unwrap_or_else(SipPassword::make),
        };
        let dashboard = self.dashboard()?;
        let stored = self.stored_credential().await?;
        if stop.is_cancelled() {
            return Err(Error::Cancelled);
        }
        self.state_at(place)?.unanswered = Some(password.clone());

        let composite = subject.credential.composite();
        let hashes = Hashes::make(&composite, &subject.realm.name, &password);
        let replaced = dashboard.replace_hashes(&stored, &hashes, None).await?;

        {
            let mut state = self.state_at(place)?;
            state.set_up(replaced, Some(password));
            state.password_known = password_known;
            state.replaced = true;
            state.notices = vec![Notice {
                tone: Tone::Good,
                sentence: "The credential has a new password.".to_owned(),
                next: Some(
                    "A phone with the old password stops working the next time it registers, \
                     until you enter the new one in it."
                        .to_owned(),
                ),
            }];
        }
        Ok(self.screen())
    }

    /// Accepts the password of an existing credential if it matches the stored hash.
    pub async fn verify_password(&self, typed: SipPassword) -> Result<Screen, Error> {
        let place = self.place();
        let subject = self.subject()?;
        let typed = checked(&typed)?;
        let stored = self.stored_credential().await?;

        if !makes(&stored, &subject.realm, &typed) {
            return Err(Error::field(
                "password",
                "This password doesn’t match the hash that Bandwidth has. Enter it again, or \
                 generate a new one.",
            ));
        }
        self.state_at(place)?.password = Some(typed);
        Ok(self.screen())
    }

    /// Returns the credential that is being set up, with its hashes.
    pub(super) async fn stored_credential(&self) -> Result<Credential, Error> {
        if let Some(stored) = self.state().stored.clone() {
            return Ok(stored);
        }
        let place = self.place();
        let subject = self.subject()?;
        let found = stored_credential(&*self.dashboard()?, &subject).await?;
        self.state_at(place)?.stored = Some(found.clone());
        Ok(found)
    }
}

/// Reads the credential that is being set up, with its hashes.
pub(super) async fn stored_credential(
    dashboard: &Dashboard,
    subject: &Subject,
) -> Result<Credential, Error> {
    let composite = subject.credential.composite();
    let realm = RealmId(subject.realm.id);
    let found = dashboard.find_credential(realm, &composite).await?;
    found.ok_or_else(|| {
        Error::field(
            "userName",
            "This credential is no longer in the account. Go back and create it again.",
        )
    })
}

/// Returns whether a password matches the stored hashes.
fn makes(stored: &Credential, realm: &ChosenRealm, password: &SipPassword) -> bool {
    stored.has(&Hashes::make(&stored.composite(), &realm.name, password))
}
