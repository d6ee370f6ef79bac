//! The app's own calls through Kamailio to SIPp and baresip.

mod changes;

use std::net::Ipv4Addr;
use std::sync::Mutex;
use std::time::Duration;

use registrar_activity::Tone as Color;
use registrar_explain::CallSound;
use registrar_explain::call::{Asked, verdict};
use registrar_media::{Codec, Source, Tone};
use registrar_secret::SipPassword;
use registrar_sip::TransportName;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::failure::Failure;
use registrar_sip::invite::CallEnd;
use registrar_user_agent::call::{CallState, DialOutcome, DialRequest, News, Order, dial};
use registrar_user_agent::tls::Peer;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::callees::{Part, Sipp};
use crate::credentials::{CREDENTIALS, Credential};
use crate::kamailio::Kamailio;
use crate::{BOTH, REALM};

const UNTIL_BYE: &str = "<recv request=\"ACK\"/><recv request=\"BYE\"/><CONFIRM/>";

fn kamailio() -> Kamailio {
    let rows: String = CREDENTIALS.iter().map(Credential::row).collect();
    Kamailio::start(&rows, 300, true)
}

fn request(kamailio: &Kamailio, number: &str, transport: TransportName) -> DialRequest {
    request_to(kamailio.port, number, transport)
}

/// Asks for a call of two seconds with a tone, by way of a port on this computer.
pub(crate) fn request_to(port: u16, number: &str, transport: TransportName) -> DialRequest {
    let credential = &CREDENTIALS[0];
    DialRequest {
        peer: Peer::new(REALM),
        target: (Ipv4Addr::LOCALHOST, port).into(),
        request_uri: format!("sip:{number}@{REALM}"),
        from: format!("sip:{}@{REALM}", credential.name()),
        user_name: credential.name(),
        form: NameForm::Composite,
        proof: Proof::Hashes(credential.hashes().into()),
        other_realms: Vec::new(),
        realm: REALM.to_owned(),
        transport,
        ring_timeout: Duration::from_secs(10),
        talk: Duration::from_secs(2),
        hangup: CancellationToken::new(),
        sound: Source::Tone(Tone::default()),
        speakers: false,
    }
}

/// Calls, and obeys `at` whenever the call comes to a state.
async fn calls(
    request: DialRequest,
    at: impl Fn(CallState, &mpsc::Sender<Order>) + Send + Sync,
) -> (DialOutcome, Vec<CallState>) {
    let (sender, orders) = mpsc::channel(8);
    let states = Mutex::new(Vec::new());
    let on_news = |news| {
        if let News::State(state) = news {
            states.lock().unwrap().push(state);
            at(state, &sender);
        }
    };
    let outcome = dial(request, orders, &on_news).await;
    (outcome, states.into_inner().unwrap())
}

pub(crate) async fn quietly(request: DialRequest) -> DialOutcome {
    calls(request, |_, _| {}).await.0
}

/// What the app says of a call.
fn sentence(outcome: &DialOutcome) -> (Color, String) {
    let asked = Asked {
        callee: "the number".to_owned(),
        user_name: CREDENTIALS[0].name(),
        realm: REALM.to_owned(),
        host: String::new(),
        place: String::new(),
        target: String::new(),
        with_password: false,
        sound: CallSound::Tone,
        ring: Duration::from_secs(1),
    };
    let words = verdict(&asked, outcome);
    (words.tone, words.sentence)
}

pub(crate) fn assert_the_tone_came_back(outcome: &DialOutcome) {
    let pitch = outcome.hearing.own_tone().unwrap_or_default();
    assert!((pitch / 440.0 - 1.0).abs() < 0.01, "{outcome:?}");
    assert_eq!(outcome.sound.lost, 0, "{outcome:?}");
    assert!(outcome.sound.received + 5 >= outcome.sound.sent);
    let said = (Color::Good, "Sound works in both directions.");
    let (color, words) = sentence(outcome);
    assert_eq!((color, words.as_str()), said);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tone_comes_back_from_sipp_through_kamailio() {
    let kamailio = kamailio();
    for transport in BOTH {
        let sipp = Sipp::start(Part::BuiltIn).await;
        let number = format!("+1555{}", sipp.port);

        let outcome = quietly(request(&kamailio, &number, transport)).await;

        assert_eq!(outcome.end, CallEnd::HungUp { by_us: true });
        assert_eq!(outcome.codec, Some(Codec::Pcmu));
        assert!(outcome.sound.sent >= 90, "{outcome:?}");
        assert_the_tone_came_back(&outcome);
        assert!(sipp.ended_well().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_call_goes_only_to_the_registrar_that_proves_the_realm() {
    let rows: String = CREDENTIALS.iter().map(Credential::row).collect();
    for (certificate, is_taken) in [("good", true), ("expired", false), ("wrong-name", false)] {
        let kamailio = Kamailio::start_tls(&rows, certificate);
        let sipp = Sipp::start(Part::BuiltIn).await;
        let number = format!("+1555{}", sipp.port);
        let mut request = request(&kamailio, &number, TransportName::Tls);
        request.target = (Ipv4Addr::LOCALHOST, kamailio.tls_port()).into();
        request.peer = Peer {
            name: REALM.to_owned(),
            trust: kamailio.authority(),
        };

        let outcome = quietly(request).await;

        assert_eq!(outcome.answered, is_taken, "{certificate}: {outcome:#?}");
        if is_taken {
            assert_the_tone_came_back(&outcome);
        } else {
            assert!(
                matches!(outcome.failure, Some(Failure::Tls(_))),
                "{certificate}: {outcome:#?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sound_that_does_not_come_back_is_named_one_way() {
    let kamailio = kamailio();
    let sipp = Sipp::start(Part::Mute).await;

    let outcome = quietly(request(
        &kamailio,
        &format!("+1555{}", sipp.port),
        TransportName::Udp,
    ))
    .await;

    assert!(outcome.answered, "{outcome:#?}");
    assert_eq!(outcome.sound.received, 0, "{outcome:#?}");
    let (tone, sentence) = sentence(&outcome);
    assert_eq!(tone, Color::Bad, "{sentence}");
    assert!(
        sentence.ends_with("answered, but no sound came back."),
        "{sentence}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn password_and_hashes_place_a_call_but_a_wrong_password_not() {
    let kamailio = kamailio();
    for credential in &CREDENTIALS {
        for proof in credential.proofs() {
            let sipp = Sipp::start(Part::Steps(&format!("<ANSWER/>{UNTIL_BYE}"))).await;
            let mut request = request(
                &kamailio,
                &format!("+1555{}", sipp.port),
                TransportName::Udp,
            );
            request.user_name = credential.name();
            request.proof = proof;
            request.talk = Duration::from_millis(200);
            let outcome = quietly(request).await;

            assert!(outcome.answered, "{credential:?}: {outcome:?}");
            assert!(sipp.ended_well().await);
        }
        let mut wrong = request(&kamailio, "+155520000", TransportName::Tcp);
        wrong.user_name = credential.name();
        wrong.proof = Proof::Password(SipPassword::new("wrong"));
        let outcome = quietly(wrong).await;

        assert_eq!(outcome.end, CallEnd::CredentialRefused);
        let sent = outcome
            .message_chart
            .iter()
            .filter(|line| line.label == "INVITE");
        assert_eq!(sent.count(), 2, "it is asked once and not for ever");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sound_before_the_answer_and_from_pcma_only_peers_is_heard() {
    let kamailio = kamailio();
    let early = format!("<EARLY/><pause milliseconds=\"1000\"/><ANSWER/>{UNTIL_BYE}");
    let sipp = Sipp::start(Part::Steps(&early)).await;
    let number = format!("+1555{}", sipp.port);
    let (outcome, states) = calls(request(&kamailio, &number, TransportName::Udp), |_, _| {}).await;
    assert!(states.contains(&CallState::Early), "{states:?}");
    assert!(
        outcome.sound.sent >= 130,
        "sound went before the answer, too"
    );
    assert_the_tone_came_back(&outcome);
    assert!(sipp.ended_well().await);

    let sipp = Sipp::start(Part::Steps(&format!("<RING/><ANSWER-PCMA/>{UNTIL_BYE}"))).await;
    let number = format!("+1555{}", sipp.port);
    let outcome = quietly(request(&kamailio, &number, TransportName::Tcp)).await;
    assert_eq!(outcome.codec, Some(Codec::Pcma));
    assert_the_tone_came_back(&outcome);
    assert!(sipp.ended_well().await);

    let sipp = Sipp::start(Part::Steps(&format!("<ANSWER-G729/>{UNTIL_BYE}"))).await;
    let number = format!("+1555{}", sipp.port);
    let outcome = quietly(request(&kamailio, &number, TransportName::Udp)).await;
    assert_eq!(outcome.end, CallEnd::NoCommonSound);
    assert!(sipp.ended_well().await, "it was acknowledged and hung up");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_by_kamailio_and_far_end_has_its_own_words() {
    let kamailio = kamailio();
    for transport in BOTH {
        for (steps, status, part) in [
            ("<RING/><REFUSE-486/><recv request=\"ACK\"/>", 486, "busy"),
            (
                "<REFUSE-603/><recv request=\"ACK\"/>",
                603,
                "refused the call",
            ),
            (
                "<REFUSE-488/><recv request=\"ACK\"/>",
                488,
                "doesn’t support the audio",
            ),
        ] {
            let sipp = Sipp::start(Part::Steps(steps)).await;
            let number = format!("+1555{}", sipp.port);
            let outcome = quietly(request(&kamailio, &number, transport)).await;

            assert_eq!(outcome.status, Some(status), "{outcome:?}");
            assert!(sentence(&outcome).1.contains(part));
            assert!(sipp.ended_well().await, "{status}");
        }
        for (number, status, part) in [
            ("nobody", 404, "wasn’t found"),
            ("noroute", 503, "can’t place this call"),
            ("forbidden", 403, "doesn’t allow the call"),
        ] {
            let outcome = quietly(request(&kamailio, number, transport)).await;

            assert_eq!(outcome.status, Some(status), "{outcome:?}");
            assert!(sentence(&outcome).1.contains(part));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ringing_call_is_canceled_by_the_person_and_by_time() {
    let kamailio = kamailio();
    let rings = "<RING/><recv request=\"CANCEL\"/><CONFIRM/>";
    for transport in BOTH {
        for by_us in [true, false] {
            let sipp = Sipp::start(Part::Steps(rings)).await;
            let mut request = request(&kamailio, &format!("+1555{}", sipp.port), transport);
            request.ring_timeout = Duration::from_secs(if by_us { 10 } else { 1 });
            let hangup = request.hangup.clone();
            let (outcome, _) = calls(request, |state, _| {
                if by_us && state == CallState::Ringing {
                    hangup.cancel();
                }
            })
            .await;

            let end = if by_us {
                CallEnd::Cancelled
            } else {
                CallEnd::NotAnswered
            };
            assert_eq!(outcome.end, end);
            assert!(outcome.rang);
            assert!(sipp.ended_well().await, "the far end got the CANCEL");
        }
    }
}
