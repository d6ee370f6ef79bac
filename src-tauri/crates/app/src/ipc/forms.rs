//! Initial values for the forms of the steps.

use registrar_bandwidth::dashboard::{Addresses, EnvironmentName};
use registrar_explain::DnsView;
use registrar_practice::{SampleSignIn, SampleTwilio, SampleVoice};
use registrar_sip::TransportName;
use serde::Serialize;

use super::choice::{CallMessage, SignInMethod, StepId, TwilioKeyKind};

outgoing! {
    /// One environment to choose, with its addresses shown.
    pub struct EnvironmentView {
        /// Which.
        pub name: EnvironmentName,
        /// Where requests go.
        pub addresses: Addresses,
    }

    /// What the sign-in form starts with.
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
        /// The token endpoint of one's own environment.
        pub token_address: String,
        /// The API for Bearer of one's own environment.
        pub bearer_address: String,
        /// The API for Basic of one's own environment.
        pub basic_address: String,
        /// A secret for this account is in the keychain, so the field may stay empty.
        pub secret_saved: bool,
        /// The box 'Remember on this computer'.
        pub remember: bool,
        /// The step that follows when a stopped journey is taken up again.
        pub continues_at: Option<StepId>,
        /// API users are switched off at Bandwidth by now.
        pub api_users_off: bool,
        /// In practice: what to type.
        pub sample: Option<SampleSignIn>,
    }

    /// A realm as the window shows it.
    pub struct RealmView {
        /// Bandwidth's number for it.
        pub id: f64,
        /// Its full name.
        pub name: String,
        /// Its description.
        pub description: String,
        /// It is the account's default.
        pub default: bool,
        /// How many SIP credentials it holds.
        pub credentials: f64,
        /// ACTIVE: it can be chosen.
        pub active: bool,
        /// Its status in words.
        pub status: String,
    }

    /// What the realm form starts with.
    pub struct RealmForm {
        /// The short name.
        pub name: String,
        /// The description.
        pub description: String,
        /// Make it the account's default.
        pub default: bool,
    }

    /// What the credential form starts with.
    pub struct CredentialForm {
        /// The user name.
        pub user_name: String,
        /// The domain.
        pub domain: String,
        /// The voice application ID.
        pub application_id: String,
        /// How long the password is that the app made; `null` where none was made.
        pub made_password: Option<u32>,
    }

    /// What goes into the phone. The password is not among it: see `reveal`.
    pub struct PhoneSettings {
        /// The composite user name.
        pub user_name: String,
        /// The realm, which phones call domain or SIP server.
        pub realm: String,
        /// The registrar's host, where it is not the realm's name.
        pub registrar: String,
        /// The registrar's port, once it is known.
        pub port: Option<u16>,
        /// The transport.
        pub transport: TransportName,
        /// How many characters the password has; `null` where the app does not know it.
        pub password_length: Option<u32>,
        /// Where the port comes from, in words.
        pub found: String,
        /// The account's DNS records, compared with this computer's DNS.
        pub dns: Vec<DnsView>,
    }

    /// What the call form starts with.
    pub struct CallForm {
        /// Twilio's account SID.
        pub account_sid: String,
        /// The way to sign in to Twilio.
        pub key_kind: TwilioKeyKind,
        /// The API key's SID.
        pub key_sid: String,
        /// A Twilio secret is in the keychain.
        pub secret_saved: bool,
        /// The Twilio keys were accepted in this session.
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
        /// Own `TwiML`.
        pub twiml: String,
        /// Where the call goes, once the number is typed: `sip:…@realm:port`.
        pub target: String,
        /// The SIP password is known, so that the call can be placed.
        pub password_known: bool,
        /// In practice: the pretend account SID and token.
        pub sample: Option<SampleTwilio>,
        /// This computer has a microphone, for a call from here.
        pub microphone: bool,
        /// This computer has speakers.
        pub speakers: bool,
        /// Whom the last call from this computer was to.
        pub local_to: String,
        /// The form that lets Bandwidth ring the phone; `null` where the environment that is signed in
        /// to names no Voice API.
        pub voice: Option<Box<VoiceForm>>,
    }

    /// What the form starts with that lets Bandwidth ring the phone.
    pub struct VoiceForm {
        /// The number to call from.
        pub from: String,
        /// The voice application's ID.
        pub application_id: String,
        /// Where Bandwidth asks what to do once the phone is answered.
        pub answer_url: String,
        /// Whom Bandwidth calls: `sip:user@realm`.
        pub target: String,
        /// The Voice API's address.
        pub address: String,
        /// Where the phone was seen registered, in words; `null` where the person has to say that it
        /// is registered.
        pub registered: Option<String>,
        /// In practice: what leads to a call that is answered.
        pub sample: Option<SampleVoice>,
    }
}
