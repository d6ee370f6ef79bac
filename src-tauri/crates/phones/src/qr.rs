//! QR codes that set up a phone: what is in them, and how they are drawn.
//!
//! Some apps read all settings from the code, including the password: [`settings`] draws it, and
//! the image is as secret as the password. Others read only an address from which they fetch their
//! file: see [`address`]. Acrobits' apps read the ID of a provider's configuration and sign in to
//! it: see [`acrobits()`].

use qrcodegen::{Mask, QrCode as Code, QrCodeEcc, QrSegment, Version};
use zeroize::Zeroizing;

use crate::format::file;
use crate::phone::Dialect;
use crate::refusal::Refusal;
use crate::settings::Settings;

mod acrobits;

pub use acrobits::{CloudId, acrobits};

/// The largest code that phones' cameras still read from a screen: 117 modules wide.
const LARGEST: u8 = 25;
/// Modules that stay white on each side, as ISO/IEC 18004 demands.
const MARGIN: i32 = 4;
/// The assignment number of UTF-8 among the Extended Channel Interpretations.
const UTF_8: u32 = 26;

/// The drawing of a QR code, as secret as what is in it. It is zeroed on drop.
pub struct QrImage {
    side: u32,
    dark: Zeroizing<String>,
}

impl QrImage {
    /// Returns how many modules it is wide and high, with the margin that stays white.
    #[must_use]
    pub fn side(&self) -> u32 {
        self.side
    }

    /// Returns the dark modules as the path of an SVG, whose unit is a module. Call this in the one
    /// expression that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.dark
    }
}

impl std::fmt::Debug for QrImage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("QrImage").finish_non_exhaustive()
    }
}

/// Draws the code that holds all settings of a phone: whoever sees it has the password.
pub fn settings(dialect: &Dialect, settings: &Settings<'_>) -> Result<QrImage, Refusal> {
    if !dialect.format.is_some_and(crate::Format::is_picture) {
        return Err(Refusal::NoQrCode);
    }
    let content = file(dialect, settings)?;
    let content = std::str::from_utf8(content.expose()).map_err(|_| Refusal::NoQrCode)?;
    draw(content)
}

/// Draws the code with the address from which a phone fetches its file.
pub fn address(dialect: &Dialect, url: &str) -> Result<QrImage, Refusal> {
    if !dialect.fetches {
        return Err(Refusal::NoQrCode);
    }
    draw(url)
}

fn draw(content: &str) -> Result<QrImage, Refusal> {
    let code = encode(content).map_err(|_| Refusal::TooLongForQrCode)?;
    Ok(QrImage {
        side: (code.size() + 2 * MARGIN).unsigned_abs(),
        dark: dark(&code),
    })
}

fn encode(content: &str) -> Result<Code, qrcodegen::DataTooLong> {
    let mut segments = Vec::new();
    // Without this, readers guess the encoding, and guess wrong.
    if !content.is_ascii() {
        segments.push(QrSegment::make_eci(UTF_8));
    }
    segments.extend(QrSegment::make_segments(content));
    Code::encode_segments_advanced(
        &segments,
        QrCodeEcc::Low,
        Version::MIN,
        Version::new(LARGEST),
        None::<Mask>,
        // More error correction where it makes the code no larger.
        true,
    )
}

/// Returns a path around each row of dark modules that stand beside each other.
fn dark(code: &Code) -> Zeroizing<String> {
    use std::fmt::Write as _;

    let mut path = Zeroizing::new(String::with_capacity(64 * 1024));
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let begin = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > begin {
                let (left, top, width) = (begin + MARGIN, y + MARGIN, x - begin);
                let _ = write!(path, "M{left} {top}h{width}v1h-{width}z");
            }
            x += 1;
        }
    }
    path
}
