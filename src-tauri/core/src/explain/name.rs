//! The words for a name that can't be sent.

use crate::dashboard::NameProblem;

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
