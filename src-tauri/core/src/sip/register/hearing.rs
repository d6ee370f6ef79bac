//! What each message that comes in does to a registration.

use std::time::Instant;

use super::super::answer::{Choice, Session, choose};
use super::super::challenge::{Algorithm, Offer, Protection, offers};
use super::super::message::Message;
use super::super::tokens::Tokens;
use super::super::verdict::{Unregistered, Verdict};
use super::{Asked, Kind, LONGEST_ASKED, MOST_ANSWERS, Meaning, Phase, Purpose, Register, reading};

impl Register {
    /// Takes a message in and says what it means.
    pub fn handle_input(
        &mut self,
        message: &Message,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) -> Meaning {
        if let Some(sent) = &self.sent {
            self.path.compare(&sent.message, message);
        }
        let answered = self
            .transactions
            .iter()
            .rposition(|transaction| transaction.is_answered_by(message));
        match answered {
            None => return Meaning::Stray,
            Some(which) if self.outcome.is_some() || which + 1 < self.transactions.len() => {
                return Meaning::Repeated;
            }
            Some(_) => {}
        }
        let status = message.status().unwrap_or_default();
        match (&self.phase, status) {
            (_, ..=199) => {
                self.heard_provisional = true;
                if let Some(current) = self.transactions.last_mut() {
                    current.heard_provisional(now);
                }
                Meaning::Provisional
            }
            (_, 401 | 407) => self.challenged(&offers(message), tokens, now),
            (Phase::Registering, 200..=299) => self.accepted(message, tokens, now),
            (Phase::Registering, 423) => self.interval_refused(message, tokens, now),
            (Phase::Registering, _) => {
                let kind = self.plan.kind;
                let verdict = reading::refusal(status, message, kind, self.answers > 0);
                // A proxy that gave up says nothing of what the registrar behind it did.
                if !matches!(status, 408 | 500..=599) {
                    self.bound_until = None;
                }
                self.finish_without_a_trace(verdict, tokens, now);
                Meaning::Refused
            }
            (Phase::Unregistering(_), 200..=299) => {
                let left = reading::bindings(message, &self.contact_user);
                if let Some(own) = left.iter().find(|binding| binding.ours) {
                    self.bound_for(own.expires, now);
                    self.finish_unregistering(Unregistered::StillListed);
                    return Meaning::Refused;
                }
                self.bound_until = None;
                self.finish_unregistering(Unregistered::Done);
                Meaning::Unregistered
            }
            (Phase::Unregistering(_), status) => {
                self.finish_unregistering(Unregistered::Refused { status });
                Meaning::Refused
            }
        }
    }

    fn challenged(&mut self, offers: &[Offer], tokens: &mut dyn Tokens, now: Instant) -> Meaning {
        if self.abandoned && self.phase == Phase::Registering {
            // Nothing is bound yet, and nothing shall be.
            self.finish(Verdict::OutOfTime);
            return Meaning::Refused;
        }
        let choice = choose(offers, &self.plan.proof, &self.plan.realm);
        let (challenge, meaning) = match choice {
            Choice::Answer(challenge) if self.answers == 0 => {
                let realm = challenge.realm.clone();
                (challenge, Meaning::Asks { realm })
            }
            Choice::Answer(challenge) if challenge.stale && self.answers < MOST_ANSWERS => {
                (challenge, Meaning::Stale)
            }
            choice @ (Choice::Answer(_)
            | Choice::Nothing
            | Choice::OtherRealm(_)
            | Choice::Sha256Only
            | Choice::Unknown(_)) => {
                let (verdict, meaning) = self.unanswerable(&choice);
                match self.phase {
                    Phase::Registering => {
                        self.bound_until = None;
                        self.finish(verdict);
                    }
                    Phase::Unregistering(_) => {
                        self.finish_unregistering(Unregistered::Refused { status: 401 });
                    }
                }
                return meaning;
            }
        };
        if self.phase == Phase::Registering {
            self.bound_until = None;
        }
        self.asked = Some(Asked {
            realm: challenge.realm.clone(),
            md5_behind: challenge.algorithm == Algorithm::Sha256
                && offers
                    .iter()
                    .any(|offer| is_md5_for(offer, &self.plan.realm)),
        });
        self.session = Some(Session::new(
            challenge,
            &self.plan.proof,
            self.plan.form,
            &self.plan.composite,
            &self.plan.realm,
        ));
        self.answers += 1;
        let purpose = match self.phase {
            Phase::Registering => Purpose::Answer,
            Phase::Unregistering(_) => Purpose::Unregister,
        };
        self.send(purpose, tokens, now);
        meaning
    }

    /// Says why a challenge stays without an answer.
    fn unanswerable(&self, choice: &Choice<'_>) -> (Verdict, Meaning) {
        match choice {
            Choice::Answer(challenge) if challenge.stale => {
                (Verdict::StaleWithoutEnd, Meaning::Stale)
            }
            Choice::Answer(challenge) if challenge.realm != self.plan.realm => {
                let (asked, tried) = (challenge.realm.clone(), true);
                let verdict = Verdict::RealmDiffers { asked, tried };
                (verdict, Meaning::RefusedAnswer)
            }
            Choice::OtherRealm(asked) => {
                let realm = (*asked).to_owned();
                let (asked, tried) = (realm.clone(), false);
                let verdict = Verdict::RealmDiffers { asked, tried };
                (verdict, Meaning::Asks { realm })
            }
            _ if self.answers > 0 => {
                let tried = vec![self.user_name()];
                let verdict = Verdict::CredentialRefused { tried };
                (verdict, Meaning::RefusedAnswer)
            }
            Choice::Answer(_) | Choice::Nothing => (Verdict::NoChallenge, Meaning::CannotAnswer),
            Choice::Sha256Only => (Verdict::Sha256Only, Meaning::CannotAnswer),
            Choice::Unknown(offered) => {
                let offered = offered.clone();
                let verdict = Verdict::CannotAnswer { offered };
                (verdict, Meaning::CannotAnswer)
            }
        }
    }

    fn accepted(&mut self, message: &Message, tokens: &mut dyn Tokens, now: Instant) -> Meaning {
        self.bindings = reading::bindings(message, &self.contact_user);
        let meaning = Meaning::Accepted {
            bindings: self.bindings.len(),
        };
        let verdict = match self.asked.as_ref().map(|asked| &asked.realm) {
            None => Verdict::AcceptedUnasked,
            Some(asked) if *asked != self.plan.realm => Verdict::AcceptedForOtherRealm {
                asked: asked.clone(),
            },
            Some(_) => Verdict::Accepted {
                user_name: self.user_name(),
                form: self.plan.form,
            },
        };
        match self.plan.kind {
            Kind::Kept | Kind::Query => self.finish(verdict),
            Kind::Full => {
                let own = self.bindings.iter().find(|binding| binding.ours);
                let granted = own.map_or(self.expires, |own| own.expires);
                self.bound_for(granted, now);
                let phase = Phase::Unregistering(verdict);
                self.begin(phase, Purpose::Unregister, tokens, now);
            }
        }
        meaning
    }

    fn interval_refused(
        &mut self,
        message: &Message,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) -> Meaning {
        self.bound_until = None;
        let least = message.header("Min-Expires");
        let least = least.and_then(|text| text.trim().parse().ok());
        let may_ask_again =
            self.plan.kind != Kind::Query && self.expires == self.plan.expires && !self.abandoned;
        match least {
            Some(seconds)
                if may_ask_again && seconds > self.expires && seconds <= LONGEST_ASKED =>
            {
                self.expires = seconds;
                self.send(Purpose::Longer { seconds }, tokens, now);
            }
            least => self.finish(Verdict::IntervalTooBrief { least }),
        }
        Meaning::Interval
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
