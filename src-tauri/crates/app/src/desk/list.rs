//! One account's SIP credentials in memory: merged by ID, searched, filtered, sorted, and returned
//! in the ranges that the window shows.

use std::collections::{HashMap, HashSet};

use registrar_bandwidth::dashboard::{Credential, CredentialId, RealmId};
use registrar_digest::{self as digest, StoredHashes};

use crate::ipc::{DeskApplicationFilter, DeskResultFilter, DeskSort};

/// Maximum number of rows: ten times what the desk is designed for.
const MOST_ROWS: usize = 1_000_000;
/// Maximum size of all rows' names, in bytes. A hostile response could exhaust memory with few
/// rows.
const MOST_BYTES: usize = 512 * 1024 * 1024;
/// Maximum number of rows returned at once.
pub const MOST_AT_ONCE: usize = 200;
/// Maximum length of a search text, in characters.
const LONGEST_FIND: usize = 200;

/// Separates the names and the voice application in a row's key; no name contains it.
const BETWEEN: char = '\0';

/// One SIP credential. Its hashes never leave the core.
#[derive(Clone, Debug)]
pub struct Row {
    /// Bandwidth's ID of it.
    pub id: CredentialId,
    /// The ID of its realm.
    pub realm_id: RealmId,
    /// Its user name.
    pub user_name: Box<str>,
    /// Its domain, if stored separately.
    pub domain: Option<Box<str>>,
    /// Its voice application.
    pub application_id: Option<Box<str>>,
    /// Its hashes, if the API returned them.
    pub hashes: Option<StoredHashes>,
    /// The result of its last check.
    flags: Option<CheckFlags>,
    /// The index of its realm's name.
    realm: u32,
    /// The composite user name and the voice application in lower case.
    key: Box<str>,
}

impl Row {
    /// Returns the user name that a phone registers with.
    #[must_use]
    pub fn composite(&self) -> String {
        digest::composite(&self.user_name, self.domain.as_deref())
    }
}

/// Which rows to show, and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Only those of this realm.
    pub realm: Option<RealmId>,
    /// Only those that contain this text, ignoring case.
    pub find: String,
    /// The order.
    pub sort: DeskSort,
    /// Whether the order is descending.
    pub descending: bool,
    /// Only those with this result of the last check.
    pub result: DeskResultFilter,
    /// Only those with or without a voice application.
    pub application: DeskApplicationFilter,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            realm: None,
            find: String::new(),
            sort: DeskSort::UserName,
            descending: false,
            result: DeskResultFilter::Any,
            application: DeskApplicationFilter::Any,
        }
    }
}

/// The state of a SIP credential after its check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The registrar accepted it.
    Accepted,
    /// It was checked and not accepted.
    NotAccepted,
    /// It couldn't be checked, so nothing is known about it.
    NotChecked,
}

/// The result of a row's last check, as far as the list filters by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckFlags {
    /// Where it stands after the check.
    pub standing: Standing,
    /// A phone was registered with it.
    pub registered: bool,
}

/// The result of merging a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// How many rows are new.
    pub new: usize,
    /// Whether the limit was reached.
    pub full: bool,
}

/// The list.
#[derive(Debug, Default)]
pub struct List {
    rows: Vec<Row>,
    places: HashMap<CredentialId, u32>,
    realms: Vec<RealmName>,
    realm_places: HashMap<String, u32>,
    bytes: usize,
    /// The order of all rows for each sort, computed on first use.
    orders: HashMap<DeskSort, Vec<u32>>,
    shown: Option<(Query, Vec<u32>)>,
}

#[derive(Debug)]
struct RealmName {
    name: String,
    lower: String,
}

impl List {
    /// Returns the number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a page. An existing credential is replaced, because the later response counts.
    pub fn merge(&mut self, page: Vec<Credential>) -> Merged {
        let mut merged = Merged {
            new: 0,
            full: false,
        };
        self.orders.clear();
        self.shown = None;
        for credential in page {
            if self.rows.len() >= MOST_ROWS || self.bytes >= MOST_BYTES {
                merged.full = true;
                break;
            }
            let row = self.row_of(credential);
            self.bytes += 2 * row.key.len();
            if let Some(&place) = self.places.get(&row.id) {
                if let Some(old) = self.rows.get_mut(place as usize) {
                    let flags = old.flags;
                    *old = row;
                    old.flags = flags;
                }
            } else {
                let place = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
                self.places.insert(row.id, place);
                self.rows.push(row);
                merged.new += 1;
            }
        }
        merged
    }

    /// Removes a row.
    pub fn remove(&mut self, id: CredentialId) -> bool {
        let Some(place) = self.places.remove(&id) else {
            return false;
        };
        self.orders.clear();
        self.shown = None;
        self.rows.swap_remove(place as usize);
        if let Some(moved) = self.rows.get(place as usize) {
            self.places.insert(moved.id, place);
        }
        true
    }

    /// Returns the distinct domains of all rows, at most `most`.
    #[must_use]
    pub fn domains(&self, most: usize) -> Vec<String> {
        let mut found = HashSet::new();
        for row in &self.rows {
            let domain = row.domain.as_deref();
            let domain = domain.or_else(|| Some(row.user_name.split_once('@')?.1));
            if let Some(domain) = domain
                && found.len() < most
            {
                found.insert(domain);
            }
        }
        found.into_iter().map(str::to_owned).collect()
    }

    fn row_of(&mut self, credential: Credential) -> Row {
        let application = credential.application_id.unwrap_or_default();
        let composite = digest::composite(&credential.user_name, credential.domain.as_deref());
        let key = format!("{composite}{BETWEEN}{application}").to_lowercase();
        Row {
            id: credential.id,
            realm_id: credential.realm_id,
            user_name: credential.user_name.into(),
            domain: credential.domain.map(Into::into),
            application_id: (!application.is_empty()).then(|| application.into()),
            hashes: credential.hashes,
            flags: None,
            realm: self.realm_place(credential.realm),
            key: key.into(),
        }
    }

    fn realm_place(&mut self, name: String) -> u32 {
        if let Some(&place) = self.realm_places.get(&name) {
            return place;
        }
        let place = u32::try_from(self.realms.len()).unwrap_or(u32::MAX);
        self.bytes += 3 * name.len();
        self.realms.push(RealmName {
            lower: name.to_lowercase(),
            name: name.clone(),
        });
        self.realm_places.insert(name, place);
        place
    }

    /// Records the result of a row's check, or that it is no longer known. The order of the rows
    /// doesn't change.
    pub fn set_flags(&mut self, id: CredentialId, flags: Option<CheckFlags>) {
        let place = self.places.get(&id).copied();
        if let Some(row) = place.and_then(|place| self.rows.get_mut(place as usize)) {
            row.flags = flags;
        }
        let by_result = |query: &Query| query.result != DeskResultFilter::Any;
        self.shown.take_if(|(query, _)| by_result(query));
    }

    /// Returns all rows in the order they arrived.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns a row by its ID.
    #[must_use]
    pub fn row(&self, id: CredentialId) -> Option<&Row> {
        let place = *self.places.get(&id)?;
        self.rows.get(place as usize)
    }

    /// Returns the full name of a row's realm, as the API wrote it in the credential.
    #[must_use]
    pub fn realm_of(&self, row: &Row) -> &str {
        let realm = self.realms.get(row.realm as usize);
        realm.map_or("", |realm| &realm.name)
    }

    /// Returns how many rows match a query, and those from `offset` on, at most 200.
    pub fn window(&mut self, query: &Query, offset: usize, count: usize) -> (usize, Vec<&Row>) {
        self.arrange(query);
        let shown = self.arranged();
        let window = shown.iter().skip(offset).take(count.min(MOST_AT_ONCE));
        let rows = window.filter_map(|&place| self.rows.get(place as usize));
        (shown.len(), rows.collect())
    }

    /// Returns the IDs of all rows that match a query, in order.
    pub fn ids(&mut self, query: &Query) -> Vec<CredentialId> {
        self.arrange(query);
        let shown = self.arranged().iter();
        shown
            .filter_map(|&place| Some(self.rows.get(place as usize)?.id))
            .collect()
    }

    /// Returns the IDs from one row to another in the query's order, with the ends in either order.
    /// A row that doesn't match the query counts as the other end.
    pub fn between(
        &mut self,
        query: &Query,
        one: CredentialId,
        other: CredentialId,
    ) -> Vec<CredentialId> {
        let ids = self.ids(query);
        let place = |id| ids.iter().position(|shown| *shown == id);
        let (one, other) = match (place(one), place(other)) {
            (Some(one), Some(other)) => (one.min(other), one.max(other)),
            (Some(only), None) | (None, Some(only)) => (only, only),
            (None, None) => return Vec::new(),
        };
        ids.get(one..=other).unwrap_or_default().to_vec()
    }

    fn arranged(&self) -> &[u32] {
        self.shown.as_ref().map_or(&[], |(_, shown)| shown)
    }

    fn arrange(&mut self, query: &Query) {
        if self.shown.as_ref().is_some_and(|(made, _)| made == query) {
            return;
        }
        if !self.orders.contains_key(&query.sort) {
            let order = self.ordered(query.sort);
            self.orders.insert(query.sort, order);
        }
        let needle: String = query.find.trim().chars().take(LONGEST_FIND).collect();
        let needle = needle.to_lowercase().replace(BETWEEN, "");
        let realms: HashSet<u32> = (0..)
            .zip(&self.realms)
            .filter(|(_, realm)| realm.lower.contains(&needle))
            .map(|(place, _)| place)
            .collect();
        let fits = |row: &Row| {
            query.realm.is_none_or(|realm| row.realm_id == realm)
                && fits_result(query.result, row.flags)
                && fits_application(query.application, row)
                && (realms.contains(&row.realm) || row.key.contains(&needle))
        };
        let order = self.orders.get(&query.sort).into_iter().flatten().copied();
        let shown = order.filter(|&place| self.rows.get(place as usize).is_some_and(fits));
        let mut shown: Vec<u32> = shown.collect();
        if query.descending {
            shown.reverse();
        }
        self.shown = Some((query.clone(), shown));
    }

    fn ordered(&self, sort: DeskSort) -> Vec<u32> {
        let mut keyed: Vec<(u32, &Row)> = (0..).zip(&self.rows).collect();
        let realm = |row: &Row| {
            self.realms
                .get(row.realm as usize)
                .map(|realm| &realm.lower)
        };
        keyed.sort_unstable_by(|(_, one), (_, other)| {
            let first = match sort {
                DeskSort::UserName => std::cmp::Ordering::Equal,
                DeskSort::Realm => realm(one).cmp(&realm(other)),
                DeskSort::Application => application_of(one).cmp(&application_of(other)),
            };
            first
                .then_with(|| one.key.cmp(&other.key))
                .then_with(|| realm(one).cmp(&realm(other)))
                .then_with(|| one.id.cmp(&other.id))
        });
        keyed.into_iter().map(|(place, _)| place).collect()
    }
}

fn fits_result(wanted: DeskResultFilter, flags: Option<CheckFlags>) -> bool {
    match wanted {
        DeskResultFilter::Any => true,
        DeskResultFilter::Unchecked => {
            flags.is_none_or(|flags| flags.standing == Standing::NotChecked)
        }
        DeskResultFilter::Accepted => {
            flags.is_some_and(|flags| flags.standing == Standing::Accepted)
        }
        DeskResultFilter::NotAccepted => {
            flags.is_some_and(|flags| flags.standing == Standing::NotAccepted)
        }
        DeskResultFilter::Registered => flags.is_some_and(|flags| flags.registered),
    }
}

fn fits_application(wanted: DeskApplicationFilter, row: &Row) -> bool {
    match wanted {
        DeskApplicationFilter::Any => true,
        DeskApplicationFilter::With => row.application_id.is_some(),
        DeskApplicationFilter::Without => row.application_id.is_none(),
    }
}

/// The voice application in lower case, which is last in the key; rows without one come last.
fn application_of(row: &Row) -> (bool, &str) {
    let application = row.key.rsplit(BETWEEN).next().unwrap_or_default();
    (application.is_empty(), application)
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
