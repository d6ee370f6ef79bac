//! Assigns the rows of the plan to workers, grouped into requests.

use std::collections::{HashMap, HashSet};

use super::error::Error;
use super::outcome::{Kind, Outcome};
use super::passwords::{name_of, number};
use super::plan::Rows;
use super::reason::Reason;
use super::run::Run;
use super::step::{Action, Step};
use registrar_bandwidth::dashboard::{RealmId, Scope};

/// Rows that change existing credentials and share one record in the journal.
const EACH: usize = 10;

/// A piece of work for one worker.
pub(super) enum Work {
    Create {
        scope: Scope,
        rows: Vec<(u64, Step)>,
        unknown: bool,
    },
    Each(Vec<(u64, Step)>),
    Settled(Vec<(u64, Outcome)>),
}

/// The realm, `None` for the account's level, and whether requests may have left.
type Lane = (Option<RealmId>, bool);

/// Schedules the plan in order. New rows are collected by scope until a request is full; rows that
/// may have been sent before are collected separately, so that only they are looked up.
pub(super) struct Schedule {
    rows: Rows,
    all_unknown: bool,
    lanes: HashMap<Lane, Vec<(u64, Step)>>,
    each: Vec<(u64, Step)>,
    /// The names of all rows before, each as a number.
    seen: HashSet<u64>,
}

impl Schedule {
    /// Begins. `all_unknown` where the journal cannot tell what was sent.
    pub(super) fn new(rows: Rows, all_unknown: bool) -> Self {
        Self {
            rows,
            all_unknown,
            lanes: HashMap::new(),
            each: Vec::new(),
            seen: HashSet::new(),
        }
    }

    /// Returns the next work item; `None` at the end of the plan.
    pub(super) fn next(&mut self, run: &Run<'_>) -> Result<Option<Work>, Error> {
        let most = run.most_at_once();
        while let Some((row, step)) = self.rows.next()? {
            if !step.is_to_do() {
                continue;
            }
            let named_once = matches!(step.action, Action::Create { .. }) || step.makes_password();
            let is_new = !named_once || self.seen.insert(number(&name_of(&step)));
            let (ended, begun) = run.is_ended_or_begun(row);
            if ended {
                continue;
            }
            if !is_new {
                let outcome = Outcome::refused(Reason::Twice);
                return Ok(Some(Work::Settled(vec![(row, outcome)])));
            }
            let held = || step.makes_password() && run.password_held(&name_of(&step)).is_some();
            let unknown = begun || self.all_unknown || held();
            if run.ending && !unknown {
                let outcome = Outcome::with(Kind::NotDone, Reason::EndedEarly);
                return Ok(Some(Work::Settled(vec![(row, outcome)])));
            }
            let Action::Create { realm, .. } = &step.action else {
                self.each.push((row, step));
                if self.each.len() >= EACH {
                    return Ok(Some(Work::Each(std::mem::take(&mut self.each))));
                }
                continue;
            };
            let scope = step.domain.is_none().then_some(*realm);
            let lane = self.lanes.entry((scope, unknown)).or_default();
            lane.push((row, step));
            if lane.len() >= most {
                let rows = std::mem::take(lane);
                return Ok(Some(create_work(scope, rows, unknown)));
            }
        }
        if !self.each.is_empty() {
            return Ok(Some(Work::Each(std::mem::take(&mut self.each))));
        }
        let lane = self.lanes.keys().next().copied();
        Ok(lane.map(|lane| {
            let rows = self.lanes.remove(&lane).unwrap_or_default();
            create_work(lane.0, rows, lane.1)
        }))
    }
}

fn create_work(scope: Option<RealmId>, rows: Vec<(u64, Step)>, unknown: bool) -> Work {
    Work::Create {
        scope: scope.map_or(Scope::Account, Scope::Realm),
        rows,
        unknown,
    }
}
