//! The state of a desk: the list on display and the one being loaded, the position, the selection
//! and the results.

use std::collections::{HashMap, HashSet};

use registrar_bandwidth::dashboard::{Credential, CredentialId, Realm, RealmId};
use registrar_bandwidth::discovery::Compared;
use registrar_explain::Verdict;
use registrar_sip::BindingView;

use super::list::{CheckFlags, List, Merged, Query, Row, Standing};
use super::loading::End;
use crate::Error;
use crate::ipc::{DeskCheckReport, SelectRows};

/// The default number of REGISTERs per second of a check.
pub(super) const USUAL_RATE: u32 = 5;

/// The desk's state.
pub(super) struct Model {
    /// The displayed list.
    pub(super) whole: Loaded,
    /// The list being loaded.
    pub(super) coming: Option<Loaded>,
    pub(super) query: Query,
    pub(super) offset: u32,
    pub(super) rate: u32,
    pub(super) selection: HashSet<CredentialId>,
    pub(super) results: HashMap<CredentialId, Checked>,
    pub(super) last_check: Option<DeskCheckReport>,
    /// The DNS results for each realm at the last check.
    pub(super) dns: HashMap<String, Vec<Compared>>,
    /// Loading ended without a complete list, so the previous one is still shown.
    pub(super) kept_older: bool,
    /// A job has changed SIP credentials since the displayed list, or the one being loaded, was
    /// started.
    pub(super) outdated: Outdated,
}

/// Which lists are older than a job's changes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outdated {
    pub(super) whole: bool,
    coming: bool,
}

/// A list, and how it was loaded.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) list: List,
    pub(super) realms: Vec<RealmLoad>,
    /// When it was loaded, in milliseconds since 1970; `None` if loading never completed.
    pub(super) at_ms: Option<u64>,
    pub(super) stopped: bool,
}

/// A realm, and the progress of its list.
#[derive(Debug)]
pub(super) struct RealmLoad {
    pub(super) realm: Realm,
    pub(super) loaded: u64,
    /// `None` while more may follow.
    pub(super) end: Option<End>,
}

impl RealmLoad {
    pub(super) fn differs(&self) -> bool {
        self.loaded != self.realm.credential_count
    }

    /// Returns whether everything that the API reports was loaded.
    pub(super) fn is_whole(&self) -> bool {
        match &self.end {
            Some(End::Whole | End::Repeats) => !self.differs(),
            Some(End::Failed(_) | End::Full) | None => false,
        }
    }
}

impl Loaded {
    pub(super) fn is_whole(&self) -> bool {
        self.at_ms.is_some() && self.realms.iter().all(RealmLoad::is_whole)
    }
}

/// The result of a check.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) verdict: Verdict,
    pub(super) standing: Standing,
    pub(super) label: String,
    pub(super) target: String,
    pub(super) bindings: Vec<BindingView>,
    pub(super) at_ms: u64,
}

impl Checked {
    fn flags(&self) -> CheckFlags {
        CheckFlags {
            standing: self.standing,
            registered: !self.bindings.is_empty(),
        }
    }
}

impl Default for Model {
    fn default() -> Self {
        Self {
            whole: Loaded::default(),
            coming: None,
            query: Query::default(),
            offset: 0,
            rate: USUAL_RATE,
            selection: HashSet::new(),
            results: HashMap::new(),
            last_check: None,
            dns: HashMap::new(),
            kept_older: false,
            outdated: Outdated::default(),
        }
    }
}

impl Model {
    /// Returns the displayed list: the last one, or the one being loaded if there is none.
    pub(super) fn shown(&self) -> &Loaded {
        match &self.coming {
            Some(coming) if self.whole.list.is_empty() => coming,
            Some(_) | None => &self.whole,
        }
    }

    pub(super) fn shown_mut(&mut self) -> &mut Loaded {
        match &mut self.coming {
            Some(coming) if self.whole.list.is_empty() => coming,
            Some(_) | None => &mut self.whole,
        }
    }

    /// Starts loading. Only one load runs at a time.
    pub(super) fn begin_loading(&mut self) -> Result<(), Error> {
        if self.coming.is_some() {
            return Err(Error::OutOfStep);
        }
        self.coming = Some(Loaded::default());
        self.outdated.coming = false;
        Ok(())
    }

    /// Displays what was loaded, unless it is less than before.
    pub(super) fn end_loading(&mut self, now_ms: u64, to_the_end: bool) {
        let Some(mut coming) = self.coming.take() else {
            return;
        };
        coming.stopped = !to_the_end;
        coming.at_ms = Some(now_ms);
        let less = !coming.is_whole() && coming.list.len() < self.whole.list.len();
        self.kept_older = less || coming.realms.is_empty() && !to_the_end;
        if self.kept_older {
            return;
        }
        self.outdated.whole = self.outdated.coming;
        let there = |id: &CredentialId| coming.list.row(*id).is_some();
        self.selection.retain(there);
        let before = &self.whole.list;
        // A check's proof is valid as long as the stored hashes are the same.
        let checked = self.results.len();
        self.results.retain(|id, _| {
            let (old, new) = (before.row(*id), coming.list.row(*id));
            new.is_some_and(|new| old.is_none_or(|old| proves_the_same(old, new)))
        });
        if self.results.len() < checked {
            // The summary of the last check is no longer valid.
            self.last_check = None;
        }
        self.whole = coming;
        for (id, checked) in &self.results {
            self.whole.list.set_flags(*id, Some(checked.flags()));
        }
    }

    /// Records that a job changed SIP credentials.
    pub(super) fn outdate(&mut self) {
        self.outdated = Outdated {
            whole: true,
            coming: true,
        };
    }

    /// Stores the result of a check.
    pub(super) fn take_result(&mut self, id: CredentialId, checked: Checked) {
        self.shown_mut().list.set_flags(id, Some(checked.flags()));
        self.results.insert(id, checked);
    }

    pub(super) fn take_realms(&mut self, mut realms: Vec<Realm>) {
        let Some(coming) = &mut self.coming else {
            return;
        };
        realms.sort_by_cached_key(|realm| realm.name.to_lowercase());
        let mut before: HashMap<RealmId, RealmLoad> = std::mem::take(&mut coming.realms)
            .into_iter()
            .map(|load| (load.realm.id, load))
            .collect();
        coming.realms = realms
            .into_iter()
            .map(|realm| {
                let before = before.remove(&realm.id);
                let (loaded, end) = before.map_or((0, None), |load| (load.loaded, load.end));
                RealmLoad { realm, loaded, end }
            })
            .collect();
    }

    /// Updates the realms in the displayed list. Their SIP credentials stay as loaded; those of a
    /// realm that is gone are removed.
    pub(super) fn know_realms(&mut self, mut realms: Vec<Realm>) {
        realms.sort_by_cached_key(|realm| realm.name.to_lowercase());
        let shown = self.shown_mut();
        let mut before: HashMap<RealmId, RealmLoad> = std::mem::take(&mut shown.realms)
            .into_iter()
            .map(|load| (load.realm.id, load))
            .collect();
        shown.realms = realms
            .into_iter()
            .map(|realm| match before.remove(&realm.id) {
                Some(load) => RealmLoad { realm, ..load },
                None => RealmLoad {
                    // An empty realm needs no loading.
                    end: (realm.credential_count == 0).then_some(End::Whole),
                    loaded: 0,
                    realm,
                },
            })
            .collect();
    }

    pub(super) fn take_page(&mut self, realm: RealmId, page: Vec<Credential>) -> Merged {
        let Some(coming) = &mut self.coming else {
            return Merged { new: 0, full: true };
        };
        let merged = coming.list.merge(page);
        if let Some(load) = coming.realms.iter_mut().find(|load| load.realm.id == realm) {
            load.loaded += merged.new as u64;
        }
        merged
    }

    pub(super) fn take_end(&mut self, realm: RealmId, end: End) {
        let mut realms = self.coming.iter_mut().flat_map(|coming| &mut coming.realms);
        if let Some(load) = realms.find(|load| load.realm.id == realm) {
            load.end = Some(end);
        }
    }

    pub(super) fn counts_differ(&self) -> bool {
        let mut realms = self.coming.iter().flat_map(|coming| &coming.realms);
        realms.any(RealmLoad::differs)
    }

    /// Adds or updates a SIP credential that was just read.
    pub(super) fn put(&mut self, credential: Credential) {
        let realm = credential.realm_id;
        // A check's proof is valid as long as the stored hashes are the same.
        let same = self.shown().list.row(credential.id).is_some_and(|row| {
            let hashes = row.hashes.as_ref().zip(credential.hashes.as_ref());
            row.composite() == credential.composite()
                && hashes.is_some_and(|(one, other)| one.same_as(other))
        });
        if !same {
            self.forget_result(credential.id);
            self.shown_mut().list.set_flags(credential.id, None);
        }
        let merged = self.shown_mut().list.merge(vec![credential]);
        self.count(realm, |count| count + merged.new as u64);
    }

    /// Removes a SIP credential that no longer exists.
    pub(super) fn remove(&mut self, id: CredentialId) {
        let Some(realm) = self.shown().list.row(id).map(|row| row.realm_id) else {
            return;
        };
        self.shown_mut().list.remove(id);
        self.selection.remove(&id);
        self.forget_result(id);
        self.count(realm, |count| count.saturating_sub(1));
    }

    /// Drops the result of a check, and with it the summary of the last check.
    fn forget_result(&mut self, id: CredentialId) {
        if self.results.remove(&id).is_some() {
            self.last_check = None;
        }
    }

    fn count(&mut self, realm: RealmId, change: impl Fn(u64) -> u64) {
        let mut realms = self.shown_mut().realms.iter_mut();
        if let Some(load) = realms.find(|load| load.realm.id == realm) {
            load.loaded = change(load.loaded);
            load.realm.credential_count = change(load.realm.credential_count);
        }
    }

    pub(super) fn select(&mut self, how: SelectRows) {
        let query = self.query.clone();
        let id = |id| CredentialId(super::number(id));
        match how {
            SelectRows::All => {
                let all = self.shown_mut().list.ids(&query);
                self.selection.extend(all);
            }
            SelectRows::None => self.selection.clear(),
            SelectRows::Range { from, to } => {
                let range = self.shown_mut().list.between(&query, id(from), id(to));
                self.selection = range.into_iter().collect();
            }
            SelectRows::Toggle { id: one } => {
                let one = id(one);
                if !self.selection.remove(&one) && self.shown().list.row(one).is_some() {
                    self.selection.insert(one);
                }
            }
        }
    }
}

fn proves_the_same(one: &Row, other: &Row) -> bool {
    let hashes = match (&one.hashes, &other.hashes) {
        (Some(one), Some(other)) => one.same_as(other),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    hashes && one.composite() == other.composite()
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
