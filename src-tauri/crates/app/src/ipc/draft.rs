//! Forms as typed, without secrets.

use registrar_bandwidth::dashboard::EnvironmentName;
use registrar_phones::{Dialect, Phone};
use registrar_sip::{CheckKind, TransportName};
use serde::{Deserialize, Serialize};

use super::choice::{CallMessage, ProofKind, SignInMethod, TwilioKeyKind};

draft! {
    /// The sign-in form as typed, without the secret.
    pub struct SignInDraft {
        /// A name for the account.
        pub name: String,
        /// The account number.
        pub account_number: String,
        /// The way to sign in.
        pub method: SignInMethod,
        /// Client ID or API user.
        pub user: String,
        /// The environment.
        pub environment: EnvironmentName,
        /// The three addresses of a custom environment.
        pub token_address: String,
        /// The API for Bearer.
        pub bearer_address: String,
        /// The API for Basic.
        pub basic_address: String,
        /// Whether to save the secret in the keychain.
        pub remember: bool,
    }

    /// The realm form as typed.
    #[derive(Default)]
    pub struct RealmDraft {
        /// The short name.
        pub name: String,
        /// The description.
        pub description: String,
        /// Whether to make it the account's default.
        pub default: bool,
    }

    /// The credential form as typed, without the password.
    #[derive(Default)]
    pub struct CredentialDraft {
        /// The user name.
        pub user_name: String,
        /// The domain, or empty.
        pub domain: String,
        /// The voice application ID, or empty.
        pub application_id: String,
    }

    /// The Twilio form as typed, without the secret.
    pub struct TwilioDraft {
        /// The account SID (AC…).
        pub account_sid: String,
        /// The way to sign in.
        pub key_kind: TwilioKeyKind,
        /// The API key's SID (SK…), or empty.
        pub key_sid: String,
    }

    /// The form of a check without an account, as typed, without the password or hash.
    pub struct CheckDraft {
        /// The full name of the realm.
        pub realm: String,
        /// The composite user name.
        pub user_name: String,
        /// The kind of secret.
        pub proof: ProofKind,
        /// The transport.
        pub transport: TransportName,
        /// The kind of check.
        pub kind: CheckKind,
        /// A typed `host:port` or `host`; empty to look it up.
        pub address: String,
    }

    /// The call form as typed.
    #[derive(Default)]
    pub struct CallDraft {
        /// The number to call from.
        pub from: String,
        /// The number to call.
        pub to: String,
        /// What Twilio plays.
        #[serde(default)]
        pub message: CallMessage,
        /// Where Twilio finds `TwiML`; without a user name and a password.
        #[serde(default)]
        pub url: String,
        /// `TwiML` as entered.
        #[serde(default)]
        pub twiml: String,
    }

    /// The form of a call from Bandwidth to the phone, as typed.
    #[derive(Default)]
    pub struct VoiceDraft {
        /// The number to call from, one of the account's.
        pub from: String,
        /// The voice application's ID.
        pub application_id: String,
        /// Where Bandwidth asks what to do once the phone is answered; without a user name and a
        /// password.
        pub answer_url: String,
    }
}

/// Which phone is being set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PhoneChoice {
    /// One of [`registrar_phones::phones`].
    Listed {
        /// Its ID.
        phone: String,
        /// The ID of its dialect.
        dialect: String,
    },
    /// A phone that isn't listed.
    Other,
}

impl PhoneChoice {
    /// Returns whether it is among the phones that this version lists, or isn't a listed one.
    #[must_use]
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Other) || self.listed().is_some()
    }

    /// Returns the listed phone and its dialect; `None` for another phone.
    #[must_use]
    pub fn listed(&self) -> Option<(&'static Phone, &'static Dialect)> {
        match self {
            Self::Listed { phone, dialect } => {
                let phone = registrar_phones::find(phone)?;
                Some((phone, phone.dialect(dialect)?))
            }
            Self::Other => None,
        }
    }
}

/// A form's current values, to be saved and previewed.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(tag = "form", rename_all = "snake_case", deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "each variant is a form, each draft's type says what it is"
)]
pub enum Draft {
    Account { draft: SignInDraft },
    DeskRealm { draft: RealmDraft },
    SignIn { draft: SignInDraft },
    Realm { draft: RealmDraft },
    Credential { draft: CredentialDraft },
    Twilio { draft: TwilioDraft },
    Call { draft: CallDraft },
    Voice { draft: VoiceDraft },
    Check { draft: CheckDraft },
}
