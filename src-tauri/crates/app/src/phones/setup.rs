//! One phone's page, its fields, and its file, for one SIP credential.

use registrar_explain::phone::sentence;
use registrar_phones::qr::{self, CloudId, QrImage};
use registrar_phones::{
    Dialect, EXPIRY, FieldValue, FilledField, Phone, Refusal, Secret, Settings, Sure, Value,
};
use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;
use registrar_storage::export::name_part;

use super::list::{owned, qr_kind};
use crate::Error;
use crate::clipboard_text::ClipboardText;
use crate::ipc::{
    CloudCode, FileSecret, PhoneChoice, PhoneField, PhoneFile, PhonePage, PhoneQr, PhoneRefusal,
    PhoneSureness, QrKind, ServedSecret,
};

/// What is known of a SIP credential that goes into a phone.
pub(crate) struct PhoneSetup {
    /// The composite user name.
    pub(crate) user_name: String,
    /// The full name of the realm.
    pub(crate) realm: String,
    /// The registrar's host as a phone takes it.
    pub(crate) registrar: String,
    /// The registrar's port, where it is known.
    pub(crate) port: Option<u16>,
    /// The transport that worked.
    pub(crate) transport: TransportName,
    /// The password, where it is known.
    pub(crate) password: Option<SipPassword>,
    /// The stored Hash1, where it is known.
    pub(crate) hash1: Option<Hash>,
}

impl PhoneSetup {
    /// Returns the page of a listed phone.
    pub(crate) fn page(&self, choice: &PhoneChoice) -> Result<PhonePage, Error> {
        let (phone, dialect) = choice.listed().ok_or(Error::OutOfStep)?;
        let by_hand = registrar_phones::fields(dialect, &self.by_hand());
        let (fields, refusal) = match by_hand {
            Ok(fields) => (fields.into_iter().map(field).collect(), None),
            Err(refusal) => (Vec::new(), Some(refused(&refusal))),
        };
        let written = self.written(dialect).err();
        let written = written.as_ref().map(refused);
        let length = self.password.as_ref().map(SipPassword::length);
        let code = qr_kind(dialect);
        let loads = dialect.format.is_some_and(|format| !format.is_picture());
        Ok(PhonePage {
            open: owned(dialect.open),
            fields,
            press: owned(dialect.press),
            traps: owned(dialect.traps),
            refusal,
            port_known: self.port.is_some(),
            sureness: sureness(dialect),
            password_length: length.and_then(|length| u32::try_from(length).ok()),
            file: loads.then(|| PhoneFile {
                name: self.file_name(phone, dialect),
                contains: self.contains(dialect),
                load: owned(dialect.load),
                refusal: written,
            }),
            qr: code.map(|kind| PhoneQr {
                kind,
                scan: owned(dialect.scan),
                refusal: self.no_code(dialect, kind).as_ref().map(refused),
            }),
            replaces_accounts: dialect.replaces_accounts,
        })
    }

    /// Returns what goes into a field of a phone's page, for the clipboard.
    pub(crate) fn field(&self, choice: &PhoneChoice, label: &str) -> Result<ClipboardText, Error> {
        let (_, dialect) = choice.listed().ok_or(Error::OutOfStep)?;
        let fields = registrar_phones::fields(dialect, &self.by_hand())?;
        let field = fields.into_iter().find(|field| field.label == label);
        match field.ok_or(Error::OutOfStep)?.value {
            FieldValue::Text(text) => Ok(ClipboardText::plain(text)),
            FieldValue::Password => {
                let password = self.password.as_ref().ok_or(Error::OutOfStep)?;
                Ok(ClipboardText::secret(password.expose()))
            }
        }
    }

    /// Writes the file of a phone, with the secret that its page says. Returns its usual name, too.
    pub(crate) fn file(
        &self,
        choice: &PhoneChoice,
    ) -> Result<(String, registrar_phones::File), Error> {
        let (phone, dialect) = choice.listed().ok_or(Error::OutOfStep)?;
        if self.secret(dialect).is_none() {
            return Err(Error::field(
                "password",
                "Enter the password first, or generate a new one. The file needs it.",
            ));
        }
        Ok((self.file_name(phone, dialect), self.written(dialect)?))
    }

    /// Draws the QR code that holds a phone's settings, or the user name for an app with a Cloud ID.
    pub(crate) fn qr_code(
        &self,
        choice: &PhoneChoice,
        cloud: Option<&CloudCode>,
    ) -> Result<QrImage, Error> {
        let (_, dialect) = choice.listed().ok_or(Error::OutOfStep)?;
        let password = self.password.as_ref();
        if cloud.is_none_or(|cloud| cloud.with_password) && password.is_none() {
            return Err(Error::field(
                "password",
                "Enter the password first, or generate a new one. The code needs it.",
            ));
        }
        let Some(cloud) = cloud else {
            return Ok(qr::settings(dialect, &self.by_hand())?);
        };
        let id = CloudId::parse(&cloud.id).ok_or_else(|| {
            Error::field(
                "cloudId",
                "Enter the Cloud ID: letters and digits, such as OFFICE.",
            )
        })?;
        let password = password.filter(|_| cloud.with_password);
        Ok(qr::acrobits(dialect, &self.user_name, password, &id)?)
    }

    /// Writes the file that is served to a phone.
    pub(crate) fn served(
        &self,
        choice: &PhoneChoice,
        secret: ServedSecret,
    ) -> Result<registrar_phones::File, Error> {
        let (_, dialect) = choice.listed().ok_or(Error::OutOfStep)?;
        let secret = match secret {
            ServedSecret::Hash => Some(self.secret(dialect).ok_or(Error::OutOfStep)?),
            ServedSecret::None => None,
        };
        Ok(registrar_phones::file(dialect, &self.settings(secret))?)
    }

    /// Returns why a phone's QR code can't be drawn, where that is known before.
    fn no_code(&self, dialect: &Dialect, kind: QrKind) -> Option<Refusal> {
        match kind {
            QrKind::Address => registrar_phones::file(dialect, &self.settings(None)).err(),
            QrKind::CloudId => None,
            QrKind::Picture => qr::settings(dialect, &self.by_hand()).err(),
        }
    }

    fn written(&self, dialect: &Dialect) -> Result<registrar_phones::File, Refusal> {
        match dialect.format {
            Some(_) => registrar_phones::file(dialect, &self.settings(self.secret(dialect))),
            None => Err(Refusal::NoFile),
        }
    }

    /// The settings that a person types.
    pub(super) fn by_hand(&self) -> Settings<'_> {
        self.settings(self.password.as_ref().map(Secret::Password))
    }

    fn settings<'a>(&'a self, secret: Option<Secret<'a>>) -> Settings<'a> {
        Settings {
            user_name: &self.user_name,
            display_name: None,
            realm: &self.realm,
            registrar: &self.registrar,
            port: self.port,
            transport: self.transport,
            expiry: EXPIRY,
            secret,
        }
    }

    /// The secret of the file: a hash where the phone takes one, so that no password is in it.
    fn secret(&self, dialect: &Dialect) -> Option<Secret<'_>> {
        if dialect.takes_hash() {
            self.hash1.as_ref().map(Secret::Hash1)
        } else {
            self.password.as_ref().map(Secret::Password)
        }
    }

    /// The kind of secret in the file. The stored hashes can be read at any time.
    fn contains(&self, dialect: &Dialect) -> Option<FileSecret> {
        if dialect.takes_hash() {
            Some(FileSecret::Hash)
        } else {
            self.password.as_ref().map(|_| FileSecret::Password)
        }
    }

    fn file_name(&self, phone: &Phone, dialect: &Dialect) -> String {
        if let Some(name) = dialect.file_name {
            return name.to_owned();
        }
        let extension = dialect
            .format
            .map_or("txt", registrar_phones::Format::extension);
        format!("{}-{}.{extension}", phone.id, name_part(&self.user_name))
    }
}

fn field(field: FilledField) -> PhoneField {
    PhoneField {
        label: field.label.to_owned(),
        value: match field.value {
            FieldValue::Password => None,
            FieldValue::Text(text) => Some(text),
        },
        choose: field.choose,
        trap: field.trap.map(str::to_owned),
    }
}

fn refused(refusal: &Refusal) -> PhoneRefusal {
    PhoneRefusal {
        sentence: sentence(refusal),
        of_password: matches!(
            refusal,
            Refusal::Value {
                value: Value::Password,
                ..
            }
        ),
    }
}

fn sureness(dialect: &Dialect) -> PhoneSureness {
    match dialect.sure() {
        Sure::Tried => PhoneSureness::Tried,
        Sure::Read => PhoneSureness::Read,
        Sure::General => PhoneSureness::General,
    }
}

#[cfg(test)]
#[path = "setup_tests.rs"]
mod tests;
