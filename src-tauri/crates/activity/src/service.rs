//! The services that requests go to, and the ways an exchange can fail.

use serde::{Deserialize, Serialize};

/// Who was asked.
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

/// Why no whole answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The connection was closed in the middle of an answer.
    CutOff,
    /// The name of the host is not known to this computer's DNS.
    NameUnknown,
    /// The proxy that this computer uses couldn't be reached, refused, or wants another sign-in.
    Proxy,
    /// Nobody listens there, or the network refused.
    Refused,
    /// Nothing came within the time limit.
    TimedOut,
}

/// What a refusal means, where more than one answer was needed to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Diagnosis {
    /// The account number does not exist, or is locked.
    AccountUnknown,
    /// The sign-in is right; SIP credentials are not enabled on the account.
    NotEnabled,
    /// Bandwidth gave the making of a realm up: its status is `CREATE_FAILED`.
    RealmFailed,
    /// A realm that was asked for is not there, or is being deleted.
    RealmGone,
    /// A realm is still being made after the time that it should take.
    RealmSlow,
    /// The sign-in is right; the role 'SIP Credentials' is missing.
    RoleMissing,
    /// The sign-in is right, and may see nothing of this account: the account number is another's,
    /// or roles are missing.
    RoleOrAccount,
    /// The name or the secret is wrong.
    SignInWrong,
}
