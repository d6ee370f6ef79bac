//! Text to be copied to the clipboard.

use zeroize::Zeroizing;

/// A text for the clipboard.
pub struct ClipboardText {
    /// The text. It is zeroed on drop.
    pub text: Zeroizing<String>,
    /// It is secret: excluded from the clipboard history and cleared after a minute.
    pub secret: bool,
}

impl ClipboardText {
    /// Creates a text that isn't secret.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: Zeroizing::new(text.into()),
            secret: false,
        }
    }

    /// A secret.
    #[must_use]
    pub fn secret(text: &str) -> Self {
        Self {
            text: Zeroizing::new(text.to_owned()),
            secret: true,
        }
    }
}

impl std::fmt::Debug for ClipboardText {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ClipboardText")
            .field("secret", &self.secret)
            .finish_non_exhaustive()
    }
}
