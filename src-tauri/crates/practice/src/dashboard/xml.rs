//! The XML of the pretend dashboard, deliberately written from the format's description and
//! independently of the app's own parser: agreement between two implementations proves more than
//! one alone.

use hyper::StatusCode;
use serde::{Deserialize, Serialize};

use crate::credential::Credential;
use crate::http::{Answer, Request};

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// The outermost element of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    EdgeManagementSettings,
    Realm,
    Realms,
    SipAuthentication,
    SipCredential,
    SipCredentials,
}

impl Root {
    fn name(self) -> &'static str {
        match self {
            Self::EdgeManagementSettings => "EdgeManagementSettings",
            Self::Realm => "RealmResponse",
            Self::Realms => "RealmsResponse",
            Self::SipAuthentication => "SipAuthenticationResponse",
            Self::SipCredential => "SipCredentialResponse",
            Self::SipCredentials => "SipCredentialsResponse",
        }
    }
}

/// Writes an answer.
pub(super) fn answer<T: Serialize>(root: Root, status: StatusCode, content: &T) -> Answer {
    match quick_xml::se::to_string_with_root(root.name(), content) {
        Ok(body) => Answer::with_body(
            status,
            "application/xml;charset=utf-8",
            format!("{DECLARATION}{body}"),
        ),
        Err(_) => Answer::empty(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// Writes an error in the shape used for single objects.
pub(super) fn refused(root: Root, status: StatusCode, code: Option<u32>, words: &str) -> Answer {
    answer(
        root,
        status,
        &Refused {
            response_status: ResponseStatus {
                error_code: code,
                description: words.to_owned(),
            },
        },
    )
}

/// The response if the state couldn't be stored.
pub(super) fn unavailable(root: Root) -> Answer {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    refused(root, status, None, "Service is Unavailable")
}

/// Parses a request's body, whose root element must be the one that `T` names.
pub(super) fn read<T: for<'de> Deserialize<'de>>(
    root: Root,
    request: &Request,
) -> Result<T, Answer> {
    if !request.is("application/xml") && !request.is("text/xml") {
        return Err(Answer::empty(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    std::str::from_utf8(&request.body)
        .ok()
        .and_then(|text| quick_xml::de::from_str(text).ok())
        .ok_or_else(|| {
            let words = "Unable to parse the request body";
            refused(root, StatusCode::BAD_REQUEST, None, words)
        })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Refused {
    response_status: ResponseStatus,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ResponseStatus {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error_code: Option<u32>,
    pub(super) description: String,
}

/// A credential in a response.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CredentialView {
    id: u64,
    realm_id: u64,
    user_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    hash1: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash1b: Option<String>,
    realm: String,
    #[serde(rename = "HttpVoiceV2AppId", skip_serializing_if = "Option::is_none")]
    application_id: Option<String>,
}

impl CredentialView {
    pub(super) fn new(credential: &Credential, realm: String) -> Self {
        Self {
            id: credential.id,
            realm_id: credential.realm_id,
            user_name: credential.user_name.clone(),
            domain: credential.domain.clone(),
            hash1: credential.hash1.expose().to_owned(),
            hash1b: credential
                .hash1b
                .as_ref()
                .map(|hash| hash.expose().to_owned()),
            realm,
            application_id: credential.application_id.clone(),
        }
    }
}

/// An answer with one credential.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OneCredential {
    pub(super) sip_credential: CredentialView,
}
