//! A check leaves nothing behind wherever it is canceled, and a query touches no binding.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use registrar_practice::registrar::Faults;
use registrar_sip::verdict::Unregistered;
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::{CheckRequest, Checks, Limits, check};
use registrar_user_agent::message_chart::TracedMessage;
use registrar_user_agent::ping::{PingRequest, ping};
use tokio::sync::Notify;

use crate::credentials::{CREDENTIALS, Credential};
use crate::kamailio::Kamailio;
use crate::peers::Phone;
use crate::relay::{Relay, Rules};
use crate::{BOTH, REALM, against_practice, faults};

/// How late each answer comes where each step shall be waited for.
const SLOW: Duration = Duration::from_millis(20);
/// The messages of a full check before its last one: question, challenge, answer and 200 of the query
/// and of the registration, and the removal.
const STEPS: usize = 9;

/// Cancels a full check after its nth message, for every n, and returns how many steps there were.
/// `is_empty` asks the registrar itself.
async fn cancel_at_every_step(request: &CheckRequest, is_empty: impl Fn() -> bool) -> usize {
    for step in 1.. {
        let checks = Checks::default();
        let (seen, reached) = (AtomicUsize::new(0), Notify::new());
        let on_message = |_: &TracedMessage| {
            if seen.fetch_add(1, Ordering::Relaxed) + 1 == step {
                reached.notify_one();
            }
        };
        let ended = tokio::select! {
            biased;
            () = reached.notified() => false,
            _ = checks.check(request, Limits::default(), &on_message) => true,
        };

        let left = checks.settle(Duration::from_secs(5)).await;

        assert_eq!(left, [], "cancelled after message {step}");
        assert_eq!(checks.undoing(), 0);
        assert!(is_empty(), "cancelled after message {step}");
        if ended {
            return step - 1;
        }
    }
    unreachable!("a check has an end")
}

fn full(port: u16, transport: TransportName) -> CheckRequest {
    let mut request = faults::request(port, &CREDENTIALS[0], transport);
    request.kind = CheckKind::Full;
    request
}

#[tokio::test(flavor = "multi_thread")]
async fn check_canceled_at_any_step_leaves_nothing_at_kamailio() {
    let kamailio = Kamailio::start(&CREDENTIALS[0].row(), 300, true);
    // Behind a slow network each message is waited for, so that each step is one.
    let rules = Rules {
        hold: Box::new(|_| SLOW),
        ..Rules::default()
    };
    let relay = Relay::start(kamailio.port, rules).await;
    let slow = full(relay.port, TransportName::Udp);
    let over_tcp = full(kamailio.port, TransportName::Tcp);

    let steps = cancel_at_every_step(&slow, || kamailio.bindings().is_empty()).await;
    cancel_at_every_step(&over_tcp, || kamailio.bindings().is_empty()).await;

    assert_eq!(steps, STEPS);
}

#[tokio::test(flavor = "multi_thread")]
async fn check_canceled_at_any_step_leaves_nothing_in_practice() {
    let registrar = against_practice::registrar().await;
    registrar.set_faults(Faults {
        delay: SLOW,
        ..Faults::default()
    });
    let name = CREDENTIALS[0].name();
    for transport in BOTH {
        let request = full(registrar.port(), transport);

        let is_empty = || registrar.bindings(REALM, &name).is_empty();
        let steps = cancel_at_every_step(&request, is_empty).await;

        assert_eq!(steps, STEPS, "{transport:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn binding_that_kamailio_keeps_is_named_with_its_end() {
    let credential = Credential {
        user: "fault-stays",
        ..CREDENTIALS[0]
    };
    let kamailio = Kamailio::start(&credential.row(), 300, true);
    let mut request = faults::request(kamailio.port, &credential, TransportName::Udp);
    request.kind = CheckKind::Full;

    let outcome = check(&request, Limits::default(), &|_| {}).await;

    let refused = Unregistered::Refused { status: 403 };
    assert_eq!(outcome.unregistered, Some(refused));
    assert_eq!(outcome.left.len(), 1);
    assert_eq!(kamailio.bindings(), [outcome.left[0].contact.clone()]);
    assert!((50..=60).contains(&outcome.left[0].seconds(Instant::now())));
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_change_no_binding_and_the_phone_stays_reachable() {
    let credential = &CREDENTIALS[0];
    let kamailio = Kamailio::start(&credential.row(), 300, true);
    let phone = Phone::register(kamailio.port, credential).await;
    let address = (Ipv4Addr::LOCALHOST, kamailio.port).into();
    let mut to_the_phone = PingRequest::new(REALM, TransportName::Udp, address);
    to_the_phone.user = Some(credential.user.to_owned());
    to_the_phone.times = 1;
    let before = kamailio.records();
    assert!(before.contains("baresip"), "{before}");

    let over = AtomicBool::new(false);
    let reach = async {
        let mut reached = 0;
        while !over.load(Ordering::Relaxed) {
            let outcome = ping(&to_the_phone, &|_| {}).await;
            assert_eq!(outcome.status, Some(200), "after {reached} times");
            reached += 1;
        }
        reached
    };
    let query = async {
        for proof in credential.proofs() {
            for transport in BOTH {
                let mut request = faults::request(kamailio.port, credential, transport);
                request.proof = proof.clone();
                let outcome = check(&request, Limits::default(), &|_| {}).await;

                assert!(outcome.verdict.proved(), "{outcome:?}");
                assert_eq!(outcome.bindings.len(), 1);
                assert!(!outcome.bindings[0].ours);
                assert_eq!(kamailio.records(), before);
            }
        }
        over.store(true, Ordering::Relaxed);
    };
    let (reached, ()) = tokio::join!(reach, query);

    assert!(reached > 0);
    let after = ping(&to_the_phone, &|_| {}).await;
    assert_eq!(after.status, Some(200));
    assert_eq!(kamailio.records(), before);
    phone.kill().await;
    let without = ping(&to_the_phone, &|_| {}).await;
    assert_ne!(without.status, Some(200), "it was the phone that answered");
}
