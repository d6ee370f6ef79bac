//! Wording for names that can't be sent, and addresses that can't be requested.

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
                "An account number has only digits, such as 5500123."
            }
            NameProblem::AccountNumberMissing => "Enter the account number.",
            NameProblem::AccountNumberTooLong => "An account number has at most 15 digits.",
            NameProblem::ApplicationId => {
                "An application ID looks like 5ba6761d-36bd-4307-8f7b-a6f806c35abf."
            }
            NameProblem::DescriptionLetters => {
                "Use a single line of ordinary characters for the \
                                                description."
            }
            NameProblem::DescriptionTooLong => "Use at most 255 characters for the description.",
            NameProblem::DomainInvisible => {
                "The domain has an invisible character. Type it by hand."
            }
            NameProblem::DomainLetters => {
                "Use only letters a to z, digits, and the characters . _ - ! $ & * + = ~ in the \
                 domain."
            }
            NameProblem::DomainMissing => "The domain is empty.",
            NameProblem::DomainTooLong => "Use at most 32 characters for the domain.",
            NameProblem::RealmNameCapitals => {
                "Use lowercase letters in the realm’s name, not capital letters."
            }
            NameProblem::RealmNameLetters => {
                "Use only lowercase letters a to z and digits in the realm’s name."
            }
            NameProblem::RealmNameMissing => "Enter a name for the realm.",
            NameProblem::RealmNameTooLong => {
                "Use at most 30 letters and digits for the realm’s \
                                              name."
            }
            NameProblem::UserNameAt => {
                "Leave out the @. What comes after it belongs in the domain field."
            }
            NameProblem::UserNameColon => "A user name can’t have a colon (:). Leave it out.",
            NameProblem::UserNameInvisible => {
                "The user name has an invisible character. Type it by hand."
            }
            NameProblem::UserNameLetters => {
                "Use only letters a to z, digits, and the characters . _ - ! $ & * + = ~ in the \
                 user name."
            }
            NameProblem::UserNameMissing => "Enter a user name for the SIP credential.",
            NameProblem::UserNameOnlySigns => "Use at least 1 letter or digit in the user name.",
            NameProblem::UserNameTooLong => "Use at most 32 characters for the user name.",
        }
    }
}

impl Problem for NumberProblem {
    fn sentence(self) -> &'static str {
        match self {
            NumberProblem::LeadingZero => {
                "A country code doesn’t begin with 0. Leave out the 0 or 00 before it."
            }
            NumberProblem::Malformed => {
                "Enter the number with + and the country code, such as +17778889999."
            }
            NumberProblem::Missing => "Enter a phone number.",
            NumberProblem::TooLong => "A phone number has at most 15 digits.",
            NumberProblem::TooShort => {
                "This number is too short. Include the country code and area code."
            }
        }
    }
}

impl Problem for SidProblem {
    fn sentence(self) -> &'static str {
        match self {
            SidProblem::AccountIsKey => {
                "This is an API key’s SID. Enter the account SID, which \
                                         begins with AC."
            }
            SidProblem::AccountMalformed => {
                "An account SID is AC followed by 32 digits or \
                                             letters a to f."
            }
            SidProblem::AccountMissing => "Enter the account SID.",
            SidProblem::KeyIsAccount => {
                "This is an account SID. Enter the API key’s SID, which \
                                         begins with SK."
            }
            SidProblem::KeyMalformed => {
                "An API key’s SID is SK followed by 32 digits or letters a to f."
            }
            SidProblem::KeyMissing => "Enter the API key’s SID.",
            SidProblem::NoCall => "This isn’t a call SID. Copy it again.",
        }
    }
}

impl Problem for VoiceProblem {
    fn sentence(self) -> &'static str {
        match self {
            VoiceProblem::AnswerMissing => {
                "Enter an answer address. The Voice API can’t call without one."
            }
            VoiceProblem::AnswerNoUrl => {
                "Enter a whole address, such as https://voice.example.com/answer."
            }
            VoiceProblem::AnswerUnencrypted => "The answer address must begin with https://.",
            VoiceProblem::AnswerWithSignIn => {
                "Leave the user name and password out of the address."
            }
            VoiceProblem::NoCall => "This isn’t a call ID. Copy it again.",
        }
    }
}

/// Returns what is wrong with the address of an API, in one or two short sentences.
#[must_use]
pub fn address(fault: AddressFault) -> &'static str {
    match fault {
        AddressFault::Missing => "Enter all 3 addresses.",
        AddressFault::NoUrl => "Enter a whole address, such as https://api.example.com/api/v2.",
        AddressFault::OtherParts => "Use only https://, a host, and a path in the address.",
        AddressFault::Unencrypted => {
            "The address must begin with https://, so that nobody else can read what’s sent."
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
