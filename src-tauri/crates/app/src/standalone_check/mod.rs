//! The check without an account: support enters what a phone uses and finds out why it doesn't
//! register.
//!
//! Each check serves either the real services or practice. What was typed is kept while the app
//! runs; the secret is dropped when the screen is left.

mod form;
mod run;

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use registrar_activity::{
    Activity, ActivityKind, End, Entry, Exchange, Log, MessageChartLine, clock,
};
use registrar_bandwidth::discovery::{self, Found};
use registrar_evidence::{self as evidence, Form, Sheet, Trace};
use registrar_explain as explain;
use registrar_explain::registration::Looked;
use registrar_explain::{CheckReport, Notice, PingReport, WatchTick};
use registrar_http::trust::Trust;
use registrar_secret::CheckSecret;
use registrar_sip::CheckKind;
use registrar_sip::answer::Proof;
use registrar_user_agent::check::{CheckRequest, Checks, Limits};
use registrar_user_agent::ping::{PingRequest, ping};
use registrar_user_agent::watch::{Tick, Watch};

use self::form::Asked;
use crate::Error;
use crate::ipc::{CheckDraft, CheckForm, Preview, ProofKind, Savable, Screen};
use crate::services::Services;

#[cfg(test)]
pub(crate) use form::blank;
pub use form::realm_problem;
pub(crate) use run::{run, stopped};

/// Longest draft that is kept: what no field takes is not worth the memory.
const LONGEST: usize = 20_000;

/// The open check.
pub struct StandaloneCheck {
    services: Services,
    checks: Checks,
    activity: Arc<Activity>,
    state: Mutex<State>,
}

struct State {
    draft: CheckDraft,
    /// What was typed last, and as which kind.
    secret: Option<(ProofKind, CheckSecret)>,
    last: Option<(CheckReport, Trace)>,
    notices: Vec<Notice>,
}

impl StandaloneCheck {
    /// Opens an empty check, whose checks belong to `checks`.
    #[must_use]
    pub fn open(services: Services, checks: Checks) -> Self {
        Self {
            services,
            checks,
            activity: Arc::new(Activity::default()),
            state: Mutex::new(State {
                draft: form::blank(),
                secret: None,
                last: None,
                notices: Vec::new(),
            }),
        }
    }

    /// Writes what it does into a log that lasts.
    #[must_use]
    pub fn recording(self, log: &Log) -> Self {
        let activity = Arc::new(Activity::kept_in(log, self.is_practice()));
        Self { activity, ..self }
    }

    /// Returns whether nothing here is real.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.services.practice.is_some()
    }

    /// Returns the screen to draw.
    #[must_use]
    pub fn screen(&self) -> Screen {
        let state = self.state();
        let draft = state.draft.clone();
        let known = state.secret.as_ref();
        Screen::Check {
            practice: self.is_practice(),
            form: CheckForm {
                secret_known: known.is_some_and(|(kind, _)| *kind == draft.proof),
                realm: draft.realm,
                user_name: draft.user_name,
                proof: draft.proof,
                transport: draft.transport,
                kind: draft.kind,
                address: draft.address,
                sample: self.services.sample_check(),
            },
            last: state.last.as_ref().map(|(report, _)| report.clone()),
            notices: state.notices.clone(),
        }
    }

    /// Keeps what was typed, and says what is wrong with it. A field that is empty is not named yet.
    pub fn save_draft(&self, draft: CheckDraft) -> Preview {
        let texts = [&draft.realm, &draft.user_name, &draft.address];
        let problems = match form::read(&draft) {
            Err(Error::Invalid { mut problems }) => {
                problems.retain(|problem| match problem.field.as_str() {
                    "realm" => !draft.realm.trim().is_empty(),
                    _ => !draft.user_name.trim().is_empty(),
                });
                problems
            }
            Ok(_) | Err(_) => Vec::new(),
        };
        if texts.iter().all(|text| text.len() <= LONGEST) {
            let kind = match draft.kind {
                // A person confirms that for one check.
                CheckKind::Replacing => CheckKind::Full,
                kind @ (CheckKind::Full | CheckKind::Query) => kind,
            };
            self.state().draft = CheckDraft { kind, ..draft };
        }
        Preview {
            problems,
            hash1: Vec::new(),
            hash1b: Vec::new(),
            request: None,
            target: None,
        }
    }

    /// Checks what was typed. A full check un-registers at once, also when its future is dropped.
    pub async fn check(
        &self,
        draft: CheckDraft,
        typed: Option<CheckSecret>,
        on_message: &(dyn Fn(&MessageChartLine) + Send + Sync),
    ) -> Result<CheckReport, Error> {
        let kind = draft.kind;
        let (request, found, remark) = self.request(draft, typed, kind).await?;
        let began = clock::now_ms();
        let practice = self.is_practice();
        let (mut report, trace) =
            run(&self.checks, &request, &found.dns, practice, on_message).await;
        report.evidence.extend(remark.map(str::to_owned));
        let title = format!("Check the registration, {}", report.target);
        let kind = ActivityKind::Check;
        let (target, message_chart, verdict) =
            (&report.target, &report.message_chart, &report.verdict);
        let entry = Entry::of_messages(kind, title, began, target, message_chart, verdict.into());
        self.activity.record(entry);
        self.state().last = Some((report.clone(), trace));
        Ok(report)
    }

    /// Says what a check leaves behind whose future was dropped. Waits for its un-registration, for
    /// 3 seconds at most.
    pub async fn stopped(&self, kind: CheckKind) -> String {
        stopped(&self.checks, kind).await
    }

    /// Looks at the registration every so many seconds, until its future is dropped. A look binds
    /// nothing, whatever the form's kind is.
    pub async fn watch(
        &self,
        draft: CheckDraft,
        typed: Option<CheckSecret>,
        every: u32,
        on_tick: &(dyn Fn(&WatchTick) + Send + Sync),
    ) -> Result<(), Error> {
        let (request, ..) = self.request(draft, typed, CheckKind::Query).await?;
        let last = Mutex::new(None);
        let look = || async {
            let outcome = self.checks.check(&request, Limits::default(), &|_| {});
            let outcome = outcome.await;
            let verdict = explain::registration::verdict(&request, &outcome.verdict);
            // Of many looks that found the same, the first one tells all.
            let mut before = last.lock();
            if before.as_ref() != Some(&verdict.sentence) {
                let title = format!("Check without registering, {}", outcome.target);
                let began = outcome.timing.began_ms;
                let (kind, target) = (ActivityKind::Watch, &outcome.target);
                let message_chart = &explain::message_chart::lines(&outcome.message_chart);
                self.activity.record(Entry::of_messages(
                    kind,
                    title,
                    began,
                    target,
                    message_chart,
                    (&verdict).into(),
                ));
                *before = Some(verdict.sentence);
            }
            drop(before);
            explain::registration::look(&request, &outcome)
        };
        let worded = |tick: &Tick<Looked>| on_tick(&explain::registration::tick(tick));
        Watch::new(every).run(look, &worded).await;
        Ok(())
    }

    /// Measures the way to the registrar of what was typed.
    pub async fn ping(&self, draft: CheckDraft) -> Result<PingReport, Error> {
        let chosen = draft.transport;
        let asked = self.take(draft)?;
        let found = self.find(&asked).await?;
        let transport = found.transport.unwrap_or(chosen);
        let target = found.targets(transport).first();
        let target = target.ok_or_else(|| found.no_address())?;
        let request = PingRequest::new(&found.host, transport, target.address);
        let began = clock::now_ms();
        let outcome = ping(&request, &|_| {}).await;
        let report = explain::ping::report(&request, &outcome);
        self.activity.record(pinged(&report, outcome.status, began));
        Ok(report)
    }

    /// Makes a file of the last check: its usual name and its bytes.
    pub fn file(&self, what: Savable) -> Result<(String, Vec<u8>), Error> {
        let form = match what {
            Savable::MessageChartPcapng => Form::Pcapng,
            Savable::MessageChartSvg => Form::Svg,
            Savable::MessageChartText => Form::Text,
            Savable::CrashReport
            | Savable::CredentialsAll
            | Savable::CredentialsSelected
            | Savable::CredentialsShown
            | Savable::ImportPlan
            | Savable::ImportSample => return Err(Error::OutOfStep),
        };
        let state = self.state();
        let (_, trace) = state.last.as_ref().ok_or(Error::NoCheck)?;
        Ok(evidence::file(trace, form))
    }

    /// Makes a page for a ticket: the last check, and all that was sent for it.
    #[must_use]
    pub fn evidence(&self, begin: &dyn Fn(&str, &str) -> Sheet) -> Sheet {
        let state = self.state();
        let draft = &state.draft;
        let title = format!("Check of {} without an account", draft.user_name);
        let mut sheet = begin(&draft.user_name, &title);
        sheet.practice = self.is_practice();
        let address = discovery::without_user(&draft.address);
        for (name, value) in [
            ("Realm", draft.realm.as_str()),
            ("User name", &draft.user_name),
            ("Transport", draft.transport.as_str()),
            ("Entered address", &address),
        ] {
            sheet.fact(name, value);
        }
        for notice in &state.notices {
            sheet.fact("Noticed", &notice.sentence);
        }
        if let Some((report, trace)) = &state.last {
            sheet.checked(report, trace);
        }
        drop(state);
        sheet.open_exchanges(&self.exchanges());
        sheet
    }

    /// Returns what was sent and came back, the newest last.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.activity.exchanges()
    }

    /// The screen is left: the secret is forgotten, and all else stays.
    pub fn leave(&self) {
        self.state().secret = None;
    }

    /// Takes the form in, and reads it.
    fn take(&self, draft: CheckDraft) -> Result<Asked, Error> {
        let asked = form::read(&draft);
        self.save_draft(draft);
        asked
    }

    async fn request(
        &self,
        draft: CheckDraft,
        typed: Option<CheckSecret>,
        kind: CheckKind,
    ) -> Result<(CheckRequest, Found, Option<&'static str>), Error> {
        let (proof_kind, chosen) = (draft.proof, draft.transport);
        let asked = self.take(draft)?;
        let (proof, remark) = self.proof(proof_kind, typed)?;
        let found = self.find(&asked).await?;
        let transport = found.transport.unwrap_or(chosen);
        if found.failure.is_some() && found.targets(transport).is_empty() {
            return Err(found.no_address().into());
        }
        let request = CheckRequest {
            realm: asked.realm,
            composite: asked.user_name,
            proof,
            kind,
            transport,
            targets: found.targets(transport).to_vec(),
            target_name: found.host.clone(),
            trust: Trust::default(),
        };
        Ok((request, found, remark))
    }

    /// Takes what was typed, or what was typed before for the same kind.
    fn proof(
        &self,
        kind: ProofKind,
        typed: Option<CheckSecret>,
    ) -> Result<(Proof, Option<&'static str>), Error> {
        let known = self.state().secret.clone();
        let known = known.and_then(|(of, secret)| (of == kind).then_some(secret));
        let secret = typed.filter(|typed| !typed.is_empty()).or(known);
        let secret = secret.unwrap_or_else(|| CheckSecret::new(""));
        let read = form::proof(kind, &secret)?;
        self.state().secret = Some((kind, secret));
        Ok(read)
    }

    /// Looks for the registrar, and says what stands in the way.
    async fn find(&self, asked: &Asked) -> Result<Found, Error> {
        let resolver = self.services.resolver.as_ref();
        self.state().notices.clear();
        let found = match &asked.address {
            Some(address) => discovery::typed(resolver, address).await?,
            None => discovery::find(resolver, None, &asked.realm).await,
        };
        let found = self.services.stays_here(found)?;
        let trouble = explain::discovery::trouble(&found);
        self.state().notices = trouble.into_iter().collect();
        Ok(found)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

impl std::fmt::Debug for StandaloneCheck {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("StandaloneCheck")
            .field("practice", &self.is_practice())
            .finish_non_exhaustive()
    }
}

/// A ping as it is kept. Its questions are all alike, so their times tell it.
fn pinged(report: &PingReport, status: Option<u16>, at_ms: u64) -> Entry {
    let times = report.times_ms.iter().map(|time| match time {
        Some(ms) => format!("{ms:.1} ms"),
        None => "no answer".to_owned(),
    });
    let times: Vec<String> = times.collect();
    Entry {
        kind: ActivityKind::Ping,
        title: format!("Ping the registrar, {}", report.target),
        at_ms,
        took_ms: clock::now_ms().saturating_sub(at_ms),
        method: "OPTIONS".to_owned(),
        address: report.target.clone(),
        request: format!("OPTIONS, {} times", times.len()),
        response: times.join("\n"),
        messages: Vec::new(),
        end: End::Verdict {
            status,
            sentence: report.sentence.clone(),
            next: None,
        },
        tone: report.tone,
    }
}

#[cfg(test)]
mod tests;
