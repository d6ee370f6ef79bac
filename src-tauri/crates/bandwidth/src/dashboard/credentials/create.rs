//! Creates a credential or replaces its hashes. A request is sent once; if no response arrives, the
//! account is checked before anything is sent again.

use registrar_digest::Hashes;
use registrar_http::Error;

use super::super::answer::malformed;
use super::super::{ApplicationId, Dashboard, RealmId};
use super::{Credential, NameUse, NewCredential};

impl Dashboard {
    /// Creates a credential. If no response arrives, looks it up in the account.
    ///
    /// # Errors An error for which [`Error::answer_is_unknown`] returns true means that the outcome
    /// is unknown: the lookup failed too, or found no credential with these hashes.
    pub async fn create_credential(
        &self,
        new: &NewCredential,
        realm: RealmId,
    ) -> Result<Credential, Error> {
        let sent = self.create_credentials(new.scope(realm), std::slice::from_ref(new));
        match sent.await {
            Ok(mut created) => match (created.made.pop(), created.refused.pop()) {
                (Some(made), _) => Ok(made),
                (None, Some(refused)) => Err(Error::Refused(refused.refusal)),
                (None, None) => Err(malformed("an answer without the credential that was sent")),
            },
            Err(error) => {
                let composite = new.composite();
                self.looked_up(error, realm, &composite, &new.hashes).await
            }
        }
    }

    /// Replaces a credential's hashes, and its voice application if one is given. If no response
    /// arrives, looks up whether the account has them.
    ///
    /// # Errors As [`Dashboard::create_credential`].
    pub async fn replace_hashes(
        &self,
        stored: &Credential,
        hashes: &Hashes,
        application: Option<&ApplicationId>,
    ) -> Result<Credential, Error> {
        match self.replace_credential(stored, hashes, application).await {
            Err(error) => {
                let composite = stored.composite();
                self.looked_up(error, stored.realm_id, &composite, hashes)
                    .await
            }
            outcome => outcome,
        }
    }

    /// Returns the credential if it turns out to have these hashes, or else the error.
    async fn looked_up(
        &self,
        error: Error,
        realm: RealmId,
        composite: &str,
        hashes: &Hashes,
    ) -> Result<Credential, Error> {
        if !error.answer_is_unknown() {
            return Err(error);
        }
        match self.name_use(realm, composite, hashes).await {
            Ok(NameUse::Made(found)) => Ok(found),
            Ok(NameUse::Free | NameUse::Taken(_)) | Err(_) => Err(error),
        }
    }

    /// Looks up what the account has under a name that may have been sent with these hashes.
    pub async fn name_use(
        &self,
        realm: RealmId,
        composite: &str,
        sent: &Hashes,
    ) -> Result<NameUse, Error> {
        let found = self.find_credential(realm, composite).await?;
        Ok(NameUse::of(found, [sent]))
    }
}
