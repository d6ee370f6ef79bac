//! Twilio's error codes, and what they mean for the test call.

mod account;
mod call;
mod sip;

use super::words::Known;

/// All error codes that a test call can return.
pub(super) const KNOWN: &[&[Known]] = &[account::KNOWN, call::KNOWN, sip::KNOWN];

#[cfg(test)]
mod tests {
    use super::super::words::assert_own_words;
    use super::*;

    /// All of Twilio's error codes for keys, numbers, and SIP calls.
    const DOCUMENTED: &[u32] = &[
        10001, 11200, 11205, 11210, 11220, 12100, 12200, 13223, 13224, 13225, 13226, 13227, 13243,
        13244, 13246, 20003, 20005, 20404, 20429, 21201, 21205, 21208, 21210, 21211, 21212, 21213,
        21214, 21215, 21216, 21217, 21219, 21220, 21221, 21222, 21223, 21224, 21225, 21226, 21227,
        21228, 21229, 32009, 32011, 32014, 32016, 32017, 32019, 32022, 32100, 32102, 32106, 32110,
        32202, 32207, 32208, 32209,
    ];

    #[test]
    fn every_documented_code_has_words_of_its_own() {
        assert_own_words(KNOWN, DOCUMENTED);
    }
}
