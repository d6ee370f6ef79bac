//! Sample values that practice shows and can fill in.

use serde::Serialize;

/// Values that practice shows and can fill in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct SampleCheck {
    /// The full name of a pretend realm.
    pub realm: String,
    /// The user name of a pretend SIP credential.
    pub user_name: String,
    /// Its password, which works only in practice; `None` once it was replaced.
    pub password: Option<String>,
    /// The pretend registrar's host and port.
    pub address: String,
}

/// Values that practice shows and can fill in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct SampleSignIn {
    /// The pretend account number.
    pub account_number: String,
    /// The pretend client ID.
    pub client_id: String,
    /// The pretend client secret, which works only in practice.
    pub client_secret: String,
}

/// Values that practice shows and can fill in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct SampleTwilio {
    /// The pretend account SID.
    pub account_sid: String,
    /// The pretend auth token, which works only in practice.
    pub auth_token: String,
    /// A number that answers.
    pub to: String,
}

/// Values that practice shows and can fill in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct SampleVoice {
    /// The pretend account's number.
    pub from: String,
    /// The pretend account's voice application.
    pub application_id: String,
    /// An answer address at which somebody is at home.
    pub answer_url: String,
}
