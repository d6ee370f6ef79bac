//! A full check: a query, a registration that is removed immediately, and a comparison.

use std::net::SocketAddr;
use std::time::Instant;

use registrar_sip::CheckKind;
use registrar_sip::answer::NameForm;
use registrar_sip::register::{Binding, Kind, Outcome, Remark};
use registrar_sip::uri::is_same_address;
use registrar_sip::verdict::{Proved, Verdict};

use super::Run;

impl Run<'_> {
    /// Registers for a short time. Some registrars allow one registration at a time and drop the
    /// existing one: if a phone is or may be registered, this is done only for
    /// [`CheckKind::Replacing`], and the registrations are compared afterwards.
    pub(super) async fn full(&mut self, target: SocketAddr) -> Outcome {
        let looked = self.both_names(target, Kind::Query).await;
        let looked_at = Instant::now();
        let may_replace = self.request.kind == CheckKind::Replacing;
        let phones: Vec<Binding> = of_phones(&looked.bindings);
        if looked.verdict.is_acceptance() {
            if !phones.is_empty() && !may_replace {
                return not_run(looked, true);
            }
        } else if may_replace && matches!(looked.verdict, Verdict::Forbidden { .. }) {
            // Some registrars forbid a query but accept a registration.
        } else if is_no_list(&looked.verdict) {
            if !may_replace {
                return not_run(looked, false);
            }
        } else {
            return looked;
        }
        let looked_path = self.path.clone();
        let proved = looked.verdict.clone().into_proved();
        let done = match &proved {
            Some(proved) => self.registered(target, proved.form).await,
            None => self.both_names(target, Kind::Full).await,
        };
        let said = std::mem::take(&mut self.remarks);
        let outcome = match (proved, done.verdict.refused_with()) {
            (Some(proved), Some(status)) => Outcome {
                verdict: Verdict::RegistrationRefused {
                    proved,
                    status,
                    phones: phones.len(),
                    too_many: said.iter().any(says_too_many),
                },
                bindings: looked.bindings,
                ..done
            },
            (proved, _) => {
                let registered_path = self.path.clone();
                let outcome = self
                    .compared(target, done, proved, &phones, looked_at)
                    .await;
                self.path = registered_path.or(looked_path);
                outcome
            }
        };
        self.remarks = said;
        outcome
    }

    /// Registers with the form of the name that was accepted.
    async fn registered(&mut self, target: SocketAddr, form: NameForm) -> Outcome {
        let proof = self.by_md5.clone();
        let proof = proof.unwrap_or_else(|| self.request.proof.clone());
        self.one_name(target, form, &proof, Kind::Full).await
    }

    /// Finds out which phones lost their registration.
    async fn compared(
        &mut self,
        target: SocketAddr,
        done: Outcome,
        proved: Option<Proved>,
        phones: &[Binding],
        looked_at: Instant,
    ) -> Outcome {
        let accepted = done.verdict.is_acceptance();
        let verdict = match &proved {
            Some(proved) if accepted => accepted_as(proved),
            _ => done.verdict.clone(),
        };
        if phones.is_empty() {
            return Outcome { verdict, ..done };
        }
        let after = match &proved {
            Some(proved) => {
                let form = proved.form;
                let proof = self.by_md5.clone();
                let proof = proof.unwrap_or_else(|| self.request.proof.clone());
                self.one_name(target, form, &proof, Kind::Query).await
            }
            None => self.both_names(target, Kind::Query).await,
        };
        let listed = if after.verdict.is_acceptance() {
            after.bindings
        } else if done.bindings.iter().any(|binding| binding.ours) {
            done.bindings.clone()
        } else {
            return Outcome { verdict, ..done };
        };
        let waited = looked_at.elapsed().as_secs();
        let gone = phones.iter().filter(|phone| {
            let is_there = |other: &Binding| is_same_address(&other.contact, &phone.contact);
            u64::from(phone.expires) > waited && !listed.iter().any(is_there)
        });
        let gone: Vec<String> = gone.map(|phone| phone.contact.clone()).collect();
        match proved {
            Some(proved) if !gone.is_empty() => Outcome {
                verdict: Verdict::ReplacedPhones { proved, gone },
                ..done
            },
            _ => Outcome { verdict, ..done },
        }
    }
}

fn of_phones(bindings: &[Binding]) -> Vec<Binding> {
    let phones = bindings.iter().filter(|binding| !binding.of_a_check);
    phones.cloned().collect()
}

fn not_run(looked: Outcome, listed: bool) -> Outcome {
    let proved = looked.verdict.clone().into_proved();
    Outcome {
        verdict: Verdict::MayReplace { proved, listed },
        ..looked
    }
}

/// Returns whether the registrar refused a query in a way in which it may take a registration.
fn is_no_list(verdict: &Verdict) -> bool {
    matches!(
        verdict,
        Verdict::QueryRefused { .. } | Verdict::ProvedOnly { .. }
    )
}

fn accepted_as(proved: &Proved) -> Verdict {
    Verdict::Accepted {
        user_name: proved.user_name.clone(),
        form: proved.form,
        algorithm: proved.algorithm.clone(),
    }
}

fn says_too_many(remark: &Remark) -> bool {
    remark.text.to_ascii_lowercase().contains("too many")
}

#[cfg(test)]
mod tests;
