//! The registration step: a check from this computer, then the phone.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::Guide;
use crate::activity::Entry;
use crate::error::Service;
use crate::explain;
use crate::ipc::{
    BindingView, CheckKind, CheckReport, FieldProblem, LadderLine, Notice, Screen, Tone,
    TransportName, WatchReport,
};
use crate::journey::step::{Event, Journey, Outcome, Registration};
use crate::practice::phone::{PhoneSettings, PretendPhone};
use crate::registrar::{self, Found, transport_label};
use crate::sip::answer::Proof;
use crate::sip::check::{self, CheckRequest, Limits};
use crate::{Error, clock};

/// How often the bindings are looked at while waiting for the phone.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// When the likely causes are offered.
const HINTS_AFTER: Duration = Duration::from_mins(2);

impl Guide {
    /// Looks for the registrar and says what stands in the way.
    pub(super) async fn find_registrar(&self) {
        let (Ok(dashboard), Ok(subject)) = (self.dashboard(), self.subject()) else {
            return;
        };
        let settings = dashboard.sip_authentication().await.ok();
        let resolver = self.services.resolver.as_ref();
        let found = registrar::find(resolver, settings.as_ref(), &subject.realm.name).await;
        if let Some(trouble) = &found.trouble {
            self.say(Notice {
                tone: Tone::Wait,
                sentence: trouble.clone(),
                next: None,
            });
        }
        self.state().registrar = Some(found);
    }

    /// Registers from this computer and says what that proves. A full check un-registers at once,
    /// also when its future is dropped.
    pub async fn check_registration(
        &self,
        kind: CheckKind,
        transport: TransportName,
        address: &str,
        on_message: &(dyn Fn(&LadderLine) + Send + Sync),
    ) -> Result<CheckReport, Error> {
        self.at(|journey| matches!(journey, Journey::Register(_)))?;
        let target = self.target(address).await?;
        let began = clock::now_ms();
        let report = self.check(kind, transport, &target, on_message).await?;
        self.activity.record(exchange(&report, began));

        let mut state = self.state();
        let host = &target.host;
        let port = target.port.unwrap_or_default();
        state.registration.registrar =
            Some(format!("{host}:{port} {}", transport_label(transport)));
        state.registration.check = Some(Outcome {
            good: report.verdict.tone == Tone::Good,
            sentence: report.verdict.sentence.clone(),
        });
        if report.verdict.tone == Tone::Good && !address.trim().is_empty() {
            state.registrar = Some(target);
        }
        state.last_check = Some(report.clone());
        Ok(report)
    }

    /// Looks at the bindings again and again until one is there that is not this computer's own.
    pub async fn watch_bindings(
        &self,
        on_look: &(dyn Fn(WatchReport) + Send + Sync),
    ) -> Result<(), Error> {
        self.at(|journey| matches!(journey, Journey::Register(_)))?;
        let target = self.target("").await?;
        let transport = self.last_transport();
        let begun = Instant::now();
        loop {
            let report = self
                .check(CheckKind::Query, transport, &target, &|_| {})
                .await?;
            let mut look = look(report, begun.elapsed());
            if begun.elapsed() >= HINTS_AFTER {
                look.hints = explain::phone_hints(&target);
            }
            let registered = look.registered.clone();
            on_look(look);
            if registered.is_some() {
                self.state().registration.phone = registered;
                return Ok(());
            }
            sleep(LOOK_EVERY).await;
        }
    }

    /// In practice: lets the pretend phone register with what the page shows.
    pub async fn register_practice_phone(&self) -> Result<(), Error> {
        self.services.practice.as_ref().ok_or(Error::OutOfStep)?;
        let subject = self.subject()?;
        let password = self.state().password.clone().ok_or_else(|| {
            Error::field(
                "password",
                "The pretend phone needs the password. Type it, or make a new one.",
            )
        })?;
        let target = self.target("").await?.targets().first().copied();
        let target = target.ok_or_else(no_address)?;
        let request = CheckRequest {
            realm: subject.realm.name,
            composite: subject.credential.composite(),
            proof: Proof::Password(password.clone()),
            kind: CheckKind::Full,
            transport: TransportName::Udp,
            targets: vec![target],
            target_name: target.to_string(),
        };
        let settings = PhoneSettings {
            realm: request.realm.clone(),
            composite: request.composite.clone(),
            registrar: target,
            transport: request.transport,
        };
        let phone = PretendPhone::register(settings, password, "Pretend phone").await;
        let phone = phone.map_err(|refused| {
            let words = explain::registration::verdict(&request, &refused);
            Error::field("password", &words.sentence)
        })?;
        self.state().practice_phone = Some(phone);
        Ok(())
    }

    /// Goes on to the test call, whether the phone registered or not.
    pub fn registration_done(&self) -> Result<Screen, Error> {
        let registration: Registration = self.state().registration.clone();
        self.advance(Event::RegistrationDone(registration))
    }

    pub(super) async fn target(&self, address: &str) -> Result<Found, Error> {
        let known = self.state().registrar.clone();
        if !address.trim().is_empty() {
            let port = known.and_then(|found| found.port);
            return registrar::typed(self.services.resolver.as_ref(), address, port).await;
        }
        if known
            .as_ref()
            .is_none_or(|found| found.targets().is_empty())
        {
            self.find_registrar().await;
        }
        let found = self.state().registrar.clone();
        found
            .filter(|found| !found.targets().is_empty())
            .ok_or_else(no_address)
    }

    async fn check(
        &self,
        kind: CheckKind,
        transport: TransportName,
        target: &Found,
        on_message: &(dyn Fn(&LadderLine) + Send + Sync),
    ) -> Result<CheckReport, Error> {
        let subject = self.subject()?;
        let password = self.state().password.clone();
        let proof = if let Some(password) = password {
            Proof::Password(password)
        } else {
            let stored = self.stored_credential().await?;
            let hashes = stored.hashes.ok_or(Error::Malformed {
                service: Service::Dashboard,
                what: "a credential without its hashes",
            })?;
            Proof::Hashes(hashes)
        };
        let request = CheckRequest {
            realm: subject.realm.name,
            composite: subject.credential.composite(),
            proof,
            kind,
            transport,
            targets: target.targets(),
            target_name: target.host.clone(),
        };
        let outcome = check::check(&request, Limits::default(), on_message).await;
        Ok(explain::registration::report(&request, outcome))
    }

    fn last_transport(&self) -> TransportName {
        let tcp = transport_label(TransportName::Tcp);
        let registrar = self.state().registration.registrar.clone();
        match registrar {
            Some(registrar) if registrar.ends_with(tcp) => TransportName::Tcp,
            Some(_) | None => TransportName::Udp,
        }
    }
}

fn no_address() -> Error {
    Error::Invalid {
        problems: vec![FieldProblem::new(
            "address",
            "The registrar's address is not known. Type its host and port here; Bandwidth \
             support can tell you the port.",
        )],
    }
}

/// The check as the panel 'Behind the scenes' lists it. Its messages are redacted already.
fn exchange(report: &CheckReport, began: u64) -> Entry {
    let messages = |sent: bool| {
        let of_one_side = report.ladder.iter().filter(|line| line.sent == sent);
        let texts: Vec<&str> = of_one_side.map(|line| line.text.trim_end()).collect();
        texts.join("\n\n")
    };
    Entry {
        title: format!("Check the registration, {}", report.target),
        at_ms: began,
        took_ms: report.ladder.last().map_or(0, |line| line.at_ms.into()),
        request: messages(true),
        response: messages(false),
        tone: report.verdict.tone,
    }
}

fn look(report: CheckReport, elapsed: Duration) -> WatchReport {
    let bindings: Vec<BindingView> = report
        .bindings
        .into_iter()
        .filter(|binding| !binding.ours)
        .collect();
    WatchReport {
        seconds: u32::try_from(elapsed.as_secs()).unwrap_or(u32::MAX),
        registered: bindings.first().map(explain::registered_from),
        problem: (report.verdict.tone == Tone::Bad).then_some(report.verdict.sentence),
        bindings,
        hints: Vec::new(),
    }
}
