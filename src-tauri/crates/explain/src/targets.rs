//! Where a check looked for the registrar, why there, and how each attempt ended, in a few words.

use crate::TargetView;
use registrar_activity::Tone;
use registrar_secret::redact::sanitized_line;
use registrar_sip::failure::TlsProblem;
use registrar_sip::verdict::Verdict;
use registrar_user_agent::check::{CheckRequest, Tried};
use registrar_user_agent::resolve::{Source, Target};

/// Longest name of a host or a record, in characters.
const LONGEST: usize = 120;

/// Returns every target of a check in its order: those that were tried, and those that needed none.
pub(super) fn views(request: &CheckRequest, tried: &[Tried]) -> Vec<TargetView> {
    let out_of_time = (tried.last()).is_some_and(|tried| tried.verdict == Verdict::OutOfTime);
    let left = if out_of_time {
        "Not tried: out of time"
    } else {
        "Not needed"
    };
    let view = |target: &Target, outcome: &str, tone| TargetView {
        address: target.address.to_string(),
        transport: request.transport,
        source: source(target),
        outcome: outcome.to_owned(),
        tone,
    };
    let tried_views = tried.iter().map(|tried| {
        let (words, tone) = outcome(&tried.verdict);
        view(&tried.target, words, tone)
    });
    let left_views = request.targets.iter().skip(tried.len());
    tried_views
        .chain(left_views.map(|target| view(target, left, Tone::Plain)))
        .collect()
}

/// Says why a target is tried.
fn source(target: &Target) -> String {
    let host = sanitized_line(&target.host, LONGEST);
    match &target.source {
        Source::Account { priority, weight } => {
            format!("The account’s settings list {host} (priority {priority}, weight {weight}).")
        }
        Source::DefaultPort => {
            format!("This is the default port of {host}. No DNS record lists another.")
        }
        Source::Srv {
            name,
            priority,
            weight,
        } => format!(
            "The DNS record {} lists {host} (priority {priority}, weight {weight}).",
            sanitized_line(name, LONGEST)
        ),
        Source::Typed => "Entered by hand.".to_owned(),
    }
}

/// Says in a few words how a try ended.
#[must_use]
pub fn outcome(verdict: &Verdict) -> (&'static str, Tone) {
    match verdict {
        Verdict::Accepted { .. } => ("Accepted the credential", Tone::Good),
        Verdict::AcceptedForOtherRealm { .. } => ("Accepted it for another realm", Tone::Bad),
        Verdict::AnsweredElsewhere { .. } => ("Answered from another address", Tone::Bad),
        Verdict::ClosedMidway => ("Closed the connection midway", Tone::Bad),
        Verdict::FellSilent { .. } => ("Answered, then stopped", Tone::Bad),
        Verdict::AcceptedUnasked => ("Accepted without asking", Tone::Wait),
        Verdict::CannotAnswer { .. } => ("Wants another sign-in method", Tone::Bad),
        Verdict::ConnectionClosed => ("Closed the connection", Tone::Bad),
        Verdict::CredentialRefused { .. } => ("Refused the credential", Tone::Bad),
        Verdict::ExtensionWanted { .. } => ("Requires a SIP feature", Tone::Bad),
        Verdict::Forbidden { .. } => ("Not allowed (403)", Tone::Bad),
        Verdict::IntervalTooBrief { .. } => ("Time too short (423)", Tone::Bad),
        Verdict::MayReplace { .. } => ("A phone could be signed out", Tone::Wait),
        Verdict::NetworkUnreachable => ("This computer can’t send there", Tone::Bad),
        Verdict::NoAddress => ("No address", Tone::Bad),
        Verdict::NoAnswer { provisional: false } => ("No answer", Tone::Bad),
        Verdict::NoAnswer { provisional: true } => ("Working on it, then no answer", Tone::Bad),
        Verdict::NoChallenge => ("Refused without asking", Tone::Bad),
        Verdict::NobodyListens => ("Port closed", Tone::Bad),
        Verdict::NotSip(noise) if noise.is_damaged_sip() => {
            ("Sent a damaged SIP message", Tone::Bad)
        }
        Verdict::NotSip(_) => ("Doesn’t speak SIP", Tone::Bad),
        Verdict::OutOfTime => ("Stopped: out of time", Tone::Bad),
        Verdict::ProvedOnly { status: 404, .. } => ("Accepted, nothing registered", Tone::Good),
        Verdict::ProvedOnly { .. } => ("Accepted, but lists nothing", Tone::Wait),
        Verdict::QueryRefused { .. } => ("Refused to check without registering", Tone::Wait),
        Verdict::RealmDiffers { .. } => ("Asked for another realm", Tone::Bad),
        Verdict::RealmNotAnswered { .. } => ("Not checked: asked for another realm", Tone::Wait),
        Verdict::Redirected { .. } => ("Pointed to another address", Tone::Wait),
        Verdict::RegistrationRefused { .. } => ("Accepted, but refused to register", Tone::Wait),
        Verdict::ReplacedPhones { .. } => ("A phone was signed out", Tone::Bad),
        Verdict::RegistrarTimedOut => ("Timed out (408)", Tone::Bad),
        Verdict::ServerFailed { .. } => ("Internal error (5xx)", Tone::Bad),
        Verdict::ServiceUnavailable { .. } => ("Unavailable (503)", Tone::Bad),
        Verdict::Sha256Only => ("Requires SHA-256", Tone::Bad),
        Verdict::StaleWithoutEnd => ("Rejected each answer as too old", Tone::Bad),
        Verdict::TemporarilyUnavailable => ("User name unavailable (480)", Tone::Bad),
        Verdict::Tls(problem) => (of_tls(problem), Tone::Bad),
        Verdict::Unexpected { .. } => ("Refused for another reason", Tone::Bad),
        Verdict::UnknownUser => ("Unknown user name (404)", Tone::Bad),
    }
}

fn of_tls(problem: &TlsProblem) -> &'static str {
    match problem {
        TlsProblem::BadCertificate { .. } => "Certificate can’t be used",
        TlsProblem::CutOff => "Closed before encryption started",
        TlsProblem::Expired { .. } => "Certificate has expired",
        TlsProblem::NobodyToTrust => "No list of trusted authorities",
        TlsProblem::NotTls => "Doesn’t speak TLS",
        TlsProblem::NotYetValid { .. } => "Certificate isn’t valid yet",
        TlsProblem::OtherName { .. } => "Certificate is for another name",
        TlsProblem::Refused => "Refused the TLS connection",
        TlsProblem::Silent => "Didn’t answer the start of TLS",
        TlsProblem::UnknownIssuer {
            self_signed: true, ..
        } => "Certificate is self-signed",
        TlsProblem::UnknownIssuer {
            self_signed: false, ..
        } => "Certificate isn’t trusted",
    }
}

#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests {
    use super::*;
    use registrar_http::trust::Trust;
    use registrar_secret::SipPassword;
    use registrar_sip::answer::Proof;
    use registrar_sip::{CheckKind, TransportName};

    fn target(host: &str, source: Source) -> Target {
        Target {
            address: "192.0.2.1:5006".parse().unwrap(),
            host: host.to_owned(),
            source,
        }
    }

    fn request(targets: Vec<Target>) -> CheckRequest {
        CheckRequest {
            realm: "r.example".to_owned(),
            composite: "bob".to_owned(),
            proof: Proof::Password(SipPassword::new("x")),
            kind: CheckKind::Query,
            transport: TransportName::Tcp,
            targets,
            target_name: "r.example".to_owned(),
            trust: Trust::default(),
        }
    }

    #[test]
    fn every_target_is_shown_with_its_reason_and_its_end() {
        let (priority, weight) = (5, 50);
        let name = "_sip._tcp.r.example".to_owned();
        let all = vec![
            target(
                "a\nb.example",
                Source::Srv {
                    name,
                    priority,
                    weight,
                },
            ),
            target("b.example", Source::Account { priority, weight }),
            target("c.example", Source::DefaultPort),
            Target::typed("192.0.2.9:5099".parse().unwrap()),
        ];
        let request = request(all.clone());
        let ends = |verdicts: &[Verdict]| -> Vec<TargetView> {
            let tried = verdicts.iter().zip(&all).map(|(verdict, target)| Tried {
                target: target.clone(),
                verdict: verdict.clone(),
            });
            views(&request, &tried.collect::<Vec<_>>())
        };

        let answered = ends(&[
            Verdict::NobodyListens,
            Verdict::Forbidden {
                answered: true,
                query: true,
            },
        ]);
        let slow = ends(&[Verdict::OutOfTime]);

        let shown = |views: &[TargetView]| -> Vec<(String, Tone)> {
            let views = views.iter();
            views
                .map(|view| (view.outcome.clone(), view.tone))
                .collect()
        };
        let row = |text: &str, tone| (text.to_owned(), tone);
        assert_eq!(
            shown(&answered),
            [
                row("Port closed", Tone::Bad),
                row("Not allowed (403)", Tone::Bad),
                row("Not needed", Tone::Plain),
                row("Not needed", Tone::Plain),
            ]
        );
        assert_eq!(shown(&slow)[1], row("Not tried: out of time", Tone::Plain));
        let sources = answered.iter().map(|view| view.source.as_str());
        let expected = [
            "The DNS record _sip._tcp.r.example lists a b.example (priority 5, weight 50).",
            "The account’s settings list b.example (priority 5, weight 50).",
            "This is the default port of c.example. No DNS record lists another.",
            "Entered by hand.",
        ];
        assert_eq!(sources.collect::<Vec<_>>(), expected);
        assert_eq!(answered[3].address, "192.0.2.9:5099");
        assert_eq!(answered[3].transport, TransportName::Tcp);
    }
}
