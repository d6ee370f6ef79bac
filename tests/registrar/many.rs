//! Two hundred credentials are checked concurrently without exceeding the registrar's request rate.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::net::Ipv4Addr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use md5::{Digest as _, Md5};
use registrar_http::trust::Trust;
use registrar_secret::Hash;
use registrar_sip::answer::Proof;
use registrar_sip::verdict::Verdict;
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::batch_check::{AT_ONCE, BatchCheck, BatchCheckOutcome};
use registrar_user_agent::check::{CheckRequest, Checks, Limits};
use registrar_user_agent::pace::Pace;
use registrar_user_agent::resolve::Target;
use tokio_util::sync::CancellationToken;

use crate::REALM;
use crate::against_practice::registrar_of;
use crate::kamailio::Kamailio;
use crate::relay::{Relay, Rules};

const MANY: usize = 200;
const RATE: u32 = 50;
/// Every so many, a credential's stored hash is another password's.
const WRONG: usize = 20;

fn name(index: usize) -> String {
    format!("phone{index:03}")
}

fn digits(index: usize, realm_form: bool, password: &str) -> String {
    let name = if realm_form {
        format!("{}@{REALM}", name(index))
    } else {
        name(index)
    };
    hex::encode(Md5::digest(format!("{name}:{REALM}:{password}")))
}

fn requests(port: u16) -> Vec<CheckRequest> {
    let request = |index: usize| {
        let password = if index.is_multiple_of(WRONG) {
            "another"
        } else {
            "pass"
        };
        CheckRequest {
            realm: REALM.to_owned(),
            composite: name(index),
            proof: Proof::Hash1(Hash::new(digits(index, false, password))),
            kind: CheckKind::Query,
            transport: TransportName::Udp,
            targets: vec![Target::typed((Ipv4Addr::LOCALHOST, port).into())],
            target_name: REALM.to_owned(),
            trust: Trust::default(),
        }
    };
    (0..MANY).map(request).collect()
}

/// Checks all through a relay that counts, until `until` have ended.
async fn check_all(
    port: u16,
    until: usize,
) -> (BatchCheckOutcome, HashMap<usize, bool>, Vec<Instant>) {
    let relay = Relay::start(port, Rules::default()).await;
    let batch_check = BatchCheck::new(
        Checks::default().at_pace(Pace::new(RATE)),
        Limits::default(),
        AT_ONCE,
    );
    let stop = CancellationToken::new();
    let told = Mutex::new(HashMap::new());

    let requests = requests(relay.port).into_iter();
    let outcome = batch_check
        .run(requests, &stop, &|ended| {
            let mut told = told.lock().unwrap();
            let verdict = &ended.outcome.verdict;
            let refused = matches!(verdict, Verdict::CredentialRefused { .. });
            assert!(verdict.proved() || refused, "{verdict:?}");
            let again = told.insert(ended.index, verdict.proved());
            assert_eq!(again, None, "each ends once");
            assert_eq!((ended.done, ended.total), (told.len(), MANY));
            if ended.done == until {
                stop.cancel();
            }
        })
        .await;
    (outcome, told.into_inner().unwrap(), relay.passed())
}

/// Counts what came by. A busy computer notes a message late now and then, which makes a second hold
/// more than really came: one in ten is allowed for that, and none over the whole time.
fn assert_never_too_often(passed: &[Instant]) {
    let rate = usize::try_from(RATE).unwrap();
    let most = rate + rate / 10;
    for (first, later) in passed.iter().zip(&passed[most..]) {
        let within = *later - *first;
        assert!(
            within >= Duration::from_secs(1),
            "{} REGISTERs came within {within:?}",
            most + 1
        );
    }
    let whole = passed[passed.len() - 1] - passed[0];
    // The first ones may leave at once.
    let a_second = u32::try_from(passed.len() - rate).unwrap();
    assert!(
        whole >= Duration::from_secs(1) * a_second / RATE,
        "{whole:?}"
    );
}

fn assert_all_right(outcome: &BatchCheckOutcome, told: &HashMap<usize, bool>, passed: &[Instant]) {
    assert_eq!((outcome.not_checked, told.len()), (0, MANY));
    assert_eq!(outcome.not_accepted, MANY / WRONG);
    for (index, proved) in told {
        assert_eq!(*proved, !index.is_multiple_of(WRONG), "{index}");
    }
    assert!(
        passed.len() >= 2 * MANY,
        "a question and an answer for each"
    );
    assert_never_too_often(passed);
    let least = Duration::from_secs_f64(1.05) * u32::try_from(2 * MANY).unwrap() / RATE;
    assert!(outcome.took < least * 3 / 2, "{:?}", outcome.took);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_are_checked_against_kamailio_within_its_limit() {
    let mut rows = String::new();
    for index in 0..MANY {
        let (hash1, hash1b) = (digits(index, false, "pass"), digits(index, true, "pass"));
        writeln!(rows, "{}\t-\t{hash1}\t{hash1b}", name(index)).unwrap();
    }
    let kamailio = Kamailio::start(&rows, 300, true);

    let (outcome, told, passed) = check_all(kamailio.port, MANY + 1).await;

    assert_all_right(&outcome, &told, &passed);
    assert!(kamailio.bindings().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_are_checked_and_a_stop_leaves_the_rest() {
    let book = (0..MANY)
        .map(|index| (name(index), Hash::new(digits(index, false, "pass"))))
        .collect();
    let registrar = registrar_of(book).await;

    let (outcome, told, passed) = check_all(registrar.port(), MANY + 1).await;
    let (stopped, told_until, passed_until) = check_all(registrar.port(), 30).await;

    assert_all_right(&outcome, &told, &passed);
    assert_eq!(told_until.len(), 30);
    assert_eq!(stopped.accepted + stopped.not_accepted, 30);
    assert_eq!(stopped.not_checked, MANY - 30);
    assert_never_too_often(&passed_until);
    assert!(
        passed_until.len() <= 2 * (30 + AT_ONCE),
        "no others were asked"
    );
}
