//! The account's realms, as a row of a file may refer to them.

use super::problem::RealmProblem;
use registrar_bandwidth::dashboard::{Realm, RealmId, RealmStatus};
use registrar_names::trimmed;
use registrar_secret::redact;

/// Most realms that are named for a row without one, and the longest name there.
const MOST_NAMED: usize = 5;
const LONGEST_NAMED: usize = 60;

/// The realms of an account.
#[derive(Clone, Debug, Default)]
pub struct Realms(Vec<Known>);

/// One realm.
#[derive(Clone, Debug)]
pub struct Known {
    /// Bandwidth's number for it.
    pub id: RealmId,
    /// Its exact full name.
    pub name: String,
    short: usize,
    default: bool,
    active: bool,
}

impl Realms {
    /// Creates the list from what the API returned.
    #[must_use]
    pub fn new(realms: &[Realm]) -> Self {
        let known = realms.iter().map(|realm| Known {
            id: realm.id,
            name: realm.name.clone(),
            short: realm.short_name().len(),
            default: realm.default,
            active: realm.status == RealmStatus::Active,
        });
        Self(known.collect())
    }

    /// Returns the realm that a cell names by its full or short name, or the default realm if the
    /// cell is empty; or why there is none.
    pub fn named(&self, cell: &str) -> Result<&Known, RealmProblem> {
        let cell = trimmed(cell);
        let found = if cell.is_empty() {
            let default = self.0.iter().find(|realm| realm.default);
            default.ok_or(RealmProblem::NoDefault)?
        } else {
            self.by_name(cell)?
        };
        if !found.active {
            let name = redact::sanitized_line(&found.name, LONGEST_NAMED);
            return Err(RealmProblem::NotActive { name });
        }
        Ok(found)
    }

    /// Returns the realm with this full name, ignoring case.
    #[must_use]
    pub fn with_full_name(&self, name: &str) -> Option<&Known> {
        // An exact match first, because that is what most files contain.
        let same = self.0.iter().find(|realm| realm.name == name);
        same.or_else(|| {
            let mut realms = self.0.iter();
            realms.find(|realm| realm.name.eq_ignore_ascii_case(name))
        })
    }

    fn by_name(&self, cell: &str) -> Result<&Known, RealmProblem> {
        if let Some(realm) = self.with_full_name(cell) {
            return Ok(realm);
        }
        let short = |realm: &&Known| realm.name[..realm.short].eq_ignore_ascii_case(cell);
        let mut realms = self.0.iter().filter(short);
        match (realms.next(), realms.next()) {
            (Some(realm), None) => Ok(realm),
            (Some(_), Some(_)) => Err(RealmProblem::Ambiguous),
            (None, _) => Err(self.unknown()),
        }
    }

    /// The cell's text isn't repeated, because in a shifted row it may be a password.
    fn unknown(&self) -> RealmProblem {
        if self.0.is_empty() {
            return RealmProblem::NoRealm;
        }
        let some = self.0.iter().take(MOST_NAMED);
        RealmProblem::Unknown {
            some: some
                .map(|realm| redact::sanitized_line(&realm.name, LONGEST_NAMED))
                .collect(),
            more: self.0.len().saturating_sub(MOST_NAMED),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn realm(id: u64, name: &str, default: bool) -> Realm {
        Realm {
            id: RealmId(id),
            name: name.to_owned(),
            description: String::new(),
            default,
            credential_count: 0,
            status: RealmStatus::Active,
        }
    }

    fn realms() -> Realms {
        let mut pending = realm(4, "new.abc123.auth.example", false);
        pending.status = RealmStatus::CreatePending;
        Realms::new(&[
            realm(1, "office.abc123.auth.example", true),
            realm(2, "lobby-abc123.auth.example", false),
            realm(3, "lobby2.abc123.auth.example", false),
            pending,
        ])
    }

    #[test]
    fn realm_is_found_by_short_and_full_name_in_any_letter_case() {
        let realms = realms();
        for (cell, id) in [
            ("", 1),
            ("  ", 1),
            ("office", 1),
            ("OFFICE", 1),
            (" Lobby-ABC123.auth.example ", 2),
            ("lobby", 2),
            ("lobby2", 3),
        ] {
            assert_eq!(realms.named(cell).unwrap().id, RealmId(id), "{cell}");
        }
    }

    #[test]
    fn unknown_or_pending_realm_is_named_without_the_cell() {
        let realms = realms();

        let unknown = realms.named("canary-7f3a").unwrap_err();
        let pending = realms.named("new").unwrap_err();

        let names = realms.0.iter().map(|realm| realm.name.clone());
        let (some, more) = (names.collect(), 0);
        assert_eq!(unknown, RealmProblem::Unknown { some, more });
        let name = "new.abc123.auth.example".to_owned();
        assert_eq!(pending, RealmProblem::NotActive { name });
        let nothing = Realms::default();
        assert_eq!(nothing.named("").unwrap_err(), RealmProblem::NoDefault);
        assert_eq!(nothing.named("office").unwrap_err(), RealmProblem::NoRealm);
    }

    #[test]
    fn two_realms_of_one_short_name_have_to_be_written_in_full() {
        let realms = Realms::new(&[
            realm(1, "lobby.abc123.auth.example", false),
            realm(2, "lobby-def456.auth.example", false),
        ]);

        assert_eq!(realms.named("lobby").unwrap_err(), RealmProblem::Ambiguous);
        assert_eq!(
            realms.named("lobby.abc123.auth.example").unwrap().id,
            RealmId(1)
        );
    }
}
