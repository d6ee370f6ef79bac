//! The setup sheet of the journey's phone.

use registrar_phones::sheet::{Check, Row, Sheet};
use registrar_storage::export::{failed, name_part};

use super::JourneySession;
use super::phone::phone_setup;
use crate::Error;
use crate::ipc::Screen;
use crate::journey::screen::about;
use crate::phones::PageNotes;

impl JourneySession {
    /// Writes the setup sheet under the chosen phone's own names, with the password if it is asked
    /// for: its usual name and its bytes.
    pub async fn setup_sheet(&self, password: bool) -> Result<(String, Vec<u8>), Error> {
        let Screen::Finish { summary, .. } = self.screen() else {
            return Err(Error::OutOfStep);
        };
        let subject = self.subject()?;
        if password && !summary.password_known {
            return Err(Error::OutOfStep);
        }
        let transport = self.state().transport;
        // Looks the registrar up after a restart. A sheet without its port says so.
        let _found = self.target("", transport).await;
        let state = self.state();
        let setup = phone_setup(&state, &subject);
        let about = about(&state, &subject).into_iter().map(|row| Row {
            name: row.name,
            value: row.value,
        });
        let checks = summary.checks.into_iter().map(|check| Check {
            tone: check.tone,
            sentence: check.sentence,
        });
        let notes = PageNotes {
            about: about.collect(),
            checks: checks.collect(),
            password,
        };
        let mut bytes = Vec::new();
        let mut sheet = Sheet::begin(&mut bytes, self.is_practice(), password).map_err(failed)?;
        let choice = state.drafts.phone.as_ref();
        setup
            .write_page(&mut sheet, choice, &notes)
            .map_err(failed)?;
        sheet.end().map_err(failed)?;
        let name = format!("setup-sheet-{}.html", name_part(&setup.user_name));
        Ok((name, bytes))
    }
}
