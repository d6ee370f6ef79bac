use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;
use registrar_digest::Hashes;
use registrar_http::trust::Trust;
use registrar_secret::SipPassword;
use registrar_sip::TransportName;
use registrar_sip::answer::Proof;
use registrar_sip::message::Message;
use tokio::net::UdpSocket;

use super::*;
use crate::breaker::MOST_UNANSWERED;
use crate::pace::Pace;
use crate::resolve::Target;
use crate::scripted::{Act, Scripted, answer, authority, challenge, status};

const REALM: &str = "r.example";

fn requests(registrar: &Scripted, count: usize) -> Vec<CheckRequest> {
    let hashes = Hashes::make("bob", REALM, &SipPassword::new("x"));
    let request = CheckRequest {
        realm: REALM.to_owned(),
        composite: "bob".to_owned(),
        proof: Proof::Hash1(hashes.hash1),
        kind: CheckKind::Full,
        transport: TransportName::Udp,
        targets: vec![Target::typed(registrar.address)],
        target_name: REALM.to_owned(),
        trust: Trust::default(),
    };
    vec![request; count]
}

fn at_pace(rate: u32) -> BatchCheck {
    let checks = Checks::default().at_pace(Pace::new(rate));
    BatchCheck::new(checks, Limits::default(), AT_ONCE)
}

#[tokio::test]
async fn a_check_that_breaks_is_told_as_broken() {
    let registrar = Scripted::start(TransportName::Tls, &[status(403)]).await;
    let mut requests = requests(&registrar, 3);
    for (request, trust) in requests
        .iter_mut()
        .zip([authority(), Trust::breaking(), authority()])
    {
        request.transport = TransportName::Tls;
        request.trust = trust;
    }

    let outcome = at_pace(50)
        .run(requests.into_iter(), &CancellationToken::new(), &|_| {})
        .await;

    assert_eq!((outcome.not_accepted, outcome.not_checked), (2, 1));
    assert_eq!(outcome.blocked, Some(Blocked::Broken));
}

#[tokio::test]
async fn each_end_is_told_once_and_no_check_binds() {
    let registrar = Scripted::start(TransportName::Udp, &[status(403)]).await;
    let told = Mutex::new(Vec::new());
    let on_end = |ended: &Ended<'_>| {
        assert_eq!(ended.total, 20);
        let mut told = told.lock();
        told.push(ended.index);
        assert_eq!(ended.done, told.len());
    };

    let requests = requests(&registrar, 20).into_iter();
    let outcome = at_pace(50)
        .run(requests, &CancellationToken::new(), &on_end)
        .await;

    assert_eq!((outcome.accepted, outcome.not_accepted), (0, 20));
    assert_eq!(outcome.not_checked, 0);
    let mut told = told.into_inner();
    told.sort_unstable();
    assert_eq!(told, (0..20).collect::<Vec<_>>());
    for heard in registrar.heard() {
        assert_eq!(heard.header("Contact"), None, "a query, whatever was asked");
    }
}

#[tokio::test]
async fn a_realm_that_is_not_answered_counts_as_not_checked() {
    let ask = challenge("other.example", ", qop=\"auth\"");
    let registrar = Scripted::start(TransportName::Udp, &[ask]).await;
    let passwords = requests(&registrar, 2).into_iter().map(|request| {
        let proof = Proof::Password(SipPassword::new("x"));
        CheckRequest { proof, ..request }
    });
    let all: Vec<CheckRequest> = passwords.chain(requests(&registrar, 1)).collect();

    let outcome = at_pace(50)
        .run(all.into_iter(), &CancellationToken::new(), &|_| {})
        .await;

    assert_eq!((outcome.not_accepted, outcome.not_checked), (0, 3));
    assert_eq!(outcome.stopped, 0);
    for heard in registrar.heard() {
        assert_eq!(heard.header("Authorization"), None);
    }
}

#[tokio::test]
async fn a_check_that_waits_for_its_turn_does_not_run_out_of_time() {
    let ask = challenge(REALM, ", qop=\"auth\"");
    let registrar = Scripted::start(TransportName::Udp, &[ask]).await;
    // Each is refused after two REGISTERs: the last one waits for a second or so.
    let mut batch_check = at_pace(10);
    batch_check.limits = Limits {
        give_up: Duration::from_millis(400),
        total: Duration::from_millis(500),
    };

    let requests = requests(&registrar, 10).into_iter();
    let outcome = batch_check
        .run(requests, &CancellationToken::new(), &|ended| {
            let verdict = &ended.outcome.verdict;
            let refused = matches!(
                verdict,
                registrar_sip::verdict::Verdict::CredentialRefused { .. }
            );
            assert!(refused, "{verdict:?}");
        })
        .await;

    assert_eq!(outcome.not_accepted, 10);
    assert_eq!(registrar.heard().len(), 20, "nothing was sent again");
    assert!(outcome.took > Duration::from_secs(1), "{:?}", outcome.took);
}

#[tokio::test]
async fn stop_ends_running_checks_and_counts_the_unchecked() {
    let registrar = Scripted::start(TransportName::Udp, &[status(403), Act::Silent]).await;
    let stop = CancellationToken::new();
    let began = Instant::now();

    let requests = requests(&registrar, 100).into_iter();
    let outcome = at_pace(50).run(requests, &stop, &|_| stop.cancel()).await;

    assert_eq!((outcome.not_accepted, outcome.not_checked), (1, 99));
    assert!(began.elapsed() < Duration::from_secs(4));
    assert!(registrar.heard().len() <= 1 + AT_ONCE);
}

#[tokio::test]
async fn nobody_is_asked_for_an_empty_list_or_after_a_stop() {
    let registrar = Scripted::start(TransportName::Udp, &[status(403)]).await;
    let stopped = CancellationToken::new();
    stopped.cancel();

    let none = at_pace(5)
        .run(std::iter::empty(), &CancellationToken::new(), &|_| {})
        .await;
    let requests = requests(&registrar, 3).into_iter();
    let after = at_pace(5).run(requests, &stopped, &|_| {}).await;

    assert_eq!((none.not_checked, after.not_checked), (0, 3));
    assert_eq!(registrar.heard().len(), 0);
}

/// What a registrar does to all that comes after it blocked the sender.
#[derive(Clone, Copy)]
enum Ban {
    Silence,
    Status(u16),
}

/// A registrar that challenges and accepts `most` messages, and then bans.
async fn banning(most: usize, ban: Ban) -> (Vec<CheckRequest>, Arc<AtomicUsize>) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    let heard = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&heard);
    tokio::spawn(async move {
        let mut room = [0; 4096];
        loop {
            let (length, source) = socket.recv_from(&mut room).await.unwrap();
            let request = Message::from_datagram(&room[..length]).unwrap().unwrap();
            let ask = "Digest realm=\"r.example\", nonce=\"n\", qop=\"auth\"".to_owned();
            let answer = if counted.fetch_add(1, Ordering::Relaxed) >= most {
                match ban {
                    Ban::Silence => continue,
                    Ban::Status(status) => answer(&request, source, status, Vec::new()),
                }
            } else if request.header("Authorization").is_some() {
                answer(&request, source, 200, Vec::new())
            } else {
                answer(&request, source, 401, vec![("WWW-Authenticate", ask)])
            };
            socket.send_to(&answer, source).await.unwrap();
        }
    });
    let one = Scripted::start(TransportName::Udp, &[Act::Silent]).await;
    let mut all = requests(&one, 30);
    for request in &mut all {
        request.targets = vec![Target::typed(address)];
    }
    (all, heard)
}

#[tokio::test]
async fn a_registrar_that_falls_silent_is_left_alone() {
    let (all, heard) = banning(16, Ban::Silence).await;

    let outcome = at_pace(50)
        .run(all.into_iter(), &CancellationToken::new(), &|_| {})
        .await;

    assert_eq!(outcome.blocked, Some(Blocked::Silent));
    assert_eq!(outcome.not_accepted, 0, "{outcome:?}");
    assert_eq!(outcome.not_checked, 30 - outcome.accepted);
    let after = heard.load(Ordering::Relaxed) - 16;
    assert!(
        after <= MOST_UNANSWERED,
        "{after} messages after the last answer"
    );
}

#[tokio::test]
async fn a_registrar_that_refuses_everything_is_left_alone() {
    for status in [403, 429, 503] {
        let (all, heard) = banning(16, Ban::Status(status)).await;

        let outcome = at_pace(50)
            .run(all.into_iter(), &CancellationToken::new(), &|_| {})
            .await;

        assert_eq!(outcome.blocked, Some(Blocked::Refusing), "{status}");
        assert!(outcome.not_checked > 0, "{outcome:?}");
        let after = heard.load(Ordering::Relaxed) - 16;
        assert!(after <= 2 * (MOST_REFUSED + AT_ONCE), "{after} messages");
    }
}

#[tokio::test]
async fn a_check_after_others_knows_that_the_registrar_answered() {
    let registrar = Scripted::start(TransportName::Udp, &[status(403), Act::Silent]).await;
    let checks = Checks::default();
    let request = requests(&registrar, 1).remove(0);
    let limits = Limits {
        give_up: Duration::from_millis(100),
        ..Limits::default()
    };

    let first = checks.check(&request, limits, &|_| {}).await;
    let second = checks.check(&request, limits, &|_| {}).await;
    let stranger = Checks::default().check(&request, limits, &|_| {}).await;

    let forbidden = Verdict::Forbidden {
        answered: false,
        query: true,
    };
    assert_eq!(first.verdict, forbidden);
    assert_eq!(second.verdict, Verdict::FellSilent { refused: false });
    assert_eq!(stranger.verdict, Verdict::NoAnswer { provisional: false });
}
