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
        /// In practice.
        pub practice: bool,
    }

    /// Takes up a stopped journey.
    pub struct ContinueJourney {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// As in `SavedJourney`.
        pub account: String,
        /// As in `SavedJourney`.
        pub practice: bool,
    }

    /// Sets up another phone on a saved account.
    pub struct OpenAccount {
        /// The number under which it can be cancelled.
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
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// What was typed.
        pub draft: SignInDraft,
        /// The client secret or password; `null` takes the one in the keychain.
        pub secret: Option<SignInSecret>,
    }

    /// Makes a realm, waits until it is active, and goes on with it.
    pub struct CreateRealm {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// What was typed.
        pub draft: RealmDraft,
    }

    /// Goes on with a realm that is there.
    pub struct ChooseRealm {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// Bandwidth's number for it; `null` for the one whose name was found taken.
        pub id: Option<f64>,
    }

    /// Lists the realms again.
    pub struct Refresh {
        /// The number under which it can be cancelled.
        pub operation: u32,
    }

    /// Makes the credential.
    pub struct CreateCredential {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// What was typed.
        pub draft: CredentialDraft,
        /// The typed password; `null` takes the one that the app made.
        pub password: Option<SipPassword>,
        /// What to do where a credential of this name is there.
        pub existing: Existing,
    }

    /// Replaces the credential's password.
    pub struct ChangePassword {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// The typed one; `null` makes one.
        pub password: Option<SipPassword>,
    }

    /// Tells the password of a credential that exists, for a phone or a call.
    pub struct VerifyPassword {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// The typed one. It is compared with the stored hashes.
        pub password: SipPassword,
    }

    /// Checks the registration from this computer.
    pub struct CheckRegistration {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// Which of the two kinds.
        pub kind: CheckKind,
        /// Over which transport.
        pub transport: TransportName,
        /// A typed `host:port` or `host`, empty to use what was found.
        pub address: String,
    }

    /// Opens the check without an account.
    pub struct OpenCheck {
        /// In practice.
        pub practice: bool,
    }

    /// Checks what was typed.
    pub struct CheckTyped {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// What was typed.
        pub draft: CheckDraft,
        /// The password or hash; `null` takes the one that was typed before.
        pub secret: Option<CheckSecret>,
    }

    /// Allows the typed password to be answered for a realm at a host, until the app ends.
    pub struct AllowRealm {
        /// The host.
        pub host: String,
        /// The realm, exactly as it asked.
        pub realm: String,
    }

    /// Measures the way to the registrar of what was typed.
    pub struct PingRegistrar {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// What was typed.
        pub draft: CheckDraft,
    }

    /// Looks at the registration of what was typed again and again, until it is cancelled.
    pub struct WatchRegistration {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// What was typed.
        pub draft: CheckDraft,
        /// The password or hash; `null` takes the one that was typed before.
        pub secret: Option<CheckSecret>,
        /// Seconds from one look to the next, 5 to 3,600.
        pub every: u32,
    }

    /// Chooses the phone to set up; `null` to choose again.
    pub struct ChoosePhone {
        /// Which.
        pub choice: Option<PhoneChoice>,
    }

    /// Watches the bindings until the phone's own appears.
    pub struct WatchBindings {
        /// The number under which it can be cancelled.
        pub operation: u32,
    }

    /// Checks the Twilio keys and lists the numbers to call from.
    pub struct CheckTwilio {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// What was typed.
        pub draft: TwilioDraft,
        /// The Auth Token or key secret; `null` takes the one in the keychain.
        pub secret: Option<TwilioSecret>,
        /// Put the secret into the keychain.
        pub remember: bool,
    }

    /// Places the test call and follows it to its end.
    pub struct PlaceCall {
        /// The number under which it can be canceled.
        pub operation: u32,
        /// What was typed.
        pub draft: CallDraft,
    }

    /// Lets Bandwidth ring the registered phone and follows that call to its end.
    pub struct RingPhone {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// What was typed.
        pub draft: VoiceDraft,
    }

    /// Calls from this computer, through the registrar, and follows the call to its end.
    pub struct PlaceLocalCall {
        /// The number under which it is hung up.
        pub operation: u32,
        /// A number, an extension or a SIP address.
        pub to: String,
        /// What is sent.
        pub sound: CallSound,
        /// Over which transport.
        pub transport: TransportName,
        /// How long it talks before it hangs up; left out, that depends on the sound.
        #[serde(default)]
        #[cfg_attr(feature = "export-types", ts(optional))]
        pub seconds: Option<u32>,
    }

    /// Presses a key in the call that is up.
    pub struct PressDigit {
        /// One of 0 to 9, `*`, `#` and A to D.
        pub digit: String,
    }

    /// Shows a secret of the open step.
    pub struct Reveal {
        /// Which; only a secret.
        pub what: Copyable,
        /// The password as typed so far, where the app has none yet.
        pub typed: Option<SipPassword>,
        /// The user name as typed so far, for the hashes.
        pub draft: Option<CredentialDraft>,
    }

    /// Copies a value of the open step to the clipboard.
    pub struct Copy {
        /// Which.
        pub what: Copyable,
    }

    /// Saves a file where the person chooses.
    pub struct Save {
        /// Which.
        pub what: Savable,
    }
}
