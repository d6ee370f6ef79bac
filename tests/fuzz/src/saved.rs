//! The files in which accounts and stopped journeys are kept.

use registrar_core::foreign;

use crate::memory::bounded;

/// Reads `bytes` as each of the files.
///
/// # Panics
///
/// Panics where what would be written in its place is not read back the same.
pub fn run(bytes: &[u8]) {
    for written in bounded(|| foreign::saved(bytes)) {
        let again = foreign::saved(&written);
        assert!(again.contains(&written), "another file after one round");
    }
}
