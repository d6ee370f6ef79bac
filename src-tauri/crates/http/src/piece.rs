//! A text in parts, some of them secret.

/// Part of a text: shown as is, or a secret that a shell variable replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Plain(String),
    Secret(&'static str),
}
