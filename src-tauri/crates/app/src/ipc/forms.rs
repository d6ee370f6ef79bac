//! Initial values for the forms of the steps.

use registrar_bandwidth::dashboard::{Addresses, EnvironmentName};
use registrar_explain::DnsView;
use registrar_practice::{SampleSignIn, SampleTwilio, SampleVoice};
use registrar_sip::TransportName;
use serde::Serialize;

use super::choice::{CallMessage, SignInMethod, StepId, TwilioKeyKind};

outgoing! {
    /// An environment to choose, with its addresses.
    pub struct EnvironmentView {
        /// Which one.
        pub name: EnvironmentName,
        /// Where requests go.
        pub addresses: Addresses,
    }

    /// Initial values of the sign-in form.
    pub struct SignInForm {
        /// A name for the account.
        pub name: String,
        /// The account number.
        pub account_number: String,
        /// The way to sign in.
        pub method: SignInMethod,
        /// Client ID or API user.
        pub user: String,
        /// The environments to choose from.
        pub environments: Vec<EnvironmentView>,
        /// The chosen one.
        pub environment: EnvironmentName,
        /// The token endpoint of a custom environment.
        pub token_address: String,
        /// The Bearer API of a custom environment.
        pub bearer_address: String,
        /// The Basic API of a custom environment.
        pub basic_address: String,
        /// Whether a secret for this account is in the keychain, so that the field may stay empty.
        pub secret_saved: bool,
        /// The checkbox "Remember on this computer".
        pub remember: bool,
        /// The step at which a stopped journey continues.
        pub continues_at: Option<StepId>,
        /// Whether Bandwidth has turned off API users.
        pub api_users_off: bool,
        /// Sample values, in practice.
        pub sample: Option<SampleSignIn>,
    }

    /// A realm as the window shows it.
    pub struct RealmView {
        /// Bandwidth's ID of it.
        pub id: f64,
        /// Its full name.
        pub name: String,
        /// Its description.
        pub description: String,
        /// Whether it's the account's default.
        pub default: bool,
        /// Number of its SIP credentials.
        pub credentials: f64,
        /// Whether it's ACTIVE and can be chosen.
        pub active: bool,
        /// Its status in words.
        pub status: String,
    }

    /// Initial values of the realm form.
    pub struct RealmForm {
        /// The short name.
        pub name: String,
        /// The description.
        pub description: String,
        /// Whether to make it the account's default.
        pub default: bool,
    }

    /// Initial values of the credential form.
    pub struct CredentialForm {
        /// The user name.
        pub user_name: String,
        /// The domain.
        pub domain: String,
        /// The voice application ID.
        pub application_id: String,
        /// Length of the generated password; `null` if there is none.
        pub made_password: Option<u32>,
    }

    /// The phone's settings, without the password: see `reveal`.
    pub struct PhoneSettings {
        /// The composite user name.
        pub user_name: String,
        /// The realm, which phones call domain or SIP server.
        pub realm: String,
        /// The registrar's host, if it differs from the realm's name.
        pub registrar: String,
        /// The registrar's port, once it is known.
        pub port: Option<u16>,
        /// The transport.
        pub transport: TransportName,
        /// Length of the password; `null` if the app doesn't know it.
        pub password_length: Option<u32>,
        /// Where the port comes from, in words.
        pub found: String,
        /// The account's DNS records, compared with this computer's DNS.
        pub dns: Vec<DnsView>,
    }

    /// Initial values of the call form.
    pub struct CallForm {
        /// Twilio's account SID.
        pub account_sid: String,
        /// The way to sign in to Twilio.
        pub key_kind: TwilioKeyKind,
        /// The API key's SID.
        pub key_sid: String,
        /// Whether a Twilio secret is in the keychain.
        pub secret_saved: bool,
        /// Whether Twilio has accepted the keys in this session.
        pub checked: bool,
        /// Numbers to call from.
        pub numbers: Vec<String>,
        /// The number to call from.
        pub from: String,
        /// The number to call.
        pub to: String,
        /// What Twilio plays.
        pub message: CallMessage,
        /// Where Twilio finds `TwiML`.
        pub url: String,
        /// `TwiML` as entered.
        pub twiml: String,
        /// The call's SIP address once a number is entered: `sip:…@realm:port`.
        pub target: String,
        /// Whether the SIP password is known, so that the call can be placed.
        pub password_known: bool,
        /// Sample account SID and token, in practice.
        pub sample: Option<SampleTwilio>,
        /// Whether this computer has a microphone.
        pub microphone: bool,
        /// Whether this computer has speakers.
        pub speakers: bool,
        /// The number or name that was last called from this computer.
        pub local_to: String,
        /// The form that lets Bandwidth ring the phone; `null` where the environment that is signed in
        /// to names no Voice API.
        pub voice: Option<Box<VoiceForm>>,
    }

    /// Initial values of the form of a call from Bandwidth to the phone.
    pub struct VoiceForm {
        /// The number to call from.
        pub from: String,
        /// The voice application's ID.
        pub application_id: String,
        /// Where Bandwidth asks what to do once the phone is answered.
        pub answer_url: String,
        /// The address that Bandwidth calls: `sip:user@realm`.
        pub target: String,
        /// The Voice API's address.
        pub address: String,
        /// Where the phone was seen registered, in words; `null` where the person has to say that it
        /// is registered.
        pub registered: Option<String>,
        /// Sample values of a call that is answered, in practice.
        pub sample: Option<SampleVoice>,
    }
}
