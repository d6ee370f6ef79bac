//! Choices shared by requests and views.

use serde::{Deserialize, Serialize};

choice! {
    /// The steps of the journey, in order.
    pub enum StepId {
        /// The checklist before the first request.
        Prepare,
        /// Account number and a way to sign in.
        SignIn,
        /// Choose or create a realm.
        Realm,
        /// Create a SIP credential.
        Credential,
        /// Check from this computer, then register the phone.
        Register,
        /// The test call.
        Call,
        /// The summary.
        Finish,
    }

    /// The parts of the step `Register`, in their order.
    #[derive(Default)]
    pub enum RegisterPart {
        /// Test the settings from this computer.
        #[default]
        Test,
        /// Set up the phone.
        Phone,
        /// Wait for the phone.
        Wait,
    }

    /// The state of a step in the list beside the journey.
    pub enum StepState {
        /// Done.
        Done,
        /// The open one.
        Now,
        /// Still to come.
        Todo,
    }

    /// Whether a push service of the app's maker registered in the phone's place.
    pub enum PushService {
        /// It may have.
        Possible,
        /// The registrar lists it.
        Seen,
    }

    /// What became of a file that was to be deleted.
    pub enum FileDeletion {
        /// It has changed since it was saved, so it was left alone.
        Changed,
        /// It is deleted.
        Deleted,
        /// The system didn't allow it.
        Failed,
        /// It isn't there anymore.
        Missing,
    }

    /// How to sign in to Bandwidth.
    pub enum SignInMethod {
        /// OAuth 2.0 client credentials; the default.
        ApiClient,
        /// Basic, with an API user; switched off by Bandwidth on December 2, 2026.
        ApiUser,
    }

    /// What Twilio plays when a call is answered.
    #[derive(Default)]
    pub enum CallMessage {
        /// The app's message.
        #[default]
        Standard,
        /// `TwiML` from an address.
        Url,
        /// `TwiML` as entered.
        Twiml,
    }

    /// How to sign in to Twilio.
    pub enum TwilioKeyKind {
        /// The account's own Auth Token.
        AuthToken,
        /// An API key: its SID (SK…) and secret.
        ApiKey,
    }

    /// Who placed a test call.
    pub enum CallWay {
        /// Bandwidth, to the registered phone.
        Bandwidth,
        /// This computer, through the registrar.
        ThisComputer,
        /// Twilio, through the registrar to a number.
        Twilio,
    }

    /// What the open step can reveal or copy.
    pub enum Copyable {
        /// The SIP password; a secret.
        Password,
        /// Hash1; a secret.
        Hash1,
        /// Hash1b; a secret.
        Hash1b,
        /// The user name that the phone registers with.
        UserName,
        /// The user name with `@realm`, for phones that add the realm.
        UserNameWithRealm,
        /// The full name of the realm.
        Realm,
        /// The registrar's port.
        Port,
        /// The transport.
        Transport,
        /// The registrar's host, as a phone expects it.
        Registrar,
        /// The next request as a curl command, without secrets.
        Curl,
        /// The message to Bandwidth sales.
        SalesText,
        /// The message to Bandwidth support.
        SupportText,
    }

    /// What can be saved to a file of the person's choice.
    pub enum Savable {
        /// All SIP credentials of the open desk as CSV, without secrets.
        CredentialsAll,
        /// The selected ones.
        CredentialsSelected,
        /// Those that match the filter.
        CredentialsShown,
        /// The crash report, without secrets.
        CrashReport,
        /// The plan of an import, without secrets.
        ImportPlan,
        /// A template for an import.
        ImportSample,
        /// The messages of the last check as a capture for Wireshark, without secrets.
        MessageChartPcapng,
        /// The messages of the last check as a drawing, without secrets.
        MessageChartSvg,
        /// The messages of the last check as a text log, without secrets.
        MessageChartText,
    }

    /// What proves a SIP credential at the registrar.
    pub enum ProofKind {
        /// The password.
        Password,
        /// The stored Hash1, for the composite user name.
        Hash1,
        /// The stored Hash1b, for the composite user name with `@realm` behind it.
        Hash1b,
    }
}

choice! {
    /// What to do if a credential of the same name exists.
    pub enum Existing {
        /// Report it.
        Refuse,
        /// Use it as it is.
        Use,
        /// Replace its password with the form's.
        Replace,
    }
}
