//! The phone that is being set up: its page, its fields, and its file.

use registrar_secret::SipPassword;

use super::JourneySession;
use super::state::State;
use crate::Error;
use crate::clipboard_text::ClipboardText;
use crate::ipc::{PhoneChoice, TypedPassword};
use crate::journey::step::Subject;
use crate::phones::{self, PhoneSetup};

impl JourneySession {
    /// Returns what goes into a field of a phone's page, for the clipboard.
    pub fn phone_field(&self, choice: &PhoneChoice, label: &str) -> Result<ClipboardText, Error> {
        self.phone_setup()?.field(choice, label)
    }

    /// Returns the file of a phone: its usual name and its bytes.
    pub async fn phone_file(&self, choice: &PhoneChoice) -> Result<(String, Vec<u8>), Error> {
        let takes_hash = (choice.listed()).is_some_and(|(_, dialect)| dialect.takes_hash());
        if takes_hash {
            // Read here, because another sign-in may have left them out.
            self.stored_credential().await?;
        }
        let (name, file) = self.phone_setup()?.file(choice)?;
        Ok((name, file.expose().to_vec()))
    }

    /// Compares what was typed into the phone with the password.
    pub fn compare_password(&self, typed: &SipPassword) -> Result<TypedPassword, Error> {
        let state = self.state();
        let password = state.password.as_ref().ok_or(Error::OutOfStep)?;
        Ok(phones::compare(password, typed))
    }

    /// Puts the chosen phone on top of the list of the next journeys.
    pub(super) fn remember_phone(&self) {
        let Some(choice) = self.state().drafts.phone.clone() else {
            return;
        };
        // The list is as useful without it, so a failure isn't worth a word.
        if phones::used::add(&self.store, &choice).is_ok() {
            self.state().used_phones = phones::used::read(&self.store);
        }
    }

    pub(super) fn phone_setup(&self) -> Result<PhoneSetup, Error> {
        let subject = self.subject()?;
        Ok(phone_setup(&self.state(), &subject))
    }
}

/// Returns what is known of the credential for a phone.
pub(in crate::journey) fn phone_setup(state: &State, subject: &Subject) -> PhoneSetup {
    let found = state.registrar.as_ref();
    let stored = state.stored.as_ref();
    let hashes = stored.and_then(|stored| stored.hashes.as_ref());
    PhoneSetup {
        user_name: subject.credential.composite(),
        realm: subject.realm.name.clone(),
        registrar: found.map_or_else(
            || subject.realm.name.clone(),
            |found| found.phone_host(state.transport).to_owned(),
        ),
        port: found.and_then(|found| found.port(state.transport)),
        transport: state.transport,
        password: state.password.clone(),
        hash1: hashes.map(|hashes| hashes.hash1.clone()),
    }
}
