//! Which accounts are warned about the end of API users.

use registrar_explain::{Notice, api_users};

use crate::ipc::SignInMethod;

/// Returns a notice that signing in with an API user will end or has ended, and what to do.
pub(crate) fn notice(method: SignInMethod, now_ms: u64) -> Option<Notice> {
    (method == SignInMethod::ApiUser).then(|| api_users::notice(now_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_api_users_are_told_of_their_end() {
        assert!(notice(SignInMethod::ApiUser, 0).is_some());
        assert_eq!(notice(SignInMethod::ApiClient, 0), None);
    }
}
