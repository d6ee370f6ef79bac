use std::collections::HashMap;

use registrar_digest::{Hashes, with_realm};
use registrar_http::trust::Trust;
use registrar_secret::{Hash, SipPassword};
use registrar_sip::answer::Proof;
use registrar_sip::verdict::{Unregistered, Verdict};
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::{CheckOutcome, CheckRequest, Limits, check};
use registrar_user_agent::message_chart::{MessageMeaning, TracedMessage};
use registrar_user_agent::resolve::Target;

use super::*;
use crate::phone::{PhoneSettings, PretendPhone};

pub(super) const REALM: &str = "r.example";
pub(super) const NAMES: [&str; 2] = ["bob", "bob@somewhere.com"];

/// Holds Hash1 and Hash1b of both names.
struct Book(HashMap<String, Hash>);

impl Directory for Book {
    fn realms(&self) -> Vec<String> {
        vec![REALM.to_owned(), "second.example".to_owned()]
    }

    fn ha1(&self, realm: &str, name: &str) -> Option<Hash> {
        self.0.get(name).filter(|_| realm == REALM).cloned()
    }
}

pub(super) fn book() -> Arc<dyn Directory> {
    let mut book = HashMap::new();
    for name in NAMES {
        let hashes = Hashes::make(name, REALM, &password());
        book.insert(name.to_owned(), hashes.hash1);
        book.insert(with_realm(name, REALM), hashes.hash1b);
    }
    Arc::new(Book(book))
}

pub(super) fn password() -> SipPassword {
    SipPassword::new("pä ss:@\"\\ ")
}

async fn registrar(options: Options) -> Registrar {
    Registrar::start(book(), options).await.unwrap()
}

fn request(registrar: &Registrar, kind: CheckKind, transport: TransportName) -> CheckRequest {
    CheckRequest {
        realm: REALM.to_owned(),
        composite: NAMES[1].to_owned(),
        proof: Proof::Password(password()),
        kind,
        transport,
        targets: vec![Target::typed(registrar.address())],
        target_name: REALM.to_owned(),
        trust: Trust::default(),
    }
}

async fn run(request: &CheckRequest) -> CheckOutcome {
    let limits = Limits {
        give_up: Duration::from_secs(2),
        ..Limits::default()
    };
    check(request, limits, &|_| {}).await
}

const BOTH: [TransportName; 2] = [TransportName::Udp, TransportName::Tcp];

#[tokio::test]
async fn a_full_check_binds_and_leaves_nothing_behind() {
    let registrar = registrar(Options::default()).await;
    for transport in BOTH {
        for composite in NAMES {
            let mut request = request(&registrar, CheckKind::Full, transport);
            request.composite = composite.to_owned();

            let outcome = run(&request).await;

            assert!(outcome.verdict.proved(), "{:?}", outcome.verdict);
            assert_eq!(outcome.accepted_user_name.as_deref(), Some(composite));
            assert_eq!(outcome.unregistered, Some(Unregistered::Done));
            assert!(outcome.bindings[0].ours);
            assert!(registrar.bindings(REALM, composite).is_empty());
        }
    }
}

#[tokio::test]
async fn a_registered_phone_is_listed_and_a_check_leaves_it_alone() {
    for transport in BOTH {
        let registrar = registrar(Options::default()).await;
        let settings = PhoneSettings {
            realm: REALM.to_owned(),
            composite: NAMES[1].to_owned(),
            registrar: registrar.address(),
            transport,
        };
        let phone = PretendPhone::register(settings, password(), "Pretend Phone 1")
            .await
            .unwrap();

        for kind in [CheckKind::Query, CheckKind::Full] {
            let outcome = run(&request(&registrar, kind, transport)).await;

            let listed = |binding: &&registrar_sip::BindingView| binding.address == phone.contact();
            let binding = outcome.bindings.iter().find(listed).unwrap();
            assert!(!binding.ours);
            assert!(binding.expires > 3500);
        }
        let bound = registrar.bindings(REALM, NAMES[1]);
        assert_eq!(bound.len(), 1);
        assert_eq!(bound[0].user_agent.as_deref(), Some("Pretend Phone 1"));
        assert!(phone.stop().await, "the registrar confirms");
        assert!(registrar.bindings(REALM, NAMES[1]).is_empty());
    }
}

#[tokio::test]
async fn a_phone_that_is_dropped_un_registers() {
    let registrar = registrar(Options::default()).await;
    let settings = PhoneSettings {
        realm: REALM.to_owned(),
        composite: "bob".to_owned(),
        registrar: registrar.address(),
        transport: TransportName::Udp,
    };
    let phone = PretendPhone::register(settings, password(), "Phone")
        .await
        .unwrap();
    assert_eq!(registrar.bindings(REALM, "bob").len(), 1);

    drop(phone);

    let gone = async {
        while !registrar.bindings(REALM, "bob").is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), gone)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_phone_with_a_wrong_password_learns_why() {
    let registrar = registrar(Options::default()).await;
    let settings = PhoneSettings {
        realm: REALM.to_owned(),
        composite: "bob".to_owned(),
        registrar: registrar.address(),
        transport: TransportName::Udp,
    };

    let refused = PretendPhone::register(settings, SipPassword::new("no"), "Phone").await;

    assert!(matches!(refused, Err(Verdict::CredentialRefused { .. })));
}

#[tokio::test]
async fn every_fault_gives_its_own_verdict() {
    let faults = |change: fn(&mut Faults)| {
        let mut faults = Faults::default();
        change(&mut faults);
        faults
    };
    let registrar = registrar(Options::default()).await;
    for (faults, verdict) in [
        (
            faults(|faults| faults.status = Some(403)),
            Verdict::Forbidden {
                answered: false,
                query: true,
            },
        ),
        (
            faults(|faults| faults.status = Some(503)),
            Verdict::ServiceUnavailable {
                retry_after: Some(Duration::from_secs(30)),
            },
        ),
        (
            faults(|faults| faults.realm = Some("other.example".to_owned())),
            Verdict::RealmNotAnswered {
                asked: "other.example".to_owned(),
            },
        ),
        (
            faults(|faults| faults.stale = true),
            Verdict::StaleWithoutEnd,
        ),
        (
            faults(|faults| faults.silent = true),
            Verdict::NoAnswer { provisional: false },
        ),
    ] {
        registrar.set_faults(faults);

        let outcome = run(&request(&registrar, CheckKind::Query, TransportName::Udp)).await;

        assert_eq!(outcome.verdict, verdict);
    }
}

#[tokio::test]
async fn a_forced_423_takes_the_longer_time() {
    let registrar = registrar(Options::default()).await;
    registrar.set_faults(Faults {
        status: Some(423),
        ..Faults::default()
    });

    let outcome = run(&request(&registrar, CheckKind::Full, TransportName::Tcp)).await;

    assert!(outcome.verdict.proved(), "{:?}", outcome.verdict);
    assert!(outcome.bindings[0].expires > 1700);
    assert_eq!(outcome.unregistered, Some(Unregistered::Done));
}

#[tokio::test]
async fn a_late_answer_is_still_an_answer() {
    let registrar = registrar(Options::default()).await;
    registrar.set_faults(Faults {
        delay: Duration::from_millis(700),
        ..Faults::default()
    });

    let outcome = run(&request(&registrar, CheckKind::Query, TransportName::Udp)).await;

    assert!(outcome.verdict.proved(), "{:?}", outcome.verdict);
    let again = |line: &TracedMessage| {
        matches!(
            line.meaning,
            MessageMeaning::RegisterSent { again: true, .. }
        )
    };
    assert!(
        outcome.message_chart.iter().any(again),
        "UDP sends again meanwhile"
    );
}

#[tokio::test]
async fn it_stops_when_it_is_dropped() {
    let registrar = registrar(Options::default()).await;
    let request = request(&registrar, CheckKind::Query, TransportName::Tcp);
    assert!(run(&request).await.verdict.proved());

    drop(registrar);

    let closed = async {
        while run(&request).await.verdict != Verdict::NobodyListens {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), closed)
        .await
        .unwrap();
}

/// Sends datagrams and reads the answers.
struct Peer {
    socket: UdpSocket,
    registrar: SocketAddr,
}

impl Peer {
    async fn new(registrar: &Registrar) -> Self {
        Self {
            socket: UdpSocket::bind("127.0.0.1:0").await.unwrap(),
            registrar: registrar.address(),
        }
    }

    async fn ask(&self, text: &str) -> Message {
        let text = text.replace('\n', "\r\n");
        self.socket
            .send_to(text.as_bytes(), self.registrar)
            .await
            .unwrap();
        self.next().await
    }

    async fn next(&self) -> Message {
        let mut room = vec![0; LARGEST];
        let heard = self.socket.recv(&mut room);
        let heard = tokio::time::timeout(Duration::from_secs(5), heard).await;
        let length = heard.unwrap().unwrap();
        Message::from_datagram(&room[..length]).unwrap().unwrap()
    }
}

pub(super) fn head(method: &str, uri: &str, branch: &str) -> String {
    format!(
        "{method} {uri} SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK{branch}\n\
         From: <sip:bob@{REALM}>;tag=f\nTo: <sip:bob@{REALM}>\nCall-ID: c\nCSeq: 1 {method}\n"
    )
}

#[tokio::test]
async fn it_answers_as_a_real_registrar_does() {
    let registrar = registrar(Options::default()).await;
    let peer = Peer::new(&registrar).await;
    let target = format!("sip:{REALM}");
    let ask = |method: &str, uri: &str, more: &str, branch: &str| {
        format!("{}{more}\n", head(method, uri, branch))
    };

    let options = peer.ask(&ask("OPTIONS", &target, "", "1")).await;
    let first = peer.ask(&ask("REGISTER", &target, "", "2")).await;
    let again = peer.ask(&ask("REGISTER", &target, "", "2")).await;
    let second_realm = peer
        .ask(&ask("REGISTER", "sip:SECOND.example", "", "3"))
        .await;
    let by_address = peer.ask(&ask("REGISTER", "sip:127.0.0.1", "", "4")).await;
    let call = peer
        .ask(&ask("INVITE", &format!("sip:1@{REALM}"), "", "5"))
        .await;
    let strange = peer.ask(&ask("PUBLISH", &target, "", "6")).await;
    let required = peer
        .ask(&ask("REGISTER", &target, "Require: gruu\n", "7"))
        .await;
    let no_such_call = peer.ask(&ask("BYE", &target, "", "8")).await;
    let telephone = peer.ask(&ask("REGISTER", "tel:+1555", "", "9")).await;

    assert_eq!(options.status(), Some(200));
    assert!(options.header("Allow").unwrap().contains("REGISTER"));
    assert_eq!(first.status(), Some(401));
    assert!(first.via().unwrap().seen_as().is_some());
    assert!(first.header("To").unwrap().contains(";tag="));
    assert_eq!(
        first.to_bytes(),
        again.to_bytes(),
        "a request that comes again"
    );
    let challenge = |response: &Message| response.header("WWW-Authenticate").unwrap().to_owned();
    assert!(challenge(&first).starts_with("Digest realm=\"r.example\""));
    assert!(challenge(&first).contains("qop=\"auth\""));
    assert!(challenge(&second_realm).contains("realm=\"second.example\""));
    assert!(challenge(&by_address).contains("realm=\"r.example\""));
    assert_eq!(call.status(), Some(407));
    assert!(call.header("Proxy-Authenticate").is_some());
    assert_eq!(strange.status(), Some(405));
    assert_eq!(required.status(), Some(420));
    assert_eq!(no_such_call.status(), Some(481));
    assert_eq!(telephone.status(), Some(416));
}

#[tokio::test]
async fn what_is_not_sip_does_not_stop_it() {
    let registrar = registrar(Options::default()).await;
    let peer = Peer::new(&registrar).await;
    for noise in [
        &b"\r\n\r\n"[..],
        b"",
        b"\xff\x00\xff",
        b"GET / HTTP/1.1\r\n\r\n",
    ] {
        peer.socket.send_to(noise, peer.registrar).await.unwrap();
    }

    let bad = peer
        .ask("REGISTER sip:r SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bKx\n\n")
        .await;

    assert_eq!(bad.status(), Some(400));
}
