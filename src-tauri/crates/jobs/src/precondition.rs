//! The precondition of a change: the credential must be as the plan saw it, so that a job notices
//! what others have changed between the plan and the row's turn.
//!
//! The hashes that were seen aren't stored, because anyone who has them can register, and a plan of
//! deletions doesn't need them. A salted fingerprint is enough to detect that they have changed. It
//! is stored where a plan may contain hashes, for this user only and only while the job is
//! unfinished, because weak passwords could be guessed from it.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::reason::{ApplicationChange, Change};
use registrar_bandwidth::dashboard::{Credential, Difference};
use registrar_digest::StoredHashes;
use registrar_secret::redact;

/// Length of the salt, and of the stored part of the digest, in bytes.
const SALT: usize = 16;
const KEPT: usize = 16;
/// Longest voice application that is shown, in characters.
const LONGEST_SHOWN: usize = 60;

/// The state that a credential must still have, as the plan saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precondition {
    /// `None` if the API returned no hashes.
    #[serde(rename = "h")]
    hashes: Option<Fingerprint>,
    /// Its voice application.
    #[serde(rename = "a")]
    application: Option<String>,
}

impl Precondition {
    /// Records what is stored.
    #[must_use]
    pub fn of(hashes: Option<&StoredHashes>, application: Option<&str>) -> Self {
        Self {
            hashes: hashes.map(Fingerprint::of),
            application: application.map(str::to_owned),
        }
    }

    /// Returns what has changed about a credential; `None` if nothing has.
    pub(super) fn change(&self, now: &Credential) -> Option<Change> {
        let change = Change {
            password: now.has_others(self.hashes.as_ref(), Fingerprint::is_of),
            application: self.application_change(now),
        };
        (change.password || change.application.is_some()).then_some(change)
    }

    /// Returns the change of its voice application, if there was one.
    pub(super) fn application_change(&self, now: &Credential) -> Option<ApplicationChange> {
        let Difference::Application { before, now } =
            now.application_since(self.application.as_deref())?
        else {
            return None;
        };
        let shown = |application: String| redact::sanitized_line(&application, LONGEST_SHOWN);
        Some(ApplicationChange {
            before: before.map(shown),
            now: now.map(shown),
        })
    }
}

/// A salt, and a digest of the salt with both stored hashes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Fingerprint([u8; SALT + KEPT]);

impl Fingerprint {
    fn of(hashes: &StoredHashes) -> Self {
        Self::salted(rand::random(), hashes)
    }

    fn is_of(&self, hashes: &StoredHashes) -> bool {
        let mut salt = [0; SALT];
        salt.copy_from_slice(&self.0[..SALT]);
        Self::salted(salt, hashes).0.ct_eq(&self.0).into()
    }

    fn salted(salt: [u8; SALT], hashes: &StoredHashes) -> Self {
        let capitals = [hashes.in_capitals.hash1, hashes.in_capitals.hash1b];
        let digest = Sha256::new()
            .chain_update(salt)
            .chain_update(capitals.map(u8::from))
            .chain_update(hashes.hash1.expose())
            .chain_update(b":")
            .chain_update(hashes.hash1b.as_ref().map_or("", |hash| hash.expose()))
            .finalize();
        let mut both = [0; SALT + KEPT];
        both[..SALT].copy_from_slice(&salt);
        both[SALT..].copy_from_slice(&digest[..KEPT]);
        Self(both)
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Fingerprint([REDACTED])")
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = hex::FromHexError;

    fn try_from(digits: String) -> Result<Self, Self::Error> {
        let mut bytes = [0; SALT + KEPT];
        hex::decode_to_slice(digits, &mut bytes)?;
        Ok(Self(bytes))
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        hex::encode(fingerprint.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registrar_bandwidth::dashboard::{CredentialId, RealmId};
    use registrar_digest::Hashes;
    use registrar_secret::{Hash, SipPassword};

    const APPLICATION: &str = "5ba6761d-36bd-4307-8f7b-a6f806c35abf";

    fn hashes(password: &str) -> StoredHashes {
        Hashes::make("bob", "r.example", &SipPassword::new(password)).into()
    }

    fn credential(hashes: Option<StoredHashes>, application: Option<&str>) -> Credential {
        Credential {
            id: CredentialId(39),
            realm_id: RealmId(22),
            user_name: "bob".to_owned(),
            domain: None,
            realm: "r.example".to_owned(),
            hashes,
            application_id: application.map(str::to_owned),
        }
    }

    #[test]
    fn every_change_is_noticed_and_named() {
        let precondition = Precondition::of(Some(&hashes("canary-7f3a")), Some(APPLICATION));
        let only_first = StoredHashes {
            hash1b: None,
            ..hashes("canary-7f3a")
        };
        let capitals = StoredHashes::read(
            &Hash::new(hashes("canary-7f3a").hash1.expose().to_uppercase()),
            hashes("canary-7f3a").hash1b.as_ref(),
        );
        let password = Change {
            password: true,
            application: None,
        };
        let application = Change {
            password: false,
            application: Some(ApplicationChange {
                before: Some(APPLICATION.to_owned()),
                now: None,
            }),
        };
        for (now, is_at, expected) in [
            (Some(hashes("other")), Some(APPLICATION), &password),
            (Some(only_first), Some(APPLICATION), &password),
            (Some(capitals), Some(APPLICATION), &password),
            (None, Some(APPLICATION), &password),
            (Some(hashes("canary-7f3a")), None, &application),
            (Some(hashes("canary-7f3a")), Some(""), &application),
        ] {
            let change = precondition.change(&credential(now, is_at)).unwrap();

            assert_eq!(change, *expected);
        }
    }

    #[test]
    fn what_is_as_it_was_seen_is_no_change() {
        let precondition = Precondition::of(Some(&hashes("canary-7f3a")), Some(APPLICATION));
        let upper = APPLICATION.to_uppercase();
        let now = credential(Some(hashes("canary-7f3a")), Some(&upper));
        assert_eq!(precondition.change(&now), None);

        let unseen = Precondition::of(None, None);
        let now = credential(Some(hashes("canary-7f3a")), None);
        assert_eq!(unseen.change(&now), None, "the list had left them out");
    }

    #[test]
    fn no_hash_digit_is_written_and_equal_hashes_look_different() {
        let written = |precondition: &Precondition| serde_json::to_string(precondition).unwrap();
        let hashes = hashes("canary-7f3a");

        let one = Precondition::of(Some(&hashes), None);

        assert_ne!(
            written(&one),
            written(&Precondition::of(Some(&hashes), None))
        );
        for secret in [&hashes.hash1, hashes.hash1b.as_ref().unwrap()] {
            for eight in secret.expose().as_bytes().windows(8) {
                let eight = std::str::from_utf8(eight).unwrap();
                assert!(!written(&one).contains(eight));
            }
        }
        let read: Precondition = serde_json::from_str(&written(&one)).unwrap();
        assert_eq!(read, one);
        assert!(!format!("{one:?}").contains(&written(&one)[6..20]));
        assert!(serde_json::from_str::<Precondition>(r#"{"h":"0011","a":null}"#).is_err());
    }
}
