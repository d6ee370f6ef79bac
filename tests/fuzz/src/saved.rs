//! The files that the app stores, as a whole or record by record, and lists of accounts from other
//! people.

use registrar_app::fuzzing;

use crate::memory::bounded;

/// Reads `bytes` as each of the files.
///
/// # Panics
///
/// Panics where what would be written in its place is not read back the same.
pub fn run(bytes: &[u8]) {
    hold(bytes, fuzzing::saved);
    hold(bytes, fuzzing::record);
}

/// Reads `bytes` as a list of accounts, and takes all of it.
///
/// # Panics
///
/// Panics where the list that would be saved then is not read back the same.
pub fn run_list(bytes: &[u8]) {
    hold(bytes, |bytes| {
        fuzzing::account_list(bytes).into_iter().collect()
    });
}

fn hold(bytes: &[u8], read: impl Fn(&[u8]) -> Vec<Vec<u8>>) {
    for written in bounded(|| read(bytes)) {
        let again = read(&written);
        assert!(again.contains(&written), "another file after one round");
    }
}
