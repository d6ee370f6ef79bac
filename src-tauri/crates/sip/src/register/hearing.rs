//! Handles each message that a registration receives.

use std::time::Instant;

use super::super::auth::{Reaction, Unanswerable};
use super::super::message::Message;
use super::super::tokens::Tokens;
use super::super::verdict::{Unregistered, Verdict};
use super::reading::Own;
use super::{Answered, Kind, LONGEST_ASKED, Meaning, Phase, Purpose, Register, reading};

impl Register {
    /// Handles a message, and returns what it means.
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
            Some(_) => self.answered = Answered::Here,
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
            (_, 401 | 407) => self.challenged(message, tokens, now),
            (Phase::Registering, 200..=299) => self.accepted(message, tokens, now),
            (Phase::Registering, 423) => self.interval_refused(message, tokens, now),
            (Phase::Registering, _) => {
                let kind = self.plan.kind;
                let answered = self.challenged.is_answered();
                let refusal = reading::refusal(status, message, kind, answered);
                let verdict = self.after_proof(refusal);
                self.remarks = reading::remarks(message);
                // A proxy's error says nothing about what the registrar behind it did.
                if !matches!(status, 408 | 500..=599) {
                    self.bound_until = None;
                }
                self.finish_without_a_trace(verdict, tokens, now);
                Meaning::Refused
            }
            (Phase::Unregistering(_), 200..=299) => {
                let left = reading::bindings(message, self.own());
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

    fn challenged(&mut self, message: &Message, tokens: &mut dyn Tokens, now: Instant) -> Meaning {
        if self.abandoned && self.phase == Phase::Registering {
            // Nothing is bound yet, and nothing should be.
            self.finish(Verdict::OutOfTime);
            return Meaning::Refused;
        }
        let identity = self.plan.identity();
        let reaction = self
            .credentials
            .challenged(message, &mut self.challenged, identity);
        if self.phase == Phase::Registering {
            self.bound_until = None;
        }
        let (verdict, meaning) = match reaction {
            Reaction::Again { realm, renewed } => {
                let purpose = match self.phase {
                    Phase::Registering => Purpose::Answer,
                    Phase::Unregistering(_) => Purpose::Unregister,
                };
                self.send(purpose, tokens, now);
                return if renewed {
                    Meaning::Stale
                } else {
                    Meaning::Asks { realm }
                };
            }
            Reaction::StaleWithoutEnd => (Verdict::StaleWithoutEnd, Meaning::Stale),
            Reaction::Refused { realm } if realm != self.plan.realm => {
                let verdict = Verdict::RealmDiffers { asked: realm };
                (verdict, Meaning::RefusedAnswer)
            }
            Reaction::Refused { .. } => {
                let tried = vec![self.user_name()];
                let verdict = Verdict::CredentialRefused { tried };
                (verdict, Meaning::RefusedAnswer)
            }
            Reaction::CannotAnswer(why) => unanswerable(why),
        };
        match self.phase {
            Phase::Registering => self.finish(verdict),
            Phase::Unregistering(_) => {
                let status = message.status().unwrap_or_default();
                self.finish_unregistering(Unregistered::Refused { status });
            }
        }
        meaning
    }

    fn accepted(&mut self, message: &Message, tokens: &mut dyn Tokens, now: Instant) -> Meaning {
        self.bindings = reading::bindings(message, self.own());
        let meaning = Meaning::Accepted {
            bindings: self.bindings.len(),
        };
        let verdict = self.acceptance();
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

    fn own(&self) -> Own<'_> {
        Own {
            user: &self.contact_user,
            place: self.plan.contact,
            seen_as: self.path.seen_as(),
        }
    }

    /// Reinterprets a refusal of a query: a registrar looks up what is registered, and what it
    /// doesn't accept, only after it has accepted the authentication that it required (RFC 3261
    /// section 10.3).
    #[allow(clippy::wildcard_enum_match_arm, reason = "all others stay")]
    fn after_proof(&self, refusal: Verdict) -> Verdict {
        if self.plan.kind != Kind::Query || !self.challenged.is_answered() {
            return refusal;
        }
        let (status, reason) = match &refusal {
            Verdict::UnknownUser => (404, String::new()),
            Verdict::QueryRefused { status, reason } if *status != 400 => (*status, reason.clone()),
            _ => return refusal,
        };
        match self.acceptance().into_proved() {
            Some(proved) => Verdict::ProvedOnly {
                proved,
                status,
                reason,
            },
            None => refusal,
        }
    }

    /// Returns what a 2xx proves. If several realms were answered, the credential's own counts.
    fn acceptance(&self) -> Verdict {
        let answered = self.credentials.answered();
        let own = answered
            .iter()
            .rfind(|answered| answered.challenger.realm == self.plan.realm);
        match (own, answered.last()) {
            (Some(own), _) => Verdict::Accepted {
                user_name: self.user_name(),
                form: self.plan.form,
                algorithm: own.algorithm().clone(),
            },
            (None, Some(other)) => Verdict::AcceptedForOtherRealm {
                asked: other.challenger.realm.clone(),
            },
            (None, None) => Verdict::AcceptedUnasked,
        }
    }

    fn interval_refused(
        &mut self,
        message: &Message,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) -> Meaning {
        self.bound_until = None;
        // A server that processed the request this far has accepted its answers.
        self.challenged.passed();
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

/// Returns why a challenge isn't answered.
fn unanswerable(why: Unanswerable) -> (Verdict, Meaning) {
    match why {
        Unanswerable::Elsewhere(_) | Unanswerable::Nothing => {
            (Verdict::NoChallenge, Meaning::CannotAnswer)
        }
        Unanswerable::OtherRealm(asked) => {
            let realm = asked.clone();
            let verdict = Verdict::RealmNotAnswered { asked };
            (verdict, Meaning::AsksForOther { realm })
        }
        Unanswerable::Sha256Only => (Verdict::Sha256Only, Meaning::CannotAnswer),
        Unanswerable::Unknown(offered) => {
            let verdict = Verdict::CannotAnswer { offered };
            (verdict, Meaning::CannotAnswer)
        }
    }
}
