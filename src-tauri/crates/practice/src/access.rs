//! Who may sign in to practice, and the tokens issued.

use std::collections::HashMap;

use parking_lot::{Mutex, MutexGuard};
use rand::RngExt as _;
use registrar_secret::SignInSecret;

/// The pretend account's number.
pub(super) const ACCOUNT: &str = "5500123";
/// A pretend account that is not enabled for SIP credentials.
pub(super) const ACCOUNT_NOT_ENABLED: &str = "5500124";
/// The lifetime of a token, in seconds.
pub(super) const TOKEN_SECONDS: u64 = 3_600;
/// Maximum number of tokens; the oldest is dropped first.
const MOST_TOKENS: usize = 1_000;

/// Sign-in credentials. The names and secrets are fixed and only work in practice.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Login {
    pub(super) user: &'static str,
    pub(super) secret: &'static str,
    pub(super) account: &'static str,
    /// Has the role 'SIP Credentials'.
    pub(super) role: bool,
    /// An API client, or an API user.
    pub(super) kind: Kind,
}

/// How one signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Client,
    User,
}

/// The first of each kind is the one that practice shows.
pub(super) const LOGINS: [Login; 5] = [
    Login {
        user: "practice-client",
        secret: "practice-client-secret",
        account: ACCOUNT,
        role: true,
        kind: Kind::Client,
    },
    Login {
        user: "practice-client-without-role",
        secret: "practice-client-secret",
        account: ACCOUNT,
        role: false,
        kind: Kind::Client,
    },
    Login {
        user: "practice-client-not-enabled",
        secret: "practice-client-secret",
        account: ACCOUNT_NOT_ENABLED,
        role: true,
        kind: Kind::Client,
    },
    Login {
        user: "practice-user",
        secret: "practice-user-password",
        account: ACCOUNT,
        role: true,
        kind: Kind::User,
    },
    Login {
        user: "practice-user-without-role",
        secret: "practice-user-password",
        account: ACCOUNT,
        role: false,
        kind: Kind::User,
    },
];

/// Finds the login with this name and secret.
pub(super) fn login(kind: Kind, user: &str, secret: &str) -> Option<&'static Login> {
    let given = SignInSecret::new(secret);
    LOGINS.iter().find(|login| {
        login.kind == kind && login.user == user && SignInSecret::new(login.secret).matches(&given)
    })
}

/// The valid tokens. They don't survive a restart, which no client may rely on.
#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<Given>);

#[derive(Debug, Default)]
struct Given {
    number: u64,
    tokens: HashMap<String, Token>,
}

#[derive(Debug)]
struct Token {
    number: u64,
    login: &'static Login,
    until_ms: u64,
}

impl Tokens {
    /// Issues a new token.
    pub(super) fn give(&self, login: &'static Login, now_ms: u64) -> String {
        let token = hex::encode(rand::rng().random::<[u8; 24]>());
        let mut given = self.given();
        given.tokens.retain(|_, token| token.until_ms > now_ms);
        if given.tokens.len() >= MOST_TOKENS {
            let oldest = given
                .tokens
                .iter()
                .min_by_key(|(_, token)| token.number)
                .map(|(text, _)| text.clone());
            oldest.and_then(|text| given.tokens.remove(&text));
        }
        given.number += 1;
        let kept = Token {
            number: given.number,
            login,
            until_ms: now_ms + TOKEN_SECONDS * 1_000,
        };
        given.tokens.insert(token.clone(), kept);
        token
    }

    /// Finds a token's login, if it is still valid.
    pub(super) fn owner(&self, token: &str, now_ms: u64) -> Option<&'static Login> {
        self.given()
            .tokens
            .get(token)
            .filter(|token| token.until_ms > now_ms)
            .map(|token| token.login)
    }

    fn given(&self) -> MutexGuard<'_, Given> {
        self.0.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_an_hour_and_no_longer() {
        let tokens = Tokens::default();

        let token = tokens.give(&LOGINS[0], 1_000);

        assert_eq!(tokens.owner(&token, 3_600_999), Some(&LOGINS[0]));
        assert_eq!(tokens.owner(&token, 3_601_000), None);
        assert_eq!(tokens.owner("made up", 1_000), None);
    }

    #[test]
    fn of_a_thousand_tokens_the_oldest_goes_first() {
        let tokens = Tokens::default();
        let first = tokens.give(&LOGINS[0], 0);
        let second = tokens.give(&LOGINS[0], 0);

        for _ in 2..=MOST_TOKENS {
            tokens.give(&LOGINS[0], 0);
        }

        assert_eq!(tokens.owner(&first, 1), None);
        assert!(tokens.owner(&second, 1).is_some());
    }

    #[test]
    fn a_user_cannot_sign_in_as_a_client() {
        assert!(login(Kind::User, "practice-user", "practice-user-password").is_some());
        assert!(login(Kind::Client, "practice-user", "practice-user-password").is_none());
    }
}
