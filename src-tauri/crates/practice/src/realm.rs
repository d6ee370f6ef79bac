//! A pretend realm: its name, and its state over time.

use serde::{Deserialize, Serialize};

use super::faults::Faults;

/// The suffix that Bandwidth adds to the short names of this account's realms.
const BEHIND: &str = ".1a2b3c.auth.bandwidth.com";
/// How long a new realm isn't ready, in milliseconds.
const PENDING_MS: u64 = 1_500;
/// How long after its creation a realm's DNS records appear, in milliseconds.
const UNLISTED_MS: u64 = 2_500;
/// How long a deleted realm stays visible, in milliseconds.
const DELETING_MS: u64 = 1_000;

/// A realm of the pretend account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Realm {
    pub(super) id: u64,
    pub(super) short_name: String,
    pub(super) description: String,
    pub(super) default: bool,
    pub(super) made_at_ms: u64,
    pub(super) deleted_at_ms: Option<u64>,
    pub(super) fate: Fate,
}

/// The outcome chosen for a realm when it was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Fate {
    Fails,
    Good,
    Stuck,
}

/// The states that Bandwidth names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Active,
    CreateFailed,
    CreatePending,
    DeletePending,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::CreateFailed => "CREATE_FAILED",
            Self::CreatePending => "CREATE_PENDING",
            Self::DeletePending => "DELETE_PENDING",
        }
    }
}

impl Realm {
    /// The full name, as the API returns it.
    pub(super) fn full_name(&self) -> String {
        format!("{}{BEHIND}", self.short_name)
    }

    pub(super) fn status(&self, now_ms: u64, faults: &Faults) -> Status {
        let stuck = self.fate == Fate::Stuck && faults.realm_stuck;
        if self.deleted_at_ms.is_some() {
            Status::DeletePending
        } else if stuck || !passed(self.made_at_ms, PENDING_MS, now_ms) {
            Status::CreatePending
        } else if self.fate == Fate::Fails {
            Status::CreateFailed
        } else {
            Status::Active
        }
    }

    /// Returns whether it is in DNS.
    pub(super) fn in_dns(&self, now_ms: u64, faults: &Faults) -> bool {
        self.status(now_ms, faults) == Status::Active
            && passed(self.made_at_ms, UNLISTED_MS, now_ms)
    }

    /// Returns whether it was deleted and is no longer visible.
    pub(super) fn gone(&self, now_ms: u64) -> bool {
        self.deleted_at_ms
            .is_some_and(|at| passed(at, DELETING_MS, now_ms))
    }
}

/// Returns whether `long` has passed since `since`. If the clock was set back, it has.
fn passed(since: u64, long: u64, now: u64) -> bool {
    now.checked_sub(since).is_none_or(|age| age >= long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_realm_is_pending_then_active_and_only_then_in_the_dns() {
        let realm = made_at(10_000);
        let faults = Faults::default();

        assert_eq!(realm.status(11_499, &faults), Status::CreatePending);
        assert_eq!(realm.status(11_500, &faults), Status::Active);
        assert!(!realm.in_dns(12_499, &faults));
        assert!(realm.in_dns(12_500, &faults));
    }

    #[test]
    fn a_stuck_realm_goes_on_when_the_fault_is_taken_away() {
        let mut realm = made_at(0);
        realm.fate = Fate::Stuck;
        let stuck = Faults {
            realm_stuck: true,
            ..Faults::default()
        };

        assert_eq!(realm.status(1_000_000, &stuck), Status::CreatePending);
        assert_eq!(realm.status(1_000_000, &Faults::default()), Status::Active);
    }

    #[test]
    fn a_clock_set_back_leaves_an_old_realm_active() {
        assert_eq!(
            made_at(5_000_000).status(1, &Faults::default()),
            Status::Active
        );
    }

    #[test]
    fn a_deleted_realm_is_seen_for_a_second() {
        let mut realm = made_at(0);
        realm.deleted_at_ms = Some(50_000);

        assert_eq!(
            realm.status(50_999, &Faults::default()),
            Status::DeletePending
        );
        assert!(!realm.gone(50_999));
        assert!(realm.gone(51_000));
    }

    fn made_at(made_at_ms: u64) -> Realm {
        Realm {
            id: 1,
            short_name: "a".to_owned(),
            description: String::new(),
            default: false,
            made_at_ms,
            deleted_at_ms: None,
            fate: Fate::Good,
        }
    }
}
