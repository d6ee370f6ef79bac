//! Answers challenges: selects one and builds its Authorization header.

use std::fmt::Write as _;

use md5::{Digest, Md5};
use registrar_digest::StoredHashes;
use registrar_secret::{Hash, SipPassword};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::challenge::{Algorithm, Challenge, Offer, Protection};
use super::syntax::quote;

/// The secret that proves a credential.
#[derive(Clone, Debug)]
pub enum Proof {
    /// Only Hash1. It answers MD5 with the composite user name, in the realm it was made for.
    Hash1(Hash),
    /// Only Hash1b. It answers MD5 with the user name including the realm, in the realm it was made
    /// for.
    Hash1b(Hash),
    /// Both hashes that Bandwidth stores. They answer MD5 in the realm they were made for.
    Hashes(StoredHashes),
    /// The password. It answers MD5 and SHA-256.
    Password(SipPassword),
}

impl Proof {
    /// Returns whether an answer in this form can be correct: Hash1 only proves the composite user
    /// name, Hash1b only the one with the realm.
    #[must_use]
    pub fn fits(&self, form: NameForm) -> bool {
        match self {
            Self::Hash1(_) => form == NameForm::Composite,
            Self::Hash1b(_) => form == NameForm::WithRealm,
            Self::Hashes(stored) => form == NameForm::Composite || stored.hash1b.is_some(),
            Self::Password(_) => true,
        }
    }

    /// Returns whether it is the password, which can answer with any algorithm and in each realm
    /// that a person allowed.
    #[must_use]
    pub fn is_password(&self) -> bool {
        matches!(self, Self::Password(_))
    }
}

/// How the user name is written in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameForm {
    /// The composite user name, verified with Hash1.
    Composite,
    /// The composite user name followed by `@realm`, verified with Hash1b.
    WithRealm,
}

impl NameForm {
    /// Returns the user name in this form.
    #[must_use]
    pub fn user_name(self, composite: &str, realm: &str) -> String {
        match self {
            Self::Composite => composite.to_owned(),
            Self::WithRealm => registrar_digest::with_realm(composite, realm),
        }
    }
}

/// The challenge to answer, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// Answer this one.
    Answer(&'a Challenge),
    /// The response contains no challenge.
    Nothing,
    /// The challenge is for this realm, for which the stored hashes weren't made and no one has
    /// allowed the password.
    OtherRealm(&'a str),
    /// Only SHA-256 is offered, which a stored MD5 hash can't answer.
    Sha256Only,
    /// Only these schemes or algorithms are offered.
    Unknown(Vec<String>),
}

/// Returns the first challenge that can be answered. One for the credential's own realm is
/// preferred. One for another realm is answered only with a password, and only for a realm in
/// `other_realms`, because an answer enables guessing the password.
#[must_use]
pub fn choose<'a>(
    offers: &'a [Offer],
    proof: &Proof,
    realm: &str,
    other_realms: &[String],
) -> Choice<'a> {
    let digests = || {
        offers.iter().filter_map(|offer| match offer {
            Offer::Digest(challenge) => Some(challenge),
            Offer::Other(_) => None,
        })
    };
    let speakable = |challenge: &&Challenge| {
        challenge.protection != Protection::Other
            && match &challenge.algorithm {
                Algorithm::Md5 => true,
                Algorithm::Sha256 => proof.is_password(),
                Algorithm::Other(_) => false,
            }
    };
    let own = digests().filter(speakable).find(|own| own.realm == realm);
    let is_allowed =
        |other: &&Challenge| proof.is_password() && other_realms.contains(&other.realm);
    let allowed = || digests().filter(speakable).find(is_allowed);
    let wants_sha256 = || digests().any(|challenge| challenge.algorithm == Algorithm::Sha256);
    if let Some(challenge) = own.or_else(allowed) {
        return Choice::Answer(challenge);
    }
    match digests().find(speakable) {
        Some(challenge) => Choice::OtherRealm(&challenge.realm),
        None if offers.is_empty() => Choice::Nothing,
        None if !proof.is_password() && wants_sha256() => Choice::Sha256Only,
        None => Choice::Unknown(offers.iter().map(name).collect()),
    }
}

fn name(offer: &Offer) -> String {
    match offer {
        Offer::Other(scheme) => scheme.clone(),
        Offer::Digest(challenge) => match &challenge.algorithm {
            Algorithm::Md5 => "Digest auth-int".to_owned(),
            Algorithm::Sha256 => "Digest SHA-256".to_owned(),
            Algorithm::Other(name) => format!("Digest {name}"),
        },
    }
}

/// A challenge being answered, and everything that further requests need for it.
#[derive(Clone)]
pub struct Session {
    challenge: Challenge,
    user_name: String,
    ha1: Zeroizing<String>,
    count: u32,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    /// Prepares to answer `challenge`. `realm` is the one that the credential was made for.
    #[must_use]
    pub fn new(
        challenge: &Challenge,
        proof: &Proof,
        form: NameForm,
        composite: &str,
        realm: &str,
    ) -> Self {
        let user_name = form.user_name(composite, realm);
        let ha1 = match proof {
            Proof::Password(password) => {
                let text = format!("{user_name}:{}:{}", challenge.realm, password.expose());
                hash(&challenge.algorithm, &Zeroizing::new(text))
            }
            Proof::Hash1(hash) | Proof::Hash1b(hash) => Zeroizing::new(hash.expose().to_owned()),
            Proof::Hashes(hashes) => Zeroizing::new(
                match form {
                    NameForm::Composite => &hashes.hash1,
                    NameForm::WithRealm => hashes.hash1b.as_ref().unwrap_or(&hashes.hash1),
                }
                .expose()
                .to_owned(),
            ),
        };
        Self {
            challenge: challenge.clone(),
            user_name,
            ha1,
            count: 0,
        }
    }

    /// Returns the hash algorithm of the answer.
    #[must_use]
    pub fn algorithm(&self) -> &Algorithm {
        &self.challenge.algorithm
    }

    /// Returns the name of the header that carries the answer.
    #[must_use]
    pub fn header_name(&self) -> &'static str {
        if self.challenge.from_proxy {
            "Proxy-Authorization"
        } else {
            "Authorization"
        }
    }

    /// Returns the answer for one request and counts it. `cnonce` must be new each time.
    #[must_use]
    pub fn header(&mut self, method: &str, uri: &str, cnonce: &str) -> String {
        self.count += 1;
        let challenge = &self.challenge;
        let count = format!("{:08x}", self.count);
        let fresh = (challenge.protection == Protection::Auth).then_some(Fresh {
            count: &count,
            cnonce,
        });
        let response = response(
            &challenge.algorithm,
            &self.ha1,
            &challenge.nonce,
            fresh,
            method,
            uri,
        );
        let mut header = format!(
            "Digest username={}, realm={}, nonce={}, uri={}, response=\"{}\"",
            quote(&self.user_name),
            quote(&challenge.realm),
            quote(&challenge.nonce),
            quote(uri),
            response.as_str(),
        );
        header.push_str(match challenge.algorithm {
            Algorithm::Sha256 => ", algorithm=SHA-256",
            Algorithm::Md5 | Algorithm::Other(_) => ", algorithm=MD5",
        });
        if fresh.is_some() {
            let cnonce = quote(cnonce);
            let _ = write!(header, ", cnonce={cnonce}, qop=auth, nc={count}");
        }
        if let Some(opaque) = &challenge.opaque {
            let _ = write!(header, ", opaque={}", quote(opaque));
        }
        header
    }
}

/// The additional inputs for `qop=auth`.
#[derive(Clone, Copy, Debug)]
pub struct Fresh<'a> {
    /// The nonce count, as the eight hexadecimal digits sent.
    pub count: &'a str,
    /// The client's nonce.
    pub cnonce: &'a str,
}

/// The `response` of a digest answer (RFC 2617 section 3.2.2.1). It is a secret.
#[must_use]
pub fn response(
    algorithm: &Algorithm,
    ha1: &str,
    nonce: &str,
    fresh: Option<Fresh<'_>>,
    method: &str,
    uri: &str,
) -> Zeroizing<String> {
    let ha2 = hash(algorithm, &format!("{method}:{uri}"));
    let text = match fresh {
        Some(Fresh { count, cnonce }) => {
            format!("{ha1}:{nonce}:{count}:{cnonce}:auth:{}", ha2.as_str())
        }
        None => format!("{ha1}:{nonce}:{}", ha2.as_str()),
    };
    hash(algorithm, &Zeroizing::new(text))
}

fn hash(algorithm: &Algorithm, text: &str) -> Zeroizing<String> {
    Zeroizing::new(match algorithm {
        Algorithm::Sha256 => hex::encode(Sha256::digest(text.as_bytes())),
        Algorithm::Md5 | Algorithm::Other(_) => hex::encode(Md5::digest(text.as_bytes())),
    })
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
