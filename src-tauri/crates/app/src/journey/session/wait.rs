//! Waits for the phone: looks at the registrar's list until the phone is in it.

use std::time::Duration;

use registrar_activity::{ActivityKind, Tone, clock};
use registrar_bandwidth::discovery::Found;
use registrar_explain as explain;
use registrar_explain::CheckReport;
use registrar_http::trust::Trust;
use registrar_practice::phone::{PhoneSettings, PretendPhone};
use registrar_sip::answer::Proof;
use registrar_sip::uri::is_same_address;
use registrar_sip::{BindingView, CheckKind, TransportName};
use registrar_user_agent::check::CheckRequest;
use registrar_user_agent::watch;
use tokio::time::{Instant, sleep_until};

use super::JourneySession;
use super::arrival::arrival;
use super::causes::causes;
use super::register::exchange;
use crate::Error;
use crate::ipc::{PhoneCause, RegisterPart, WatchReport};

/// How long the registrar is asked before the person has to ask for more.
const LONGEST_WATCH: Duration = Duration::from_mins(15);

impl JourneySession {
    /// Polls the bindings at increasing intervals until there is one that isn't this computer's,
    /// until a registrar that responded goes silent, or for [`LONGEST_WATCH`].
    pub async fn watch_bindings(
        &self,
        on_look: &(dyn Fn(WatchReport) + Send + Sync),
    ) -> Result<(), Error> {
        self.at(|journey| journey.part() == Some(RegisterPart::Wait))?;
        let place = self.place();
        let transport = self.state().transport;
        let target = self.target("", transport).await?;
        let begun = Instant::now();
        let since = *self.state_at(place)?.waiting_since.get_or_insert(begun);
        let mut is_first = true;
        let mut silence = watch::Silence::default();
        loop {
            let asked_at = clock::now_ms();
            let looked_at = Instant::now();
            let (report, _) = self
                .check(CheckKind::Query, transport, &target, &|_| {})
                .await?;
            let stops = silence.count(report.message_chart.iter().any(|line| !line.sent));
            let is_last = stops || begun.elapsed() >= LONGEST_WATCH;
            let entry = exchange(ActivityKind::Watch, &report, asked_at);
            let problem = problem(&report, stops);
            let (look, registered) = {
                let mut state = self.state_at(place)?;
                // After a new password, existing bindings are old phones' until they are refreshed.
                let old = if state.replaced {
                    state.old_bindings.clone()
                } else {
                    Some(Vec::new())
                };
                let (bindings, fresh, outdated) = sort(report.bindings, old.as_deref());
                if report.listed {
                    state.old_bindings = Some(outdated);
                }
                let registered = fresh.map(|binding| {
                    state.registration.phone = Some(explain::registered_from(&binding));
                    state.replaced = false;
                    state.waiting_since = None;
                    arrival(&binding, state.drafts.phone.as_ref(), clock::now_ms())
                });
                state.arrived.clone_from(&registered);
                let look = WatchReport {
                    seconds: u32::try_from(since.elapsed().as_secs()).unwrap_or(u32::MAX),
                    registered: registered.clone(),
                    problem,
                    bindings,
                    causes: Vec::new(),
                };
                (look, registered.is_some())
            };
            // Of many equal polls, the first and the last one are enough.
            if is_first || is_last || registered {
                self.activity.record(entry);
            }
            is_first = false;
            on_look(WatchReport {
                causes: self.causes(since.elapsed(), &target),
                ..look
            });
            if registered || is_last {
                return Ok(());
            }
            let next = looked_at + watch::pause(begun.elapsed());
            tokio::select! {
                () = sleep_until(next) => {}
                () = self.phone_registered.notified() => {}
            }
        }
    }

    /// Returns what can keep the phone from registering, once it is late.
    fn causes(&self, waited: Duration, target: &Found) -> Vec<PhoneCause> {
        let state = self.state();
        let subject = state.journey.subject();
        subject.map_or_else(Vec::new, |subject| {
            let choice = state.drafts.phone.as_ref();
            causes(waited, choice, subject, target, state.transport)
        })
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
}

/// Says why a look found out nothing, where it did.
fn problem(report: &CheckReport, fell_silent: bool) -> Option<String> {
    if fell_silent {
        return Some(explain::registration::FELL_SILENT.to_owned());
    }
    let failed = report.verdict.tone == Tone::Bad || !report.listed;
    failed.then(|| report.verdict.sentence.clone())
}

/// Sorts the bindings of one look. `old` are those that count only once refreshed; `None` makes all
/// current ones old. Returns all that aren't this computer's, the first that counts, and which are
/// old from now on.
fn sort(
    all: Vec<BindingView>,
    old: Option<&[BindingView]>,
) -> (Vec<BindingView>, Option<BindingView>, Vec<BindingView>) {
    let bindings: Vec<BindingView> = all.into_iter().filter(|binding| !binding.ours).collect();
    let old = old.unwrap_or(&bindings);
    let (stale, fresh): (Vec<BindingView>, Vec<BindingView>) =
        bindings.iter().cloned().partition(|binding| {
            let is_same = |old: &&BindingView| is_same_address(&old.address, &binding.address);
            let known = old.iter().find(is_same);
            known.is_some_and(|known| binding.expires <= known.expires)
        });
    let fresh = fresh.into_iter().next();
    (bindings, fresh, stale)
}

#[cfg(test)]
mod tests;
