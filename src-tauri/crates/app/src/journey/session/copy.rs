//! Which secrets of the open step may be shown, and which may be copied.

use registrar_bandwidth::discovery::Found;
use registrar_digest::{self as digest, Hashes};
use registrar_names::trimmed;
use registrar_secret::{Hash, SipPassword};
use zeroize::Zeroizing;

use super::JourneySession;
use super::state::PasswordKnown;
use crate::clipboard_text::ClipboardText;
use crate::credential_form::checked;
use crate::ipc::{Copyable, CredentialDraft};
use crate::journey::step::Journey;
use crate::{Error, texts};

impl JourneySession {
    /// Returns a secret of the open step, to be shown. This is the only way in which a secret
    /// reaches the window.
    pub async fn reveal(
        &self,
        what: Copyable,
        typed: Option<SipPassword>,
        draft: Option<CredentialDraft>,
    ) -> Result<Zeroizing<String>, Error> {
        let copied = match draft {
            Some(draft) => self.of_the_form(what, typed, &draft)?,
            None => self.secret(what).await?,
        };
        if copied.secret {
            Ok(copied.text)
        } else {
            Err(Error::OutOfStep)
        }
    }

    /// Returns a value of the open step for the clipboard.
    pub async fn clipboard_text(&self, what: Copyable) -> Result<ClipboardText, Error> {
        let plain = |text: String| Ok(ClipboardText::plain(text));
        match what {
            Copyable::Password | Copyable::Hash1 | Copyable::Hash1b => self.secret(what).await,
            Copyable::SalesText => plain(texts::SALES.to_owned()),
            Copyable::SupportText => plain(texts::SUPPORT.to_owned()),
            Copyable::Curl => plain(self.request().ok_or(Error::OutOfStep)?.curl()),
            Copyable::UserName => plain(self.subject()?.credential.composite()),
            Copyable::UserNameWithRealm => {
                let subject = self.subject()?;
                plain(digest::with_realm(
                    &subject.credential.composite(),
                    &subject.realm.name,
                ))
            }
            Copyable::Realm => plain(self.subject()?.realm.name),
            Copyable::Registrar => {
                let transport = self.state().transport;
                plain(self.found(|found| Some(found.phone_host(transport).to_owned()))?)
            }
            Copyable::Port => {
                let transport = self.state().transport;
                let port = |found: &Found| found.port(transport).map(|port| port.to_string());
                plain(self.found(port)?)
            }
            Copyable::Transport => plain(self.state().transport.as_str().to_owned()),
        }
    }

    /// Returns the user name of the credential being set up, if its generated password exists only
    /// here.
    pub fn unsaved_password(&self) -> Option<String> {
        let state = self.state();
        let at_risk = state.password_known == PasswordKnown::Made && state.password.is_some();
        let subject = state
            .journey
            .subject()
            .or_else(|| state.resume.as_ref()?.subject());
        subject
            .filter(|_| at_risk)
            .map(|subject| subject.credential.composite())
    }

    /// Called when the password was copied or saved.
    pub fn password_is_kept(&self) {
        let mut state = self.state();
        if state.password_known == PasswordKnown::Made {
            state.password_known = PasswordKnown::Kept;
        }
    }

    fn found(&self, part: impl Fn(&Found) -> Option<String>) -> Result<String, Error> {
        self.state()
            .registrar
            .as_ref()
            .and_then(part)
            .ok_or(Error::OutOfStep)
    }

    /// The secrets of the credential form, before anything is sent.
    fn of_the_form(
        &self,
        what: Copyable,
        typed: Option<SipPassword>,
        draft: &CredentialDraft,
    ) -> Result<ClipboardText, Error> {
        let Journey::Credential { realm, .. } = self.state().journey.clone() else {
            return Err(Error::OutOfStep);
        };
        let password = typed.or_else(|| self.state().made_password.clone());
        let password = password.filter(|password| !password.is_empty());
        let password =
            password.ok_or_else(|| Error::field("password", "There’s no password yet."))?;
        let password = checked(&password)?;
        let composite = digest::composite(trimmed(&draft.user_name), Some(trimmed(&draft.domain)));
        let hashes = Hashes::make(&composite, &realm.name, &password);
        secret(
            what,
            Some(&password),
            Some(&hashes.hash1),
            Some(&hashes.hash1b),
        )
    }

    /// The secrets of the credential that is being set up, or of the form's made password.
    async fn secret(&self, what: Copyable) -> Result<ClipboardText, Error> {
        if matches!(self.state().journey, Journey::Credential { .. }) {
            let made = self.state().made_password.clone();
            return secret(what, made.as_ref(), None, None);
        }
        if what != Copyable::Password {
            self.stored_credential().await?;
        }
        let state = self.state();
        let hashes = state
            .stored
            .as_ref()
            .and_then(|stored| stored.hashes.as_ref());
        secret(
            what,
            state.password.as_ref(),
            hashes.map(|hashes| &hashes.hash1),
            hashes.and_then(|hashes| hashes.hash1b.as_ref()),
        )
    }
}

fn secret(
    what: Copyable,
    password: Option<&SipPassword>,
    hash1: Option<&Hash>,
    hash1b: Option<&Hash>,
) -> Result<ClipboardText, Error> {
    let text = match what {
        Copyable::Password => password.map(SipPassword::expose),
        Copyable::Hash1 => hash1.map(Hash::expose),
        Copyable::Hash1b => hash1b.map(Hash::expose),
        Copyable::UserName
        | Copyable::UserNameWithRealm
        | Copyable::Realm
        | Copyable::Port
        | Copyable::Transport
        | Copyable::Registrar
        | Copyable::Curl
        | Copyable::SalesText
        | Copyable::SupportText => None,
    };
    text.map(ClipboardText::secret).ok_or(Error::OutOfStep)
}
