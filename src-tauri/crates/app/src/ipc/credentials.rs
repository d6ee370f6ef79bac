//! IPC types for a single SIP credential at the desk.

use registrar_explain::{Notice, Verdict};
use registrar_secret::SipPassword;
use serde::{Deserialize, Serialize};

use super::draft::CredentialDraft;
use super::forms::PhoneSettings;

outgoing! {
    /// What the phone gets, once a SIP credential was made or has a new password.
    pub struct DeskIssued {
        /// Bandwidth's number for it.
        pub id: f64,
        /// The values for the phone.
        pub phone: PhoneSettings,
        /// What there is to say about it.
        pub notices: Vec<Notice>,
    }

    /// Why a password does not work.
    pub struct DeskDiagnosis {
        /// The cause and what follows.
        pub verdict: Verdict,
        /// Storing right hashes would mend it.
        pub repairable: bool,
    }

    /// What came of pointing a SIP credential to another voice application.
    pub struct DeskMoved {
        /// The API did it.
        pub moved: bool,
        /// It can be made anew with the same hashes: see [`StartJob::Move`].
        pub anew: bool,
        /// What came of it, and what can be done.
        pub notice: Notice,
    }

    /// What is known of the selected SIP credentials before all of them are changed.
    pub struct DeskSelected {
        /// How many there are.
        pub count: u32,
        /// With how many a phone was registered at their last check.
        pub registered: u32,
        /// With how many none was.
        pub free: u32,
        /// Of how many that is not known: not checked, or not accepted.
        pub unknown: u32,
        /// When the oldest of those checks was, in milliseconds since 1970.
        pub checked_at: Option<f64>,
        /// The first of the phones that were registered.
        pub phones: Vec<DeskPhone>,
        /// How many there are beside these.
        pub more_phones: u32,
    }

    /// A phone that was registered.
    pub struct DeskPhone {
        /// The user name that it registers with.
        pub name: String,
        /// Its address.
        pub address: String,
    }
}

incoming! {
    /// Makes a SIP credential.
    pub struct AddCredential {
        /// The number under which it can be stopped.
        pub operation: u32,
        /// Bandwidth's number for its realm.
        pub realm: f64,
        /// The form.
        pub draft: CredentialDraft,
        /// The typed password; `null` for the one that the app made.
        pub password: Option<SipPassword>,
    }

    /// Finds the SIP credential that has the name of the form.
    pub struct FindCredential {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// Bandwidth's number for its realm.
        pub realm: f64,
        /// The form.
        pub draft: CredentialDraft,
    }

    /// Asks why a password does not work.
    pub struct DiagnosePassword {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// Bandwidth's number for the SIP credential.
        pub id: f64,
        /// The password that the phone uses.
        pub password: SipPassword,
    }

    /// Stores right hashes of the password that was asked about.
    pub struct RepairHashes {
        /// The number under which it can be stopped.
        pub operation: u32,
        /// Bandwidth's number for the SIP credential.
        pub id: f64,
    }

    /// Gives a SIP credential a new password.
    pub struct ReplacePassword {
        /// The number under which it can be stopped.
        pub operation: u32,
        /// Bandwidth's number for the SIP credential.
        pub id: f64,
        /// The typed password; `null` for the one that the app made.
        pub password: Option<SipPassword>,
    }

    /// Points a SIP credential to another voice application.
    pub struct MoveCredential {
        /// The number under which it can be stopped.
        pub operation: u32,
        /// Bandwidth's number for the SIP credential.
        pub id: f64,
        /// The voice application; empty for none.
        pub application: String,
    }

    /// Deletes a SIP credential.
    pub struct DeleteCredential {
        /// The number under which it can be stopped.
        pub operation: u32,
        /// Bandwidth's number for the SIP credential.
        pub id: f64,
        /// Its composite user name, typed.
        pub name: String,
    }
}

/// Begins a job on many SIP credentials, or on one that is made anew.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(tag = "work", rename_all = "snake_case", deny_unknown_fields)]
pub enum StartJob {
    /// Deletes the selected ones.
    Delete {
        /// How many there are, typed.
        count: String,
    },
    /// Points one to another voice application, and makes it anew where the API does not do it.
    Move {
        /// Bandwidth's number for the SIP credential.
        id: f64,
        /// The voice application.
        application: String,
    },
    /// Gives the selected ones passwords that the app makes.
    NewPasswords,
}
