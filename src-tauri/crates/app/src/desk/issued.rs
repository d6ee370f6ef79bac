//! What a phone needs of one SIP credential: one that was created, was given a new password, or was
//! opened to set up a phone from its stored hashes.

use registrar_bandwidth::dashboard::{Credential, Dashboard};
use registrar_bandwidth::discovery::{self, Found};
use registrar_explain::{self as explain, Notice};
use registrar_secret::SipPassword;
use registrar_sip::TransportName;

use super::{Desk, view};
use crate::Error;
use crate::ipc::{DeskIssued, PhoneSettings, Savable};
use crate::phones;

/// The transport that phones are set up with: the only one that Bandwidth documents.
pub(super) const TRANSPORT: TransportName = TransportName::Udp;

/// The values for the phone.
pub(super) struct Issued {
    pub(super) credential: Credential,
    /// The password, if it was typed or generated here.
    pub(super) password: Option<SipPassword>,
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
        password: Option<SipPassword>,
        mut notices: Vec<Notice>,
    ) -> DeskIssued {
        let settings = dashboard.sip_authentication().await.ok();
        let resolver = self.services.resolver.as_ref();
        let registrar = discovery::find(resolver, settings.as_ref(), &credential.realm).await;
        notices.extend(explain::discovery::trouble(&registrar));
        let length = password.as_ref().map(SipPassword::length);
        let told = DeskIssued {
            id: view::float(credential.id.0),
            phone: PhoneSettings {
                user_name: credential.composite(),
                realm: credential.realm.clone(),
                registrar: registrar.phone_host(TRANSPORT).to_owned(),
                port: registrar.port(TRANSPORT),
                transport: TRANSPORT,
                password_length: length.map(view::count),
                found: explain::discovery::origin(registrar.origin).to_owned(),
                dns: explain::discovery::views(&registrar.dns),
            },
            phones: phones::list(),
            notices,
        };
        let mut secrets = self.secrets();
        let (made, given) = (secrets.made.take(), password.as_ref());
        let at_risk = made
            .zip(given)
            .is_some_and(|(made, given)| made.expose() == given.expose());
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
            Savable::CrashReport
            | Savable::MessageChartPcapng
            | Savable::MessageChartSvg
            | Savable::MessageChartText => Err(Error::OutOfStep),
        }
    }
}
