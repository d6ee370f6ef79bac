//! A description of sound.

use registrar_core::sip::sdp::{PCMU, audio, describe};

use crate::memory::bounded;

/// Reads `bytes` as a description.
///
/// # Panics
///
/// Panics where what was read cannot be described and read again.
pub fn run(bytes: &[u8]) {
    let Some(read) = bounded(|| audio(bytes)) else {
        return;
    };
    let text = describe(read.address, 7, PCMU);
    let again = audio(text.as_bytes()).expect("our own description is read");
    assert_eq!(again.address, read.address);
    assert_eq!(again.payloads, [PCMU]);
}
