//! The account's existing credentials, looked up by name ignoring letter case, as the API does.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use registrar_bandwidth::dashboard::{CredentialId, RealmId};
use registrar_digest as digest;
use registrar_digest::StoredHashes;
use registrar_jobs::Key;

/// An existing SIP credential.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Bandwidth's number for it.
    pub id: CredentialId,
    /// The number of its realm.
    pub realm_id: RealmId,
    /// Its user name, which contains an `@` if user name and domain are stored together.
    pub user_name: Box<str>,
    /// Its domain, if stored separately.
    pub domain: Option<Box<str>>,
    /// Its voice application.
    pub application_id: Option<Box<str>>,
    /// Its hashes, if the API returned them.
    pub hashes: Option<StoredHashes>,
}

impl Stored {
    /// Returns what identifies it in a request.
    #[must_use]
    pub fn key(&self) -> Key {
        Key {
            realm: self.realm_id,
            credential: self.id,
        }
    }

    /// Returns its user name and its domain separately.
    #[must_use]
    pub fn names(&self) -> (&str, Option<&str>) {
        match (&self.domain, self.user_name.split_once('@')) {
            (Some(domain), _) => (&self.user_name, Some(domain)),
            (None, Some((user, domain))) => (user, Some(domain)),
            (None, None) => (&self.user_name, None),
        }
    }
}

/// All existing credentials.
#[derive(Debug, Default)]
pub struct Existing {
    keys: RandomState,
    stored: Vec<Stored>,
    places: HashMap<u64, u32>,
    /// Those whose key was already taken by another one.
    others: Vec<u32>,
}

impl Existing {
    /// Takes what is there.
    #[must_use]
    pub fn new(stored: Vec<Stored>) -> Self {
        let mut existing = Self {
            places: HashMap::with_capacity(stored.len()),
            ..Self::default()
        };
        for (place, one) in (0..).zip(&stored) {
            let (user_name, domain) = one.names();
            let key = existing.key(one.realm_id, user_name, domain);
            if *existing.places.entry(key).or_insert(place) != place {
                existing.others.push(place);
            }
        }
        existing.stored = stored;
        existing
    }

    /// Returns a key for a name in a realm, the same in any letter case.
    #[must_use]
    pub fn key(&self, realm: RealmId, user_name: &str, domain: Option<&str>) -> u64 {
        let mut key = self.keys.build_hasher();
        key.write_u64(realm.0);
        let domain = domain.filter(|domain| !domain.is_empty());
        let at = if domain.is_some() { "@" } else { "" };
        for part in [user_name, at, domain.unwrap_or_default()] {
            let mut small = [0; 64];
            for piece in part.as_bytes().chunks(small.len()) {
                let small = &mut small[..piece.len()];
                small.copy_from_slice(piece);
                small.make_ascii_lowercase();
                key.write(small);
            }
        }
        key.finish()
    }

    /// Returns the credential with this name in this realm.
    #[must_use]
    pub fn find(&self, realm: RealmId, user_name: &str, domain: Option<&str>) -> Option<&Stored> {
        if self.stored.is_empty() {
            return None;
        }
        let wanted = digest::composite(user_name, domain);
        let is_it = |stored: &&Stored| {
            let (user_name, domain) = stored.names();
            stored.realm_id == realm
                && digest::composite(user_name, domain).eq_ignore_ascii_case(&wanted)
        };
        let place = self.places.get(&self.key(realm, user_name, domain))?;
        let stored = |place: &u32| self.stored.get(*place as usize);
        let found = stored(place).filter(is_it);
        found.or_else(|| self.others.iter().filter_map(stored).find(is_it))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn stored(id: u64, realm: u64, user_name: &str, domain: Option<&str>) -> Stored {
        Stored {
            id: CredentialId(id),
            realm_id: RealmId(realm),
            user_name: user_name.into(),
            domain: domain.map(Into::into),
            application_id: None,
            hashes: None,
        }
    }

    #[test]
    fn one_is_found_in_any_letter_case_and_either_form() {
        let existing = Existing::new(vec![
            stored(1, 22, "Bill@bw.com", None),
            stored(2, 22, "bill", None),
            stored(3, 23, "bill", None),
            stored(4, 22, "anna", Some("BW.com")),
        ]);
        let id = |realm, user, domain| {
            let found = existing.find(RealmId(realm), user, domain);
            found.map(|stored| stored.id.0)
        };

        assert_eq!(id(22, "BILL", Some("bw.COM")), Some(1));
        assert_eq!(id(22, "Bill", None), Some(2));
        assert_eq!(id(23, "Bill", Some("")), Some(3));
        assert_eq!(id(22, "Anna", Some("bw.com")), Some(4));
        assert_eq!(id(23, "anna", Some("bw.com")), None);
        assert_eq!(id(22, "anna", None), None);
    }
}
