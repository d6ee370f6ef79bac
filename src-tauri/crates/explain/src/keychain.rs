//! Wording for the keychain's failures.

use super::words::Words;
use crate::{FailureKind, RecoveryOption};
use registrar_keychain::Failure;

/// Returns the words for a failed keychain operation.
///
/// They fit saving, loading, and deleting alike: without the keychain, the app works and asks for
/// the secret again next time.
#[must_use]
pub fn words(failure: Failure) -> Words {
    let (sentence, causes, next): (_, &[&str], _) = match failure {
        Failure::AccountRemoved => (
            "The secret wasn’t saved, because its account was removed from this computer.",
            &["The account was removed while you were signing in."],
            "Add the account again to save its secret, or continue without it.",
        ),
        Failure::Broken => (
            "Part of the app crashed before the keychain answered.",
            &["This is a bug in the app. You did nothing wrong."],
            "Try again, or continue without it. Home has a report about the crash. It contains no \
             secrets, and the app doesn’t send it to anyone.",
        ),
        Failure::Locked => (
            "This computer’s keychain (its store for passwords) is locked.",
            &[
                "The window that asks for its password was closed or couldn’t be shown.",
                "This computer signs you in without a password, so its keychain stays locked.",
            ],
            "Try again and enter the keychain’s password when the computer asks, or continue \
             without it. The app will ask for the secret again next time.",
        ),
        Failure::Missing => (
            "The app found no keychain (the system’s store for passwords) on this computer.",
            &[
                "The program that stores passwords, such as GNOME Keyring or KWallet, isn’t \
                 installed or isn’t running.",
                "The keychain was never set up.",
            ],
            "Continue without it. You’ll enter the secret again next time.",
        ),
        Failure::Refused => (
            "This computer’s keychain (its store for passwords) refused the request.",
            &[
                "It doesn’t allow this app to use it.",
                "Its entry for this name is damaged or exists twice.",
            ],
            "Try again, or continue without it. You’ll enter the secret again next time.",
        ),
        Failure::Slow => (
            "This computer’s keychain (its store for passwords) didn’t answer in time.",
            &[
                "It’s asking for your password. The question may be behind this window.",
                "It’s busy or stuck.",
            ],
            "Answer its question and try again, or continue without it. The app will ask for the \
             secret again next time.",
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
                words.next.to_lowercase().contains("continue without it"),
                "{words:?}"
            );
        }
    }
}
