//! Actions of whichever screen is open: on its form, its secrets and its files.

use registrar_activity::Exchange;
use registrar_secret::SipPassword;
use zeroize::Zeroizing;

use super::Workspace;
use crate::Error;
use crate::clipboard_text::ClipboardText;
use crate::ipc::{Copyable, CredentialDraft, Draft, Preview, Savable};

impl Workspace {
    /// Keeps what was typed into the open form, and tells what it would make and send.
    pub fn save_draft(&self, draft: Draft) -> Result<Preview, Error> {
        if let Draft::Check { draft } = draft {
            return Ok(self.standalone_check()?.save_draft(draft));
        }
        if let Draft::DeskRealm { draft } = draft {
            return Ok(self.desk()?.keep_realm_draft(draft));
        }
        if let Draft::Account { draft } = draft {
            return self.keep_account_draft(draft);
        }
        self.journey_session()?.save_draft(draft)
    }

    /// Makes a file of what is open: its usual name and its bytes.
    pub fn file(&self, what: Savable) -> Result<(String, Vec<u8>), Error> {
        if what == Savable::CrashReport {
            return self.crash_file();
        }
        if let Ok(standalone_check) = self.standalone_check() {
            return standalone_check.file(what);
        }
        if let Ok(desk) = self.desk() {
            return desk.file(what);
        }
        self.journey_session()?.file(what)
    }

    /// Makes a password for the open form, and keeps it there. Returns its length.
    pub fn generate_password(&self) -> Result<usize, Error> {
        match self.desk() {
            Ok(desk) => desk.generate_password(),
            Err(_) => self.journey_session()?.generate_password(),
        }
    }

    /// Shows a secret of what is open. This is the one way on which a secret goes to the window.
    pub async fn reveal(
        &self,
        what: Copyable,
        typed: Option<SipPassword>,
        draft: Option<CredentialDraft>,
    ) -> Result<Zeroizing<String>, Error> {
        match self.desk() {
            Ok(desk) => desk.reveal(what),
            Err(_) => self.journey_session()?.reveal(what, typed, draft).await,
        }
    }

    /// Returns a value of what is open for the clipboard.
    pub async fn clipboard_text(&self, what: Copyable) -> Result<ClipboardText, Error> {
        match self.desk() {
            Ok(desk) => desk.clipboard_text(what),
            Err(_) => self.journey_session()?.clipboard_text(what).await,
        }
    }

    /// Returns the user name whose password was made by the app and is nowhere but in what is open.
    #[must_use]
    pub fn unsaved_password(&self) -> Option<String> {
        match self.desk() {
            Ok(desk) => desk.unsaved_password(),
            Err(_) => self.journey_session().ok()?.unsaved_password(),
        }
    }

    /// Returns the same for all that ends with the app.
    #[must_use]
    pub fn unsaved_passwords(&self) -> Option<String> {
        let rests = || {
            self.journeys()
                .resting
                .iter()
                .find_map(|rests| rests.unsaved_password())
        };
        self.unsaved_password().or_else(rests)
    }

    /// The password of what is open was copied or saved.
    pub fn password_is_kept(&self) {
        if let Ok(desk) = self.desk() {
            desk.password_is_kept();
        } else if let Ok(session) = self.journey_session() {
            session.password_is_kept();
        }
    }

    /// Returns what was sent by what is open and what came back, the newest last.
    pub fn exchanges(&self) -> Result<Vec<Exchange>, Error> {
        if let Ok(standalone_check) = self.standalone_check() {
            return Ok(standalone_check.exchanges());
        }
        if let Ok(desk) = self.desk() {
            return Ok(desk.exchanges());
        }
        Ok(self.journey_session()?.exchanges())
    }
}
