//! What the API's error codes mean for the rows of a request.

use registrar_http::Refusal;

/// Returns whether a refusal applies to all rows of its realm.
pub(super) fn is_of_realm(refusal: &Refusal) -> bool {
    matches!(refusal.code, Some(23017 | 23021 | 23022 | 33001))
}

/// 23003: too many entries in one request. A gateway may say the same about its size.
pub(super) fn is_too_much(refusal: &Refusal) -> bool {
    refusal.code == Some(23003) || (refusal.code.is_none() && matches!(refusal.status, 413 | 414))
}

/// 23000 is a duplicate name in one request; 23009 and 23026 are names that already exist.
pub(super) fn exists(refusal: &Refusal) -> bool {
    matches!(refusal.code, Some(23000 | 23009 | 23026))
}
