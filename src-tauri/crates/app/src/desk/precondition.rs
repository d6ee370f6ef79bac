//! Rereads a SIP credential before changing it and compares it with what the person saw, then reads
//! it back afterwards: no one else's change is overwritten, and no result is assumed.

use registrar_activity::Service;
use registrar_bandwidth::dashboard::{
    Credential, CredentialId, CredentialKey, Dashboard, Difference, RealmId, Snapshot,
};
use registrar_digest::{InCapitals, StoredHashes};
use registrar_explain as explain;
use registrar_http as http;
use tokio_util::sync::CancellationToken;

use super::Desk;
use crate::Error;

/// A SIP credential as shown in the list.
#[derive(Clone, Debug)]
pub(super) struct CredentialPrecondition {
    realm_id: RealmId,
    id: CredentialId,
    snapshot: Snapshot,
}

/// The intended content of a SIP credential.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) hashes: StoredHashes,
    pub(super) application: Option<String>,
}

impl Wanted {
    fn is_in(&self, there: &Credential) -> bool {
        self.hashes_are_in(there) && there.is_at(self.application.as_deref())
    }

    pub(super) fn hashes_are_in(&self, there: &Credential) -> bool {
        let kept = there.hashes.as_ref();
        kept.is_some_and(|kept| kept.same_as(&self.hashes))
    }
}

impl CredentialPrecondition {
    /// Returns a credential as it was read.
    pub(super) fn of(credential: &Credential) -> Self {
        Self {
            realm_id: credential.realm_id,
            id: credential.id,
            snapshot: Snapshot {
                composite: credential.composite(),
                realm: credential.realm.clone(),
                application: credential.application_id.clone(),
                hashes: credential.hashes.clone(),
            },
        }
    }

    pub(super) fn composite(&self) -> &str {
        &self.snapshot.composite
    }

    fn key(&self) -> CredentialKey {
        CredentialKey::InRealm(self.realm_id, self.id)
    }

    /// Returns an error if a credential differs from what was seen of it.
    pub(super) fn unchanged(&self, there: &Credential) -> Result<(), Error> {
        let differences = self.snapshot.differences(there);
        if differences.is_empty() {
            return Ok(());
        }
        let differences = differences.iter().map(explain::difference::sentence);
        Err(Error::Changed {
            differences: differences.collect(),
        })
    }
}

impl Desk {
    /// Returns a credential as shown in the list.
    pub(super) fn precondition(&self, id: CredentialId) -> Result<CredentialPrecondition, Error> {
        let model = self.model();
        let list = &model.shown().list;
        let row = list.row(id).ok_or(Error::OutOfStep)?;
        Ok(CredentialPrecondition {
            realm_id: row.realm_id,
            id,
            snapshot: Snapshot {
                composite: row.composite(),
                realm: list.realm_of(row).to_owned(),
                application: row.application_id.as_deref().map(str::to_owned),
                hashes: row.hashes.clone(),
            },
        })
    }

    /// Reads the current state of a credential, and updates the list.
    pub(super) async fn read(
        &self,
        dashboard: &Dashboard,
        precondition: &CredentialPrecondition,
    ) -> Result<Credential, Error> {
        match dashboard.credential(&precondition.key()).await? {
            Some(there) if there.id == precondition.id => {
                self.model().put(there.clone());
                Ok(there)
            }
            Some(_) => Err(Error::Http(http::Error::Malformed {
                service: Service::Dashboard,
                what: "a different SIP credential from the one asked for",
            })),
            None => {
                self.model().remove(precondition.id);
                Err(gone())
            }
        }
    }

    /// Reads a credential again, and continues only if it is unchanged.
    pub(super) async fn read_unchanged(
        &self,
        dashboard: &Dashboard,
        precondition: &CredentialPrecondition,
    ) -> Result<Credential, Error> {
        let there = self.read(dashboard, precondition).await?;
        precondition.unchanged(&there)?;
        Ok(there)
    }

    /// Reads a credential again, replaces its content, and reads it back. If it already has the
    /// intended content, for example after a lost response, nothing is sent. The result may still
    /// differ from what was intended in its voice application.
    pub(super) async fn replace(
        &self,
        dashboard: &Dashboard,
        precondition: &CredentialPrecondition,
        wanted: impl Fn(&Credential) -> Result<Wanted, Error>,
        stop: &CancellationToken,
    ) -> Result<Credential, Error> {
        let there = self.read(dashboard, precondition).await?;
        let wanted = wanted(&there)?;
        if wanted.is_in(&there) {
            return Ok(there);
        }
        precondition.unchanged(&there)?;
        if stop.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let application = wanted.application.as_deref();
        let sent = dashboard.put_credential(&there, &wanted.hashes, application);
        let unanswered = match sent.await {
            Err(error) if error.answer_is_unknown() => Some(error),
            outcome => {
                outcome?;
                None
            }
        };
        let back = match (self.read(dashboard, precondition).await, unanswered) {
            (Ok(back), None) => back,
            (Ok(back), Some(_)) if wanted.is_in(&back) => back,
            // The lookup shows that the request had no effect.
            (Ok(_), Some(error)) => return Err(error.into()),
            (Err(Error::Changed { differences }), _) => return Err(Error::Changed { differences }),
            (Err(_), _) => return Err(unknown()),
        };
        if wanted.hashes_are_in(&back) {
            Ok(back)
        } else {
            Err(Error::KeptOtherwise {
                service: Service::Dashboard,
                differences: vec![
                    "Its stored hashes aren’t the ones that were sent, so no phone can register \
                     with the password."
                        .to_owned(),
                ],
            })
        }
    }

    /// Reads a credential again, deletes it, and checks whether it is gone.
    pub(super) async fn take_away(
        &self,
        dashboard: &Dashboard,
        precondition: &CredentialPrecondition,
        stop: &CancellationToken,
    ) -> Result<(), Error> {
        let there = self.read_unchanged(dashboard, precondition).await?;
        if stop.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let unanswered = match dashboard.delete_credential(&there).await {
            Err(error) if error.answer_is_unknown() => Some(error),
            outcome => {
                outcome?;
                None
            }
        };
        match (self.read(dashboard, precondition).await, unanswered) {
            // It is gone.
            (Err(Error::Changed { .. }), _) => Ok(()),
            (Ok(_), Some(error)) => Err(error.into()),
            (Ok(_), None) => Err(Error::KeptOtherwise {
                service: Service::Dashboard,
                differences: vec!["It’s still there.".to_owned()],
            }),
            (Err(_), _) => Err(unknown()),
        }
    }
}

/// Returns the stored hashes, in lower case as they are sent.
pub(super) fn as_stored(there: &Credential) -> Result<StoredHashes, Error> {
    let stored = there
        .hashes
        .clone()
        .ok_or(Error::Http(http::Error::Malformed {
            service: Service::Dashboard,
            what: "a credential without its hashes",
        }))?;
    Ok(StoredHashes {
        in_capitals: InCapitals::default(),
        ..stored
    })
}

fn gone() -> Error {
    Error::Changed {
        differences: vec![explain::difference::sentence(&Difference::Gone)],
    }
}

fn unknown() -> Error {
    Error::Lost {
        done: "It was sent to Bandwidth, but the app couldn’t look up whether it was done. Try \
               again. The app looks it up first and sends nothing twice."
            .to_owned(),
    }
}
