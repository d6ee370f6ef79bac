//! Permissions given by the person, valid while the app runs.

use std::collections::BTreeSet;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

/// Most realms that are remembered; a person says yes to a few.
const MOST: usize = 1000;

/// The realms that a typed password may be answered for, each at one host. Nothing is saved on
/// disk. Clones share their state.
#[derive(Clone, Debug, Default)]
pub struct Consents {
    realms: Arc<Mutex<BTreeSet<(String, String)>>>,
}

impl Consents {
    /// Allows answering for `realm` at `host`. The host's letter case and trailing dot don't
    /// matter; the realm must match exactly.
    pub fn allow(&self, host: &str, realm: &str) {
        let mut realms = self.realms();
        if realms.len() < MOST {
            realms.insert((name(host), realm.to_owned()));
        }
    }

    /// Returns the realms that were allowed at `host`.
    #[must_use]
    pub fn realms_at(&self, host: &str) -> Vec<String> {
        let host = name(host);
        let realms = self.realms();
        let allowed = realms.iter().filter(|(at, _)| *at == host);
        allowed.map(|(_, realm)| realm.clone()).collect()
    }

    fn realms(&self) -> MutexGuard<'_, BTreeSet<(String, String)>> {
        self.realms.lock()
    }
}

fn name(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_realm_is_allowed_at_its_host_alone() {
        let consents = Consents::default();
        consents.clone().allow("SBC.example.", "Office");

        assert_eq!(consents.realms_at("sbc.example"), ["Office"]);
        assert_eq!(consents.realms_at("other.example"), [""; 0]);
    }

    #[test]
    fn consents_do_not_fill_the_memory() {
        let consents = Consents::default();
        for number in 0..2 * MOST {
            consents.allow("r.example", &number.to_string());
        }

        assert_eq!(consents.realms_at("r.example").len(), MOST);
    }
}
