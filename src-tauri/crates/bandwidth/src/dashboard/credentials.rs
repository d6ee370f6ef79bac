//! SIP credentials, and how to create, replace and delete them.
//!
//! A credential without a domain is created at realm level; one with a domain at account level,
//! with the realm's full name in the body. Listing is in [`list`].

mod body;
mod create;
mod echo;
mod list;
mod new;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use body::create_body;
pub use echo::{EchoDifference, Remedy};
pub(super) use list::read_page;
pub use list::{Listed, Pages};
pub use new::{NameUse, NewCredential};

use super::answer::{self, malformed};
use super::realms::RealmId;
use super::wire::{
    self, CredentialResponse, CredentialsResponse, ReplaceRequest, WireCredential, WireError,
    filled,
};
use super::{ApplicationId, Dashboard, Method};
use registrar_digest::{Hashes, StoredHashes, composite};
use registrar_http::{Answer, Error, Refusal, Refused, Request, RequestText};
use registrar_secret::Hash;

/// Bandwidth's ID of a credential. It doesn't change when the password is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CredentialId(pub u64);

impl fmt::Display for CredentialId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The level of the API at which a request is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole account.
    Account,
    /// One realm.
    Realm(RealmId),
}

/// Identifies one credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialKey {
    /// Its composite user name, at account level.
    Composite(String),
    /// Its ID, at realm level.
    InRealm(RealmId, CredentialId),
}

/// A SIP credential as the API returns it.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Bandwidth's ID of it.
    pub id: CredentialId,
    /// The ID of its realm.
    pub realm_id: RealmId,
    /// Its user name, which contains an `@` if user name and domain were sent together.
    pub user_name: String,
    /// Its domain, if it is stored separately.
    pub domain: Option<String>,
    /// The full name of its realm.
    pub realm: String,
    /// Its hashes, if the API returned them.
    pub hashes: Option<StoredHashes>,
    /// Its voice application.
    pub application_id: Option<String>,
}

impl Credential {
    /// Returns the user name that a phone registers with.
    #[must_use]
    pub fn composite(&self) -> String {
        composite(&self.user_name, self.domain.as_deref())
    }

    /// Returns whether its stored hashes equal these.
    #[must_use]
    pub fn has(&self, hashes: &Hashes) -> bool {
        let stored = self.hashes.as_ref();
        stored.is_some_and(|stored| stored.matches(hashes))
    }

    /// Returns whether its calls go to this voice application, or to none.
    #[must_use]
    pub fn is_at(&self, application: Option<&str>) -> bool {
        same_application(self.application_id.as_deref(), application)
    }
}

/// Returns whether two IDs are the same voice application, or both none. The API preserves the
/// letter case of an ID as sent.
#[must_use]
pub fn same_application(one: Option<&str>, other: Option<&str>) -> bool {
    let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
    one.eq_ignore_ascii_case(other)
}

/// The result of a request that creates credentials.
#[derive(Clone, Debug, Default)]
pub struct Created {
    /// The created credentials, as echoed by the API.
    pub made: Vec<Credential>,
    /// The refused ones.
    pub refused: Vec<RefusedCredential>,
}

/// A credential that was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedCredential {
    /// Its user name as sent; empty if the API didn't say which one it was.
    pub user_name: String,
    /// Its domain as sent.
    pub domain: Option<String>,
    /// The full name of its realm as sent. Only requests at account level include it.
    pub realm: Option<String>,
    /// The reason.
    pub refusal: Refusal,
}

impl Dashboard {
    /// Creates credentials in a single request. Some may be created and others refused.
    ///
    /// Returns an error only if the whole request was refused.
    pub async fn create_credentials(
        &self,
        scope: Scope,
        new: &[NewCredential],
    ) -> Result<Created, Error> {
        let request = self.create_credentials_request(scope, new);
        self.send(request, read_created).await
    }

    /// Returns a credential, or `None` if it doesn't exist.
    pub async fn credential(&self, key: &CredentialKey) -> Result<Option<Credential>, Error> {
        let request = match key {
            CredentialKey::Composite(composite) => {
                let path = ["sipcredentials", composite.as_str()];
                self.request("Get the SIP credential", Method::Get, &path)
            }
            CredentialKey::InRealm(realm, id) => {
                self.one("Get the SIP credential", Method::Get, *realm, *id)
            }
        };
        match self.send(request, read_one).await {
            Err(Error::Refused(refusal)) if is_missing(&refusal) => Ok(None),
            outcome => outcome.map(Some),
        }
    }

    /// Replaces a credential's hashes. Its voice application is kept unless another one is given.
    pub async fn replace_credential(
        &self,
        credential: &Credential,
        hashes: &Hashes,
        application_id: Option<&ApplicationId>,
    ) -> Result<Credential, Error> {
        let request = self.replace_request(credential, hashes, application_id)?;
        self.send(request, read_one).await
    }

    /// Sets a credential's hashes and its voice application, or none. A PUT replaces everything, so
    /// anything omitted here is removed.
    pub async fn put_credential(
        &self,
        credential: &Credential,
        hashes: &StoredHashes,
        application_id: Option<&str>,
    ) -> Result<Credential, Error> {
        let request = self.put_request(credential, hashes, application_id)?;
        self.send(request, read_one).await
    }

    /// Reads a credential again by its ID; returns `None` if it doesn't exist.
    pub async fn same_credential(
        &self,
        credential: &Credential,
    ) -> Result<Option<Credential>, Error> {
        let key = CredentialKey::InRealm(credential.realm_id, credential.id);
        self.credential(&key).await
    }

    /// Deletes a credential.
    pub async fn delete_credential(&self, credential: &Credential) -> Result<(), Error> {
        let Credential { realm_id, id, .. } = *credential;
        let request = self.one("Delete the SIP credential", Method::Delete, realm_id, id);
        let roots = ["SipCredentialResponse", "SipCredentialsResponse"];
        self.send(request, |answer, now| answer::done(answer, &roots, now))
            .await
    }

    /// Returns the request that [`Dashboard::create_credentials`] sends.
    pub fn preview_create_credentials(
        &self,
        scope: Scope,
        new: &[NewCredential],
    ) -> Result<RequestText, Error> {
        Ok(self.preview(self.create_credentials_request(scope, new)))
    }

    /// Returns the request that [`Dashboard::replace_credential`] sends.
    pub fn preview_replace_credential(
        &self,
        credential: &Credential,
        hashes: &Hashes,
        application_id: Option<&ApplicationId>,
    ) -> Result<RequestText, Error> {
        Ok(self.preview(self.replace_request(credential, hashes, application_id)?))
    }

    fn create_credentials_request(&self, scope: Scope, new: &[NewCredential]) -> Request {
        let title = match new.len() {
            1 => "Create the SIP credential".to_owned(),
            count => format!("Create {count} SIP credentials"),
        };
        let realm;
        let path: &[&str] = match scope {
            Scope::Account => &["sipcredentials"],
            Scope::Realm(id) => {
                realm = id.to_string();
                &["realms", &realm, "sipcredentials"]
            }
        };
        let request = self.request(title, Method::Post, path);
        request.xml(create_body(scope, new))
    }

    fn replace_request(
        &self,
        credential: &Credential,
        hashes: &Hashes,
        application_id: Option<&ApplicationId>,
    ) -> Result<Request, Error> {
        let kept = credential.application_id.as_deref();
        let application_id = application_id.map(ApplicationId::as_str).or(kept);
        self.put_request(credential, &hashes.clone().into(), application_id)
    }

    fn put_request(
        &self,
        credential: &Credential,
        hashes: &StoredHashes,
        application_id: Option<&str>,
    ) -> Result<Request, Error> {
        let body = ReplaceRequest {
            hash1: hashes.hash1.expose(),
            hash1b: hashes.hash1b.as_ref().map(Hash::expose),
            realm_id: credential.realm_id.0,
            application_id,
        };
        let Credential { realm_id, id, .. } = *credential;
        let request = self.one(
            "Replace the SIP credential’s hashes",
            Method::Put,
            realm_id,
            id,
        );
        Ok(request.xml(wire::write(&body).map_err(malformed)?))
    }

    fn one(
        &self,
        title: &str,
        method: Method,
        realm: RealmId,
        credential: CredentialId,
    ) -> Request {
        let (realm, credential) = (realm.to_string(), credential.to_string());
        let path = ["realms", &realm, "sipcredentials", &credential];
        self.request(title, method, &path)
    }
}

/// 201 with both lists, 201 with only `Errors`, and 400 with `Errors` are outcomes per credential;
/// anything else is an outcome of the request.
pub(super) fn read_created(answer: &Answer, now_ms: u64) -> Result<Created, Error> {
    const ROOT: &str = "SipCredentialsResponse";
    let has_items = matches!(answer.status, 200..300 | 400 | 409);
    let document = answer::document::<CredentialsResponse>(answer, ROOT);
    if document.is_err() && answer.is_success() && answer.body.contains("ValidSipCredentials") {
        // Some were created, so other messages don't refuse the whole request.
        return document.map(|_| Created::default());
    }
    if has_items && let Ok(response) = document {
        let valid = response.valid_sip_credentials.unwrap_or_default();
        let errors = response.errors.unwrap_or_default().error;
        let created = Created {
            made: valid
                .sip_credential
                .into_iter()
                .map(parse)
                .collect::<Result<_, _>>()?,
            refused: errors
                .into_iter()
                .filter(|error| error.sip_credential.is_some())
                .map(|error| refused(answer, error))
                .collect(),
        };
        if !created.made.is_empty() || !created.refused.is_empty() {
            match (created.made.is_empty(), created.refused.is_empty()) {
                (_, true) => {}
                (true, false) => answer.note_refused(Refused::All),
                (false, false) => answer.note_refused(Refused::Some),
            }
            return Ok(created);
        }
    }
    answer::done(answer, &[ROOT], now_ms)?;
    Err(malformed("an answer that doesn’t name a credential"))
}

fn refused(answer: &Answer, error: WireError) -> RefusedCredential {
    let refusal = answer::item_refusal(answer, &error);
    let sent = error.sip_credential.unwrap_or_default();
    RefusedCredential {
        user_name: filled(sent.user_name).unwrap_or_default(),
        domain: filled(sent.domain),
        realm: filled(sent.realm),
        refusal,
    }
}

pub(super) fn read_one(answer: &Answer, now_ms: u64) -> Result<Credential, Error> {
    let response: CredentialResponse = answer::read(answer, "SipCredentialResponse", now_ms)?;
    let credential = response.sip_credential;
    parse(credential.ok_or(malformed("an answer without a SipCredential"))?)
}

pub(super) fn parse(wire: WireCredential) -> Result<Credential, Error> {
    let id = wire::number(wire.id.as_deref(), "a credential without a numeric Id");
    let realm_id = wire::number(
        wire.realm_id.as_deref(),
        "a credential without a numeric RealmId",
    );
    let hash = |text| filled(text).map(Hash::new);
    let hash1b = hash(wire.hash1b);
    Ok(Credential {
        id: CredentialId(id.map_err(malformed)?),
        realm_id: RealmId(realm_id.map_err(malformed)?),
        user_name: filled(wire.user_name).ok_or(malformed("a credential without a UserName"))?,
        domain: filled(wire.domain),
        realm: filled(wire.realm).ok_or(malformed("a credential without its Realm"))?,
        hashes: hash(wire.hash1).map(|hash1| StoredHashes::read(&hash1, hash1b.as_ref())),
        application_id: filled(wire.application_id),
    })
}

/// 23007 and 23025 mean 'not found' at account and at realm level; 23010 and 23011 are older codes.
fn is_missing(refusal: &Refusal) -> bool {
    match refusal.code {
        Some(code) => matches!(code, 23007 | 23010 | 23011 | 23025),
        None => refusal.status == 404 && refusal.description.is_some(),
    }
}
