//! Choices shared by requests and views.

use serde::{Deserialize, Serialize};

choice! {
    /// The steps of the journey in their order; Home is outside of it.
    pub enum StepId {
        /// The checklist before anything is asked.
        Prepare,
        /// Account number and a way to sign in.
        SignIn,
        /// Choose or make a realm.
        Realm,
        /// Make a SIP credential.
        Credential,
        /// Check from this computer, then the phone.
        Register,
        /// The test call.
        Call,
        /// Everything on one page.
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

    /// Where a step stands in the list beside the journey.
    pub enum StepState {
        /// Behind us.
        Done,
        /// The open one.
        Now,
        /// Still to come.
        Todo,
    }

    /// How one signs in to Bandwidth.
    pub enum SignInMethod {
        /// OAuth 2.0 client credentials; the default.
        ApiClient,
        /// Basic, with an API user; switched off by Bandwidth on December 2, 2026.
        ApiUser,
    }

    /// What Twilio plays once a call is answered.
    #[derive(Default)]
    pub enum CallMessage {
        /// The app's own words.
        #[default]
        Standard,
        /// What an address answers with.
        Url,
        /// `TwiML` that was typed.
        Twiml,
    }

    /// How one signs in to Twilio.
    pub enum TwilioKeyKind {
        /// The account's own Auth Token.
        AuthToken,
        /// An API key: its SID (SK…) and secret.
        ApiKey,
    }

    /// Who made a test call.
    pub enum CallWay {
        /// Bandwidth, to the registered phone.
        Bandwidth,
        /// This computer, through the registrar.
        ThisComputer,
        /// Twilio, through the registrar to a number.
        Twilio,
    }

    /// What can be revealed or copied. Only the open step's own.
    pub enum Copyable {
        /// The SIP password; a secret.
        Password,
        /// Hash1; a secret.
        Hash1,
        /// Hash1b; a secret.
        Hash1b,
        /// The name that the phone registers with.
        UserName,
        /// The user name with `@realm`, for phones that add the realm.
        UserNameWithRealm,
        /// The full name of the realm.
        Realm,
        /// The registrar's port.
        Port,
        /// The transport.
        Transport,
        /// The registrar's host as a phone takes it.
        Registrar,
        /// The request that is about to be sent, as a curl command without secrets.
        Curl,
        /// The text for Bandwidth sales.
        SalesText,
        /// The text for Bandwidth support.
        SupportText,
    }

    /// What can be saved to a file that the person chooses.
    pub enum Savable {
        /// All SIP credentials of the open desk as CSV, without a secret.
        CredentialsAll,
        /// The selected ones.
        CredentialsSelected,
        /// Those that the filter shows.
        CredentialsShown,
        /// The report of what broke, without a secret.
        CrashReport,
        /// The plan of an import, without a secret.
        ImportPlan,
        /// A file to start an import from.
        ImportSample,
        /// The messages of the last check as a capture that Wireshark opens, without a secret.
        MessageChartPcapng,
        /// The messages of the last check as a drawing, without a secret.
        MessageChartSvg,
        /// The messages of the last check as a text log, without a secret.
        MessageChartText,
        /// The Linphone file of this credential. It holds Hash1, a secret.
        Linphone,
        /// The hand-over sheet, without a secret.
        Summary,
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
    /// What to do where a credential of the same name is there.
    pub enum Existing {
        /// Say so.
        Refuse,
        /// Use it as it is.
        Use,
        /// Give it the password of the form.
        Replace,
    }
}
