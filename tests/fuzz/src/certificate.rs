//! Untrusted certificates, which are parsed to say whose they are.

use registrar_app::fuzzing;

use crate::memory::bounded;

/// Reads a certificate in DER.
pub fn run(bytes: &[u8]) {
    bounded(|| fuzzing::certificate(bytes));
}
