//! Responses of the API, and the credentials in them.

use super::{REALMS, hashes, password};
use crate::{Key, Precondition};
use registrar_bandwidth::dashboard::{CredentialId, RealmId};
use registrar_digest::Hashes;
use registrar_http::scripted::Reply;

/// A credential as the account has it.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) id: u64,
    pub(crate) realm: u64,
    pub(crate) name: String,
    pub(crate) domain: Option<String>,
    pub(crate) realm_name: String,
    pub(crate) hashes: Option<Hashes>,
    pub(crate) application: Option<&'static str>,
}

/// Number 7, in the first realm, with the hashes of its name and [`password`].
pub(crate) fn kept(name: &str) -> Kept {
    Kept {
        id: 7,
        realm: 1,
        name: name.to_owned(),
        domain: None,
        realm_name: REALMS[0].to_owned(),
        hashes: Some(hashes(name, &password())),
        application: None,
    }
}

/// As [`new_in`] makes it.
pub(crate) fn kept_in(realm: u64, name: &str, domain: &str) -> Kept {
    let realm_name = REALMS[usize::try_from(realm).unwrap() - 1];
    let hashes = Hashes::make(&format!("{name}@{domain}"), realm_name, &password());
    Kept {
        realm,
        realm_name: realm_name.to_owned(),
        domain: Some(domain.to_owned()),
        hashes: Some(hashes),
        ..kept(name)
    }
}

impl Kept {
    pub(crate) fn at(self, application: &'static str) -> Self {
        Self {
            application: Some(application),
            ..self
        }
    }

    pub(crate) fn with(self, hashes: Hashes) -> Self {
        Self {
            hashes: Some(hashes),
            ..self
        }
    }

    pub(super) fn key(&self) -> Key {
        Key {
            realm: RealmId(self.realm),
            credential: CredentialId(self.id),
        }
    }

    pub(super) fn precondition(&self) -> Precondition {
        let hashes = self.hashes.clone().map(Into::into);
        Precondition::of(hashes.as_ref(), self.application)
    }

    fn xml(&self) -> String {
        let element = |name: &str, value: &str| format!("<{name}>{value}</{name}>");
        let hashes = self.hashes.as_ref().map(|hashes| {
            element("Hash1", hashes.hash1.expose()) + &element("Hash1b", hashes.hash1b.expose())
        });
        let domain = self.domain.as_ref().map(|value| element("Domain", value));
        let application = self.application;
        let application = application.map(|value| element("HttpVoiceV2AppId", value));
        let text = [
            element("Id", &self.id.to_string()),
            element("RealmId", &self.realm.to_string()),
            element("UserName", &self.name),
            domain.unwrap_or_default(),
            hashes.unwrap_or_default(),
            element("Realm", &self.realm_name),
            application.unwrap_or_default(),
        ];
        element("SipCredential", &text.concat())
    }
}

/// The answer to a request that makes credentials: those that exist, and code and name of the others.
pub(crate) fn created(made: &[Kept], refused: &[(u32, &str)]) -> Reply {
    let made: String = made.iter().map(Kept::xml).collect();
    let refused = refused.iter();
    let refused: String = refused.map(|(code, name)| item(*code, name, "")).collect();
    Reply::xml(
        201,
        &format!(
            "<SipCredentialsResponse><Errors>{refused}</Errors><ValidSipCredentials>{made}\
             </ValidSipCredentials></SipCredentialsResponse>"
        ),
    )
}

/// A name of several realms is refused in each of them, with its own code.
pub(crate) fn refused_in_realms(name: &str, refused: &[(u64, u32)]) -> Reply {
    let refused = refused.iter().map(|(realm, code)| {
        let realm = REALMS[usize::try_from(*realm).unwrap() - 1];
        item(*code, name, realm)
    });
    let refused: String = refused.collect();
    Reply::xml(
        201,
        &format!("<SipCredentialsResponse><Errors>{refused}</Errors></SipCredentialsResponse>"),
    )
}

fn item(code: u32, name: &str, realm: &str) -> String {
    let (user, domain) = name.split_once('@').unwrap_or((name, ""));
    format!(
        "<Error><ErrorCode>{code}</ErrorCode><Description>No.</Description><SipCredential>\
         <UserName>{user}</UserName><Domain>{domain}</Domain><Realm>{realm}</Realm>\
         </SipCredential></Error>"
    )
}

/// A page of a list.
pub(crate) fn listed(kept: &[Kept]) -> Reply {
    let kept: String = kept.iter().map(Kept::xml).collect();
    let list = format!(
        "<SipCredentialsResponse><SipCredentials>{kept}</SipCredentials></SipCredentialsResponse>"
    );
    Reply::xml(200, &list)
}

/// The answer to a request for one credential, and to one that changed it.
pub(crate) fn one(kept: &Kept) -> Reply {
    let one = kept.xml();
    Reply::xml(
        200,
        &format!("<SipCredentialResponse>{one}</SipCredentialResponse>"),
    )
}

pub(crate) fn deleted() -> Reply {
    Reply::xml(200, "")
}

/// There is no such credential.
pub(crate) fn missing() -> Reply {
    refused(404, Some(23025))
}

/// The whole request is refused.
pub(crate) fn refused(status: u16, code: Option<u32>) -> Reply {
    let code = code.map(|code| format!("<ErrorCode>{code}</ErrorCode>"));
    let code = code.unwrap_or_default();
    Reply::xml(
        status,
        &format!(
            "<SipCredentialsResponse><ResponseStatus>{code}<Description>No.</Description>\
             </ResponseStatus></SipCredentialsResponse>"
        ),
    )
}

/// The connection ends before an answer.
pub(crate) fn cut_off() -> Reply {
    Reply::Bytes(Vec::new())
}

/// The list of realms: the first one, with so many credentials.
pub(crate) fn realms(credentials: u64) -> Reply {
    let name = REALMS[0];
    Reply::xml(
        200,
        &format!(
            "<RealmsResponse><Realms><Realm><Id>1</Id><Realm>{name}</Realm><Default>true</Default>\
             <SipCredentialCount>{credentials}</SipCredentialCount><Status>ACTIVE</Status></Realm>\
             </Realms></RealmsResponse>"
        ),
    )
}
