//! Each row of the table is produced for real, over a socket.

use std::net::SocketAddr;

use super::*;
use crate::digest::Hashes;
use crate::ipc::LadderLine;
use crate::secret::SipPassword;
use crate::sip::check::{Limits, check};
use crate::sip::resolve::Target;
use crate::sip::scripted::{Act, Certificate, Scripted, authority, challenge, status};
use crate::sip::tls::Problem;

const REALM: &str = "r.example";

/// Builds the proof of the credential, by password or by hashes.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Password,
    Hashes,
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
        total: Duration::from_secs(5),
    };
    let outcome = check(&request, limits, &|_: &LadderLine| {}).await;
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
            By::Hashes => Proof::Hashes(Hashes::make("bob", REALM, &password).into()),
            By::Password => Proof::Password(password),
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
#[allow(clippy::too_many_lines, reason = "one table, a row for each verdict")]
async fn every_answer_of_a_registrar_has_its_own_words() {
    use By::{Hashes as H, Password as P};
    use CheckKind::{Full, Query};
    let other = challenge("other.example", ", qop=\"auth\"");
    let sha256 = challenge(REALM, ", qop=\"auth\", algorithm=SHA-256");
    let stale = challenge(REALM, ", stale=true");
    let rows: Vec<(CheckKind, By, Vec<Act>, Tone, &str)> = vec![
        (
            Query,
            H,
            vec![ask(), status(200)],
            Tone::Good,
            "accepts the stored hash for the user name bob (Hash1)",
        ),
        (
            Query,
            P,
            vec![ask(), status(200)],
            Tone::Good,
            "accepts the password for the user name bob (Hash1)",
        ),
        (
            Query,
            H,
            vec![ask(), ask(), ask(), status(200)],
            Tone::Wait,
            "user name bob@r.example (Hash1b)",
        ),
        (
            Query,
            P,
            vec![other.clone(), status(200)],
            Tone::Bad,
            "takes the password for it, but the SIP credential was made for realm r.example",
        ),
        (Query, H, vec![status(200)], Tone::Wait, "nothing is proved"),
        (
            Query,
            H,
            vec![asks("WWW-Authenticate", "Basic realm=\"r\"")],
            Tone::Bad,
            "cannot give: Basic",
        ),
        (
            Query,
            P,
            vec![ask()],
            Tone::Bad,
            "refuses the credential. Tried: bob and bob@r.example",
        ),
        (
            Query,
            H,
            vec![ask()],
            Tone::Bad,
            "refuses the credential. Tried: bob and bob@r.example",
        ),
        (Query, H, vec![status(403)], Tone::Bad, "(403)"),
        (Query, H, vec![ask(), status(403)], Tone::Bad, "(403)"),
        (
            Full,
            H,
            vec![status(423)],
            Tone::Bad,
            "does not say what it wants",
        ),
        (
            Full,
            H,
            vec![
                with(423, "Min-Expires", "90"),
                with(423, "Min-Expires", "900"),
            ],
            Tone::Bad,
            "asks for 900",
        ),
        (
            Query,
            H,
            vec![status(100)],
            Tone::Bad,
            "said that it is at work",
        ),
        (
            Query,
            H,
            vec![Act::Silent],
            Tone::Bad,
            "Nobody answers at r.example, port",
        ),
        (
            Query,
            H,
            vec![status(401)],
            Tone::Bad,
            "without saying what it asks for",
        ),
        (Query, H, vec![status(405)], Tone::Wait, "(405 Words)"),
        (
            Query,
            H,
            vec![other.clone()],
            Tone::Bad,
            "asks for realm other.example, the credential was made for realm r.example",
        ),
        (
            Query,
            P,
            vec![other],
            Tone::Bad,
            "asks for realm other.example, the credential was made for realm r.example",
        ),
        (
            Query,
            H,
            vec![with(302, "Contact", "<sip:elsewhere.example>")],
            Tone::Wait,
            "<sip:elsewhere.example>",
        ),
        (Query, H, vec![status(408)], Tone::Bad, "(408)"),
        (Query, H, vec![status(500)], Tone::Bad, "(500)"),
        (
            Query,
            H,
            vec![with(503, "Retry-After", "30")],
            Tone::Bad,
            "(503)",
        ),
        (Query, H, vec![sha256], Tone::Bad, "SHA-256"),
        (Query, H, vec![stale], Tone::Bad, "too old"),
        (Query, H, vec![status(480)], Tone::Bad, "(480)"),
        (Query, H, vec![status(486)], Tone::Bad, "486 Words"),
        (
            Query,
            H,
            vec![status(404)],
            Tone::Bad,
            "does not know bob in realm r.example (404)",
        ),
    ];
    for (kind, by, acts, tone, part) in rows {
        let (verdict, report) = words_of(kind, TransportName::Udp, by, &acts).await;

        let words = &report.verdict;
        assert_eq!(words.tone, tone, "{verdict:?}");
        assert!(words.sentence.contains(part), "{part:?}: {words:?}");
        is_whole(&verdict, words);
        assert!(report.ladder.iter().all(|line| line.plain.ends_with('.')));
    }
}

#[tokio::test]
async fn every_failure_of_the_network_has_its_own_words() {
    use By::Hashes as H;
    use CheckKind::Query;
    // Nobody listens at this port, and no test is given it.
    let closed: SocketAddr = "127.0.0.1:1".parse().unwrap();
    let unreachable: SocketAddr = "[ff0e::1]:9".parse().unwrap();
    let tcp = TransportName::Tcp;
    let udp = TransportName::Udp;
    let rows = [
        (
            words_at(vec![closed], Query, tcp, H).await,
            "the port is closed",
        ),
        (
            words_at(vec![closed], Query, udp, H).await,
            "the port is closed",
        ),
        (
            words_at(vec![unreachable], Query, tcp, H).await,
            "cannot send to",
        ),
        (words_at(vec![], Query, udp, H).await, "No address is known"),
        (
            words_of(Query, tcp, H, &[Act::Close]).await,
            "closed it without an answer",
        ),
        (
            words_of(Query, tcp, H, &[Act::Noise]).await,
            "does not speak SIP",
        ),
        (
            words_of(Query, tcp, H, &[Act::Silent]).await,
            "Nobody answers",
        ),
        (
            words_of(Query, TransportName::Tls, H, &[Act::Silent]).await,
            "Nobody answers",
        ),
    ];
    for ((verdict, report), part) in rows {
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
    use Certificate::{Early, Expired, OtherName, SelfSigned, WrongPurpose};
    let tls = TransportName::Tls;
    let by = "issued by Test Authority (Example Corp),";
    let mut rows = Vec::new();
    for (certificate, part) in [
        (Early, "its first day is 1 January 2100"),
        (Expired, "its last day was 1 January 2021"),
        (
            OtherName,
            "not for r.example: it is for other.example, *.else.example, 192.0.2.1",
        ),
        (SelfSigned, "signed by itself (registrar.test)"),
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
    rows.push((words, "did not answer the start of TLS"));
    for ((verdict, report), part) in rows {
        assert_eq!(report.verdict.tone, Tone::Bad);
        let sentence = &report.verdict.sentence;
        assert!(sentence.contains(part), "{part:?}: {sentence}");
        is_whole(&verdict, &report.verdict);
    }

    let request = request(Vec::new(), CheckKind::Query, tls, By::Hashes);
    for (problem, part) in [
        (Problem::CutOff, "cut it off"),
        (Problem::NobodyToTrust, "list of whom to trust"),
        (Problem::NotTls, "does not speak TLS"),
        (Problem::Refused, "refused the encrypted connection"),
    ] {
        let verdict = Verdict::Tls(problem);
        let words = super::verdict(&request, &verdict);
        assert!(words.sentence.contains(part), "{words:?}");
        is_whole(&verdict, &words);
    }
}

#[tokio::test]
async fn each_end_of_the_un_registration_has_its_own_words() {
    let bound = with(200, "Contact", "OURS;expires=60");
    for (last, part) in [
        (status(200), "was taken back"),
        (Act::Silent, "did not confirm"),
        (status(500), "(status 500)"),
        (bound.clone(), "still lists"),
    ] {
        let acts = [ask(), bound.clone(), last];
        let (verdict, report) =
            words_of(CheckKind::Full, TransportName::Udp, By::Hashes, &acts).await;

        assert!(verdict.proved(), "{verdict:?}");
        let words = report.unregistered.unwrap();
        assert!(words.contains(part), "{words}");
    }
}

#[test]
fn a_time_is_told_in_words() {
    for (seconds, words) in [(1, "1 second"), (30, "30 seconds"), (1800, "30 minutes")] {
        assert_eq!(span(Duration::from_secs(seconds)), words);
    }
}
