//! Classifies errors of the Secret Service on Linux desktops by their type.

use secret_service::blocking::SecretService;
use secret_service::{EncryptionType, Error};

use super::Failure;

/// Classifies the cause of 'no access'.
pub(super) fn no_access(cause: &(dyn std::error::Error + 'static)) -> Failure {
    match cause.downcast_ref::<Error>() {
        Some(Error::Locked | Error::Prompt | Error::PromptDisconnected) => Failure::Locked,
        // There is no collection named `default`: the keychain was never set up.
        Some(Error::NoResult) => Failure::Missing,
        _ => Failure::Refused,
    }
}

/// Returns whether the default collection is locked, without prompting the person to unlock it.
pub(super) fn is_locked() -> bool {
    SecretService::connect(EncryptionType::Plain).is_ok_and(|service| {
        service
            .get_default_collection()
            .and_then(|collection| collection.is_locked())
            .unwrap_or(false)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_that_was_closed_leaves_the_keychain_locked() {
        assert_eq!(no_access(&Error::Prompt), Failure::Locked);
        assert_eq!(no_access(&Error::Locked), Failure::Locked);
    }

    #[test]
    fn a_keychain_that_was_never_set_up_is_missing() {
        assert_eq!(no_access(&Error::NoResult), Failure::Missing);
    }
}
