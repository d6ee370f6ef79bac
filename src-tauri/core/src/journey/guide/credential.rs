//! Making a SIP credential, using one that is there, and giving one a new password.

use tokio_util::sync::CancellationToken;

use super::forms::Problems;
use super::{Guide, Tell, forms};
use crate::Error;
use crate::dashboard::{Credential, Dashboard, EchoDifference, NewCredential, RealmId};
use crate::digest::Hashes;
use crate::ipc::{CredentialDraft, Existing, Notice, Screen, Tone};
use crate::journey::step::{ChosenCredential, ChosenRealm, Event, Journey};
use crate::secret::SipPassword;

/// Longest password: Twilio's limit for `SipAuthPassword`.
const LONGEST_PASSWORD: usize = 255;

impl Guide {
    /// Makes a password and keeps it for the credential form. Returns its length.
    pub fn make_password(&self) -> Result<usize, Error> {
        self.at(|journey| matches!(journey, Journey::Credential { .. }))?;
        let made = SipPassword::make();
        let length = made.length();
        self.state().made_password = Some(made);
        Ok(length)
    }

    /// Makes the credential with the typed password, or with the one that the app made.
    pub async fn create_credential(
        &self,
        draft: CredentialDraft,
        typed: Option<SipPassword>,
        existing: Existing,
        stop: &CancellationToken,
        tell: Tell<'_>,
    ) -> Result<Screen, Error> {
        let Journey::Credential { realm, .. } = self.state().journey.clone() else {
            return Err(Error::OutOfStep);
        };
        self.state().drafts.credential = Some(draft.clone());
        let made = self.state().made_password.clone();
        let password = match existing {
            Existing::Use => typed,
            Existing::Refuse | Existing::Replace => typed.or(made),
        };
        let (new, password) = new_credential(&draft, &realm, password, existing)?;
        let dashboard = self.dashboard()?;

        let (credential, password) = match existing {
            Existing::Refuse => {
                tell("Sending the two hashes to Bandwidth. The password stays on this computer.");
                let made = self.make(&dashboard, &new, &realm).await?;
                let made = self
                    .repair_letter_case(&dashboard, made, &new, password.as_ref(), tell)
                    .await?;
                (made, password)
            }
            Existing::Use => {
                tell("Reading the credential that is there.");
                let found = found(&dashboard, &realm, &new).await?;
                let known = password.filter(|password| makes(&found, &realm, password));
                (found, known)
            }
            Existing::Replace => {
                tell("Reading the credential that is there.");
                let found = found(&dashboard, &realm, &new).await?;
                if stop.is_cancelled() {
                    return Err(Error::Cancelled);
                }
                tell("Sending the new password's two hashes to Bandwidth.");
                let password = password.ok_or(Error::OutOfStep)?;
                let hashes = Hashes::make(&found.composite(), &realm.name, &password);
                let replaced = dashboard
                    .replace_credential(&found, &hashes, new.application_id.as_ref())
                    .await?;
                (replaced, Some(password))
            }
        };

        let chosen = ChosenCredential {
            user_name: credential.user_name.clone(),
            domain: credential.domain.clone(),
            application_id: credential.application_id.clone(),
        };
        let notices = std::mem::take(&mut self.state().notices);
        self.state().set_up(credential, password);
        self.advance(Event::CredentialReady(chosen))?;
        self.state().drafts.credential = None;
        self.state().notices.extend(notices);
        self.find_registrar().await;
        self.keep()?;
        Ok(self.screen())
    }

    /// Replaces the password of the credential that is being set up.
    pub async fn new_password(&self, typed: Option<SipPassword>) -> Result<Screen, Error> {
        let subject = self.subject()?;
        let password = match typed {
            Some(typed) => checked(typed)?,
            None => SipPassword::make(),
        };
        let dashboard = self.dashboard()?;
        let stored = self.stored_credential().await?;

        let hashes = Hashes::make(
            &subject.credential.composite(),
            &subject.realm.name,
            &password,
        );
        let replaced = dashboard.replace_credential(&stored, &hashes, None).await?;

        let mut state = self.state();
        state.set_up(replaced, Some(password));
        state.notices.clear();
        state.notices.push(Notice {
            tone: Tone::Good,
            sentence: "The credential has a new password.".to_owned(),
            next: Some(
                "A phone with the old password stops working at its next refresh: put the new \
                 one into it."
                    .to_owned(),
            ),
        });
        drop(state);
        Ok(self.screen())
    }

    /// Takes the password of a credential that is there, if it makes the stored hash.
    pub async fn type_password(&self, typed: SipPassword) -> Result<Screen, Error> {
        let subject = self.subject()?;
        let typed = checked(typed)?;
        let stored = self.stored_credential().await?;

        if !makes(&stored, &subject.realm, &typed) {
            return Err(Error::field(
                "password",
                "This password does not make the hash that Bandwidth has. Type it again, or make \
                 a new one.",
            ));
        }
        self.state().password = Some(typed);
        Ok(self.screen())
    }

    /// Reads the credential that is being set up, with its hashes. What fails is said.
    pub(super) async fn fetch_credential(&self) {
        if self.state().stored.is_some() {
            return;
        }
        if let Err(error) = self.stored_credential().await {
            self.say(crate::explain::notice(&error));
        }
    }

    /// Returns the credential that is being set up, with its hashes.
    pub(super) async fn stored_credential(&self) -> Result<Credential, Error> {
        if let Some(stored) = self.state().stored.clone() {
            return Ok(stored);
        }
        let subject = self.subject()?;
        let composite = subject.credential.composite();
        let realm = RealmId(subject.realm.id);
        let found = self.dashboard()?.find_credential(realm, &composite).await?;
        let found = found.ok_or_else(|| {
            Error::field(
                "userName",
                "This credential is no longer on the account. Go back and make it again.",
            )
        })?;
        self.state().stored = Some(found.clone());
        Ok(found)
    }

    /// Sends it once. Where no answer came, the account tells whether it was made.
    async fn make(
        &self,
        dashboard: &Dashboard,
        new: &NewCredential,
        realm: &ChosenRealm,
    ) -> Result<Credential, Error> {
        let sent =
            dashboard.create_credentials(new.scope(RealmId(realm.id)), std::slice::from_ref(new));
        match sent.await {
            Ok(mut created) => match (created.made.pop(), created.refused.pop()) {
                (Some(made), _) => Ok(made),
                (None, Some(refused)) => Err(Error::Refused(refused.refusal)),
                (None, None) => Err(Error::Malformed {
                    service: crate::error::Service::Dashboard,
                    what: "an answer without the credential that was sent",
                }),
            },
            Err(error) if error.answer_is_unknown() => {
                let composite = new.composite();
                let found = dashboard
                    .find_credential(RealmId(realm.id), &composite)
                    .await;
                match found {
                    Ok(Some(found)) if has(&found, &new.hashes) => Ok(found),
                    Ok(_) | Err(_) => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// Where the API changed the letter case of the name, the stored hashes are useless: makes
    /// them again from the name as it is stored.
    async fn repair_letter_case(
        &self,
        dashboard: &Dashboard,
        made: Credential,
        new: &NewCredential,
        password: Option<&SipPassword>,
        tell: Tell<'_>,
    ) -> Result<Credential, Error> {
        let (Some(password), true) = (password, is_useless(&made, new)) else {
            return Ok(made);
        };
        tell("Bandwidth changed the letter case of the name. Storing hashes that fit it.");
        let hashes = Hashes::make(&made.composite(), &made.realm, password);
        let repaired = dashboard.replace_credential(&made, &hashes, None).await?;
        self.say(Notice {
            tone: Tone::Wait,
            sentence: format!("Bandwidth keeps the user name as {}.", made.composite()),
            next: Some(
                "The hashes were made again for that name. The phone must use it with exactly \
                 these letters."
                    .to_owned(),
            ),
        });
        Ok(repaired)
    }
}

/// Checks the form and makes the hashes. Every field that is wrong is named at once.
fn new_credential(
    draft: &CredentialDraft,
    realm: &ChosenRealm,
    password: Option<SipPassword>,
    existing: Existing,
) -> Result<(NewCredential, Option<SipPassword>), Error> {
    let mut problems = Problems::default();
    let password = match password.map(checked).transpose() {
        Ok(None) if existing != Existing::Use => {
            problems.take::<()>("password", Err("Type a password, or press 'Make one'."));
            None
        }
        Ok(password) => password,
        Err(error) => {
            problems.add(error)?;
            None
        }
    };
    // For a look-up of what is there the hashes are not used, so any password does.
    let hashed = password.clone().unwrap_or_else(|| SipPassword::new(""));
    match forms::credential(draft, &realm.name, &hashed) {
        Ok(new) if password.is_some() || existing == Existing::Use => Ok((new, password)),
        Ok(_) => Err(problems.into_error()),
        Err(error) => {
            problems.add(error)?;
            Err(problems.into_error())
        }
    }
}

/// Takes the line break of a pasted password away, and refuses what no phone takes.
fn checked(password: SipPassword) -> Result<SipPassword, Error> {
    let password = password.without_line_breaks();
    if password.is_empty() {
        return Err(Error::field(
            "password",
            "Type a password, or press 'Make one'.",
        ));
    }
    if password.length() > LONGEST_PASSWORD {
        return Err(Error::field("password", "Use at most 255 characters."));
    }
    if password.has_control_characters() {
        return Err(Error::field(
            "password",
            "There is a character in it that cannot be typed on a phone. Type it by hand.",
        ));
    }
    Ok(password)
}

async fn found(
    dashboard: &Dashboard,
    realm: &ChosenRealm,
    new: &NewCredential,
) -> Result<Credential, Error> {
    let found = dashboard
        .find_credential(RealmId(realm.id), &new.composite())
        .await?;
    found.ok_or_else(|| {
        Error::field(
            "userName",
            "Bandwidth says that this name exists, but it is not in this realm. Choose another \
             name.",
        )
    })
}

/// Returns whether a password makes the hashes that are stored.
fn makes(stored: &Credential, realm: &ChosenRealm, password: &SipPassword) -> bool {
    has(
        stored,
        &Hashes::make(&stored.composite(), &realm.name, password),
    )
}

fn has(stored: &Credential, hashes: &Hashes) -> bool {
    stored
        .hashes
        .as_ref()
        .is_some_and(|stored| stored.matches(hashes))
}

/// Returns whether no phone can register with what the API made of the request.
fn is_useless(made: &Credential, sent: &NewCredential) -> bool {
    made.echo_differences(sent)
        .iter()
        .any(EchoDifference::makes_hashes_useless)
}
