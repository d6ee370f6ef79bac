//! IPC types for a single SIP credential at the desk.

use registrar_explain::{Notice, Verdict};
use registrar_secret::SipPassword;
use serde::{Deserialize, Serialize};

use super::draft::{CredentialDraft, PhoneChoice};
use super::forms::PhoneSettings;
use super::phones::PhoneRow;

outgoing! {
    /// The phone's settings for a new SIP credential, a new password, or its stored hashes.
    pub struct DeskIssued {
        /// Bandwidth's ID of it.
        pub id: f64,
        /// The phone's settings.
        pub phone: PhoneSettings,
        /// The phones to choose from.
        pub phones: Vec<PhoneRow>,
        /// Notices about it.
        pub notices: Vec<Notice>,
    }

    /// Why a password does not work.
    pub struct DeskDiagnosis {
        /// The cause and what to do.
        pub verdict: Verdict,
        /// Whether storing the right hashes would fix it.
        pub repairable: bool,
    }

    /// The outcome of moving a SIP credential to another voice application.
    pub struct DeskMoved {
        /// Whether the API did it.
        pub moved: bool,
        /// Whether it can be created again with the same hashes: see [`StartJob::Move`].
        pub anew: bool,
        /// The outcome, and what can be done.
        pub notice: Notice,
    }

    /// What is known about the selected SIP credentials before a bulk change.
    pub struct DeskSelected {
        /// Their number.
        pub count: u32,
        /// Number of those that had a registered phone at their last check.
        pub registered: u32,
        /// Number of those that had none.
        pub free: u32,
        /// Number of those not known: not checked, or not accepted.
        pub unknown: u32,
        /// Time of the oldest of those checks, in milliseconds since 1970.
        pub checked_at: Option<f64>,
        /// The first registered phones.
        pub phones: Vec<DeskPhone>,
        /// Number of the others.
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
    /// Creates a SIP credential.
    pub struct AddCredential {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Bandwidth's ID of its realm.
        pub realm: f64,
        /// The form.
        pub draft: CredentialDraft,
        /// The password as entered; `null` for the generated one.
        pub password: Option<SipPassword>,
    }

    /// Reads a SIP credential to set up a phone from its stored hashes.
    pub struct SetUpPhone {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Bandwidth's ID of it.
        pub id: f64,
    }

    /// The page of a phone for the SIP credential that is set up at the desk.
    pub struct OpenPhonePage {
        /// Which phone.
        pub choice: PhoneChoice,
    }

    /// Saves the setup sheet of what is open.
    pub struct SaveSetupSheet {
        /// The phone, at the desk; a journey has one.
        pub choice: Option<PhoneChoice>,
        /// With the password.
        pub password: bool,
    }

    /// Finds the SIP credential with the form's name.
    pub struct FindCredential {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Bandwidth's ID of its realm.
        pub realm: f64,
        /// The form.
        pub draft: CredentialDraft,
    }

    /// Finds out why a password doesn't work.
    pub struct DiagnosePassword {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Bandwidth's ID of the SIP credential.
        pub id: f64,
        /// The password that the phone uses.
        pub password: SipPassword,
    }

    /// Stores the right hashes of that password.
    pub struct RepairHashes {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Bandwidth's ID of the SIP credential.
        pub id: f64,
    }

    /// Replaces a SIP credential's password.
    pub struct ReplacePassword {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Bandwidth's ID of the SIP credential.
        pub id: f64,
        /// The password as entered; `null` for the generated one.
        pub password: Option<SipPassword>,
    }

    /// Moves a SIP credential to another voice application.
    pub struct MoveCredential {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Bandwidth's ID of the SIP credential.
        pub id: f64,
        /// The voice application; empty for none.
        pub application: String,
    }

    /// Deletes a SIP credential.
    pub struct DeleteCredential {
        /// The operation's number, for canceling it.
        pub operation: u32,
        /// Bandwidth's ID of the SIP credential.
        pub id: f64,
        /// Its composite user name, as typed to confirm.
        pub name: String,
    }
}

/// Starts a job on many SIP credentials, or on one that is created again.
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
        /// Their number, as typed to confirm.
        count: String,
    },
    /// Moves one to another voice application; creates it again if the API can't move it.
    Move {
        /// Bandwidth's ID of the SIP credential.
        id: f64,
        /// The voice application.
        application: String,
    },
    /// Replaces the passwords of the selected ones with generated ones.
    NewPasswords,
}
