//! The rows of a request that its response hasn't named yet.

use std::collections::HashMap;

use super::Ready;
use registrar_bandwidth::dashboard::{Credential, RefusedCredential};

/// The rows of a request that its response hasn't named yet.
pub(super) struct Open {
    rows: Vec<Option<Ready>>,
    /// Indexes by composite user name in lower case.
    places: HashMap<String, Vec<usize>>,
}

impl Open {
    pub(super) fn of(batch: Vec<Ready>) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, one) in batch.iter().enumerate() {
            let name = one.step.composite().to_ascii_lowercase();
            places.entry(name).or_default().push(place);
        }
        Self {
            rows: batch.into_iter().map(Some).collect(),
            places,
        }
    }

    pub(super) fn take_made(&mut self, made: &Credential) -> Option<Ready> {
        let realm = made.realm_id;
        self.take(&made.composite(), |one| one.realm == realm)
    }

    /// If several rows have the name, the realm determines which is meant. If it isn't given, they
    /// stay open.
    pub(super) fn take_refused(&mut self, refused: &RefusedCredential) -> Option<Ready> {
        let name = registrar_digest::composite(&refused.user_name, refused.domain.as_deref());
        let places = self.places.get(&name.to_ascii_lowercase())?;
        let left = places.iter().filter(|place| self.rows[**place].is_some());
        if left.count() > 1 {
            let realm = refused.realm.as_deref()?;
            return self.take(&name, |one| one.step.realm == realm);
        }
        self.take(&name, |_| true)
    }

    fn take(&mut self, name: &str, fits: impl Fn(&Ready) -> bool) -> Option<Ready> {
        let places = self.places.get(&name.to_ascii_lowercase())?;
        let place = places
            .iter()
            .find(|place| self.rows[**place].as_ref().is_some_and(&fits))?;
        self.rows[*place].take()
    }

    pub(super) fn rest(self) -> Vec<Ready> {
        self.rows.into_iter().flatten().collect()
    }
}
