//! The pretend account's SIP credentials: hashes only, indexed by name.

use std::collections::{BTreeMap, HashMap};

use registrar_secret::Hash;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A credential as sent. This is what Bandwidth itself stores to verify against.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Credential {
    pub(super) id: u64,
    pub(super) realm_id: u64,
    pub(super) user_name: String,
    pub(super) domain: Option<String>,
    #[serde(serialize_with = "hash")]
    pub(super) hash1: Hash,
    #[serde(serialize_with = "some_hash")]
    pub(super) hash1b: Option<Hash>,
    pub(super) application_id: Option<String>,
}

impl Credential {
    /// `user`, or `user@domain`.
    pub(super) fn composite(&self) -> String {
        registrar_digest::composite(&self.user_name, self.domain.as_deref())
    }
}

fn hash<S: Serializer>(hash: &Hash, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(hash.expose())
}

#[allow(clippy::ref_option, reason = "serde calls it with the field as it is")]
fn some_hash<S: Serializer>(hash: &Option<Hash>, to: S) -> Result<S::Ok, S::Error> {
    hash.as_ref().map(Hash::expose).serialize(to)
}

/// All credentials, in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Credentials {
    by_id: BTreeMap<u64, Credential>,
    /// By realm and composite user name in lower case: names are compared like that.
    ids: HashMap<(u64, String), u64>,
    /// The numbers in each realm, in their order.
    by_realm: HashMap<u64, Vec<u64>>,
    /// What was added or removed since it was last queried.
    touched: Vec<u64>,
}

impl Credentials {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Credential> {
        self.by_id.values()
    }

    pub(super) fn count(&self) -> usize {
        self.by_id.len()
    }

    pub(super) fn count_in(&self, realm_id: u64) -> usize {
        self.by_realm.get(&realm_id).map_or(0, Vec::len)
    }

    /// Returns the credentials of a realm, or all, from an index on.
    pub(super) fn from(
        &self,
        realm_id: Option<u64>,
        place: usize,
    ) -> Box<dyn Iterator<Item = &Credential> + '_> {
        let Some(realm_id) = realm_id else {
            return Box::new(self.iter().skip(place));
        };
        let ids = self.by_realm.get(&realm_id).map_or(&[][..], Vec::as_slice);
        let ids = ids.get(place..).unwrap_or_default();
        Box::new(ids.iter().filter_map(|id| self.by_id.get(id)))
    }

    /// Returns the changes since the last call: each changed credential, and the removed IDs.
    pub(super) fn take_touched(&mut self) -> (Vec<Credential>, Vec<u64>) {
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        let (there, gone): (Vec<u64>, Vec<u64>) = touched
            .into_iter()
            .partition(|id| self.by_id.contains_key(id));
        let there = there.iter().filter_map(|id| self.by_id.get(id).cloned());
        (there.collect(), gone)
    }

    pub(super) fn by_id(&self, id: u64) -> Option<&Credential> {
        self.by_id.get(&id)
    }

    /// Finds a name in a realm, ignoring case.
    pub(super) fn by_name(&self, realm_id: u64, composite: &str) -> Option<&Credential> {
        let id = self.ids.get(&key(realm_id, composite))?;
        self.by_id.get(id)
    }

    /// Adds a credential, or replaces the one of the same number.
    pub(super) fn put(&mut self, credential: Credential) {
        self.remove(credential.id);
        let name = key(credential.realm_id, &credential.composite());
        self.ids.insert(name, credential.id);
        let realm = self.by_realm.entry(credential.realm_id).or_default();
        if let Err(place) = realm.binary_search(&credential.id) {
            realm.insert(place, credential.id);
        }
        self.by_id.insert(credential.id, credential);
    }

    pub(super) fn remove(&mut self, id: u64) {
        if let Some(old) = self.by_id.remove(&id) {
            self.ids.remove(&key(old.realm_id, &old.composite()));
            if let Some(realm) = self.by_realm.get_mut(&old.realm_id)
                && let Ok(place) = realm.binary_search(&id)
            {
                realm.remove(place);
            }
        }
        self.touched.push(id);
    }

    /// Finds a credential by the user name in a phone's digest answer, and whether its Hash1b proves
    /// it.
    ///
    /// `user` and `user@domain` are proved by Hash1; followed by `@realm`, by Hash1b.
    pub(super) fn by_digest_name(
        &self,
        realm_id: u64,
        realm: &str,
        digest_user_name: &str,
    ) -> Option<(&Credential, bool)> {
        let exact = |name: &str| {
            self.by_name(realm_id, name)
                .filter(|found| found.composite() == name)
        };
        if let Some(found) = exact(digest_user_name) {
            return Some((found, false));
        }
        let name = digest_user_name.strip_suffix(realm)?.strip_suffix('@')?;
        exact(name).map(|found| (found, true))
    }
}

fn key(realm_id: u64, composite: &str) -> (u64, String) {
    (realm_id, composite.to_lowercase())
}

impl Serialize for Credentials {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.by_id.values())
    }
}

impl<'de> Deserialize<'de> for Credentials {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut credentials = Self::default();
        for credential in Vec::deserialize(from)? {
            credentials.put(credential);
        }
        Ok(credentials)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REALM: &str = "r.example";

    #[test]
    fn name_is_found_in_any_letter_case_but_proved_in_its_own() {
        let credentials = with("Bob", None);

        assert!(credentials.by_name(1, "bOB").is_some());
        assert!(credentials.by_name(2, "Bob").is_none(), "another realm");
        assert!(credentials.by_digest_name(1, REALM, "Bob").is_some());
        assert!(credentials.by_digest_name(1, REALM, "bob").is_none());
    }

    #[test]
    fn a_realms_credentials_are_counted_and_found_by_their_place() {
        let mut credentials = Credentials::default();
        for (id, realm_id) in [(5, 1), (6, 2), (7, 1), (8, 1)] {
            let one = with("bob", None).by_id(5).unwrap().clone();
            let user_name = format!("user{id}");
            credentials.put(Credential {
                id,
                realm_id,
                user_name,
                ..one
            });
        }
        let moved = Credential {
            realm_id: 2,
            ..credentials.by_id(7).unwrap().clone()
        };
        credentials.put(moved);
        credentials.remove(5);

        let ids = |realm, place| -> Vec<u64> {
            credentials.from(realm, place).map(|one| one.id).collect()
        };

        assert_eq!(ids(Some(1), 0), [8]);
        assert_eq!(ids(Some(2), 1), [7]);
        assert!(ids(Some(2), 9).is_empty());
        assert_eq!(ids(None, 1), [7, 8]);
        assert_eq!(credentials.count_in(2), 2);
    }

    #[test]
    fn the_realm_behind_the_name_asks_for_hash1b() {
        for (domain, name) in [(None, "bob"), (Some("bw.com"), "bob@bw.com")] {
            let credentials = with("bob", domain);

            let by_long = |name: &str| {
                let found = credentials.by_digest_name(1, REALM, name);
                found.map(|(_, by_long)| by_long)
            };

            assert_eq!(by_long(name), Some(false));
            assert_eq!(by_long(&format!("{name}@{REALM}")), Some(true));
            assert_eq!(by_long("bob@other"), None);
        }
    }

    #[test]
    fn credentials_survive_their_file() {
        let text = serde_json::to_string(&with("bob", Some("bw.com"))).unwrap();

        let read: Credentials = serde_json::from_str(&text).unwrap();

        let (found, _) = read.by_digest_name(1, REALM, "bob@bw.com").unwrap();
        assert_eq!(found.hash1.expose(), "one", "the names were learned anew");
    }

    fn with(user_name: &str, domain: Option<&str>) -> Credentials {
        let mut credentials = Credentials::default();
        credentials.put(Credential {
            id: 5,
            realm_id: 1,
            user_name: user_name.to_owned(),
            domain: domain.map(str::to_owned),
            hash1: Hash::new("one"),
            hash1b: Some(Hash::new("two")),
            application_id: None,
        });
        credentials
    }
}
