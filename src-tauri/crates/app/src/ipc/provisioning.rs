//! A phone's QR code, and the file that is served to a phone on the local network.

use registrar_explain::Notice;
use registrar_phones::qr::QrImage;
use serde::{Deserialize, Serialize};

use super::draft::PhoneChoice;

choice! {
    /// The secret in a file that is served on the local network.
    pub enum ServedSecret {
        /// A hash of the password, which anyone on the network could copy.
        Hash,
        /// None: the phone asks for the password.
        None,
    }
}

outgoing! {
    /// The drawing of a QR code, which may be as secret as the password.
    pub struct QrDrawing {
        /// How many squares it is wide and high, with its white margin.
        pub side: u32,
        /// The path around the dark squares.
        pub path: String,
    }

    /// An address of this computer on which a file can be served.
    pub struct LocalNetwork {
        /// The name of its interface.
        pub interface: String,
        /// The address.
        pub address: String,
    }
}

/// What happens while a file is served.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ServingEvent {
    /// The phone can fetch it from here on.
    Began {
        /// The QR code.
        image: QrDrawing,
        /// The address in it.
        address: String,
        /// After how many seconds it ends.
        seconds: u32,
    },
    /// Something that the person should know.
    Told {
        /// What.
        notice: Notice,
        /// The file was fetched.
        fetched: bool,
    },
}

impl From<&QrImage> for QrDrawing {
    fn from(image: &QrImage) -> Self {
        Self {
            side: image.side(),
            path: image.expose().to_owned(),
        }
    }
}

incoming! {
    /// Serves a phone's file on a network, until it is canceled or ends by itself.
    pub struct ServePhoneFile {
        /// The number under which it can be cancelled.
        pub operation: u32,
        /// Whose file.
        pub choice: PhoneChoice,
        /// The address of the network.
        pub network: String,
        /// The secret in it, to which the person agreed.
        pub secret: ServedSecret,
    }

    /// Shows the QR code that holds a phone's settings.
    pub struct RevealQrCode {
        /// Whose code.
        pub choice: PhoneChoice,
        /// What an app with a Cloud ID reads; `null` for all others.
        pub cloud: Option<CloudCode>,
    }

    /// The QR code of an app with a Cloud ID.
    pub struct CloudCode {
        /// The Cloud ID as typed.
        pub id: String,
        /// The password is in it.
        pub with_password: bool,
    }
}
