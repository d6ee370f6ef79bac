//! A phone's page for what is open: its fields, its file, and its password.

use registrar_secret::SipPassword;
use registrar_storage::written::Written;

use super::Workspace;
use crate::Error;
use crate::clipboard_text::ClipboardText;
use crate::ipc::{PhoneChoice, TypedPassword};

impl Workspace {
    /// Returns what goes into a field of a phone's page, for the clipboard.
    pub fn phone_field(&self, choice: &PhoneChoice, label: &str) -> Result<ClipboardText, Error> {
        match self.desk() {
            Ok(desk) => desk.phone_field(choice, label),
            Err(_) => self.journey_session()?.phone_field(choice, label),
        }
    }

    /// Makes the file of a phone: its usual name and its bytes.
    pub async fn phone_file(&self, choice: &PhoneChoice) -> Result<(String, Vec<u8>), Error> {
        match self.desk() {
            Ok(desk) => desk.phone_file(choice).await,
            Err(_) => self.journey_session()?.phone_file(choice).await,
        }
    }

    /// Called when a phone's file was saved.
    pub fn phone_file_is_saved(&self, file: Written) -> Result<(), Error> {
        match self.desk() {
            Ok(desk) => desk.password_is_kept(),
            Err(_) => self.journey_session()?.phone_file_is_saved(file),
        }
        Ok(())
    }

    /// Compares what was typed into the phone with the password.
    pub fn compare_password(&self, typed: &SipPassword) -> Result<TypedPassword, Error> {
        match self.desk() {
            Ok(desk) => desk.compare_password(typed),
            Err(_) => self.journey_session()?.compare_password(typed),
        }
    }

    /// Writes the setup sheet of what is open, with its password if it is asked for: its usual name
    /// and its bytes. The desk is told which phone it is for; a journey has one.
    pub async fn setup_sheet(
        &self,
        choice: Option<&PhoneChoice>,
        password: bool,
    ) -> Result<(String, Vec<u8>), Error> {
        match self.desk() {
            Ok(desk) => desk.setup_sheet(choice, password),
            Err(_) => self.journey_session()?.setup_sheet(password).await,
        }
    }
}
