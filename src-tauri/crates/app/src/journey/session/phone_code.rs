//! The QR code of the phone that is being set up, and the file that it leads to.

use registrar_phones::qr::QrImage;

use super::JourneySession;
use crate::Error;
use crate::ipc::{CloudCode, PhoneChoice, ServedSecret};

impl JourneySession {
    /// Draws a phone's QR code.
    pub fn qr_code(
        &self,
        choice: &PhoneChoice,
        cloud: Option<&CloudCode>,
    ) -> Result<QrImage, Error> {
        self.phone_setup()?.qr_code(choice, cloud)
    }

    /// Returns the file that is served to a phone.
    pub(crate) async fn served_file(
        &self,
        choice: &PhoneChoice,
        secret: ServedSecret,
    ) -> Result<registrar_phones::File, Error> {
        if secret == ServedSecret::Hash {
            // Read here, because another sign-in may have left them out.
            self.stored_credential().await?;
        }
        self.phone_setup()?.served(choice, secret)
    }
}
