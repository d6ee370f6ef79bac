//! The setup sheet of the journey's phone.

use registrar_phones::sheet::{Check, Page, Password, Row, Sheet};
use registrar_phones::{EXPIRY, Settings};
use registrar_storage::export::{failed, name_part};

use super::JourneySession;
use crate::Error;
use crate::ipc::{Screen, Summary};
use crate::journey::screen::about;

impl JourneySession {
    /// Writes the setup sheet: its usual name and its bytes.
    pub(super) async fn setup_sheet(&self) -> Result<(String, Vec<u8>), Error> {
        let Screen::Finish { summary, .. } = self.screen() else {
            return Err(Error::OutOfStep);
        };
        let subject = self.subject()?;
        let user_name = subject.credential.composite();
        let realm = subject.realm.name.as_str();
        let transport = self.state().transport;
        // A sheet without the port says so.
        let found = self.target("", transport).await.ok();
        let settings = Settings {
            user_name: &user_name,
            display_name: None,
            realm,
            registrar: found
                .as_ref()
                .map_or(realm, |found| found.phone_host(transport)),
            port: found.as_ref().and_then(|found| found.port(transport)),
            transport,
            expiry: EXPIRY,
            secret: None,
        };
        let about = about(&self.state(), &subject);
        let about: Vec<Row> = about
            .into_iter()
            .map(|row| Row {
                name: row.name,
                value: row.value,
            })
            .collect();
        let page = Page {
            phone: None,
            settings: &settings,
            about: &about,
            notes: &[],
            checks: &checks(&summary),
            left_open: &summary.left_open,
            password: Password::LeftOut,
        };
        let mut bytes = Vec::new();
        let mut sheet = Sheet::begin(&mut bytes, self.is_practice(), false).map_err(failed)?;
        sheet.page(&page).map_err(failed)?;
        sheet.end().map_err(failed)?;
        let name = format!("sip-registrar-{}.html", name_part(&user_name));
        Ok((name, bytes))
    }
}

fn checks(summary: &Summary) -> Vec<Check> {
    let check = |notice: &registrar_explain::Notice| Check {
        tone: notice.tone,
        sentence: notice.sentence.clone(),
    };
    summary.checks.iter().map(check).collect()
}
