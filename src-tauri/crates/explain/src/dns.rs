//! Why this computer's DNS says nothing, in plain words.

use super::words::Words;
use crate::{FailureKind, RecoveryOption};
use registrar_user_agent::resolve::Failure;

/// Says what happened and what to do, in one sentence for a row of a table.
#[must_use]
pub fn sentence(failure: Failure) -> &'static str {
    match failure {
        Failure::BadName => "DNS can’t hold a name like this: check its spelling.",
        Failure::NoAnswer => {
            "No name server answered: check this computer’s network connection and try again."
        }
        Failure::NoServers => {
            "This computer has no name server that can be asked: set one up in its network settings."
        }
        Failure::NotFound { .. } => "This computer’s DNS doesn’t know it.",
        Failure::Refused => {
            "The name server answered that it fails for it: try again in a few minutes, or from \
             another network."
        }
    }
}

/// Returns the words for an address that could not be looked up.
#[must_use]
pub fn words(failure: Failure) -> Words {
    let (heading, causes, next): (&str, &[&str], &str) = match failure {
        Failure::BadName => (
            "DNS can’t hold a name like this.",
            &["A part of the name is empty or longer than 63 letters."],
            "Check the spelling of the name.",
        ),
        Failure::NoAnswer => (
            "No name server answered this computer.",
            &[
                "This computer is offline.",
                "A VPN or a firewall blocks DNS.",
                "The network’s name server is down.",
            ],
            "Check the network connection and try again, or type an IP address and a port.",
        ),
        Failure::NoServers => (
            "This computer has no name server to ask.",
            &[
                "This computer is offline.",
                "Its network settings name no DNS server that can be used.",
            ],
            "Set up a DNS server in this computer’s network settings, or type an IP address and a \
             port.",
        ),
        Failure::NotFound { .. } => (
            "This computer’s DNS doesn’t know this host.",
            &[
                "The name is misspelled.",
                "The name is new, and this computer’s DNS doesn’t have it yet.",
            ],
            "Check the spelling, or wait a few minutes and try again.",
        ),
        Failure::Refused => (
            "The name server couldn’t look this up.",
            &[
                "The network’s name server has a fault of its own.",
                "A filter in the network blocks the name.",
            ],
            "Try again in a few minutes or from another network, or type an IP address and a port.",
        ),
    };
    Words::new(
        FailureKind::Unreachable,
        heading,
        causes,
        next,
        &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_has_words_of_its_own() {
        let all = [
            Failure::BadName,
            Failure::NoAnswer,
            Failure::NoServers,
            Failure::NotFound { remembered: None },
            Failure::Refused,
        ];
        let mut seen = std::collections::HashSet::new();
        for failure in all {
            let words = words(failure);

            assert!(words.sentence.chars().count() <= 60, "{}", words.sentence);
            assert!(!words.causes.is_empty() && !words.next.is_empty());
            assert!(seen.insert(words.sentence) && seen.insert(sentence(failure).to_owned()));
        }
    }
}
