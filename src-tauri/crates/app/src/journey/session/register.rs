//! The registration step: a check from this computer, then the phone.

use std::time::Duration;

use registrar_activity::{ActivityKind, Entry, MessageChartLine, Service, Tone, clock};
use registrar_bandwidth::dashboard::Dashboard;
use registrar_bandwidth::discovery::{self, Found};
use registrar_evidence::Trace;
use registrar_explain as explain;
use registrar_explain::CheckReport;
use registrar_http as http;
use registrar_http::trust::Trust;
use registrar_practice::phone::{PhoneSettings, PretendPhone};
use registrar_sip::answer::Proof;
use registrar_sip::uri::is_same_address;
use registrar_sip::{BindingView, CheckKind, TransportName};
use registrar_user_agent::check::CheckRequest;
use registrar_user_agent::watch;
use tokio::time::{Instant, sleep_until};

use super::JourneySession;
use crate::ipc::{RegisterPart, WatchReport};
use crate::journey::step::Outcome;
use crate::{Error, standalone_check};

/// When likely causes are offered.
const HINTS_AFTER: Duration = Duration::from_mins(2);

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

    /// Polls the bindings at increasing intervals until there is one that isn't this computer's, or
    /// until a registrar that responded goes silent.
    pub async fn watch_bindings(
        &self,
        on_look: &(dyn Fn(WatchReport) + Send + Sync),
    ) -> Result<(), Error> {
        self.at(|journey| journey.part() == Some(RegisterPart::Wait))?;
        let place = self.place();
        let (transport, replaced) = {
            let state = self.state();
            (state.transport, state.replaced)
        };
        let target = self.target("", transport).await?;
        let begun = Instant::now();
        // After a new password, existing bindings are old phones' until they are refreshed.
        let mut old: Option<Vec<BindingView>> = (!replaced).then(Vec::new);
        let mut is_first = true;
        let mut silence = watch::Silence::default();
        loop {
            let asked_at = clock::now_ms();
            let looked_at = Instant::now();
            let (report, _) = self
                .check(CheckKind::Query, transport, &target, &|_| {})
                .await?;
            let stops = silence.count(report.message_chart.iter().any(|line| !line.sent));
            let entry = exchange(ActivityKind::Watch, &report, asked_at);
            let (mut look, now_old) = look(report, old.as_deref(), begun.elapsed(), &target);
            old = Some(now_old);
            let registered = look.registered.clone();
            // Of many equal polls, the first and the last one are enough.
            if stops {
                look.problem = Some(explain::registration::FELL_SILENT.to_owned());
            }
            if is_first || stops || registered.is_some() {
                self.activity.record(entry);
            }
            is_first = false;
            on_look(look);
            if registered.is_some() {
                let mut state = self.state_at(place)?;
                state.registration.phone = registered;
                state.replaced = false;
                return Ok(());
            }
            if stops {
                return Ok(());
            }
            let next = looked_at + watch::pause(begun.elapsed());
            tokio::select! {
                () = sleep_until(next) => {}
                () = self.phone_registered.notified() => {}
            }
        }
    }

    /// In practice, registers the pretend phone with the page's values.
    pub async fn register_practice_phone(&self) -> Result<(), Error> {
        self.services.practice.as_ref().ok_or(Error::OutOfStep)?;
        let subject = self.subject()?;
        let password = self.state().password.clone().ok_or_else(|| {
            Error::field(
                "password",
                "The practice phone needs the password. Go back, and enter it or generate a new one.",
            )
        })?;
        let transport = TransportName::Udp;
        let found = self.target("", transport).await?;
        let target = found.targets(transport).first();
        let target = target.cloned().ok_or_else(|| found.no_address())?;
        let registrar = target.address;
        let request = CheckRequest {
            realm: subject.realm.name,
            composite: subject.credential.composite(),
            proof: Proof::Password(password.clone()),
            kind: CheckKind::Full,
            transport,
            targets: vec![target],
            target_name: registrar.to_string(),
            trust: Trust::default(),
        };
        let settings = PhoneSettings {
            realm: request.realm.clone(),
            composite: request.composite.clone(),
            registrar,
            transport,
        };
        let phone = PretendPhone::register(settings, password, "Practice phone").await;
        let phone = phone.map_err(|refused| {
            let words = explain::registration::verdict(&request, &refused);
            Error::field("password", &words.sentence)
        })?;
        self.state().practice_phone = Some(phone);
        self.phone_registered.notify_one();
        Ok(())
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

    async fn check(
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
fn exchange(kind: ActivityKind, report: &CheckReport, began: u64) -> Entry {
    let title = format!("Check the registration, {}", report.target);
    let (target, message_chart, verdict) = (&report.target, &report.message_chart, &report.verdict);
    Entry::of_messages(kind, title, began, target, message_chart, verdict.into())
}

/// Interprets one poll of the bindings. `old` are those that count only once refreshed; `None`
/// makes all current ones old. Returns what to show, and which are old from now on.
fn look(
    report: CheckReport,
    old: Option<&[BindingView]>,
    elapsed: Duration,
    target: &Found,
) -> (WatchReport, Vec<BindingView>) {
    let all = report.bindings.into_iter();
    let bindings: Vec<BindingView> = all.filter(|binding| !binding.ours).collect();
    let old = old.unwrap_or(&bindings);
    let (stale, fresh): (Vec<BindingView>, Vec<BindingView>) =
        bindings.iter().cloned().partition(|binding| {
            let is_same = |old: &&BindingView| is_same_address(&old.address, &binding.address);
            let known = old.iter().find(is_same);
            known.is_some_and(|known| binding.expires <= known.expires)
        });
    let look = WatchReport {
        seconds: u32::try_from(elapsed.as_secs()).unwrap_or(u32::MAX),
        registered: fresh.first().map(explain::registered_from),
        problem: (report.verdict.tone == Tone::Bad || !report.listed)
            .then_some(report.verdict.sentence),
        bindings,
        hints: if elapsed >= HINTS_AFTER {
            explain::phone_hints(target)
        } else {
            Vec::new()
        },
    };
    (look, stale)
}

#[cfg(test)]
mod tests;
