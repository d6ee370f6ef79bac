//! The report of a check: its verdict, and the evidence for it.

use std::time::{Duration, Instant};

use super::short;
use crate::{CheckQuestion, CheckReport, message_chart, number, path, targets};
use registrar_sip::CheckKind;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::register::LeftBehind;
use registrar_sip::verdict::{Unregistered, Verdict};
use registrar_user_agent::check::{CheckOutcome, CheckRequest};
use registrar_user_agent::message_chart::TracedMessage;

/// Converts a check's outcome for the window.
#[must_use]
pub fn report(request: &CheckRequest, outcome: CheckOutcome) -> CheckReport {
    let now = Instant::now();
    CheckReport {
        verdict: super::verdict(request, &outcome.verdict),
        question: question(request, &outcome),
        evidence: evidence(request, &outcome, now),
        path: outcome.path.as_ref().map(path::view),
        targets: targets::views(request, &outcome.tried),
        dns: Vec::new(),
        listed: outcome.verdict.is_acceptance(),
        target: outcome.target,
        message_chart: message_chart::lines(&outcome.message_chart),
        bindings: outcome.bindings,
        accepted_user_name: outcome.accepted_user_name,
        seen_as: outcome.seen_as,
        unregistered: outcome.unregistered.as_ref().map(unregistered),
        wire_ms: outcome.wire.as_secs_f64() * 1000.0,
    }
}

/// Returns the question whose answer lets the check continue.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "all others leave nothing to allow"
)]
fn question(request: &CheckRequest, outcome: &CheckOutcome) -> Option<CheckQuestion> {
    match &outcome.verdict {
        Verdict::RealmNotAnswered { asked } if request.proof.is_password() => {
            Some(CheckQuestion::Realm {
                host: request.target_name.clone(),
                realm: asked.clone(),
                shown: short(asked),
            })
        }
        Verdict::MayReplace { listed, .. } => {
            let phones = outcome.bindings.iter().filter(|binding| !binding.ours);
            Some(CheckQuestion::Replace {
                phones: phones.map(|phone| phone.address.clone()).collect(),
                listed: *listed,
            })
        }
        Verdict::Forbidden {
            answered,
            query: true,
        } if request.kind == CheckKind::Full => Some(CheckQuestion::Forbidden {
            answered: *answered,
        }),
        _ => None,
    }
}

/// Says what happened to this computer's registration.
#[must_use]
pub fn unregistered(how: &Unregistered) -> String {
    match how {
        Unregistered::Done => {
            "This computer’s own registration was removed. No other registration was touched."
                .to_owned()
        }
        Unregistered::NoAnswer => {
            "The registrar didn’t confirm that this computer’s registration was removed.".to_owned()
        }
        Unregistered::Refused { status } => {
            format!(
                "The registrar refused to remove this computer’s registration (status {status})."
            )
        }
        Unregistered::StillListed => {
            "The registrar still lists this computer’s registration.".to_owned()
        }
        Unregistered::Underway => {
            "This computer’s own registration is still being removed.".to_owned()
        }
    }
}

/// Names a registration of this computer that couldn't be removed, and when it expires.
#[must_use]
pub fn left_behind(left: &LeftBehind, now: Instant) -> String {
    format!(
        "This computer’s registration {} may still be active. It ends by itself within {}. Until \
         then, calls may also ring here.",
        short(&left.contact),
        number::time(Duration::from_secs(left.seconds(now))),
    )
}

/// The evidence for the verdict, most useful first.
fn evidence(request: &CheckRequest, outcome: &CheckOutcome, now: Instant) -> Vec<String> {
    let path = outcome.path.as_ref();
    realms(request, &outcome.verdict)
        .into_iter()
        .chain(proved(request, &outcome.verdict))
        .chain(messages(&outcome.message_chart))
        .chain(remarks(outcome))
        .chain(path.and_then(path::repaired))
        .chain(path.and_then(path::rewriting))
        .chain(outcome.left.iter().map(|left| left_behind(left, now)))
        .collect()
}

/// Quotes the last refusal's own words.
fn remarks(outcome: &CheckOutcome) -> impl Iterator<Item = String> {
    let remarks = outcome.remarks.iter();
    remarks.map(|remark| {
        let text = short(&remark.text);
        format!(
            "The registrar says ({}): {}.",
            remark.header,
            text.trim_end_matches('.')
        )
    })
}

fn realms(request: &CheckRequest, verdict: &Verdict) -> Option<String> {
    let (Verdict::RealmDiffers { asked }
    | Verdict::RealmNotAnswered { asked }
    | Verdict::AcceptedForOtherRealm { asked }) = verdict
    else {
        return None;
    };
    Some(format!(
        "The registrar asked for realm {}. The credential belongs to realm {}.",
        short(asked),
        request.realm
    ))
}

fn proved(request: &CheckRequest, verdict: &Verdict) -> Option<String> {
    if let Some(proved) = verdict.clone().into_proved() {
        let hash = super::proved_hash(proved.form, &proved.algorithm);
        return Some(match (&request.proof, hash) {
            (Proof::Password(_), None) => {
                "Password correct (proved with SHA-256). The stored hashes are MD5 and weren’t \
                 tried."
                    .to_owned()
            }
            (Proof::Password(_), Some(hash)) => {
                format!("Password correct (proved {hash}).")
            }
            (Proof::Hashes(_), hash) => {
                format!("Stored hash correct (proved {}).", hash.unwrap_or_default())
            }
            (Proof::Hash1(_), _) => "Hash1 correct. Hash1b wasn’t tried.".to_owned(),
            (Proof::Hash1b(_), _) => "Hash1b correct. Hash1 wasn’t tried.".to_owned(),
        });
    }
    let refused = matches!(verdict, Verdict::CredentialRefused { .. });
    let left_out = if !request.proof.fits(NameForm::WithRealm) {
        "Hash1b, for the user name with the realm, wasn’t tried."
    } else if !request.proof.fits(NameForm::Composite) {
        "Hash1, for the user name alone, wasn’t tried."
    } else {
        return None;
    };
    refused.then(|| left_out.to_owned())
}

fn messages(message_chart: &[TracedMessage]) -> Option<String> {
    let sent = message_chart.iter().filter(|line| line.sent).count();
    match (message_chart.iter().rfind(|line| !line.sent), sent) {
        (Some(last), _) => Some(format!(
            "Last answer: {}, after {} ms.",
            last.label, last.at_ms
        )),
        (None, 0) => None,
        (None, 1) => Some("1 message was sent. No answer came.".to_owned()),
        (None, many) => Some(format!(
            "{} messages were sent. No answer came.",
            number::grouped(many as u64)
        )),
    }
}

#[cfg(test)]
mod tests;
