//! The keychain of the operating system, and one that forgets.

/// Why the keychain did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It is locked, and was not opened.
    #[error("the keychain is locked")]
    Locked,
    /// This computer has none, or it is not running.
    #[error("there is no keychain")]
    Missing,
    /// It refused.
    #[error("the keychain refused")]
    Refused,
    /// It did not answer in time: the person may be looking at its question.
    #[error("the keychain did not answer in time")]
    Slow,
}
