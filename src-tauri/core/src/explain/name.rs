//! The words for a name that can't be sent, and for an address that can't be asked.

use crate::dashboard::{AddressFault, NameProblem};

/// Returns what is wrong with a name, in one or two short sentences.
#[must_use]
pub fn sentence(problem: NameProblem) -> &'static str {
    match problem {
        NameProblem::AccountNumberLetters => "An account number has digits only, such as 5500123.",
        NameProblem::AccountNumberMissing => "The account number is needed.",
        NameProblem::AccountNumberTooLong => "An account number has at most 15 digits.",
        NameProblem::ApplicationId => {
            "An application ID looks like 5ba6761d-36bd-4307-8f7b-a6f806c35abf."
        }
        NameProblem::DescriptionLetters => "A description is one line of ordinary characters.",
        NameProblem::DescriptionTooLong => "A description has at most 255 characters.",
        NameProblem::DomainInvisible => "The domain has an invisible character. Type it by hand.",
        NameProblem::DomainLetters => {
            "A domain has letters a to z, digits and . _ - ! $ & * + = ~ only."
        }
        NameProblem::DomainMissing => "The domain is empty.",
        NameProblem::DomainTooLong => "A domain has at most 32 characters here.",
        NameProblem::RealmNameCapitals => "A realm's name has small letters only, no capitals.",
        NameProblem::RealmNameLetters => "A realm's name has small letters a to z and digits only.",
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
    use crate::arbitrary::{every, name_problems};

    #[test]
    fn the_table_has_every_problem_of_a_name() {
        use AddressFault::*;
        let addresses = every!(AddressFault {
            Missing => [Missing],
            NoUrl => [NoUrl],
            OtherParts => [OtherParts],
            Unencrypted => [Unencrypted],
        });
        let mut table = Table::new("What is said of a name or an address");
        table.chapter(
            "Why a name can't be sent",
            name_problems()
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
