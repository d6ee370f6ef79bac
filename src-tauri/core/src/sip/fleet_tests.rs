use std::sync::Mutex;

use super::*;
use crate::digest::Hashes;
use crate::ipc::TransportName;
use crate::secret::SipPassword;
use crate::sip::answer::Proof;
use crate::sip::pace::Pace;
use crate::sip::resolve::Target;
use crate::sip::scripted::{Act, Scripted, challenge, status};
use crate::trust::Trust;

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

fn at_pace(rate: u32) -> Fleet {
    let checks = Checks::default().at_pace(Pace::new(rate));
    Fleet::new(checks, Limits::default(), AT_ONCE)
}

#[tokio::test]
async fn each_end_is_told_once_and_no_check_binds() {
    let registrar = Scripted::start(TransportName::Udp, &[status(403)]).await;
    let told = Mutex::new(Vec::new());
    let on_end = |ended: &Ended<'_>| {
        assert_eq!(ended.total, 20);
        let mut told = told.lock().unwrap();
        told.push(ended.index);
        assert_eq!(ended.done, told.len());
    };

    let requests = requests(&registrar, 20).into_iter();
    let outcome = at_pace(50)
        .run(requests, &CancellationToken::new(), &on_end)
        .await;

    assert_eq!((outcome.accepted, outcome.not_accepted), (0, 20));
    assert_eq!(outcome.not_checked, 0);
    let mut told = told.into_inner().unwrap();
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
    let mut fleet = at_pace(10);
    fleet.limits = Limits {
        give_up: Duration::from_millis(400),
        total: Duration::from_millis(500),
    };

    let requests = requests(&registrar, 10).into_iter();
    let outcome = fleet
        .run(requests, &CancellationToken::new(), &|ended| {
            let verdict = &ended.outcome.verdict;
            let refused = matches!(
                verdict,
                super::super::verdict::Verdict::CredentialRefused { .. }
            );
            assert!(refused, "{verdict:?}");
        })
        .await;

    assert_eq!(outcome.not_accepted, 10);
    assert_eq!(registrar.heard().len(), 20, "nothing was sent again");
    assert!(outcome.took > Duration::from_secs(1), "{:?}", outcome.took);
}

#[tokio::test]
async fn a_stop_ends_those_on_their_way_and_says_how_many_were_not_checked() {
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
