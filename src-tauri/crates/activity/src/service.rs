//! The services that requests go to, and the ways an exchange can fail.

use serde::{Deserialize, Serialize};

/// The services that are contacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Bandwidth's dashboard API: realms, SIP credentials, settings.
    Dashboard,
    /// The domain name system, as this computer sees it.
    Dns,
    /// Bandwidth's SIP registrar.
    Registrar,
    /// Bandwidth's OAuth 2.0 token endpoint.
    Token,
    /// Twilio's REST API.
    Twilio,
    /// Bandwidth's Voice API.
    Voice,
}

/// Why no complete response arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The connection was closed in the middle of a response.
    CutOff,
    /// This computer's DNS doesn't know the host name.
    NameUnknown,
    /// The configured proxy couldn't be reached, refused, or requires different credentials.
    Proxy,
    /// The port is closed, or the network refused.
    Refused,
    /// Nothing came within the time limit.
    TimedOut,
}

/// The cause of a refusal, if further requests were needed to determine it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Diagnosis {
    /// The account number does not exist, or is locked.
    AccountUnknown,
    /// The sign-in is correct, but SIP credentials aren't enabled on the account.
    NotEnabled,
    /// Bandwidth failed to create a realm: its status is `CREATE_FAILED`.
    RealmFailed,
    /// A requested realm doesn't exist, or is being deleted.
    RealmGone,
    /// A realm is still being created after the expected time.
    RealmSlow,
    /// The sign-in is correct, but the role 'SIP Credentials' is missing.
    RoleMissing,
    /// The sign-in is correct, but can't see anything of this account: either the account number is
    /// someone else's, or roles are missing.
    RoleOrAccount,
    /// The name or the secret is wrong.
    SignInWrong,
}
