//! The dashboard API's error codes, and what they mean to the person.

mod account;
mod credential;
mod realm;

use super::words::Known;

/// All error codes of the API for realms and SIP credentials.
pub(super) const KNOWN: &[&[Known]] = &[account::KNOWN, credential::KNOWN, realm::KNOWN];

#[cfg(test)]
mod tests {
    use super::super::words::assert_own_words;
    use super::*;

    /// All documented error codes for realms, SIP credentials, and their settings.
    const DOCUMENTED: &[u32] = &[
        1003, 4022, 12660, 12661, 12666, 12672, 12673, 12758, 13109, 13111, 13112, 13115, 13116,
        13566, 23000, 23001, 23002, 23003, 23004, 23005, 23006, 23007, 23008, 23009, 23010, 23011,
        23012, 23013, 23014, 23015, 23016, 23017, 23018, 23019, 23020, 23021, 23022, 23025, 23026,
        23030, 23031, 33001, 33002, 33003, 33004, 33005, 33006, 33011, 33013,
    ];

    #[test]
    fn every_documented_code_has_words_of_its_own() {
        assert_own_words(KNOWN, DOCUMENTED);
    }
}
