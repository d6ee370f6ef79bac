//! The words for a name that can't be sent, and for an address that can't be asked.

use registrar_bandwidth::dashboard::{AddressFault, NameProblem};
use registrar_bandwidth::voice::VoiceProblem;
use registrar_names::NumberProblem;
use registrar_twilio::SidProblem;

/// What is wrong with a name.
pub trait Problem: Copy {
    /// Returns it in one or two short sentences.
    #[must_use]
    fn sentence(self) -> &'static str;
}

/// Returns what is wrong with a name, in one or two short sentences.
#[must_use]
pub fn sentence(problem: impl Problem) -> &'static str {
    problem.sentence()
}

impl Problem for NameProblem {
    fn sentence(self) -> &'static str {
        match self {
            NameProblem::AccountNumberLetters => {
                "An account number has digits only, such as 5500123."
            }
            NameProblem::AccountNumberMissing => "The account number is needed.",
            NameProblem::AccountNumberTooLong => "An account number has at most 15 digits.",
            NameProblem::ApplicationId => {
                "An application ID looks like 5ba6761d-36bd-4307-8f7b-a6f806c35abf."
            }
            NameProblem::DescriptionLetters => "A description is one line of ordinary characters.",
            NameProblem::DescriptionTooLong => "A description has at most 255 characters.",
            NameProblem::DomainInvisible => {
                "The domain has an invisible character. Type it by hand."
            }
            NameProblem::DomainLetters => {
                "A domain has letters a to z, digits and . _ - ! $ & * + = ~ only."
            }
            NameProblem::DomainMissing => "The domain is empty.",
            NameProblem::DomainTooLong => "A domain has at most 32 characters here.",
            NameProblem::RealmNameCapitals => "A realm's name has small letters only, no capitals.",
            NameProblem::RealmNameLetters => {
                "A realm's name has small letters a to z and digits only."
            }
            NameProblem::RealmNameMissing => "The realm needs a name.",
            NameProblem::RealmNameTooLong => "A realm's name has at most 30 letters and digits.",
            NameProblem::UserNameAt => {
                "Leave out the @: what follows it goes into the field for the domain."
            }
            NameProblem::UserNameColon => "A user name cannot have a colon.",
            NameProblem::UserNameInvisible => {
                "The user name has an invisible character. Type it by hand."
            }
            NameProblem::UserNameLetters => {
                "A user name has letters a to z, digits and . _ - ! $ & * + = ~ only."
            }
            NameProblem::UserNameMissing => "The SIP credential needs a user name.",
            NameProblem::UserNameOnlySigns => "A user name needs at least one letter or digit.",
            NameProblem::UserNameTooLong => "A user name has at most 32 characters.",
        }
    }
}

impl Problem for NumberProblem {
    fn sentence(self) -> &'static str {
        match self {
            NumberProblem::LeadingZero => {
                "No country code begins with 0. Leave out the 0 or 00 before it."
            }
            NumberProblem::Malformed => {
                "Write the number with + and the country code, such as +17778889999."
            }
            NumberProblem::Missing => "The phone number is needed.",
            NumberProblem::TooLong => "A phone number has at most 15 digits.",
            NumberProblem::TooShort => {
                "This number is too short: country code, area and number are needed."
            }
        }
    }
}

impl Problem for SidProblem {
    fn sentence(self) -> &'static str {
        match self {
            SidProblem::AccountIsKey => {
                "This is the SID of an API key. The account's own begins with AC."
            }
            SidProblem::AccountMalformed => "An account SID is AC and 32 digits or letters a to f.",
            SidProblem::AccountMissing => "The account SID is needed.",
            SidProblem::KeyIsAccount => {
                "This is the account's SID. The one of an API key begins with SK."
            }
            SidProblem::KeyMalformed => {
                "The SID of an API key is SK and 32 digits or letters a to f."
            }
            SidProblem::KeyMissing => "The SID of the API key is needed.",
            SidProblem::NoCall => "This is no call SID.",
        }
    }
}

impl Problem for VoiceProblem {
    fn sentence(self) -> &'static str {
        match self {
            VoiceProblem::AnswerMissing => {
                "The answer address is needed: the Voice API makes no call without one."
            }
            VoiceProblem::AnswerNoUrl => {
                "This is no address. One looks like https://voice.example.com/answer."
            }
            VoiceProblem::AnswerUnencrypted => "The answer address must begin with https://.",
            VoiceProblem::AnswerWithSignIn => {
                "Leave the user name and the password out of the address."
            }
            VoiceProblem::NoCall => "This is no call ID.",
        }
    }
}

/// Returns what is wrong with the address of an API, in one or two short sentences.
#[must_use]
pub fn address(fault: AddressFault) -> &'static str {
    match fault {
        AddressFault::Missing => "All three addresses are needed.",
        AddressFault::NoUrl => "This is no address. One looks like https://api.example.com/api/v2.",
        AddressFault::OtherParts => {
            "An address here is https://, a host and a path, and nothing else."
        }
        AddressFault::Unencrypted => {
            "The address must begin with https://, so that nobody can read along."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::Table;
    use super::*;
    use registrar_names::every;
    use registrar_names::testing::name_problems;

    #[test]
    fn the_table_has_every_problem_of_a_name() {
        use AddressFault::*;
        let addresses = every!(AddressFault {
            Missing => [Missing],
            NoUrl => [NoUrl],
            OtherParts => [OtherParts],
            Unencrypted => [Unencrypted],
        });
        let mut table = Table::new("Sentences about a name or an address");
        table.chapter(
            "Why a name can't be sent",
            name_problems()
                .into_iter()
                .map(|problem| (problem, sentence(problem))),
        );
        let numbers = every!(NumberProblem {
            NumberProblem::LeadingZero => [NumberProblem::LeadingZero],
            NumberProblem::Malformed => [NumberProblem::Malformed],
            NumberProblem::Missing => [NumberProblem::Missing],
            NumberProblem::TooLong => [NumberProblem::TooLong],
            NumberProblem::TooShort => [NumberProblem::TooShort],
        });
        table.chapter(
            "Why a phone number can't be called",
            numbers
                .into_iter()
                .map(|problem| (problem, sentence(problem))),
        );
        let sids = every!(SidProblem {
            SidProblem::AccountIsKey => [SidProblem::AccountIsKey],
            SidProblem::AccountMalformed => [SidProblem::AccountMalformed],
            SidProblem::AccountMissing => [SidProblem::AccountMissing],
            SidProblem::KeyIsAccount => [SidProblem::KeyIsAccount],
            SidProblem::KeyMalformed => [SidProblem::KeyMalformed],
            SidProblem::KeyMissing => [SidProblem::KeyMissing],
            SidProblem::NoCall => [SidProblem::NoCall],
        });
        table.chapter(
            "Why Twilio's names can't be sent",
            sids.into_iter().map(|problem| (problem, sentence(problem))),
        );
        let voice = every!(VoiceProblem {
            VoiceProblem::AnswerMissing => [VoiceProblem::AnswerMissing],
            VoiceProblem::AnswerNoUrl => [VoiceProblem::AnswerNoUrl],
            VoiceProblem::AnswerUnencrypted => [VoiceProblem::AnswerUnencrypted],
            VoiceProblem::AnswerWithSignIn => [VoiceProblem::AnswerWithSignIn],
            VoiceProblem::NoCall => [VoiceProblem::NoCall],
        });
        table.chapter(
            "Why the Voice API's names can't be sent",
            voice
                .into_iter()
                .map(|problem| (problem, sentence(problem))),
        );
        table.chapter(
            "Why an address can't be asked",
            addresses.into_iter().map(|fault| (fault, address(fault))),
        );

        table.assert_is(include_str!("name.md"));
    }
}
