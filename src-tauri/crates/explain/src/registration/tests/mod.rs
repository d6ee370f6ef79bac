//! Produces every row of the table for real, over a socket.

mod offers;
mod rows;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use super::*;
use crate::CheckReport;
use registrar_activity::Tone;
use registrar_digest::Hashes;
use registrar_secret::SipPassword;
use registrar_sip::CheckKind;
use registrar_sip::answer::Proof;
use registrar_sip::failure::TlsProblem;
use registrar_user_agent::check::{Checks, Limits};
use registrar_user_agent::resolve::Target;
use registrar_user_agent::scripted::{Act, Certificate, Scripted, authority, challenge, status};

const REALM: &str = "r.example";

/// Names each verdict, in a match that a new one does not fit into.
macro_rules! verdicts {
    ($($name:ident)*) => {
        const ALL: &[&str] = &[$(stringify!($name)),*];

        fn name(verdict: &Verdict) -> &'static str {
            match verdict {
                $(Verdict::$name { .. } => stringify!($name)),*
            }
        }
    };
}

verdicts! {
    Accepted AcceptedForOtherRealm AcceptedUnasked AnsweredElsewhere CannotAnswer ClosedMidway
    ConnectionClosed CredentialRefused ExtensionWanted FellSilent Forbidden IntervalTooBrief MayReplace NetworkUnreachable
    NoAddress NoAnswer NoChallenge NobodyListens NotSip OutOfTime ProvedOnly QueryRefused RealmDiffers
    RealmNotAnswered Redirected RegistrationRefused ReplacedPhones RegistrarTimedOut ServerFailed ServiceUnavailable Sha256Only
    StaleWithoutEnd TemporarilyUnavailable Tls Unexpected UnknownUser
}

#[tokio::test]
async fn every_verdict_of_the_table_was_produced_over_a_socket() {
    let mut produced = BTreeSet::new();
    for (kind, by, acts, ..) in rows::answers() {
        let (verdict, _) = words_of(kind, TransportName::Udp, by, &acts).await;
        produced.insert(name(&verdict));
    }
    for (verdict, ..) in Box::pin(failures()).await {
        produced.insert(name(&verdict));
    }

    let tls = TransportName::Tls;
    let registrar = Scripted::start_with(tls, Certificate::SelfSigned, &[status(200)]).await;
    let words = words_at(vec![registrar.address], CheckKind::Query, tls, By::Hashes).await;
    produced.insert(name(&words.0));

    let missing: Vec<_> = ALL
        .iter()
        .filter(|name| !produced.contains(**name))
        .collect();
    assert!(missing.is_empty(), "no row makes {missing:?}");
}

/// Builds the proof of the credential.
#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    /// The password, which a person allowed for `other.example`.
    Allowed,
    Hash1,
    Hash1b,
    Hashes,
    Password,
}

async fn words_of(
    kind: CheckKind,
    transport: TransportName,
    by: By,
    acts: &[Act],
) -> (Verdict, CheckReport) {
    let registrar = Scripted::start(transport, acts).await;
    words_at(vec![registrar.address], kind, transport, by).await
}

async fn words_at(
    targets: Vec<SocketAddr>,
    kind: CheckKind,
    transport: TransportName,
    by: By,
) -> (Verdict, CheckReport) {
    let request = request(targets, kind, transport, by);
    let limits = Limits {
        give_up: Duration::from_millis(300),
        total: Duration::from_secs(2),
    };
    let checks = Checks::default();
    if by == By::Allowed {
        checks.consents().allow(REALM, "other.example");
    }
    let outcome = checks.check(&request, limits, &|_| {}).await;
    (outcome.verdict.clone(), report(&request, outcome))
}

fn request(
    addresses: Vec<SocketAddr>,
    kind: CheckKind,
    transport: TransportName,
    by: By,
) -> CheckRequest {
    let password = SipPassword::new("x");
    CheckRequest {
        realm: REALM.to_owned(),
        composite: "bob".to_owned(),
        proof: match by {
            By::Hash1 => Proof::Hash1(Hashes::make("bob", REALM, &password).hash1),
            By::Hash1b => Proof::Hash1b(Hashes::make("bob", REALM, &password).hash1b),
            By::Hashes => Proof::Hashes(Hashes::make("bob", REALM, &password).into()),
            By::Allowed | By::Password => Proof::Password(password),
        },
        kind,
        transport,
        targets: addresses.into_iter().map(Target::typed).collect(),
        target_name: REALM.to_owned(),
        trust: authority(),
    }
}

fn ask() -> Act {
    challenge(REALM, ", qop=\"auth\"")
}

fn asks(header: &'static str, value: &str) -> Act {
    Act::Answer(401, vec![(header, value.to_owned())])
}

fn with(status: u16, name: &'static str, value: &str) -> Act {
    Act::Answer(status, vec![(name, value.to_owned())])
}

/// What every row owes to a person.
fn is_whole(verdict: &Verdict, words: &Words) {
    assert!(words.sentence.ends_with('.'), "{verdict:?}: {words:?}");
    let silent = words.sentence.contains("please") || words.sentence.contains('!');
    assert!(!silent, "{words:?}");
    if words.tone != Tone::Good {
        assert!(!words.causes.is_empty(), "{verdict:?} has no cause");
        assert!(
            words.next.as_ref().is_some_and(|next| next.ends_with('.')),
            "{verdict:?} has no next step"
        );
    }
}

#[tokio::test]
async fn every_answer_of_a_registrar_has_its_own_words() {
    for (kind, by, acts, tone, part) in rows::answers() {
        let (verdict, report) = words_of(kind, TransportName::Udp, by, &acts).await;

        let words = &report.verdict;
        assert_eq!(words.tone, tone, "{verdict:?}");
        assert!(words.sentence.contains(part), "{part:?}: {words:?}");
        is_whole(&verdict, words);
        assert!(!report.evidence.is_empty(), "{verdict:?} has no evidence");
        assert!(report.evidence.iter().all(|line| line.ends_with('.')));
        assert!(
            report
                .message_chart
                .iter()
                .all(|line| line.plain.ends_with('.'))
        );
    }
}

/// What the network does, and what the report says.
async fn failures() -> Vec<(Verdict, CheckReport, &'static str)> {
    use By::Hashes as H;
    use CheckKind::Query;
    // Nobody listens at this port, and no test is given it.
    let closed: SocketAddr = "127.0.0.1:1".parse().unwrap();
    let unreachable: SocketAddr = "[ff0e::1]:9".parse().unwrap();
    let tcp = TransportName::Tcp;
    let udp = TransportName::Udp;
    let late = Scripted::start(udp, &[Act::Silent]).await;
    let rows = [
        (
            words_at(vec![late.address; 20], Query, udp, H).await,
            "took too long",
        ),
        (
            words_at(vec![closed], Query, tcp, H).await,
            "The port is closed",
        ),
        (
            words_at(vec![closed], Query, udp, H).await,
            "The port is closed",
        ),
        (
            words_at(vec![unreachable], Query, tcp, H).await,
            "can’t send to",
        ),
        (words_at(vec![], Query, udp, H).await, "No address is known"),
        (
            words_of(Query, tcp, H, &[Act::Close]).await,
            "closed it without answering",
        ),
        (
            words_of(Query, tcp, H, &[Act::Noise]).await,
            "speaks HTTP, not SIP",
        ),
        (
            words_of(Query, tcp, H, &[close_after_asking(), Act::Close]).await,
            "closed the connection before answering again",
        ),
        (
            words_of(Query, tcp, H, &[Act::Silent]).await,
            "No answer from",
        ),
        (
            words_of(Query, TransportName::Tls, H, &[Act::Silent]).await,
            "No answer from",
        ),
    ];
    rows.into_iter()
        .map(|((verdict, report), part)| (verdict, report, part))
        .collect()
}

fn close_after_asking() -> Act {
    let value = format!("Digest realm=\"{REALM}\", nonce=\"n\", qop=\"auth\"");
    Act::AnswerAndClose(401, vec![("WWW-Authenticate", value)])
}

#[tokio::test]
async fn every_failure_of_the_network_has_its_own_words() {
    for (verdict, report, part) in Box::pin(failures()).await {
        let words = &report.verdict;
        assert_eq!(words.tone, Tone::Bad);
        assert!(
            words.sentence.contains(part),
            "{part:?}: {verdict:?}, {words:?}"
        );
        is_whole(&verdict, words);
    }
}

#[tokio::test]
async fn every_reason_against_tls_has_its_own_words() {
    use Certificate::{
        Early, Expired, OtherName, SelfSigned, SipUriLimited, SipUriOther, SipsUri, WrongPurpose,
    };
    let tls = TransportName::Tls;
    let by = "issued by Test Authority (Example Corp),";
    let mut rows = Vec::new();
    for (certificate, part) in [
        (Early, "Its first day is 1 January 2100"),
        (Expired, "Its last day was 1 January 2021"),
        (
            OtherName,
            "isn’t for r.example. It’s for other.example, *.else.example, 192.0.2.1",
        ),
        (SelfSigned, "self-signed (registrar.test)"),
        (SipUriLimited, "names r.example only by a SIP URI"),
        (
            SipUriOther,
            "isn’t for r.example. It’s for sip:other.example",
        ),
        (SipsUri, "isn’t for r.example. It’s for sips:r.example"),
        (WrongPurpose, by),
    ] {
        let registrar = Scripted::start_with(tls, certificate, &[status(200)]).await;
        let words = words_at(vec![registrar.address], CheckKind::Query, tls, By::Hashes).await;
        assert!(registrar.heard().is_empty(), "nothing was sent: {words:?}");
        rows.push((words, part));
    }
    // Plain TCP: the first bytes of TLS are no SIP, and nothing answers them.
    let registrar = Scripted::start(TransportName::Tcp, &[status(200)]).await;
    let words = words_at(vec![registrar.address], CheckKind::Query, tls, By::Hashes).await;
    rows.push((words, "didn’t answer the start of TLS"));
    for ((verdict, report), part) in rows {
        assert_eq!(report.verdict.tone, Tone::Bad);
        let sentence = &report.verdict.sentence;
        assert!(sentence.contains(part), "{part:?}: {sentence}");
        is_whole(&verdict, &report.verdict);
    }

    let request = request(Vec::new(), CheckKind::Query, tls, By::Hashes);
    for (problem, part) in [
        (TlsProblem::CutOff, "before it was encrypted"),
        (TlsProblem::NobodyToTrust, "list of trusted authorities"),
        (TlsProblem::NotTls, "doesn’t speak TLS"),
        (
            TlsProblem::OtherName {
                asked: "r.example".to_owned(),
                names: Vec::new(),
            },
            "It names no host and no SIP domain",
        ),
        (TlsProblem::Refused, "refused the encrypted connection"),
    ] {
        let verdict = Verdict::Tls(problem);
        let words = super::verdict(&request, &verdict);
        assert!(words.sentence.contains(part), "{words:?}");
        is_whole(&verdict, &words);
    }
}

#[tokio::test]
async fn the_evidence_says_what_the_verdict_was_read_from() {
    use By::{Hash1, Hash1b, Hashes as H, Password as P};
    let other = challenge("other.example", ", qop=\"auth\"");
    for (by, acts, parts) in [
        (
            H,
            vec![other],
            vec![
                "The registrar asked for realm other.example. The credential belongs to realm r.example.",
                "Last answer: 401 Words, after",
            ],
        ),
        (
            P,
            vec![ask(), status(200)],
            vec!["Password correct (proved Hash1).", "Last answer: 200"],
        ),
        (
            Hash1,
            vec![ask(), status(200)],
            vec!["Hash1 correct. Hash1b wasn’t tried."],
        ),
        (
            Hash1b,
            vec![ask(), status(200)],
            vec!["Hash1b correct. Hash1 wasn’t tried."],
        ),
        (
            Hash1,
            vec![ask()],
            vec!["Hash1b, for the user name with the realm,"],
        ),
        (Hash1b, vec![ask()], vec!["Hash1, for the user name alone,"]),
        (
            H,
            vec![Act::Silent],
            vec!["1 message was sent. No answer came."],
        ),
    ] {
        let (_, report) = words_of(CheckKind::Query, TransportName::Udp, by, &acts).await;

        for part in parts {
            let said = report.evidence.iter().any(|line| line.contains(part));
            assert!(said, "{part:?}: {:?}", report.evidence);
        }
        assert_eq!(
            report.path.unwrap().nat.tone,
            if acts.len() == 1 && matches!(acts[0], Act::Silent) {
                Tone::Plain
            } else {
                Tone::Good
            }
        );
    }
}
