//! The keychain's failures in words.

use super::words::Words;
use crate::{FailureKind, RecoveryOption};
use registrar_keychain::Failure;

/// Returns the words for a keychain that did not do what was asked.
///
/// They say what is true for saving, loading and forgetting alike: without the keychain the app
/// works, and asks for the secret again next time.
#[must_use]
pub fn words(failure: Failure) -> Words {
    let (sentence, causes, next): (_, &[&str], _) = match failure {
        Failure::AccountRemoved => (
            "The secret wasn’t saved, because its account was removed from this computer.",
            &["The account was removed while you were signing in."],
            "Add the account again to save its secret, or go on without it.",
        ),
        Failure::Broken => (
            "A part of the app broke before the keychain answered.",
            &["This is a mistake of the app, and nothing that you did wrong."],
            "Try again, or go on without it. Home has a report of it: it holds no secret, and is sent to nobody unless you send it.",
        ),
        Failure::Locked => (
            "The keychain of this computer is locked.",
            &[
                "The window that asks for its password was closed, or could not be shown.",
                "This computer signs you in without a password, so its keychain stays locked.",
            ],
            "Unlock the keychain and try again, or go on without it: the app works, and asks for the secret again next time.",
        ),
        Failure::Missing => (
            "The app found no keychain on this computer.",
            &[
                "The program that keeps passwords, such as GNOME Keyring or KWallet, is not installed or not running.",
                "The keychain was never set up.",
            ],
            "Go on without it: the app works, and asks for the secret again next time.",
        ),
        Failure::Refused => (
            "The keychain of this computer refused.",
            &[
                "It does not let this app in.",
                "What it holds under this name is damaged, or is there twice.",
            ],
            "Try again, or go on without it: the app works, and asks for the secret again next time.",
        ),
        Failure::Slow => (
            "The keychain of this computer did not answer in time.",
            &[
                "It is asking you for its password: the question may be behind this window.",
                "It is busy or stuck.",
            ],
            "Answer its question and try again, or go on without it: the app works, and asks for the secret again next time.",
        ),
    };
    Words {
        sentence: sentence.to_owned(),
        causes: causes.iter().map(|&cause| cause.to_owned()).collect(),
        next: next.to_owned(),
        kind: match failure {
            Failure::Broken => FailureKind::Broken,
            Failure::AccountRemoved
            | Failure::Locked
            | Failure::Missing
            | Failure::Refused
            | Failure::Slow => FailureKind::Keychain,
        },
        recovery_options: match failure {
            Failure::AccountRemoved | Failure::Missing => Vec::new(),
            Failure::Broken | Failure::Locked | Failure::Refused | Failure::Slow => {
                vec![RecoveryOption::TryAgain]
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_failure_has_its_words_and_a_way_without_the_keychain() {
        let all = [
            Failure::AccountRemoved,
            Failure::Broken,
            Failure::Locked,
            Failure::Missing,
            Failure::Refused,
            Failure::Slow,
        ];

        let words = all.map(words);

        let sentences: HashSet<_> = words.iter().map(|words| &words.sentence).collect();
        assert_eq!(sentences.len(), all.len());
        for words in &words {
            assert!(!words.causes.is_empty(), "{words:?}");
            assert!(
                words.next.to_lowercase().contains("go on without it"),
                "{words:?}"
            );
        }
    }
}
