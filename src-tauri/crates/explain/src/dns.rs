//! Why this computer's DNS returns nothing, in plain words.

use super::words::Words;
use crate::{FailureKind, RecoveryOption};
use registrar_user_agent::resolve::Failure;

/// Says what happened and what to do, in one sentence for a row of a table.
#[must_use]
pub fn sentence(failure: Failure) -> &'static str {
    match failure {
        Failure::BadName => "This can’t be the name of a host. Check its spelling.",
        Failure::NoAnswer => {
            "No DNS server answered. Check this computer’s network connection, then try again."
        }
        Failure::NoServers => {
            "This computer has no DNS server it can ask. Ask whoever looks after the network to \
             set one up."
        }
        Failure::NotFound { .. } => {
            "This computer’s DNS doesn’t know this name. Check its \
                                     spelling, or try again in a few minutes."
        }
        Failure::Refused => {
            "The DNS server answered that it can’t look this up. Try again in a few minutes, or \
             from another network."
        }
    }
}

/// Returns the words for a failed lookup.
#[must_use]
pub fn words(failure: Failure) -> Words {
    let (heading, causes, next): (&str, &[&str], &str) = match failure {
        Failure::BadName => (
            "This can’t be the name of a host.",
            &["A part of the name is empty or longer than 63 letters."],
            "Check the spelling of the name.",
        ),
        Failure::NoAnswer => (
            "DNS (the internet’s address book) didn’t answer.",
            &[
                "This computer is offline.",
                "A VPN or a firewall blocks DNS.",
                "The network’s DNS server is down.",
            ],
            "Check the network connection and try again. If it still fails, ask whoever looks \
             after the network, or enter an IP address and a port.",
        ),
        Failure::NoServers => (
            "This computer has no DNS (the internet’s address book).",
            &[
                "This computer is offline.",
                "Its network settings list no DNS server that can be used.",
            ],
            "Check the network connection. If it works, ask whoever looks after the network to set \
             up DNS on this computer.",
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
            "The DNS server couldn’t look this up.",
            &[
                "The network’s DNS server isn’t working properly.",
                "A filter in the network blocks the name.",
            ],
            "Try again in a few minutes or from another network. If it still fails, enter an IP \
             address and a port.",
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
