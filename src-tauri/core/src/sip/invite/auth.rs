//! Answers to challenges over a whole call (RFC 3261 section 22).

use super::super::answer::{Choice, Session, choose};
use super::super::challenge::offers;
use super::super::message::Message;
use super::super::tokens::Tokens;
use super::plan::{CallPlan, Unanswerable};

/// How often one request may be told that its nonce was too old.
const MOST_STALE: u8 = 2;
/// How many realms may ask for one request: the registrar's, and one of a device behind it.
const MOST_REALMS: usize = 2;

/// Who asks: a proxy or the far end, and for which realm.
type Asker = (bool, String);

/// The challenges of a call that were answered, and what further requests need for them.
#[derive(Debug, Default)]
pub(super) struct Credentials {
    sessions: Vec<(Asker, Session)>,
}

/// The challenges that one request met, over all its repetitions.
#[derive(Clone, Debug, Default)]
pub(super) struct Challenged {
    askers: Vec<Asker>,
    stale: u8,
}

/// What a 401 or 407 leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reaction {
    /// The request goes out once more, with an answer.
    Again,
    /// There is nothing to answer with.
    CannotAnswer(Unanswerable),
    /// The answer was not taken.
    Refused,
}

impl Credentials {
    /// Reads a 401 or 407.
    pub(super) fn challenged(
        &mut self,
        response: &Message,
        so_far: &mut Challenged,
        plan: &CallPlan,
    ) -> Reaction {
        let offers = offers(response);
        let challenge = match choose(&offers, &plan.proof, &plan.realm) {
            Choice::Answer(challenge) => challenge,
            Choice::Nothing | Choice::OtherRealm(_) | Choice::Sha256Only | Choice::Unknown(_)
                if !so_far.askers.is_empty() =>
            {
                return Reaction::Refused;
            }
            Choice::Nothing => return Reaction::CannotAnswer(Unanswerable::Nothing),
            Choice::OtherRealm(realm) => {
                return Reaction::CannotAnswer(Unanswerable::OtherRealm(realm.to_owned()));
            }
            Choice::Sha256Only => return Reaction::CannotAnswer(Unanswerable::Sha256Only),
            Choice::Unknown(names) => {
                return Reaction::CannotAnswer(Unanswerable::Unknown(names));
            }
        };
        let asker = (challenge.from_proxy, challenge.realm.clone());
        if so_far.askers.contains(&asker) {
            if !challenge.stale || so_far.stale == MOST_STALE {
                return Reaction::Refused;
            }
            so_far.stale += 1;
        } else if so_far.askers.len() == MOST_REALMS {
            return Reaction::Refused;
        } else {
            so_far.askers.push(asker.clone());
        }
        let session = Session::new(
            challenge,
            &plan.proof,
            plan.form,
            &plan.user_name,
            &plan.realm,
        );
        self.sessions.retain(|(other, _)| *other != asker);
        self.sessions.truncate(MOST_REALMS - 1);
        self.sessions.push((asker, session));
        Reaction::Again
    }

    /// Returns the realms whose challenge was answered.
    pub(super) fn realms(&self) -> Vec<String> {
        let realms = self.sessions.iter().map(|((_, realm), _)| realm.clone());
        realms.collect()
    }

    /// Adds an answer for each asker to a request.
    pub(super) fn sign(&mut self, message: &mut Message, tokens: &mut dyn Tokens) {
        let (method, uri) = (message.method().to_owned(), message.uri().to_owned());
        for (_, session) in &mut self.sessions {
            let answer = session.header(&method, &uri, &tokens.token());
            message.push(session.header_name(), &answer);
        }
    }
}
