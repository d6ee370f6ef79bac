//! Authentication state of a registration or call, one entry per challenger (RFC 3261 section 22).

use std::net::SocketAddr;

use super::answer::{Choice, NameForm, Proof, Session, choose};
use super::challenge::{Algorithm, Challenge, Offer, Protection, offers};
use super::message::Message;
use super::tokens::Tokens;

/// How often a challenger that was already answered may challenge one request again.
const MOST_AGAIN: u8 = 2;
/// Maximum number of challengers per request: the registrar, and a proxy before it or a device
/// behind it.
const MOST_CHALLENGERS: usize = 2;

/// The credential that answers challenges.
#[derive(Clone, Copy, Debug)]
pub(super) struct Identity<'a> {
    /// Its secret.
    pub(super) proof: &'a Proof,
    /// The form of the user name in answers.
    pub(super) form: NameForm,
    /// The composite user name.
    pub(super) composite: &'a str,
    /// The realm that the credential belongs to.
    pub(super) realm: &'a str,
    /// Other realms that a person allowed the password for.
    pub(super) other_realms: &'a [String],
}

/// Identifies a challenger: a proxy or the far end, and its realm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenger {
    pub(super) is_proxy: bool,
    pub(super) realm: String,
}

impl Challenger {
    fn of(challenge: &Challenge) -> Self {
        Self {
            is_proxy: challenge.from_proxy,
            realm: challenge.realm.clone(),
        }
    }
}

/// The answered challenges, and what further requests need for them.
#[derive(Debug, Default)]
pub(super) struct Credentials {
    answered: Vec<Answered>,
}

/// A challenger that was answered.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) challenger: Challenger,
    session: Session,
    /// SHA-256 was answered, although MD5 for our realm was offered after it.
    md5_behind: bool,
}

impl Answered {
    /// Returns the hash algorithm of the answer.
    pub(super) fn algorithm(&self) -> &Algorithm {
        self.session.algorithm()
    }
}

/// The challenges to one request, across its repetitions.
#[derive(Clone, Debug, Default)]
pub(super) struct Challenged {
    answered: Vec<Met>,
    again: u8,
}

/// A challenger of one request.
#[derive(Clone, Debug)]
struct Met {
    challenger: Challenger,
    /// It accepted an answer for this request, so a later challenge from it only has a new nonce.
    passed: bool,
}

impl Challenged {
    /// Returns whether an answer was sent.
    pub(super) fn is_answered(&self) -> bool {
        !self.answered.is_empty()
    }

    /// Records a response that is sent only after the answers were verified.
    pub(super) fn passed(&mut self) {
        for met in &mut self.answered {
            met.passed = true;
        }
        self.again = 0;
    }

    /// Handles a challenge that can't be answered. From a side that was already answered, it means
    /// that the answer was refused.
    fn unanswerable(&self, is_proxy: bool, why: Unanswerable) -> Reaction {
        let mut answered = self.answered.iter().rev();
        match answered.find(|met| met.challenger.is_proxy == is_proxy) {
            Some(met) => Reaction::Refused {
                realm: met.challenger.realm.clone(),
            },
            None => Reaction::CannotAnswer(why),
        }
    }

    fn met(&mut self, challenger: &Challenger) -> Option<&mut Met> {
        let mut answered = self.answered.iter_mut();
        answered.find(|met| met.challenger == *challenger)
    }
}

/// Why a challenge can't be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswerable {
    /// It came from this address, which isn't the one that was asked.
    Elsewhere(SocketAddr),
    /// It contains nothing that can be parsed.
    Nothing,
    /// It is for this realm, for which the stored hashes weren't made and no one has allowed the
    /// password.
    OtherRealm(String),
    /// Only SHA-256 is offered, but there are only MD5 hashes.
    Sha256Only,
    /// Only these schemes or algorithms are offered.
    Unknown(Vec<String>),
}

/// The reaction to a 401 or 407.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reaction {
    /// Send the request again with an answer.
    Again {
        /// The realm that was answered.
        realm: String,
        /// Only the nonce is new.
        renewed: bool,
    },
    /// It can't be answered.
    CannotAnswer(Unanswerable),
    /// The answer for this realm was refused.
    Refused {
        /// The realm.
        realm: String,
    },
    /// Every nonce was declared stale.
    StaleWithoutEnd,
}

impl Credentials {
    /// Handles a 401 or 407. If it contains several challengers, each that can be answered is.
    pub(super) fn challenged(
        &mut self,
        response: &Message,
        so_far: &mut Challenged,
        identity: Identity<'_>,
    ) -> Reaction {
        let is_proxy = response.status() == Some(407);
        if !is_proxy {
            // A proxy in front of the registrar has accepted the request.
            for met in &mut so_far.answered {
                met.passed |= met.challenger.is_proxy;
            }
        }
        let offers = offers(response);
        let (proxies, ends): (Vec<Offer>, Vec<Offer>) =
            offers.into_iter().partition(|offer| match offer {
                Offer::Digest(challenge) => challenge.from_proxy,
                Offer::Other(_) => is_proxy,
            });
        let (asked, beside) = if is_proxy {
            (&proxies, &ends)
        } else {
            (&ends, &proxies)
        };
        let first = if asked.is_empty() { beside } else { asked };
        let reaction = self.one_challenged(first, is_proxy, so_far, identity);
        if asked.is_empty() || beside.is_empty() {
            return reaction;
        }
        match reaction {
            Reaction::Again { .. } => {
                self.one_challenged(beside, !is_proxy, so_far, identity);
            }
            Reaction::CannotAnswer(Unanswerable::Sha256Only | Unanswerable::Unknown(_)) => {
                let other = self.one_challenged(beside, !is_proxy, so_far, identity);
                if matches!(other, Reaction::Again { .. }) {
                    return other;
                }
            }
            Reaction::CannotAnswer(_) | Reaction::Refused { .. } | Reaction::StaleWithoutEnd => {}
        }
        reaction
    }

    fn one_challenged(
        &mut self,
        offers: &[Offer],
        is_proxy: bool,
        so_far: &mut Challenged,
        identity: Identity<'_>,
    ) -> Reaction {
        let challenge = match choose(
            offers,
            identity.proof,
            identity.realm,
            identity.other_realms,
        ) {
            Choice::Answer(challenge) => challenge,
            Choice::OtherRealm(realm) => {
                return Reaction::CannotAnswer(Unanswerable::OtherRealm(realm.to_owned()));
            }
            Choice::Nothing => return so_far.unanswerable(is_proxy, Unanswerable::Nothing),
            Choice::Sha256Only => {
                return so_far.unanswerable(is_proxy, Unanswerable::Sha256Only);
            }
            Choice::Unknown(names) => {
                return so_far.unanswerable(is_proxy, Unanswerable::Unknown(names));
            }
        };
        let challenger = Challenger::of(challenge);
        let realm = challenge.realm.clone();
        let count = so_far.answered.len();
        let again = so_far.again;
        let renewed = match so_far.met(&challenger) {
            Some(met) if challenge.stale || met.passed => {
                if again == MOST_AGAIN {
                    return if challenge.stale {
                        Reaction::StaleWithoutEnd
                    } else {
                        Reaction::Refused { realm }
                    };
                }
                met.passed = false;
                so_far.again += 1;
                true
            }
            Some(_) => return Reaction::Refused { realm },
            None if count == MOST_CHALLENGERS => return Reaction::Refused { realm },
            None => {
                so_far.answered.push(Met {
                    challenger: challenger.clone(),
                    passed: false,
                });
                false
            }
        };
        let session = Session::new(
            challenge,
            identity.proof,
            identity.form,
            identity.composite,
            identity.realm,
        );
        let md5_behind = challenge.algorithm == Algorithm::Sha256
            && offers.iter().any(|offer| is_md5_for(offer, identity.realm));
        self.answered.retain(|other| other.challenger != challenger);
        if self.answered.len() == MOST_CHALLENGERS {
            self.answered.remove(0);
        }
        self.answered.push(Answered {
            challenger,
            session,
            md5_behind,
        });
        Reaction::Again { realm, renewed }
    }

    /// Returns the answered challengers, ordered by their last answers.
    pub(super) fn answered(&self) -> &[Answered] {
        &self.answered
    }

    /// Returns the realms whose challenge was answered.
    pub(super) fn realms(&self) -> Vec<String> {
        let answered = self.answered.iter();
        answered
            .map(|answered| answered.challenger.realm.clone())
            .collect()
    }

    /// Returns whether SHA-256 was answered although MD5 was offered after it: a registrar that
    /// stores only MD5 hashes may offer something that it can't verify.
    pub(super) fn passed_over_md5(&self) -> bool {
        self.answered.iter().any(|answered| answered.md5_behind)
    }

    /// Adds an answer for each challenger to a request.
    pub(super) fn sign(&mut self, message: &mut Message, tokens: &mut dyn Tokens) {
        let (method, uri) = (message.method().to_owned(), message.uri().to_owned());
        for Answered { session, .. } in &mut self.answered {
            let answer = session.header(&method, &uri, &tokens.token());
            message.push(session.header_name(), &answer);
        }
    }
}

fn is_md5_for(offer: &Offer, realm: &str) -> bool {
    if let Offer::Digest(challenge) = offer {
        challenge.algorithm == Algorithm::Md5
            && challenge.protection != Protection::Other
            && challenge.realm == realm
    } else {
        false
    }
}
