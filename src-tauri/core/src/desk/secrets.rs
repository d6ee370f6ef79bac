//! The secrets of the task that is open at the desk: shown and copied on demand, and forgotten when
//! it is left.

use zeroize::Zeroizing;

use super::Desk;
use super::handed::HandedOut;
use crate::Error;
use crate::clip::Clip;
use crate::dashboard::{CredentialId, NewCredential};
use crate::digest;
use crate::ipc::Copyable;
use crate::secret::{Hash, SipPassword};
use crate::sip::TransportName;

/// What the open task knows.
#[derive(Default)]
pub(super) struct Secrets {
    /// The password that the app made for the form.
    pub(super) made: Option<SipPassword>,
    /// The password that the phone uses, as it was typed for one SIP credential.
    pub(super) asked: Option<(CredentialId, SipPassword)>,
    /// What was sent to be made and got no answer.
    pub(super) unanswered: Option<NewCredential>,
    /// What the phone gets.
    pub(super) handed: Option<HandedOut>,
}

impl Desk {
    /// Makes a password and keeps it for the open form. Returns its length.
    pub fn make_password(&self) -> Result<usize, Error> {
        self.dashboard()?;
        let made = SipPassword::make();
        let length = made.length();
        self.secrets().made = Some(made);
        Ok(length)
    }

    /// Forgets what the open task knows.
    pub fn leave_task(&self) {
        *self.secrets() = Secrets::default();
    }

    /// Returns the user name whose password was made by the app and is nowhere but in the open task.
    #[must_use]
    pub fn password_at_risk(&self) -> Option<String> {
        let secrets = self.secrets();
        let handed = secrets.handed.as_ref().filter(|handed| handed.at_risk);
        handed.map(|handed| handed.credential.composite())
    }

    /// The password of the open task was copied or saved.
    pub fn password_is_kept(&self) {
        if let Some(handed) = &mut self.secrets().handed {
            handed.at_risk = false;
        }
    }

    /// Shows a secret of the open task.
    pub fn reveal(&self, what: Copyable) -> Result<Zeroizing<String>, Error> {
        let clip = self.clip(what)?;
        if clip.secret {
            Ok(clip.text)
        } else {
            Err(Error::OutOfStep)
        }
    }

    /// Returns a value of the open task for the clipboard.
    pub fn clip(&self, what: Copyable) -> Result<Clip, Error> {
        let secrets = self.secrets();
        let handed = secrets.handed.as_ref();
        let hashes = handed.and_then(|handed| handed.credential.hashes.as_ref());
        let clip = match what {
            Copyable::Password => {
                let password = handed.map(|handed| &handed.password);
                let password = password.or(secrets.made.as_ref());
                password.map(SipPassword::expose).map(Clip::secret)
            }
            Copyable::Hash1 => hashes.map(|hashes| Clip::secret(hashes.hash1.expose())),
            Copyable::Hash1b => hashes
                .and_then(|hashes| hashes.hash1b.as_ref())
                .map(Hash::expose)
                .map(Clip::secret),
            Copyable::UserName => handed.map(|handed| Clip::plain(handed.credential.composite())),
            Copyable::UserNameWithRealm => handed.map(|handed| {
                let composite = handed.credential.composite();
                Clip::plain(digest::with_realm(&composite, &handed.credential.realm))
            }),
            Copyable::Realm => handed.map(|handed| Clip::plain(handed.credential.realm.clone())),
            Copyable::Registrar => handed.map(|handed| {
                let registrar = &handed.registrar;
                Clip::plain(registrar.phone_host(TransportName::Udp).to_owned())
            }),
            Copyable::Port => handed
                .and_then(|handed| handed.registrar.port(TransportName::Udp))
                .map(|port| Clip::plain(port.to_string())),
            Copyable::Transport => handed.map(|_| Clip::plain(TransportName::Udp.as_str())),
            Copyable::Curl | Copyable::SalesText | Copyable::SupportText => None,
        };
        clip.ok_or(Error::OutOfStep)
    }
}
