use registrar_sip::message::Malformed;

use super::fixture::{QUICK, request as request_of};
use super::*;
use crate::scripted::{Act, Scripted, authority, challenge, status};

const REALM: &str = "r.example";

type Spoil = fn(String) -> String;

async fn run(transport: TransportName, acts: &[Act]) -> (CheckOutcome, Scripted) {
    let registrar = Scripted::start(transport, acts).await;
    let mut request = request_of(&registrar, CheckKind::Query, transport);
    request.trust = authority();
    let outcome = check(&request, QUICK, &|_| {}).await;
    (outcome, registrar)
}

fn ask() -> Act {
    challenge(REALM, ", qop=\"auth\"")
}

fn ask_and_close() -> Act {
    let value = format!("Digest realm=\"{REALM}\", nonce=\"n\", qop=\"auth\"");
    Act::AnswerAndClose(401, vec![("WWW-Authenticate", value)])
}

#[tokio::test]
async fn a_damaged_datagram_is_told_with_its_source() {
    let spoils: [(Spoil, Malformed); 4] = [
        (
            |text| text.replace("Content-Length: 0", "Content-Length: 99"),
            Malformed::CutOff,
        ),
        (
            |text| text.replace("\r\n\r\n", "\r\nno colon here\r\n\r\n"),
            Malformed::Header,
        ),
        (
            |text| text.replace("Content-Length: 0", "Content-Length: x"),
            Malformed::Header,
        ),
        (
            |text| {
                text.replace(
                    "\r\n\r\n",
                    &format!("{}\r\n", "\r\nX: y".repeat(200) + "\r\n"),
                )
            },
            Malformed::TooLarge,
        ),
    ];
    for (spoil, why) in spoils {
        let (outcome, registrar) = run(TransportName::Udp, &[Act::Spoiled(spoil)]).await;

        let Verdict::NotSip(noise) = outcome.verdict else {
            panic!("{why:?}: {:?}", outcome.verdict);
        };
        assert_eq!((noise.source, noise.why), (registrar.address, why));
        assert!(noise.is_damaged_sip(), "{noise:?}");
    }
}

#[tokio::test]
async fn noise_before_a_whole_answer_does_no_harm() {
    let acts = [Act::Say(b"\xff\x00".to_vec()), ask(), status(200)];

    let (outcome, _) = run(TransportName::Udp, &acts).await;

    assert!(outcome.verdict.proved(), "{:?}", outcome.verdict);
}

#[tokio::test]
async fn an_answer_from_elsewhere_is_told_and_not_acted_upon() {
    let Act::Answer(code, headers) = ask() else {
        unreachable!("a challenge is an answer")
    };
    for act in [
        Act::Elsewhere(200, Vec::new()),
        Act::Elsewhere(code, headers),
    ] {
        let (outcome, registrar) = run(TransportName::Udp, &[act]).await;

        let Verdict::AnsweredElsewhere { from, .. } = outcome.verdict else {
            panic!("{:?}", outcome.verdict);
        };
        assert_ne!(from, registrar.address);
        let heard = registrar.heard();
        assert!(
            heard
                .iter()
                .all(|message| message.header("Authorization").is_none())
        );
        let numbers: Vec<_> = heard.iter().filter_map(|message| message.cseq()).collect();
        assert!(numbers.iter().all(|number| number.0 == 1), "{numbers:?}");
    }
}

#[tokio::test]
async fn an_answer_from_elsewhere_ends_no_check_that_goes_on() {
    let acts = [Act::Elsewhere(403, Vec::new()), ask(), status(200)];

    let (outcome, _) = run(TransportName::Udp, &acts).await;

    assert!(outcome.verdict.proved(), "{:?}", outcome.verdict);
}

#[tokio::test]
async fn another_protocol_on_a_stream_is_named_at_once() {
    for (transport, said, protocol) in [
        (
            TransportName::Tcp,
            &b"SSH-2.0-OpenSSH_9.2p1\r\n"[..],
            Some("SSH"),
        ),
        (
            TransportName::Tcp,
            b"\x15\x03\x03\x00\x02\x02\x46",
            Some("TLS"),
        ),
        (
            TransportName::Tls,
            b"220 mail.example ESMTP\r\n",
            Some("mail or file transfer"),
        ),
        (TransportName::Tls, b"\x00\x01\x02garbage", None),
    ] {
        let (outcome, registrar) = run(transport, &[Act::Say(said.to_vec())]).await;

        let Verdict::NotSip(noise) = outcome.verdict else {
            panic!("{protocol:?}: {:?}", outcome.verdict);
        };
        assert_eq!(
            (noise.source, noise.protocol),
            (registrar.address, protocol)
        );
    }
}

#[tokio::test]
async fn a_stream_that_ends_inside_a_message_is_told() {
    let spoil: Spoil = |text| text.replace("Content-Length: 0", "Content-Length: 99");
    for transport in [TransportName::Tcp, TransportName::Tls] {
        let (outcome, _) = run(transport, &[Act::Spoiled(spoil)]).await;

        let Verdict::NotSip(noise) = outcome.verdict else {
            panic!("{transport:?}: {:?}", outcome.verdict);
        };
        assert!(
            noise.is_damaged_sip() && noise.why == Malformed::CutOff,
            "{noise:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_closed_after_each_answer_is_opened_again() {
    let bound = vec![("Contact", "OURS;expires=60".to_owned())];
    let acts = [
        ask_and_close(),
        Act::AnswerAndClose(200, bound),
        ask_and_close(),
        Act::AnswerAndClose(200, Vec::new()),
    ];
    for transport in [TransportName::Tcp, TransportName::Tls] {
        let registrar = Scripted::start(transport, &acts).await;
        let mut request = request_of(&registrar, CheckKind::Full, transport);
        request.trust = authority();

        let outcome = check(&request, QUICK, &|_| {}).await;

        assert!(
            outcome.verdict.proved(),
            "{transport:?}: {:?}",
            outcome.verdict
        );
        assert_eq!(outcome.unregistered, Some(Unregistered::Done));
        assert_eq!(outcome.left, []);
    }
}

#[tokio::test]
async fn a_close_midway_is_not_called_no_answer() {
    for transport in [TransportName::Tcp, TransportName::Tls] {
        let (midway, registrar) = run(transport, &[ask_and_close(), Act::Close]).await;
        let (at_once, _) = run(transport, &[Act::Close]).await;

        assert_eq!(midway.verdict, Verdict::ClosedMidway);
        assert_eq!(at_once.verdict, Verdict::ConnectionClosed);
        assert!(registrar.heard().len() <= 3, "it is not tried for ever");
    }
}

#[tokio::test]
async fn silence_after_an_answer_is_not_called_nobody() {
    let (outcome, _) = run(TransportName::Udp, &[ask(), Act::Silent]).await;

    assert_eq!(outcome.verdict, Verdict::FellSilent { refused: false });
}
