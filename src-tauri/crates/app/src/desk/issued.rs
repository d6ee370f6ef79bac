//! The values to enter into a phone after a SIP credential was created or given a new password.

use registrar_bandwidth::dashboard::{Credential, Dashboard};
use registrar_bandwidth::discovery::{self, Found};
use registrar_explain::{self as explain, Notice};
use registrar_secret::SipPassword;
use registrar_sip::TransportName;

use super::{Desk, view};
use crate::Error;
use crate::ipc::{DeskIssued, PhoneSettings, Savable};
use crate::phone_file;

/// The values for the phone.
pub(super) struct Issued {
    pub(super) credential: Credential,
    pub(super) password: SipPassword,
    pub(super) registrar: Found,
    /// Whether the password was generated, and neither copied nor saved.
    pub(super) at_risk: bool,
}

impl Desk {
    /// Looks up the registrar, and returns the phone's settings.
    pub(super) async fn issued(
        &self,
        dashboard: &Dashboard,
        credential: Credential,
        password: SipPassword,
        mut notices: Vec<Notice>,
    ) -> DeskIssued {
        let settings = dashboard.sip_authentication().await.ok();
        let resolver = self.services.resolver.as_ref();
        let registrar = discovery::find(resolver, settings.as_ref(), &credential.realm).await;
        notices.extend(explain::discovery::trouble(&registrar));
        let transport = TransportName::Udp;
        let told = DeskIssued {
            id: view::float(credential.id.0),
            phone: PhoneSettings {
                user_name: credential.composite(),
                realm: credential.realm.clone(),
                registrar: registrar.phone_host(transport).to_owned(),
                port: registrar.port(transport),
                transport,
                password_length: Some(view::count(password.length())),
                found: explain::discovery::origin(registrar.origin).to_owned(),
                dns: explain::discovery::views(&registrar.dns),
            },
            notices,
        };
        let mut secrets = self.secrets();
        let made = secrets.made.as_ref();
        let at_risk = made.is_some_and(|made| made.expose() == password.expose());
        secrets.made = None;
        secrets.asked = None;
        secrets.issued = Some(Issued {
            credential,
            password,
            registrar,
            at_risk,
        });
        told
    }

    /// Returns a file of what is open at the desk: its default name and its bytes.
    pub fn file(&self, what: Savable) -> Result<(String, Vec<u8>), Error> {
        match what {
            Savable::CredentialsAll | Savable::CredentialsSelected | Savable::CredentialsShown => {
                self.csv(what)
            }
            Savable::ImportPlan => self.plan_file(),
            Savable::ImportSample => Ok(self.sample()),
            Savable::Linphone => self.linphone(),
            Savable::CrashReport
            | Savable::MessageChartPcapng
            | Savable::MessageChartSvg
            | Savable::MessageChartText
            | Savable::Summary => Err(Error::OutOfStep),
        }
    }

    /// Returns the Linphone file for the issued values: its default name and its bytes.
    fn linphone(&self) -> Result<(String, Vec<u8>), Error> {
        let secrets = self.secrets();
        let issued = secrets.issued.as_ref().ok_or(Error::OutOfStep)?;
        let hashes = issued.credential.hashes.as_ref();
        phone_file::linphone(
            &issued.credential.composite(),
            &issued.credential.realm,
            &issued.registrar,
            TransportName::Udp,
            hashes.map(|hashes| &hashes.hash1),
        )
    }
}
