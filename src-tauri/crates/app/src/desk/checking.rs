//! Checks many SIP credentials by their stored hashes, using queries that add no binding.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;
use registrar_activity::{Activity, ActivityKind, Entry, Tone, clock};
use registrar_bandwidth::dashboard::{CredentialId, Dashboard, SipAuthentication};
use registrar_bandwidth::discovery::{self, Found};
use registrar_explain as explain;
use registrar_explain::batch_check::NotChecked;
use registrar_http::trust::Trust;
use registrar_secret::SipPassword;
use registrar_sip::answer::Proof;
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::batch_check::{AT_ONCE, BatchCheck, Blocked, Ended};
use registrar_user_agent::check::{CheckOutcome, CheckRequest, Checks, Limits};
use registrar_user_agent::pace::Pace;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::list::Standing;
use super::model::Checked;
use super::{Desk, number, view};
use crate::Error;
use crate::ipc::{DeskCheckReport, DeskChecked, DeskWhich};

/// The only transport that Bandwidth documents.
const TRANSPORT: TransportName = TransportName::Udp;
/// Number of realms whose registrar is looked up concurrently.
const REALMS_AT_ONCE: usize = 8;
/// Maximum number of bindings kept per SIP credential.
const MOST_BINDINGS: usize = 20;

/// Maximum number of accepted checks per run kept in the activity, because all look alike.
const MOST_ACCEPTED: usize = 500;
/// Maximum number of checks per run kept there.
const MOST_KEPT: usize = 5_000;
/// Longer runs are kept out of the request panel, which they would fill.
const MOST_IN_PANEL: usize = 20;

/// Decides which checks of a run are kept in the activity, so that a large run doesn't displace
/// everything else.
struct KeptChecks {
    in_panel: bool,
    accepted: AtomicUsize,
    all: AtomicUsize,
}

impl KeptChecks {
    fn of(count: usize) -> Self {
        Self {
            in_panel: count <= MOST_IN_PANEL,
            accepted: AtomicUsize::new(0),
            all: AtomicUsize::new(0),
        }
    }

    fn record(&self, activity: &Activity, ended: &Ended<'_>, found: &Checked) {
        let Ended {
            request, outcome, ..
        } = ended;
        let accepted = outcome.verdict.proved();
        if (accepted && self.accepted.fetch_add(1, Ordering::Relaxed) >= MOST_ACCEPTED)
            || self.all.fetch_add(1, Ordering::Relaxed) >= MOST_KEPT
        {
            return;
        }
        let title = format!("Check {} from its stored hash", request.composite);
        let entry = Entry::of_messages(
            ActivityKind::Check,
            title,
            outcome.timing.began_ms,
            &outcome.target,
            &explain::message_chart::lines(&outcome.message_chart),
            (&found.verdict).into(),
        );
        if self.in_panel {
            activity.record(entry);
        } else {
            activity.record_aside(entry);
        }
    }
}

/// The progress of a batch check.
#[derive(Default)]
struct Tally {
    total: usize,
    done: usize,
    checked: usize,
    accepted: usize,
}

impl Tally {
    fn count(&mut self, standing: Standing) {
        self.done += 1;
        self.checked += usize::from(standing != Standing::NotChecked);
        self.accepted += usize::from(standing == Standing::Accepted);
    }
}

impl Desk {
    /// Checks SIP credentials at up to `rate` REGISTERs per second (1 to 50), until `stop`. Results
    /// are stored in the rows and reported one by one.
    pub async fn check(
        &self,
        which: DeskWhich,
        rate: u32,
        stop: &CancellationToken,
        on_progress: &(dyn Fn(DeskChecked) + Send + Sync),
    ) -> Result<DeskCheckReport, Error> {
        if !(1..=50).contains(&rate) {
            return Err(Error::field("rate", "Enter a number from 1 to 50."));
        }
        let dashboard = self.dashboard()?;
        let ids = self.meant(which);
        self.model().rate = rate;
        if ids.is_empty() {
            return Err(Error::OutOfStep);
        }
        let tally = Mutex::new(Tally {
            total: ids.len(),
            ..Tally::default()
        });
        let tell = |id, checked: Checked| {
            on_progress(self.keep(id, checked, &tally));
        };

        let registrars = tokio::select! {
            biased;
            () = stop.cancelled() => HashMap::new(),
            found = self.registrars(&dashboard, &ids) => found?,
        };
        {
            let mut model = self.model();
            for (realm, found) in &registrars {
                model.dns.insert(realm.clone(), found.dns.clone());
            }
        }
        let mut blocked = None;
        if !stop.is_cancelled() {
            let mut ready = Vec::new();
            for id in ids {
                match self.request(id, &registrars) {
                    Some(Ok(_)) => ready.push(id),
                    Some(Err(checked)) => tell(id, checked),
                    None => {}
                }
            }
            // Created lazily, so that few copies of a hash exist at a time.
            let requests = ready.iter().map(|id| match self.request(*id, &registrars) {
                Some(Ok(request)) => request,
                Some(Err(_)) | None => nowhere(),
            });
            let checks = Checks::default().at_pace(Pace::new(rate));
            let kept = KeptChecks::of(ready.len());
            let outcome = BatchCheck::new(checks, Limits::default(), AT_ONCE)
                .run(requests, stop, &|ended: &Ended<'_>| {
                    if let Some(id) = ready.get(ended.index) {
                        let found = checked(ended.request, ended.outcome);
                        kept.record(&self.activity, ended, &found);
                        tell(*id, found);
                    }
                })
                .await;
            blocked = outcome.blocked;
        }
        let tally = tally.into_inner();
        let report = report(&tally, blocked);
        self.model().last_check = Some(report.clone());
        Ok(report)
    }

    pub(super) fn meant(&self, which: DeskWhich) -> Vec<CredentialId> {
        let mut model = self.model();
        let mut query = model.query.clone();
        match which {
            DeskWhich::One { id } => {
                let id = CredentialId(number(id));
                let there = model.shown().list.row(id).is_some();
                there.then_some(id).into_iter().collect()
            }
            DeskWhich::Selected => {
                query.realm = None;
                query.find.clear();
                let mut ids = model.shown_mut().list.ids(&query);
                ids.retain(|id| model.selection.contains(id));
                ids
            }
            DeskWhich::Shown => model.shown_mut().list.ids(&query),
        }
    }

    /// Looks up the registrar of each realm once.
    async fn registrars(
        &self,
        dashboard: &Dashboard,
        ids: &[CredentialId],
    ) -> Result<HashMap<String, Found>, Error> {
        let realms: HashSet<String> = {
            let model = self.model();
            let list = &model.shown().list;
            let rows = ids.iter().filter_map(|id| list.row(*id));
            rows.map(|row| list.realm_of(row).to_owned()).collect()
        };
        let settings = dashboard.sip_authentication().await.ok();
        let settings = Arc::new(settings);
        let mut waiting = realms.into_iter();
        let mut underway = JoinSet::new();
        let mut found = HashMap::new();
        loop {
            while underway.len() < REALMS_AT_ONCE
                && let Some(realm) = waiting.next()
            {
                let resolver = Arc::clone(&self.services.resolver);
                let settings = Arc::clone(&settings);
                underway.spawn(async move {
                    let settings: Option<&SipAuthentication> = settings.as_ref().as_ref();
                    let found = discovery::find(resolver.as_ref(), settings, &realm).await;
                    (realm, found)
                });
            }
            match underway.join_next().await {
                Some(Ok((realm, one))) => {
                    found.insert(realm, one);
                }
                Some(Err(error)) => {
                    return Err(Error::of_task(&error).after("Nothing was checked."));
                }
                None => return Ok(found),
            }
        }
    }

    /// Builds the query for a row, or returns the reason why there can't be one. `None` if the row
    /// is gone.
    fn request(
        &self,
        id: CredentialId,
        registrars: &HashMap<String, Found>,
    ) -> Option<Result<CheckRequest, Checked>> {
        let model = self.model();
        let list = &model.shown().list;
        let row = list.row(id)?;
        let realm = list.realm_of(row);
        let Some(hashes) = row.hashes.clone() else {
            return Some(Err(not_checked(&NotChecked::NoHash)));
        };
        let found = registrars.get(realm);
        let targets = found.map_or(&[][..], |found| found.targets(TRANSPORT));
        if targets.is_empty() {
            let why = found.and_then(explain::discovery::trouble);
            return Some(Err(not_checked(&NotChecked::NoRegistrar { realm, why })));
        }
        Some(Ok(CheckRequest {
            realm: realm.to_owned(),
            composite: row.composite(),
            proof: Proof::Hashes(hashes),
            kind: CheckKind::Query,
            transport: TRANSPORT,
            targets: targets.to_vec(),
            target_name: found.map_or_else(String::new, |found| found.host.clone()),
            trust: Trust::default(),
        }))
    }

    fn keep(&self, id: CredentialId, checked: Checked, tally: &Mutex<Tally>) -> DeskChecked {
        let (result, standing) = (view::result(&checked), checked.standing);
        self.model().take_result(id, checked);
        let mut tally = tally.lock();
        tally.count(standing);
        DeskChecked {
            id: view::float(id.0),
            result,
            done: view::count(tally.done),
            total: view::count(tally.total),
            accepted: view::count(tally.accepted),
            not_accepted: view::count(tally.checked - tally.accepted),
        }
    }
}

/// The query for a row that is gone: it has no targets.
fn nowhere() -> CheckRequest {
    CheckRequest {
        realm: String::new(),
        composite: String::new(),
        proof: Proof::Password(SipPassword::new("")),
        kind: CheckKind::Query,
        transport: TRANSPORT,
        targets: Vec::new(),
        target_name: String::new(),
        trust: Trust::default(),
    }
}

fn checked(request: &CheckRequest, outcome: &CheckOutcome) -> Checked {
    let (label, _) = explain::in_few_words(&outcome.verdict);
    let bindings = outcome.bindings.iter().take(MOST_BINDINGS);
    Checked {
        verdict: explain::registration::verdict(request, &outcome.verdict),
        standing: match &outcome.verdict {
            verdict if verdict.proved() => Standing::Accepted,
            verdict if verdict.is_checked() => Standing::NotAccepted,
            _ => Standing::NotChecked,
        },
        label: label.to_owned(),
        target: outcome.target.clone(),
        bindings: bindings.cloned().collect(),
        at_ms: clock::now_ms(),
    }
}

fn not_checked(why: &NotChecked<'_>) -> Checked {
    Checked {
        verdict: why.verdict(),
        standing: Standing::NotChecked,
        label: why.in_few_words().to_owned(),
        target: String::new(),
        bindings: Vec::new(),
        at_ms: clock::now_ms(),
    }
}

fn report(tally: &Tally, blocked: Option<Blocked>) -> DeskCheckReport {
    let Tally {
        total,
        done,
        checked,
        accepted,
    } = *tally;
    let (others, left) = (checked - accepted, total.saturating_sub(checked));
    let tone = match (left, others) {
        (0, 0) => Tone::Good,
        (0, _) => Tone::Bad,
        _ => Tone::Wait,
    };
    let sentence = explain::batch_check::summary((accepted, others, left), blocked, done < total);
    DeskCheckReport {
        tone,
        sentence,
        accepted: view::count(accepted),
        not_accepted: view::count(others),
        not_checked: view::count(left),
    }
}

#[cfg(test)]
mod tests;
