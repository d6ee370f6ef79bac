//! The pretend services' state of the account.

use std::borrow::Cow;

use registrar_activity::clock;
use registrar_digest::Hashes;
use registrar_secret::{Hash, SipPassword};

use super::credential::{Credential, Credentials};
use super::faults::{Fault, stored_as};
use super::realm::{Fate, Realm};
use super::twilio::call::Call;

/// The user name of the SIP credential that practice shows.
pub(super) const SAMPLE_USER_NAME: &str = "reception";
/// Its password, which works only in practice.
pub(super) const SAMPLE_PASSWORD: &str = "practice-phone-password";

/// Everything that outlives a restart.
#[derive(Debug)]
pub(super) struct State {
    /// The number that the next realm or credential gets.
    pub(super) next_id: u64,
    pub(super) realms: Vec<Realm>,
    pub(super) credentials: Credentials,
    pub(super) calls: Vec<Call>,
}

impl State {
    /// The initial account: one realm and two credentials. Practice shows one's password; nobody
    /// has the other's.
    pub(super) fn fresh() -> Self {
        let realm = Realm {
            id: 22,
            short_name: "office".to_owned(),
            description: "Phones of the office".to_owned(),
            default: true,
            made_at_ms: 0,
            deleted_at_ms: None,
            fate: Fate::Good,
        };
        let mut credentials = Credentials::default();
        for (id, user_name, domain, password) in [
            (
                39,
                SAMPLE_USER_NAME,
                None,
                SipPassword::new(SAMPLE_PASSWORD),
            ),
            (40, "anna", Some("phones.example"), SipPassword::make()),
        ] {
            let composite = registrar_digest::composite(user_name, domain);
            let hashes = Hashes::make(&composite, &realm.full_name(), &password);
            credentials.put(Credential {
                id,
                realm_id: realm.id,
                user_name: user_name.to_owned(),
                domain: domain.map(str::to_owned),
                hash1: hashes.hash1,
                hash1b: Some(hashes.hash1b),
                application_id: None,
            });
        }
        Self {
            next_id: 41,
            realms: vec![realm],
            credentials,
            calls: Vec::new(),
        }
    }

    /// Returns the realm of the SIP credential that practice shows, and whether its password is still the
    /// one that practice shows.
    pub(super) fn sample(&self, now_ms: u64) -> Option<(String, bool)> {
        let password = SipPassword::new(SAMPLE_PASSWORD);
        let samples = self.realms_at(now_ms).filter_map(|realm| {
            let found = self.credentials.by_name(realm.id, SAMPLE_USER_NAME)?;
            let name = realm.full_name();
            let hashes = Hashes::make(SAMPLE_USER_NAME, &name, &password);
            Some((name, found.hash1.matches(&hashes.hash1)))
        });
        samples.max_by_key(|(_, has_password)| *has_password)
    }

    pub(super) fn take_id(&mut self) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        id
    }

    /// The realms that can be seen at this moment.
    pub(super) fn realms_at(&self, now_ms: u64) -> impl Iterator<Item = &Realm> {
        self.realms.iter().filter(move |realm| !realm.gone(now_ms))
    }

    pub(super) fn realm(&self, id: u64) -> Option<&Realm> {
        self.realms.iter().find(|realm| realm.id == id)
    }

    /// Finds HA1 as a registrar needs it.
    pub(super) fn ha1(
        &self,
        realm: &str,
        digest_user_name: &str,
        stored: Option<Fault>,
    ) -> Option<Hash> {
        let found = self
            .realms_at(clock::now_ms())
            .find(|one| one.full_name() == realm)?;
        let names = &self.credentials;
        let (one, by_long) = names.by_digest_name(found.id, realm, digest_user_name)?;
        let one = match stored {
            None => Cow::Borrowed(one),
            stored => Cow::Owned(stored_as(one.clone(), self, stored)),
        };
        if by_long {
            one.hash1b.clone()
        } else {
            Some(one.hash1.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use registrar_activity::clock;

    use super::*;

    #[test]
    fn replaced_password_is_no_longer_shown() {
        let mut state = State::fresh();
        let realm = state.realms[0].full_name();
        let now_ms = clock::now_ms();
        assert_eq!(state.sample(now_ms), Some((realm.clone(), true)));

        let mut sample = state.credentials.by_id(39).unwrap().clone();
        sample.hash1 = Hashes::make(SAMPLE_USER_NAME, &realm, &SipPassword::new("new")).hash1;
        state.credentials.put(sample);
        assert_eq!(state.sample(now_ms), Some((realm, false)));

        state.credentials.remove(39);
        assert_eq!(state.sample(now_ms), None);
    }
}
