//! Calls placed by our own user agent through the practice registrar.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use registrar_digest::ha1;
use registrar_media::{Source, Tone};
use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::invite::CallEnd;
use registrar_user_agent::call::{self, CallState, DialOutcome, DialRequest, News};
use registrar_user_agent::tls::Peer;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::registrar::{Directory, Options, Registrar};

const REALM: &str = "r.example";

const BOTH: [TransportName; 2] = [TransportName::Udp, TransportName::Tcp];

#[tokio::test]
async fn a_call_rings_is_answered_and_its_sound_comes_back() {
    let registrar = registrar(Duration::from_millis(50)).await;
    for transport in BOTH {
        let states = Mutex::new(Vec::new());

        let outcome = dial(call_of(&registrar, "+15551234567", transport), &|state| {
            states.lock().push(state);
        })
        .await;

        assert_eq!(outcome.end, CallEnd::HungUp { by_us: true });
        assert_eq!(outcome.status, Some(200));
        assert!(outcome.rang && outcome.answered);
        assert!(outcome.sound.sent >= 20, "{outcome:?}");
        assert!(
            outcome.sound.received * 10 >= outcome.sound.sent * 8,
            "{outcome:?}"
        );
        assert_eq!(
            *states.lock(),
            [
                CallState::Calling,
                CallState::Trying,
                CallState::Ringing,
                CallState::Answered
            ]
        );
    }
}

#[tokio::test]
async fn every_end_is_told_apart() {
    let registrar = registrar(Duration::from_millis(50)).await;
    let refused = |status, reason: &str| CallEnd::Refused {
        status,
        reason: reason.to_owned(),
    };
    for (number, end, status) in [
        ("busy", refused(486, "Busy Here"), 486),
        ("missing", refused(404, "Not Found"), 404),
    ] {
        let outcome = dial(call_of(&registrar, number, TransportName::Udp), &quiet).await;

        assert_eq!((outcome.end, outcome.status), (end, Some(status)));
        assert!(!outcome.answered);
    }
    let mut wrong = call_of(&registrar, "1", TransportName::Udp);
    wrong.proof = Proof::Password(SipPassword::new("y"));
    assert_eq!(dial(wrong, &quiet).await.end, CallEnd::CredentialRefused);
    let mut closed = call_of(&registrar, "1", TransportName::Udp);
    // Nobody listens at this port, and no test is given it.
    closed.target = "127.0.0.1:1".parse().unwrap();
    assert_eq!(dial(closed, &quiet).await.end, CallEnd::Unreachable);
}

#[tokio::test]
async fn a_call_that_nobody_answers_is_given_up() {
    let registrar = registrar(Duration::from_millis(50)).await;
    for transport in BOTH {
        let mut request = call_of(&registrar, "unanswered", transport);
        request.ring_timeout = Duration::from_millis(300);

        let outcome = dial(request, &quiet).await;

        assert_eq!(outcome.end, CallEnd::NotAnswered);
        assert_eq!(outcome.status, Some(487), "the CANCEL was taken");
        assert!(outcome.rang);
    }
}

#[tokio::test]
async fn hanging_up_cancels_before_the_answer_and_ends_after_it() {
    let registrar = registrar(Duration::from_millis(50)).await;
    for (number, at, end) in [
        ("unanswered", CallState::Ringing, CallEnd::Cancelled),
        ("1", CallState::Answered, CallEnd::HungUp { by_us: true }),
    ] {
        let mut request = call_of(&registrar, number, TransportName::Udp);
        request.talk = Duration::from_mins(1);
        let hangup = request.hangup.clone();

        let outcome = dial(request, &move |state| {
            if state == at {
                hangup.cancel();
            }
        })
        .await;

        assert_eq!(outcome.end, end);
    }
}

#[tokio::test]
async fn the_other_side_may_hang_up() {
    for transport in BOTH {
        let options = Options {
            answer_after: Duration::ZERO,
            longest_call: Duration::from_millis(100),
            ..Options::default()
        };
        let registrar = Registrar::start(Arc::new(One), options).await.unwrap();
        let mut request = call_of(&registrar, "1", transport);
        request.talk = Duration::from_mins(1);

        let outcome = dial(request, &quiet).await;

        assert_eq!(outcome.end, CallEnd::HungUp { by_us: false });
        assert!(outcome.answered);
    }
}

#[tokio::test]
async fn a_bye_is_proved_where_the_registrar_asks_for_that() {
    for transport in BOTH {
        let options = Options {
            answer_after: Duration::ZERO,
            challenge_bye: true,
            // Each nonce is too old at once, so that the BYE's first proof is not taken.
            nonce_life: Duration::from_millis(300),
            ..Options::default()
        };
        let registrar = Registrar::start(Arc::new(One), options).await.unwrap();
        let outcome = dial(call_of(&registrar, "1", transport), &quiet).await;

        assert_eq!(outcome.end, CallEnd::HungUp { by_us: true });
        let byes = outcome
            .message_chart
            .iter()
            .filter(|line| line.label == "BYE");
        let told: Vec<bool> = byes.map(|line| line.text.contains("Proxy-Auth")).collect();
        assert!(told.len() >= 2, "proved at once, and anew");
        assert!(told.iter().all(|proved| *proved), "{told:?}");
        let last = outcome.message_chart.last().unwrap();
        assert_eq!(last.label, "200 OK");
        let text = format!("{:?}", outcome.message_chart);
        assert!(text.contains("response=\\\"••••••\\\""), "{text}");
        assert_eq!(registrar.open_calls(), 0);
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_is_hung_up() {
    let registrar = registrar(Duration::ZERO).await;
    let mut request = call_of(&registrar, "1", TransportName::Udp);
    request.talk = Duration::from_mins(10);
    let (answered, mut waiting) = tokio::sync::mpsc::unbounded_channel();
    let on_state = move |state| {
        if state == CallState::Answered {
            let _ = answered.send(());
        }
    };

    tokio::select! {
        _ = dial(request, &on_state) => panic!("the call lasts ten minutes"),
        _ = waiting.recv() => {}
    }

    let over = async {
        while registrar.open_calls() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(5), over).await.unwrap();
}

/// Takes one name and one password.
struct One;

impl Directory for One {
    fn realms(&self) -> Vec<String> {
        vec![REALM.to_owned()]
    }

    fn ha1(&self, realm: &str, name: &str) -> Option<Hash> {
        let password = SipPassword::new("x");
        (realm == REALM && name == "bob").then(|| ha1(name, realm, &password))
    }
}

async fn registrar(answer_after: Duration) -> Registrar {
    let options = Options {
        answer_after,
        busy: vec!["busy".to_owned()],
        missing: vec!["missing".to_owned()],
        unanswered: vec!["unanswered".to_owned()],
        ..Options::default()
    };
    Registrar::start(Arc::new(One), options).await.unwrap()
}

fn call_of(registrar: &Registrar, number: &str, transport: TransportName) -> DialRequest {
    DialRequest {
        peer: Peer::new("localhost"),
        target: registrar.address(),
        request_uri: format!("sip:{number}@{REALM}:{}", registrar.port()),
        from: format!("sip:+15557654321@{REALM}"),
        user_name: "bob".to_owned(),
        form: NameForm::Composite,
        proof: Proof::Password(SipPassword::new("x")),
        other_realms: Vec::new(),
        realm: REALM.to_owned(),
        transport,
        ring_timeout: Duration::from_secs(20),
        talk: Duration::from_millis(500),
        hangup: CancellationToken::new(),
        sound: Source::Tone(Tone::default()),
        speakers: false,
    }
}

/// Calls without a person, who would press keys.
async fn dial(request: DialRequest, on_state: &(dyn Fn(CallState) + Send + Sync)) -> DialOutcome {
    let (_, orders) = mpsc::channel(1);
    let on_news = |news| {
        if let News::State(state) = news {
            on_state(state);
        }
    };
    call::dial(request, orders, &on_news).await
}

fn quiet(_: CallState) {}
