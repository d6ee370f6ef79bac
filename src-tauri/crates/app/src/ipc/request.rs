//! Requests from the window.

use registrar_explain::CallSound;
use registrar_secret::{CheckSecret, SignInSecret, SipPassword, TwilioSecret};
use registrar_sip::{CheckKind, TransportName};
use serde::Deserialize;

use super::choice::{Copyable, Existing, Savable};
use super::draft::{
    CallDraft, CheckDraft, CredentialDraft, PhoneChoice, RealmDraft, SignInDraft, TwilioDraft,
    VoiceDraft,
};

incoming! {
    /// Opens a journey on a new account, or in practice.
    pub struct StartJourney {
        /// Whether in practice.
        pub practice: bool,
    }

    /// Continues a stopped journey.
    pub struct ContinueJourney {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// As in `SavedJourney`.
        pub account: String,
        /// As in `SavedJourney`.
        pub practice: bool,
    }

    /// Sets up another phone on a saved account.
    pub struct OpenAccount {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// As in `AccountView`.
        pub account: String,
    }

    /// Removes an account, its journey and its secrets from this computer.
    pub struct RemoveAccount {
        /// As in `AccountView`.
        pub account: String,
    }

    /// Stops a running operation.
    pub struct CancelOperation {
        /// Its number.
        pub operation: u32,
    }

    /// Signs in and lists the realms.
    pub struct SignIn {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: SignInDraft,
        /// The client secret or password; `null` for the one in the keychain.
        pub secret: Option<SignInSecret>,
    }

    /// Creates a realm, waits until it's active, and continues with it.
    pub struct CreateRealm {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: RealmDraft,
    }

    /// Continues with an existing realm.
    pub struct ChooseRealm {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Bandwidth's ID of it; `null` for the one whose name was taken.
        pub id: Option<f64>,
    }

    /// Lists the realms again.
    pub struct Refresh {
        /// The operation's number, for canceling it.
        pub operation: u32,
    }

    /// Creates the SIP credential.
    pub struct CreateCredential {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: CredentialDraft,
        /// The password as entered; `null` for the generated one.
        pub password: Option<SipPassword>,
        /// What to do if a credential of this name exists.
        pub existing: Existing,
    }

    /// Replaces the credential's password.
    pub struct ChangePassword {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The password as entered; `null` generates one.
        pub password: Option<SipPassword>,
    }

    /// Enters the password of an existing credential, for a phone or a call.
    pub struct VerifyPassword {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The password as entered. It's compared with the stored hashes.
        pub password: SipPassword,
    }

    /// Checks the registration from this computer.
    pub struct CheckRegistration {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The kind of check.
        pub kind: CheckKind,
        /// The transport.
        pub transport: TransportName,
        /// A typed `host:port` or `host`; empty to use the one that was found.
        pub address: String,
    }

    /// Opens the check without an account.
    pub struct OpenCheck {
        /// Whether in practice.
        pub practice: bool,
    }

    /// Checks what was typed.
    pub struct CheckTyped {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: CheckDraft,
        /// The password or hash; `null` for the one entered before.
        pub secret: Option<CheckSecret>,
    }

    /// Allows answering for a realm at a host with the entered password, until the app quits.
    pub struct AllowRealm {
        /// The host.
        pub host: String,
        /// The realm, exactly as the host sent it.
        pub realm: String,
    }

    /// Pings the registrar of the form.
    pub struct PingRegistrar {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: CheckDraft,
    }

    /// Repeats the check of the form until it's canceled.
    pub struct WatchRegistration {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: CheckDraft,
        /// The password or hash; `null` for the one entered before.
        pub secret: Option<CheckSecret>,
        /// Seconds between checks, 5 to 3,600.
        pub every: u32,
    }

    /// Chooses the phone to set up; `null` to choose again.
    pub struct ChoosePhone {
        /// Which one.
        pub choice: Option<PhoneChoice>,
    }

    /// Keeps whether the test's details are open.
    pub struct KeepTestDetails {
        /// They are.
        pub open: bool,
    }

    /// Leads to a field of the phone's page.
    pub struct ShowPhoneField {
        /// What the phone calls it.
        pub label: String,
    }

    /// Waits until the phone's binding appears.
    pub struct WatchBindings {
        /// The operation's number, for canceling it.
        pub operation: u32,
    }

    /// Checks the Twilio keys and lists the numbers to call from.
    pub struct CheckTwilio {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: TwilioDraft,
        /// The auth token or key secret; `null` for the one in the keychain.
        pub secret: Option<TwilioSecret>,
        /// Whether to save the secret in the keychain.
        pub remember: bool,
    }

    /// Places the test call, and reports its states until it ends.
    pub struct PlaceCall {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: CallDraft,
    }

    /// Calls the registered phone from Bandwidth, and reports the call's states until it ends.
    pub struct RingPhone {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// The form's values.
        pub draft: VoiceDraft,
    }

    /// Calls from this computer through the registrar, and reports the call's states until it ends.
    pub struct PlaceLocalCall {
        /// The operation's number, for hanging up.
        pub operation: u32,
        /// A number, a user name, or a SIP address.
        pub to: String,
        /// The sound to send.
        pub sound: CallSound,
        /// The transport.
        pub transport: TransportName,
        /// How long to talk before hanging up; if left out, the sound decides.
        #[serde(default)]
        #[cfg_attr(feature = "export-types", ts(optional))]
        pub seconds: Option<u32>,
    }

    /// Presses a key in the current call.
    pub struct PressDigit {
        /// One of 0 to 9, `*`, `#` and A to D.
        pub digit: String,
    }

    /// Shows a secret of the open step.
    pub struct Reveal {
        /// Which secret.
        pub what: Copyable,
        /// The password as typed so far, if the app has none yet.
        pub typed: Option<SipPassword>,
        /// The user name as typed so far, for the hashes.
        pub draft: Option<CredentialDraft>,
    }

    /// Copies a value of the open step to the clipboard.
    pub struct Copy {
        /// Which one.
        pub what: Copyable,
    }

    /// Saves a file where the person chooses.
    pub struct Save {
        /// Which one.
        pub what: Savable,
    }
}
