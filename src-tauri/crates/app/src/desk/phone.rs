//! Sets up a phone at the desk: from the stored hashes, or with a password that was set there.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::CredentialId;
use registrar_digest::Hashes;
use registrar_explain::Notice;
use registrar_phones::sheet::{Row, Sheet};
use registrar_secret::{Hash, SipPassword};
use registrar_storage::export::{failed, name_part};

use super::issued::{Issued, TRANSPORT};
use super::precondition::CredentialPrecondition;
use super::{Desk, number};
use crate::Error;
use crate::clipboard_text::ClipboardText;
use crate::ipc::{DeskIssued, PhoneChoice, PhonePage, PhoneRefusal, TypedPassword};
use crate::phones::{self, PageNotes, PhoneSetup};

/// The sentence about a file by hash when Bandwidth stores no hash.
const NO_HASHES: &str = "Bandwidth didn’t return this credential’s hashes, so its file can’t be \
                         written. Generate a new password.";

impl Desk {
    /// Reads a SIP credential, and returns what a phone needs. Nobody has to know its password: its
    /// stored hashes are what a phone's file can hold in its place.
    pub async fn set_up_phone(&self, id: f64) -> Result<DeskIssued, Error> {
        let dashboard = self.dashboard()?;
        let precondition = self.precondition(CredentialId(number(id)))?;
        let there = self.read(&dashboard, &precondition).await?;
        let mut notices = Vec::new();
        if let Err(Error::Changed { differences }) = precondition.unchanged(&there) {
            notices.push(Notice {
                tone: Tone::Wait,
                sentence: differences.join(" "),
                next: Some("This page uses what Bandwidth stores now.".to_owned()),
            });
        }
        Ok(self.issued(&dashboard, there, None, notices).await)
    }

    /// Returns the page of a listed phone for the open credential.
    pub fn phone_page(&self, choice: &PhoneChoice) -> Result<PhonePage, Error> {
        let setup = self.phone_setup()?;
        let mut page = setup.page(choice)?;
        let (_, dialect) = choice.listed().ok_or(Error::OutOfStep)?;
        if setup.hash1.is_none()
            && dialect.takes_hash()
            && let Some(file) = &mut page.file
        {
            file.refusal = Some(PhoneRefusal {
                sentence: NO_HASHES.to_owned(),
                of_password: true,
            });
        }
        // Codes are drawn for a journey's phone alone.
        page.qr = None;
        Ok(page)
    }

    /// Returns what goes into a field of a phone's page, for the clipboard.
    pub fn phone_field(&self, choice: &PhoneChoice, label: &str) -> Result<ClipboardText, Error> {
        self.phone_setup()?.field(choice, label)
    }

    /// Returns the file of a phone: its usual name and its bytes. One with a stored hash is written
    /// only if Bandwidth still stores that one.
    pub async fn phone_file(&self, choice: &PhoneChoice) -> Result<(String, Vec<u8>), Error> {
        let setup = self.phone_setup()?;
        if setup.password.is_none() {
            let precondition = {
                let secrets = self.secrets();
                let issued = secrets.issued.as_ref().ok_or(Error::OutOfStep)?;
                CredentialPrecondition::of(&issued.credential)
            };
            self.read_unchanged(&self.dashboard()?, &precondition)
                .await?;
        }
        let (name, file) = setup.file(choice)?;
        Ok((name, file.expose().to_vec()))
    }

    /// Compares what was typed into the phone with the password.
    pub fn compare_password(&self, typed: &SipPassword) -> Result<TypedPassword, Error> {
        let secrets = self.secrets();
        let issued = secrets.issued.as_ref().ok_or(Error::OutOfStep)?;
        let password = issued.password.as_ref().ok_or(Error::OutOfStep)?;
        Ok(phones::compare(password, typed))
    }

    /// Writes the setup sheet of the open credential: its usual name and its bytes.
    pub fn setup_sheet(
        &self,
        choice: Option<&PhoneChoice>,
        password: bool,
    ) -> Result<(String, Vec<u8>), Error> {
        let setup = self.phone_setup()?;
        if password && setup.password.is_none() {
            return Err(Error::OutOfStep);
        }
        let notes = PageNotes {
            about: self.on_sheets(),
            checks: Vec::new(),
            password,
        };
        let mut bytes = Vec::new();
        let mut sheet = Sheet::begin(&mut bytes, self.is_practice(), password).map_err(failed)?;
        setup
            .write_page(&mut sheet, choice, &notes)
            .map_err(failed)?;
        sheet.end().map_err(failed)?;
        let name = format!("setup-sheet-{}.html", name_part(&setup.user_name));
        Ok((name, bytes))
    }

    /// Returns what each page of a setup sheet says of the account.
    pub(super) fn on_sheets(&self) -> Vec<Row> {
        vec![Row {
            name: "Account".to_owned(),
            value: format!("{} ({})", self.account.name, self.account.number),
        }]
    }

    fn phone_setup(&self) -> Result<PhoneSetup, Error> {
        let secrets = self.secrets();
        let issued = secrets.issued.as_ref().ok_or(Error::OutOfStep)?;
        Ok(phone_setup(issued))
    }
}

fn phone_setup(issued: &Issued) -> PhoneSetup {
    let credential = &issued.credential;
    PhoneSetup {
        user_name: credential.composite(),
        realm: credential.realm.clone(),
        registrar: issued.registrar.phone_host(TRANSPORT).to_owned(),
        port: issued.registrar.port(TRANSPORT),
        transport: TRANSPORT,
        password: issued.password.clone(),
        hash1: hash1(issued),
    }
}

/// The hash that Bandwidth stores. A known password has the same one, should the API leave it out.
fn hash1(issued: &Issued) -> Option<Hash> {
    let credential = &issued.credential;
    let stored = credential.hashes.as_ref();
    let of_password = || {
        let password = issued.password.as_ref()?;
        let hashes = Hashes::make(&credential.composite(), &credential.realm, password);
        Some(hashes.hash1)
    };
    stored
        .map(|stored| stored.hash1.clone())
        .or_else(of_password)
}

#[cfg(test)]
mod tests;
