//! Why a phone can't be set up this way with these settings.

use registrar_sip::TransportName;

use crate::phone::Value;

/// Why a phone can't be set up with these settings in this way. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The phone takes the password only, and a hash was given.
    #[error("the phone doesn't take a hash")]
    Hash,
    /// The phone takes no file.
    #[error("the phone doesn't take a file")]
    NoFile,
    /// The phone reads no QR code.
    #[error("the phone doesn't read a QR code")]
    NoQrCode,
    /// The settings are too long for a QR code that a camera can read.
    #[error("the settings are too long for a QR code")]
    TooLongForQrCode,
    /// The phone doesn't have this transport.
    #[error("the phone can't use {}", .0.as_str())]
    Transport(TransportName),
    /// The phone, or its file, can't hold this value.
    #[error("the phone can't hold {value:?}: {cause}")]
    Value {
        /// The value to change.
        value: Value,
        /// What is wrong with it.
        cause: Cause,
    },
}

/// What a phone, or its file, can't hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// Both kinds of quotes at once.
    #[error("it has both kinds of quotes")]
    BothQuotes,
    /// This character.
    #[error("it has {0:?}")]
    Character(char),
    /// `$$`, which the phone system replaces before it reads the file.
    #[error("it has $$")]
    Dollars,
    /// This character at the end.
    #[error("it ends with {0:?}")]
    End(char),
    /// It looks like an encrypted password or a hash, and the phone takes it for one.
    #[error("it looks encrypted")]
    LooksEncrypted,
    /// A blank at the beginning or the end.
    #[error("it begins or ends with a blank")]
    OuterSpace,
    /// This character at the beginning.
    #[error("it begins with {0:?}")]
    Start(char),
    /// More characters than this.
    #[error("it has more than {0} characters")]
    TooLong(usize),
}
