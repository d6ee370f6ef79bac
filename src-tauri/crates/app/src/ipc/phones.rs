//! The list of phones, and one phone's page. The password is not on it: see `reveal`.

use registrar_secret::SipPassword;
use serde::{Deserialize, Serialize};

use super::draft::PhoneChoice;

choice! {
    /// What kind of phone it is, in the order of the list.
    pub enum PhoneKind {
        /// A desk phone, a cordless one, or an adapter.
        Desk,
        /// An app on a computer or a cell phone.
        App,
        /// A phone system.
        System,
        /// A program for engineers.
        Tool,
    }

    /// What a phone's QR code is.
    pub enum QrKind {
        /// An address, from which the phone fetches its file.
        Address,
        /// A user name and the Cloud ID of a provider's configuration.
        CloudId,
        /// The settings themselves, with the password in them.
        Picture,
    }

    /// The secret in a phone's file.
    pub enum FileSecret {
        /// A hash of the password.
        Hash,
        /// The password.
        Password,
    }

    /// How sure the least sure name of a page is.
    pub enum PhoneSureness {
        /// It was tried with the program itself.
        Tried,
        /// It was read in the source.
        Read,
        /// It is general knowledge.
        General,
    }

    /// How a typed password compares with the right one.
    pub enum TypedPasswordKind {
        /// It is the password.
        Same,
        /// It is right so far, and too short.
        TooShort,
        /// The password is in it, and more behind it.
        TooLong,
        /// There is a space behind it.
        SpaceAtEnd,
        /// A letter is a capital one, or should be one.
        Case,
        /// A character is another one.
        Different,
    }
}

outgoing! {
    /// All phones, and those that were set up before.
    pub struct PhoneList {
        /// All of them.
        pub phones: Vec<PhoneRow>,
        /// Those that were chosen before, the latest first.
        pub used: Vec<PhoneChoice>,
    }

    /// A phone in the list.
    pub struct PhoneRow {
        /// Which.
        pub id: String,
        /// Its maker.
        pub maker: String,
        /// Its name.
        pub name: String,
        /// What kind of phone it is.
        pub kind: PhoneKind,
        /// Other names that it is searched by.
        pub also: Vec<String>,
        /// Its dialects: at least one.
        pub dialects: Vec<PhoneDialect>,
    }

    /// Models or firmware of a phone that are set up in the same way.
    pub struct PhoneDialect {
        /// Which.
        pub id: String,
        /// What tells it apart, or nothing where there is only one.
        pub name: String,
        /// The models that are known to be like this.
        pub models: Vec<String>,
        /// It loads a file.
        pub file: bool,
        /// It scans a QR code.
        pub qr: Option<QrKind>,
        /// Its file holds a hash in place of the password.
        pub takes_hash: bool,
    }

    /// The page of one phone. Sentences are named, and worded by the window.
    pub struct PhonePage {
        /// The steps that open its settings; empty where no source tells them.
        pub open: Vec<String>,
        /// Its fields in its own order; empty where it can't hold the settings.
        pub fields: Vec<PhoneField>,
        /// The steps at the end; empty where no source tells them.
        pub press: Vec<String>,
        /// What goes wrong with it.
        pub traps: Vec<String>,
        /// Why these settings can't be entered into it.
        pub refusal: Option<PhoneRefusal>,
        /// The registrar's port is known. Where it isn't, its field is left out.
        pub port_known: bool,
        /// How sure the least sure name is.
        pub sureness: PhoneSureness,
        /// How many characters the password has; `null` where the app does not know it.
        pub password_length: Option<u32>,
        /// Its file, where it loads one.
        pub file: Option<PhoneFile>,
        /// Its QR code, where it scans one.
        pub qr: Option<PhoneQr>,
        /// Its file or its code replaces accounts that it already has.
        pub replaces_accounts: bool,
    }

    /// One field of a phone's screen.
    pub struct PhoneField {
        /// What the phone calls it.
        pub label: String,
        /// What goes in; `null` for the password.
        pub value: Option<String>,
        /// It is chosen from a list, not typed.
        pub choose: bool,
        /// The sentence that warns of what goes wrong here.
        pub trap: Option<String>,
    }

    /// Why a phone can't be set up this way.
    pub struct PhoneRefusal {
        /// What is wrong and what to do, in words.
        pub sentence: String,
        /// Another password would do.
        pub of_password: bool,
    }

    /// The file of a phone.
    pub struct PhoneFile {
        /// Its usual name.
        pub name: String,
        /// The secret in it; `null` where that isn't known yet.
        pub contains: Option<FileSecret>,
        /// The steps that load it; empty where no source tells them.
        pub load: Vec<String>,
        /// Why it can't be written.
        pub refusal: Option<PhoneRefusal>,
    }

    /// The QR code of a phone.
    pub struct PhoneQr {
        /// What it is.
        pub kind: QrKind,
        /// The steps that scan it; empty where no source tells them.
        pub scan: Vec<String>,
        /// Why it can't be drawn.
        pub refusal: Option<PhoneRefusal>,
    }

    /// How a typed password compares with the right one.
    pub struct TypedPassword {
        /// How.
        pub kind: TypedPasswordKind,
        /// The place of the first wrong character, or how many are right, from 1.
        pub at: u32,
    }
}

incoming! {
    /// Copies a field of a phone's page.
    pub struct CopyPhoneField {
        /// Whose page.
        pub choice: PhoneChoice,
        /// What the phone calls it.
        pub label: String,
    }

    /// Saves the file of a phone.
    pub struct SavePhoneFile {
        /// Whose.
        pub choice: PhoneChoice,
    }

    /// Compares what was typed into the phone with the password.
    pub struct ComparePassword {
        /// What was typed.
        pub typed: SipPassword,
    }
}
