//! The check from this computer, and where the registrar is.

use registrar_activity::{ActivityKind, Entry, MessageChartLine, Service, Tone, clock};
use registrar_bandwidth::dashboard::Dashboard;
use registrar_bandwidth::discovery::{self, Found};
use registrar_evidence::Trace;
use registrar_explain as explain;
use registrar_explain::CheckReport;
use registrar_http as http;
use registrar_http::trust::Trust;
use registrar_sip::answer::Proof;
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::CheckRequest;

use super::JourneySession;
use crate::ipc::RegisterPart;
use crate::journey::step::Outcome;
use crate::{Error, standalone_check};

impl JourneySession {
    /// Looks up the registrar of a realm.
    pub(super) async fn registrar_of(&self, dashboard: &Dashboard, realm: &str) -> Found {
        let settings = dashboard.sip_authentication().await.ok();
        discovery::find(self.services.resolver.as_ref(), settings.as_ref(), realm).await
    }

    /// Looks up the registrar again, and reports problems.
    async fn find_registrar(&self) -> Result<(), Error> {
        let place = self.place();
        let subject = self.subject()?;
        let found = self
            .registrar_of(&*self.dashboard()?, &subject.realm.name)
            .await;
        let notice = explain::discovery::trouble(&found);
        let mut state = self.state_at(place)?;
        state.registrar = Some(found);
        state.notices.extend(notice);
        Ok(())
    }

    /// Registers from this computer, and returns what that proves. A full check un-registers
    /// immediately, even if its future is dropped.
    pub async fn check_registration(
        &self,
        kind: CheckKind,
        transport: TransportName,
        address: &str,
        on_message: &(dyn Fn(&MessageChartLine) + Send + Sync),
    ) -> Result<CheckReport, Error> {
        self.at(|journey| journey.part() == Some(RegisterPart::Test))?;
        let place = self.place();
        let mut target = self.target(address, transport).await?;
        let transport = target.transport.unwrap_or(transport);
        let began = clock::now_ms();
        let (report, trace) = self.check(kind, transport, &target, on_message).await?;
        self.activity
            .record(exchange(ActivityKind::Check, &report, began));

        let good = report.verdict.tone == Tone::Good;
        let mut state = self.state_at(place)?;
        state.registration.check = Some(Outcome {
            good,
            sentence: report.verdict.sentence.clone(),
        });
        // An address or a transport that failed isn't passed on to the phone or the sheet.
        if good {
            let mut tried = report.targets.iter();
            if let Some(proved) = tried.position(|target| target.tone == Tone::Good) {
                target.prefer(transport, proved);
            }
            let port = target.port(transport).unwrap_or_default();
            let (host, label) = (target.phone_host(transport), transport.as_str());
            state.registration.registrar = Some(format!("{host}:{port} {label}"));
            state.transport = transport;
            state.registrar = Some(target);
        }
        state.last_check = Some(report.clone());
        state.last_trace = Some(trace);
        Ok(report)
    }

    /// Says what a check leaves behind whose future was dropped. Waits at most 3 seconds for its
    /// un-registration.
    pub async fn stopped(&self, kind: CheckKind) -> String {
        standalone_check::stopped(&self.checks, kind).await
    }

    pub(super) async fn target(
        &self,
        address: &str,
        transport: TransportName,
    ) -> Result<Found, Error> {
        if !address.trim().is_empty() {
            let found = discovery::typed(self.services.resolver.as_ref(), address).await?;
            let found = self.services.stays_here(found)?;
            let transport = found.transport.unwrap_or(transport);
            return if found.targets(transport).is_empty() {
                Err(found.no_address().into())
            } else {
                Ok(found)
            };
        }
        let known = || {
            let found = self.state().registrar.clone();
            found.filter(|found| !found.targets(transport).is_empty())
        };
        if known().is_none() {
            self.find_registrar().await?;
        }
        known().ok_or_else(|| {
            let found = self.state().registrar.clone();
            let error = found.map_or(discovery::Error::Unknown, |found| found.no_address());
            error.into()
        })
    }

    /// Returns what proves the credential: its password or, if unknown, the stored hashes.
    pub(super) async fn proof(&self) -> Result<Proof, Error> {
        let password = self.state().password.clone();
        if let Some(password) = password {
            return Ok(Proof::Password(password));
        }
        let stored = self.stored_credential().await?.hashes;
        Ok(Proof::Hashes(stored.ok_or(Error::Http(
            http::Error::Malformed {
                service: Service::Dashboard,
                what: "a credential without its hashes",
            },
        ))?))
    }

    pub(super) async fn check(
        &self,
        kind: CheckKind,
        transport: TransportName,
        target: &Found,
        on_message: &(dyn Fn(&MessageChartLine) + Send + Sync),
    ) -> Result<(CheckReport, Trace), Error> {
        let subject = self.subject()?;
        let proof = self.proof().await?;
        let request = CheckRequest {
            realm: subject.realm.name,
            composite: subject.credential.composite(),
            proof,
            kind,
            transport,
            targets: target.targets(transport).to_vec(),
            target_name: target.host.clone(),
            trust: Trust::default(),
        };
        let practice = self.is_practice();
        Ok(standalone_check::run(&self.checks, &request, &target.dns, practice, on_message).await)
    }
}

/// The check as the request panel lists it.
pub(super) fn exchange(kind: ActivityKind, report: &CheckReport, began: u64) -> Entry {
    let title = format!("Check the registration, {}", report.target);
    let (target, message_chart, verdict) = (&report.target, &report.message_chart, &report.verdict);
    Entry::of_messages(kind, title, began, target, message_chart, verdict.into())
}
