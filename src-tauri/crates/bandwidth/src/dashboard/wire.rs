//! The XML of the dashboard API. Numbers and enumerations arrive as text and are parsed here.

use std::str::FromStr;

use quick_xml::se::Serializer;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Parses a document that [`super::envelope::Envelope`] has checked.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, &'static str> {
    quick_xml::de::from_str(text).map_err(|_| "XML of another shape")
}

/// Serializes a document, indented, as it is sent and shown.
pub(super) fn write<T: Serialize>(value: &T) -> Result<Zeroizing<String>, &'static str> {
    let mut text = Zeroizing::new(String::with_capacity(1024));
    let mut serializer = Serializer::new(&mut *text);
    serializer.indent(' ', 2);
    value
        .serialize(serializer)
        .map_err(|_| "a request that cannot be written")?;
    Ok(text)
}

/// Parses a required number; `what` names it in the error.
pub(super) fn number<T: FromStr>(
    text: Option<&str>,
    what: &'static str,
) -> Result<T, &'static str> {
    text.and_then(|text| text.trim().parse().ok()).ok_or(what)
}

/// Returns an element's text if it is present and not empty.
pub(super) fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct ErrorList {
    pub(super) error: Vec<WireError>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct WireError {
    pub(super) error_code: Option<String>,
    /// The name of the same element in number orders.
    pub(super) code: Option<String>,
    pub(super) description: Option<String>,
    pub(super) sip_credential: Option<WireCredential>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct RealmsResponse {
    pub(super) realms: Option<Realms>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Realms {
    pub(super) realm: Vec<WireRealm>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct RealmResponse {
    pub(super) realm: Option<WireRealm>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct WireRealm {
    pub(super) id: Option<String>,
    pub(super) realm: Option<String>,
    pub(super) description: Option<String>,
    pub(super) default: Option<String>,
    pub(super) sip_credential_count: Option<String>,
    pub(super) status: Option<String>,
}

/// The body of POST and PUT for a realm, with children in the documented order.
#[derive(Serialize)]
#[serde(rename = "Realm", rename_all = "PascalCase")]
pub(super) struct RealmRequest<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) realm: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    pub(super) default: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct CredentialsResponse {
    pub(super) links: Option<Links>,
    pub(super) errors: Option<ErrorList>,
    pub(super) valid_sip_credentials: Option<Credentials>,
    pub(super) sip_credentials: Option<Credentials>,
}

/// Links to other pages, each as `Link=<address>;rel="next";`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Links {
    pub(super) next: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Credentials {
    pub(super) sip_credential: Vec<WireCredential>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct CredentialResponse {
    pub(super) sip_credential: Option<WireCredential>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct WireCredential {
    pub(super) id: Option<String>,
    pub(super) realm_id: Option<String>,
    pub(super) user_name: Option<String>,
    pub(super) domain: Option<String>,
    pub(super) hash1: Option<String>,
    pub(super) hash1b: Option<String>,
    pub(super) realm: Option<String>,
    #[serde(rename = "HttpVoiceV2AppId")]
    pub(super) application_id: Option<String>,
}

impl std::fmt::Debug for WireCredential {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("WireCredential")
            .finish_non_exhaustive()
    }
}

/// The body of PUT for a credential at realm level: `RealmId` is required (or error 23031) and
/// `UserName` is forbidden (or 23030).
#[derive(Serialize)]
#[serde(rename = "SipCredential", rename_all = "PascalCase")]
pub(super) struct ReplaceRequest<'a> {
    pub(super) hash1: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hash1b: Option<&'a str>,
    pub(super) realm_id: u64,
    #[serde(rename = "HttpVoiceV2AppId", skip_serializing_if = "Option::is_none")]
    pub(super) application_id: Option<&'a str>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct SipAuthenticationResponse {
    pub(super) sip_authentication: Option<WireSipAuthentication>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct WireSipAuthentication {
    #[serde(rename = "SBC")]
    pub(super) sbc: Option<Sbc>,
    pub(super) realm_dns_list: Option<RealmDnsList>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Sbc {
    pub(super) zone: Vec<Zone>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Zone {
    pub(super) sip_sig_port: Vec<SipSigPort>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct SipSigPort {
    pub(super) port_number: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct RealmDnsList {
    pub(super) realm_dns: Vec<WireRealmDns>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct WireRealmDns {
    pub(super) realm: Option<String>,
    #[serde(rename = "DNSRecords")]
    pub(super) records: Option<WireDnsRecords>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WireDnsRecords {
    #[serde(rename = "DNSRecord")]
    pub(super) record: Vec<WireDnsRecord>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct WireDnsRecord {
    #[serde(rename = "Type")]
    pub(super) kind: Option<String>,
    pub(super) name: Option<String>,
    pub(super) data: Option<String>,
    #[serde(rename = "TTL")]
    pub(super) ttl: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct EdgeSettings {
    pub(super) sip_authentication: Option<EdgeSipAuthentication>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct EdgeSipAuthentication {
    pub(super) enabled: Option<String>,
    pub(super) status: Option<String>,
    #[serde(rename = "Type")]
    pub(super) kind: Option<String>,
    pub(super) errors: Option<ErrorList>,
}
