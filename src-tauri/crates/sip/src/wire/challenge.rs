//! The challenges of a 401 or 407 response (RFC 3261 section 22, RFC 8760).

use super::message::Message;
use super::syntax::{is_token, parameter, split, value};

/// Maximum number of challenges read from a response; real ones have two or three.
const MOST_OFFERS: usize = 32;
/// Maximum number of schemes and parameters read from one header line.
const MOST_PARTS: usize = 128;
/// Maximum length of a realm, nonce or opaque that is answered, in bytes: the answer repeats them
/// and must fit into one datagram.
const LONGEST_TEXT: usize = 2048;

/// The hash algorithm that a challenge requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// MD5, which is also the default.
    Md5,
    /// SHA-256. A stored MD5 hash can't answer it.
    Sha256,
    /// Another one, by its name.
    Other(String),
}

/// The quality of protection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// `auth` is offered.
    Auth,
    /// Unspecified: the older formula of RFC 2069.
    Old,
    /// Only unsupported ones, such as `auth-int`.
    Other,
}

/// One Digest challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// It came as Proxy-Authenticate.
    pub from_proxy: bool,
    /// The realm that credentials are requested for.
    pub realm: String,
    /// The server's nonce.
    pub nonce: String,
    /// To be returned unchanged.
    pub opaque: Option<String>,
    /// The hash.
    pub algorithm: Algorithm,
    /// What is protected.
    pub protection: Protection,
    /// The password was correct, but the nonce was too old.
    pub stale: bool,
}

/// A challenge in a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A complete Digest challenge.
    Digest(Challenge),
    /// Another scheme, by name, or a Digest challenge without realm or nonce, or with a value of
    /// more than 2,048 bytes.
    Other(String),
}

/// A scheme such as `Digest`, and its parameters.
pub type Scheme = (String, Vec<(String, Option<String>)>);

/// Parses all challenges of a response, in order.
#[must_use]
pub fn offers(response: &Message) -> Vec<Offer> {
    let mut offers = Vec::new();
    for (name, text) in response.all_headers() {
        let from_proxy = name.eq_ignore_ascii_case("Proxy-Authenticate");
        if from_proxy || name.eq_ignore_ascii_case("WWW-Authenticate") {
            let room = MOST_OFFERS - offers.len();
            let read = schemes(text).into_iter().take(room);
            offers.extend(read.map(|scheme| offer(scheme, from_proxy)));
        }
    }
    offers
}

/// Parses the schemes of a header and their parameters. One line may contain several.
#[must_use]
pub fn schemes(text: &str) -> Vec<Scheme> {
    let mut schemes: Vec<Scheme> = Vec::new();
    for part in split(text, ',').take(MOST_PARTS) {
        let (word, rest) = part.split_once([' ', '\t']).unwrap_or((part, ""));
        let rest = rest.trim_start();
        let new_scheme = is_token(word) && !rest.starts_with('=');
        if new_scheme {
            schemes.push((word.to_owned(), Vec::new()));
        }
        let text = if new_scheme { rest } else { part };
        if let Some((_, parameters)) = schemes.last_mut()
            && !text.is_empty()
        {
            parameters.push(parameter(text));
        }
    }
    schemes
}

fn offer((scheme, parameters): Scheme, from_proxy: bool) -> Offer {
    let text = |name: &str| value(&parameters, name).map(str::to_owned);
    let (Some(realm), Some(nonce)) = (text("realm"), text("nonce")) else {
        return Offer::Other(scheme);
    };
    let opaque = text("opaque");
    let is_long = |text: &String| text.len() > LONGEST_TEXT;
    let too_long = is_long(&realm) || is_long(&nonce) || opaque.as_ref().is_some_and(is_long);
    if too_long || !scheme.eq_ignore_ascii_case("Digest") {
        return Offer::Other(scheme);
    }
    Offer::Digest(Challenge {
        from_proxy,
        realm,
        nonce,
        opaque,
        algorithm: match text("algorithm") {
            None => Algorithm::Md5,
            Some(name) if name.eq_ignore_ascii_case("MD5") => Algorithm::Md5,
            Some(name) if name.eq_ignore_ascii_case("SHA-256") => Algorithm::Sha256,
            Some(name) => Algorithm::Other(name),
        },
        protection: match text("qop") {
            None => Protection::Old,
            Some(list) if list.trim().is_empty() => Protection::Old,
            Some(list) => {
                let auth = |word: &str| word.trim().eq_ignore_ascii_case("auth");
                if list.split(',').any(auth) {
                    Protection::Auth
                } else {
                    Protection::Other
                }
            }
        },
        stale: text("stale").is_some_and(|word| word.eq_ignore_ascii_case("true")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenges(lines: &[&str]) -> Vec<Offer> {
        let mut response = Message::response(401, "Unauthorized");
        for line in lines {
            response.push("WWW-Authenticate", line);
        }
        offers(&response)
    }

    #[test]
    fn every_offer_is_read_in_its_order() {
        let offers = challenges(&[
            r#"Basic realm="r""#,
            r#"Digest realm="r \"x\", y", nonce="a=b,c", qop="auth-int, auth", algorithm=SHA-256"#,
            r#"DIGEST Realm = "r", NONCE="n", opaque="", stale=TRUE, Digest realm="q", nonce="m""#,
        ]);

        let [
            Offer::Other(basic),
            Offer::Digest(sha),
            Offer::Digest(old),
            Offer::Digest(last),
        ] = &offers[..]
        else {
            panic!("{offers:?}")
        };
        assert_eq!(basic, "Basic");
        assert_eq!(sha.realm, "r \"x\", y");
        assert_eq!(sha.nonce, "a=b,c");
        assert_eq!(sha.algorithm, Algorithm::Sha256);
        assert_eq!(sha.protection, Protection::Auth);
        assert_eq!(old.algorithm, Algorithm::Md5);
        assert_eq!(old.protection, Protection::Old);
        assert_eq!(old.opaque.as_deref(), Some(""));
        assert!(old.stale);
        assert_eq!(last.nonce, "m");
    }

    #[test]
    fn a_challenge_without_a_nonce_cannot_be_answered() {
        assert_eq!(
            challenges(&[r#"Digest realm="r""#]),
            [Offer::Other("Digest".to_owned())]
        );
    }

    #[test]
    fn challenge_with_an_answer_too_large_to_send_is_not_answered() {
        let long = "x".repeat(LONGEST_TEXT + 1);

        for challenge in [
            format!("Digest realm=\"{long}\", nonce=\"n\""),
            format!("Digest realm=\"r\", nonce=\"{long}\""),
            format!("Digest realm=\"r\", nonce=\"n\", opaque=\"{long}\""),
        ] {
            assert_eq!(
                challenges(&[&challenge]),
                [Offer::Other("Digest".to_owned())]
            );
        }
    }

    #[test]
    fn only_auth_int_is_another_protection() {
        let offers = challenges(&[r#"Digest realm="r", nonce="n", qop="auth-int""#]);

        let [Offer::Digest(challenge)] = &offers[..] else {
            panic!("{offers:?}")
        };
        assert_eq!(challenge.protection, Protection::Other);
    }
}
