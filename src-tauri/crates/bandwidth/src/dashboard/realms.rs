//! Lists, creates, awaits, changes and deletes realms.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::answer::{self, malformed};
use super::wire::{self, RealmRequest, RealmResponse, RealmsResponse, WireRealm, filled};
use super::{Dashboard, Description, Method, RealmName};
use registrar_activity::{Diagnosis, Service};
use registrar_http::{Answer, Error, Refusal, Request, RequestText};

/// Bandwidth's ID of a realm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RealmId(pub u64);

impl fmt::Display for RealmId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The state of a realm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RealmStatus {
    /// It accepts credentials.
    Active,
    /// It couldn't be created.
    CreateFailed,
    /// It is being created.
    CreatePending,
    /// It could not be deleted.
    DeleteFailed,
    /// It is being deleted.
    DeletePending,
    /// A state that isn't documented.
    Unknown,
}

/// A realm as the API returns it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Realm {
    /// Bandwidth's number for it.
    pub id: RealmId,
    /// The full name, exactly as it is used in the hashes.
    pub name: String,
    /// Its description.
    pub description: String,
    /// It is the account's default.
    pub default: bool,
    /// How many SIP credentials it holds.
    pub credential_count: u64,
    /// How far it is.
    pub status: RealmStatus,
}

impl Realm {
    /// Returns the first part of the full name, which is the name it was created with: that name
    /// consists only of letters and digits, and Bandwidth adds what follows.
    #[must_use]
    pub fn short_name(&self) -> &str {
        let end = self
            .name
            .find(|letter: char| !letter.is_ascii_alphanumeric());
        &self.name[..end.unwrap_or(self.name.len())]
    }
}

/// A realm to create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRealm {
    /// Its short name, to which Bandwidth adds a suffix.
    pub name: RealmName,
    /// Its description; may be empty.
    pub description: Description,
    /// Whether to make it the account's default.
    pub default: bool,
}

impl Dashboard {
    /// Default interval and time limit of [`Dashboard::wait_until_active`].
    pub const USUAL_WAIT: (Duration, Duration) = (Duration::from_secs(2), Duration::from_mins(1));

    /// Lists all realms of the account.
    pub async fn realms(&self) -> Result<Vec<Realm>, Error> {
        let request = self.realms_request();
        self.send(request, read_all).await
    }

    /// Returns a realm, or `None` if none has this ID.
    pub async fn realm(&self, id: RealmId) -> Result<Option<Realm>, Error> {
        let id = id.to_string();
        let request = self.request("Get the realm", Method::Get, &["realms", &id]);
        match self.send(request, read_one).await {
            Err(Error::Refused(refusal)) if is_gone(&refusal) => Ok(None),
            outcome => outcome.map(Some),
        }
    }

    /// Creates a realm. It isn't active yet: see [`Dashboard::wait_until_active`].
    pub async fn create_realm(&self, new: &NewRealm) -> Result<Realm, Error> {
        let request = self.create_realm_request(new)?;
        self.send(request, read_one).await
    }

    /// Polls at intervals of `every` until the realm is active, for at most `limit`.
    ///
    /// A realm that failed, is gone, or isn't active in time is a refusal with its [`Diagnosis`].
    /// Outages are waited out within the limit. Drop the future to stop.
    pub async fn wait_until_active(
        &self,
        id: RealmId,
        every: Duration,
        limit: Duration,
    ) -> Result<Realm, Error> {
        let end = Instant::now() + limit;
        loop {
            let mut pause = every;
            let not_yet = match self.realm(id).await {
                Ok(Some(realm)) => match realm.status {
                    RealmStatus::Active => return Ok(realm),
                    RealmStatus::CreateFailed => return Err(not_active(Diagnosis::RealmFailed)),
                    RealmStatus::DeleteFailed | RealmStatus::DeletePending => {
                        return Err(not_active(Diagnosis::RealmGone));
                    }
                    RealmStatus::CreatePending | RealmStatus::Unknown => {
                        not_active(Diagnosis::RealmSlow)
                    }
                },
                Ok(None) => return Err(not_active(Diagnosis::RealmGone)),
                Err(Error::Refused(refusal)) if refusal.status == 429 || refusal.status >= 500 => {
                    pause = refusal.retry_after.unwrap_or(every).max(every);
                    Error::Refused(refusal)
                }
                Err(error @ Error::Unreachable { .. }) => error,
                Err(error) => return Err(error),
            };
            if Instant::now() + pause > end {
                return Err(not_yet);
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// Polls at intervals of `every` until no realm has this ID, for at most `limit`.
    ///
    /// Returns what exists at the end: nothing, or the realm as it was last read. Ends at once if
    /// it couldn't be deleted. Outages are waited out within the limit. Drop the future to stop.
    pub async fn wait_until_gone(
        &self,
        id: RealmId,
        every: Duration,
        limit: Duration,
    ) -> Result<Option<Realm>, Error> {
        let end = Instant::now() + limit;
        loop {
            let looked = self.realm(id).await;
            match &looked {
                Ok(Some(realm)) if realm.status != RealmStatus::DeleteFailed => {}
                Err(error) if error.is_passing() => {}
                Ok(_) | Err(_) => return looked,
            }
            if Instant::now() + every > end {
                return looked;
            }
            tokio::time::sleep(every).await;
        }
    }

    /// Sets the description, and makes the realm the default if `default` is set. The API replaces
    /// the whole realm, so modify one that was just read. Its name can't be changed.
    pub async fn update_realm(&self, realm: &Realm) -> Result<Realm, Error> {
        let update = |name| {
            let body = RealmRequest {
                realm: name,
                description: Some(&realm.description),
                default: realm.default,
            };
            let id = realm.id.to_string();
            let request = self.request("Change the realm", Method::Put, &["realms", &id]);
            Ok::<_, Error>(request.xml(wire::write(&body).map_err(malformed)?))
        };
        let with_name = update(Some(realm.short_name()))?;
        match self.send(with_name, read_one).await {
            // The documented body has no name, but Bandwidth's command line sends the short one.
            Err(Error::Refused(refusal)) if refusal.code == Some(33005) => {
                self.send(update(None)?, read_one).await
            }
            outcome => outcome,
        }
    }

    /// Deletes a realm that isn't the default and has no credentials. Deletion continues for a
    /// while after this returns.
    pub async fn delete_realm(&self, id: RealmId) -> Result<(), Error> {
        let id = id.to_string();
        let request = self.request("Delete the realm", Method::Delete, &["realms", &id]);
        let roots = ["RealmResponse", "RealmsResponse"];
        self.send(request, |answer, now| answer::done(answer, &roots, now))
            .await
    }

    /// Returns the request that [`Dashboard::realms`] sends.
    #[must_use]
    pub fn preview_realms(&self) -> RequestText {
        self.preview(self.realms_request())
    }

    /// Returns the request that [`Dashboard::create_realm`] sends.
    pub fn preview_create_realm(&self, new: &NewRealm) -> Result<RequestText, Error> {
        Ok(self.preview(self.create_realm_request(new)?))
    }

    fn realms_request(&self) -> Request {
        self.request("List the realms", Method::Get, &["realms"])
    }

    fn create_realm_request(&self, new: &NewRealm) -> Result<Request, Error> {
        let description = new.description.as_str();
        let body = RealmRequest {
            realm: Some(new.name.as_str()),
            description: (!description.is_empty()).then_some(description),
            default: new.default,
        };
        let request = self.request("Create the realm", Method::Post, &["realms"]);
        Ok(request.xml(wire::write(&body).map_err(malformed)?))
    }
}

pub(super) fn read_all(answer: &Answer, now_ms: u64) -> Result<Vec<Realm>, Error> {
    let response: RealmsResponse = answer::read_list(answer, "RealmsResponse", "Realms", now_ms)?;
    let realms = response.realms.unwrap_or_default().realm;
    realms.into_iter().map(parse).collect()
}

pub(super) fn read_one(answer: &Answer, now_ms: u64) -> Result<Realm, Error> {
    let response: RealmResponse = answer::read(answer, "RealmResponse", now_ms)?;
    let realm = response
        .realm
        .ok_or(malformed("an answer without a Realm"))?;
    parse(realm)
}

pub(super) fn parse(wire: WireRealm) -> Result<Realm, Error> {
    let id = wire::number(wire.id.as_deref(), "a realm without a numeric Id");
    let name = filled(wire.realm).ok_or(malformed("a realm without its name"))?;
    let status = filled(wire.status).ok_or(malformed("a realm without a Status"))?;
    Ok(Realm {
        id: RealmId(id.map_err(malformed)?),
        name,
        description: wire.description.unwrap_or_default(),
        default: filled(wire.default).is_some_and(|text| text.eq_ignore_ascii_case("true")),
        credential_count: filled(wire.sip_credential_count)
            .and_then(|count| count.parse().ok())
            .unwrap_or_default(),
        status: match status.as_str() {
            "ACTIVE" => RealmStatus::Active,
            "CREATE_FAILED" => RealmStatus::CreateFailed,
            "CREATE_PENDING" => RealmStatus::CreatePending,
            "DELETE_FAILED" => RealmStatus::DeleteFailed,
            "DELETE_PENDING" => RealmStatus::DeletePending,
            _ => RealmStatus::Unknown,
        },
    })
}

/// The API returns 33001, or a description without a code. A 404 with neither comes from elsewhere,
/// for example because the address is wrong.
fn is_gone(refusal: &Refusal) -> bool {
    match refusal.code {
        Some(code) => code == 33001,
        None => refusal.status == 404 && refusal.description.is_some(),
    }
}

fn not_active(diagnosis: Diagnosis) -> Error {
    Error::Refused(Refusal {
        diagnosis: Some(diagnosis),
        ..Refusal::new(Service::Dashboard, 200)
    })
}
