//! Certificates that nobody vouches for, which are read to say whose they are.

use registrar_app::foreign;

use crate::memory::bounded;

/// Reads a certificate in DER.
pub fn run(bytes: &[u8]) {
    bounded(|| foreign::certificate(bytes));
}
