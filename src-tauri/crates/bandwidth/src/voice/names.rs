//! Validated names used by the Voice API.

use url::Url;

use registrar_names::{name, trimmed};

/// Why a name used by the Voice API is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("no name of the Voice API: {self:?}")]
pub enum VoiceProblem {
    /// The answer address is empty.
    AnswerMissing,
    /// The answer URL isn't a URL, or is too long.
    AnswerNoUrl,
    /// The answer address isn't HTTPS.
    AnswerUnencrypted,
    /// The answer URL contains a user name or a password.
    AnswerWithSignIn,
    /// Bandwidth sent something that isn't a call's ID.
    NoCall,
}

/// Maximum length of a URL, in bytes. The API specifies no limit.
const LONGEST: usize = 2000;

name!(
    /// A call at Bandwidth: `c-` and letters, digits and hyphens.
    CallId, VoiceProblem
);

impl CallId {
    /// Parses an ID sent by Bandwidth.
    pub fn parse(sent: &str) -> Result<Self, VoiceProblem> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let good = !sent.is_empty() && sent.len() <= 128 && sent.bytes().all(plain);
        good.then(|| Self(sent.to_owned()))
            .ok_or(VoiceProblem::NoCall)
    }
}

/// Where Bandwidth requests instructions once a call is answered: https, without user name and
/// password.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerUrl(Url);

impl AnswerUrl {
    /// Parses typed text, or returns what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, VoiceProblem> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err(VoiceProblem::AnswerMissing);
        }
        let url = (typed.len() <= LONGEST)
            .then(|| Url::parse(typed).ok())
            .flatten()
            .filter(Url::has_host)
            .ok_or(VoiceProblem::AnswerNoUrl)?;
        if url.scheme() != "https" {
            return Err(VoiceProblem::AnswerUnencrypted);
        }
        if has_sign_in(&url) {
            return Err(VoiceProblem::AnswerWithSignIn);
        }
        Ok(Self(url))
    }

    /// Returns the URL as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns whether it has a query, which may contain a secret.
    #[must_use]
    pub fn may_hold_a_secret(&self) -> bool {
        self.0.query().is_some()
    }

    /// Returns a typed URL as it may be stored: without user name and password.
    #[must_use]
    pub fn without_sign_in(typed: &str) -> String {
        match Url::parse(trimmed(typed)) {
            Ok(mut url) if has_sign_in(&url) => {
                // These fail only without a host, when there is no sign-in.
                let _ = url.set_username("");
                let _ = url.set_password(None);
                if has_sign_in(&url) {
                    return String::new();
                }
                url.into()
            }
            // An incomplete sign-in counts too: what has been typed so far may be a password.
            Ok(url) if url.cannot_be_a_base() && typed.contains('@') => String::new(),
            Err(_) if typed.contains('@') => String::new(),
            Ok(_) | Err(_) => typed.to_owned(),
        }
    }

    /// Returns a typed URL as it may be written to a file: without a sign-in, and without a query,
    /// which may contain a secret.
    #[must_use]
    pub fn for_a_file(typed: &str) -> String {
        match Url::parse(&Self::without_sign_in(typed)) {
            Ok(mut url) => {
                url.set_query(None);
                url.set_fragment(None);
                url.into()
            }
            Err(_) => String::new(),
        }
    }
}

impl std::fmt::Debug for AnswerUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let host = self.0.host_str().unwrap_or_default();
        formatter.debug_tuple("AnswerUrl").field(&host).finish()
    }
}

fn has_sign_in(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_address_is_https_and_holds_no_sign_in() {
        let good = AnswerUrl::parse(" https://voice.example.com/answer?a=b\n").unwrap();
        assert_eq!(good.as_str(), "https://voice.example.com/answer?a=b");
        assert!(good.may_hold_a_secret());
        assert!(!format!("{good:?}").contains("a=b"), "{good:?}");

        let long = format!("https://a.example/{}", "x".repeat(10_000));
        for bad in [
            "",
            "voice.example.com",
            "http://voice.example.com",
            "ftp://a.example",
            "https://",
            "https://user@a.example",
            "https://user:pw@a.example",
            "mailto:a@b.example",
            &long,
        ] {
            assert!(AnswerUrl::parse(bad).is_err(), "{bad:.40}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_not_kept() {
        let kept = AnswerUrl::without_sign_in("https://user:canary@a.example/x?y=1");

        assert_eq!(kept, "https://a.example/x?y=1");
        assert_eq!(AnswerUrl::without_sign_in("https://a.ex"), "https://a.ex");
        assert_eq!(AnswerUrl::without_sign_in("half typ"), "half typ");
        for half in [
            "https://user:canary@",
            "user:canary@a.example",
            "user:canary@",
        ] {
            assert!(
                !AnswerUrl::without_sign_in(half).contains("canary"),
                "{half}"
            );
        }
    }

    #[test]
    fn a_file_holds_neither_a_query_nor_what_is_no_address_yet() {
        for (typed, kept) in [
            (
                "https://a.example/x?token=canary#canary",
                "https://a.example/x",
            ),
            ("https://user:canary@a.example/x", "https://a.example/x"),
            ("token=canary", ""),
        ] {
            assert_eq!(AnswerUrl::for_a_file(typed), kept);
        }
    }

    #[test]
    fn a_call_id_goes_into_a_path_as_it_is() {
        assert!(CallId::parse("c-95ac8d6e-1a31c52e-b38f-4198-93c1-51633ec68f8d").is_ok());
        for bad in ["", "c/1", "c-1?x", "../c", "c 1", &"c".repeat(200)] {
            assert!(CallId::parse(bad).is_err(), "{bad:.40}");
        }
    }
}
