//! The secrets of the open desk task: shown and copied on demand, and dropped when the task is
//! left.

use registrar_bandwidth::dashboard::{CredentialId, NewCredential};
use registrar_digest as digest;
use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;
use zeroize::Zeroizing;

use super::Desk;
use super::issued::Issued;
use crate::Error;
use crate::clipboard_text::ClipboardText;
use crate::ipc::Copyable;

/// The open task's secrets.
#[derive(Default)]
pub(super) struct Secrets {
    /// The password generated for the form.
    pub(super) made: Option<SipPassword>,
    /// The password that the phone uses, as typed for one SIP credential.
    pub(super) asked: Option<(CredentialId, SipPassword)>,
    /// What was sent to be created without a response.
    pub(super) unanswered: Option<NewCredential>,
    /// The values for the phone.
    pub(super) issued: Option<Issued>,
}

impl Desk {
    /// Generates a password and stores it for the open form. Returns its length.
    pub fn generate_password(&self) -> Result<usize, Error> {
        self.dashboard()?;
        let made = SipPassword::make();
        let length = made.length();
        self.secrets().made = Some(made);
        Ok(length)
    }

    /// Drops the open task's secrets.
    pub fn close_task(&self) {
        *self.secrets() = Secrets::default();
    }

    /// Returns the user name whose generated password exists only in the open task.
    #[must_use]
    pub fn unsaved_password(&self) -> Option<String> {
        let secrets = self.secrets();
        let issued = secrets.issued.as_ref().filter(|issued| issued.at_risk);
        issued.map(|issued| issued.credential.composite())
    }

    /// Called when the open task's password was copied or saved.
    pub fn password_is_kept(&self) {
        if let Some(issued) = &mut self.secrets().issued {
            issued.at_risk = false;
        }
    }

    /// Returns a secret of the open task, to be shown.
    pub fn reveal(&self, what: Copyable) -> Result<Zeroizing<String>, Error> {
        let copied = self.clipboard_text(what)?;
        if copied.secret {
            Ok(copied.text)
        } else {
            Err(Error::OutOfStep)
        }
    }

    /// Returns a value of the open task for the clipboard.
    pub fn clipboard_text(&self, what: Copyable) -> Result<ClipboardText, Error> {
        let secrets = self.secrets();
        let issued = secrets.issued.as_ref();
        let hashes = issued.and_then(|issued| issued.credential.hashes.as_ref());
        let copied = match what {
            Copyable::Password => {
                let password = issued.and_then(|issued| issued.password.as_ref());
                let password = password.or(secrets.made.as_ref());
                password.map(SipPassword::expose).map(ClipboardText::secret)
            }
            Copyable::Hash1 => hashes.map(|hashes| ClipboardText::secret(hashes.hash1.expose())),
            Copyable::Hash1b => hashes
                .and_then(|hashes| hashes.hash1b.as_ref())
                .map(Hash::expose)
                .map(ClipboardText::secret),
            Copyable::UserName => {
                issued.map(|issued| ClipboardText::plain(issued.credential.composite()))
            }
            Copyable::UserNameWithRealm => issued.map(|issued| {
                let composite = issued.credential.composite();
                ClipboardText::plain(digest::with_realm(&composite, &issued.credential.realm))
            }),
            Copyable::Realm => {
                issued.map(|issued| ClipboardText::plain(issued.credential.realm.clone()))
            }
            Copyable::Registrar => issued.map(|issued| {
                let registrar = &issued.registrar;
                ClipboardText::plain(registrar.phone_host(TransportName::Udp).to_owned())
            }),
            Copyable::Port => issued
                .and_then(|issued| issued.registrar.port(TransportName::Udp))
                .map(|port| ClipboardText::plain(port.to_string())),
            Copyable::Transport => {
                issued.map(|_| ClipboardText::plain(TransportName::Udp.as_str()))
            }
            Copyable::Curl | Copyable::SalesText | Copyable::SupportText => None,
        };
        copied.ok_or(Error::OutOfStep)
    }
}
