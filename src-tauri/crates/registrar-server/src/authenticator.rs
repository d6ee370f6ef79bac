//! Digest authentication: issues challenges, and verifies responses using only stored hashes (RFC
//! 2617).

use std::collections::HashMap;
use std::time::{Duration, Instant};

use registrar_sip::answer::{Fresh, response};
use registrar_sip::challenge::{Algorithm, schemes};
use registrar_sip::message::Message;
use registrar_sip::syntax::{quote, value};
use registrar_sip::tokens::{SystemTokens, Tokens};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::Directory;

/// Maximum number of nonces whose count is remembered.
const MOST_COUNTS: usize = 10_000;

/// Whether a request proves a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Authentication {
    /// The request proves it.
    Proved,
    /// The request must answer a challenge first.
    Unproved {
        /// The response was correct, but its nonce was used up or too old.
        stale: bool,
    },
}

/// Issues nonces and verifies responses to them.
#[derive(Debug)]
pub(crate) struct Authenticator {
    began: Instant,
    secret: String,
    life: Duration,
    counts: HashMap<String, u32>,
    /// Nonces issued up to this time are expired, because their counts were dropped.
    forgotten: Option<Instant>,
}

impl Authenticator {
    /// Creates an authenticator whose nonces are valid for `life`.
    pub(crate) fn new(life: Duration, now: Instant) -> Self {
        let mut tokens = SystemTokens;
        Self {
            began: now,
            secret: format!("{}{}", tokens.token(), tokens.token()),
            life,
            counts: HashMap::new(),
            forgotten: None,
        }
    }

    /// Returns a challenge for `realm` that asks for `algorithm`. Only a response by MD5 can be verified.
    pub(crate) fn challenge(
        &self,
        realm: &str,
        algorithm: &str,
        stale: bool,
        now: Instant,
    ) -> String {
        let nonce = self.nonce(now, &SystemTokens.token());
        let stale = if stale { ", stale=true" } else { "" };
        format!(
            "Digest realm={}, nonce=\"{nonce}\", algorithm={algorithm}, qop=\"auth\"{stale}",
            quote(realm)
        )
    }

    /// Verifies the response for `realm` in a request, if there is one.
    pub(crate) fn verify(
        &mut self,
        request: &Message,
        header: &str,
        realm: &str,
        directory: &dyn Directory,
        now: Instant,
    ) -> Authentication {
        let unproved = Authentication::Unproved { stale: false };
        for text in request.headers(header) {
            for (scheme, parameters) in schemes(text) {
                let text = |name| value(&parameters, name).unwrap_or_default();
                if !scheme.eq_ignore_ascii_case("Digest") || text("realm") != realm {
                    continue;
                }
                let Some(hash) = directory.ha1(realm, text("username")) else {
                    return unproved;
                };
                let (count, cnonce) = (text("nc"), text("cnonce"));
                let fresh = text("qop")
                    .eq_ignore_ascii_case("auth")
                    .then_some(Fresh { count, cnonce });
                let expected = response(
                    &Algorithm::Md5,
                    hash.expose(),
                    text("nonce"),
                    fresh,
                    request.method(),
                    text("uri"),
                );
                let given = text("response").to_ascii_lowercase();
                if !bool::from(expected.as_bytes().ct_eq(given.as_bytes())) {
                    return unproved;
                }
                let count =
                    fresh.map_or(Some(1), |fresh| u32::from_str_radix(fresh.count, 16).ok());
                let fresh = count.is_some_and(|count| self.is_fresh(text("nonce"), count, now));
                return if fresh {
                    Authentication::Proved
                } else {
                    Authentication::Unproved { stale: true }
                };
            }
        }
        unproved
    }

    /// Returns whether a nonce is ours and not expired, and its count higher than any before.
    fn is_fresh(&mut self, nonce: &str, count: u32, now: Instant) -> bool {
        let Some(born) = self.born(nonce) else {
            return false;
        };
        if now.saturating_duration_since(born) >= self.life {
            return false;
        }
        if self.counts.len() >= MOST_COUNTS {
            let (began, life) = (self.began, self.life);
            self.counts.retain(|nonce, _| {
                born_at(nonce, began).is_some_and(|born| now.saturating_duration_since(born) < life)
            });
        }
        if self.counts.len() >= MOST_COUNTS {
            self.forget_older_half();
        }
        if self.forgotten.is_some_and(|until| born <= until) {
            return false;
        }
        let highest = self.counts.entry(nonce.to_owned()).or_default();
        let higher = count > *highest;
        *highest = count.max(*highest);
        higher
    }

    /// Drops the counts of the older half. Those nonces are expired from now on, so that none of
    /// them can be replayed.
    fn forget_older_half(&mut self) {
        let began = self.began;
        let mut births: Vec<_> = self
            .counts
            .keys()
            .filter_map(|nonce| born_at(nonce, began))
            .collect();
        births.sort_unstable();
        self.forgotten = births.get(births.len() / 2).copied();
        let forgotten = self.forgotten;
        self.counts
            .retain(|nonce, _| born_at(nonce, began) > forgotten);
    }

    fn born(&self, nonce: &str) -> Option<Instant> {
        let mut parts = nonce.split('-');
        let (time, salt, seal) = (parts.next()?, parts.next()?, parts.next()?);
        let expected = self.seal(time, salt);
        // Anything after it would make it a different nonce each time.
        let ours = bool::from(expected.as_bytes().ct_eq(seal.as_bytes())) && parts.next().is_none();
        born_at(nonce, self.began).filter(|_| ours)
    }

    fn nonce(&self, now: Instant, salt: &str) -> String {
        let time = format!(
            "{:x}",
            now.saturating_duration_since(self.began).as_millis()
        );
        let seal = self.seal(&time, salt);
        format!("{time}-{salt}-{seal}")
    }

    fn seal(&self, time: &str, salt: &str) -> String {
        let digest = Sha256::digest(format!("{}:{time}:{salt}", self.secret));
        hex::encode(&digest[..8])
    }
}

fn born_at(nonce: &str, began: Instant) -> Option<Instant> {
    let time = u64::from_str_radix(nonce.split('-').next()?, 16).ok()?;
    began.checked_add(Duration::from_millis(time))
}

#[cfg(test)]
mod tests {
    use registrar_digest::Hashes;
    use registrar_secret::{Hash, SipPassword};
    use registrar_sip::answer::{NameForm, Proof, Session};
    use registrar_sip::challenge::{Offer, offers};

    use super::*;

    struct One(Hashes);

    impl Directory for One {
        fn realms(&self) -> Vec<String> {
            vec!["r".to_owned()]
        }

        fn ha1(&self, realm: &str, name: &str) -> Option<Hash> {
            match (realm, name) {
                ("r", "bob") => Some(self.0.hash1.clone()),
                ("r", "bob@r") => Some(self.0.hash1b.clone()),
                _ => None,
            }
        }
    }

    fn session(
        authenticator: &Authenticator,
        password: &str,
        form: NameForm,
        now: Instant,
    ) -> Session {
        let challenge = authenticator.challenge("r", "MD5", false, now);
        let asked = Message::response(401, "").with("WWW-Authenticate", challenge);
        let Offer::Digest(asked) = &offers(&asked)[0] else {
            panic!("{asked:?}")
        };
        let proof = Proof::Password(SipPassword::new(password));
        Session::new(asked, &proof, form, "bob", "r")
    }

    fn enter(
        authenticator: &mut Authenticator,
        session: &mut Session,
        now: Instant,
    ) -> Authentication {
        let answer = session.header("REGISTER", "sip:r", "c");
        let request = Message::request("REGISTER", "sip:r").with("Authorization", answer);
        let directory = One(Hashes::make("bob", "r", &SipPassword::new("x")));
        authenticator.verify(&request, "Authorization", "r", &directory, now)
    }

    #[test]
    fn both_forms_of_the_name_pass_and_a_wrong_password_does_not() {
        let now = Instant::now();
        let mut authenticator = Authenticator::new(Duration::from_mins(5), now);

        for form in [NameForm::Composite, NameForm::WithRealm] {
            let mut right = session(&authenticator, "x", form, now);
            let mut wrong = session(&authenticator, "y", form, now);

            assert_eq!(
                enter(&mut authenticator, &mut right, now),
                Authentication::Proved
            );
            assert_eq!(
                enter(&mut authenticator, &mut wrong, now),
                Authentication::Unproved { stale: false }
            );
        }
    }

    #[test]
    fn nonce_is_accepted_with_a_higher_count_but_not_replayed() {
        let now = Instant::now();
        let mut authenticator = Authenticator::new(Duration::from_mins(5), now);
        let mut session = session(&authenticator, "x", NameForm::Composite, now);
        let mut replay = session.clone();

        assert_eq!(
            enter(&mut authenticator, &mut session, now),
            Authentication::Proved
        );
        assert_eq!(
            enter(&mut authenticator, &mut session, now),
            Authentication::Proved
        );
        assert_eq!(
            enter(&mut authenticator, &mut replay, now),
            Authentication::Unproved { stale: true }
        );
    }

    #[test]
    fn nonce_with_more_behind_it_is_not_ours() {
        let now = Instant::now();
        let authenticator = Authenticator::new(Duration::from_mins(5), now);
        let nonce = authenticator.nonce(now, "salt");

        assert!(authenticator.born(&nonce).is_some());
        assert!(authenticator.born(&format!("{nonce}-x")).is_none());
        assert!(authenticator.born(&format!("{nonce}-")).is_none());
    }

    #[test]
    fn many_nonces_lock_nobody_out_and_none_is_replayed() {
        let began = Instant::now();
        let mut authenticator = Authenticator::new(Duration::from_mins(5), began);
        let at = |number: usize| began + Duration::from_millis(number.try_into().unwrap());
        let first = authenticator.nonce(at(0), "salt");
        assert!(authenticator.is_fresh(&first, 1, at(0)));

        for number in 1..=MOST_COUNTS {
            let nonce = authenticator.nonce(at(number), "salt");
            assert!(authenticator.is_fresh(&nonce, 1, at(number)), "{number}");
        }

        assert!(authenticator.counts.len() <= MOST_COUNTS);
        assert!(!authenticator.is_fresh(&first, 1, at(MOST_COUNTS)));
    }

    #[test]
    fn old_and_unknown_nonces_are_stale_if_the_password_is_right() {
        let now = Instant::now();
        let mut authenticator = Authenticator::new(Duration::from_mins(5), now);
        let other = Authenticator::new(Duration::from_mins(5), now);
        let mut old = session(&authenticator, "x", NameForm::Composite, now);
        let mut strange = session(&other, "x", NameForm::Composite, now);
        let mut old_and_wrong = session(&authenticator, "y", NameForm::Composite, now);
        let later = now + Duration::from_mins(5);

        let stale = Authentication::Unproved { stale: true };
        assert_eq!(enter(&mut authenticator, &mut old, later), stale);
        assert_eq!(enter(&mut authenticator, &mut strange, now), stale);
        assert_eq!(
            enter(&mut authenticator, &mut old_and_wrong, later),
            Authentication::Unproved { stale: false }
        );
    }
}
