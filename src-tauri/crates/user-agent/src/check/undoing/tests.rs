use std::sync::Arc;

use crate::message_chart::TracedMessage;
use parking_lot::Mutex;
use registrar_sip::verdict::{Unregistered, Verdict};
use registrar_sip::{CheckKind, TransportName};
use tokio::time::timeout;

use super::super::check;
use super::super::fixture::{QUICK, REALM, query, quiet, request, until};
use super::*;
use crate::scripted::{Act, Scripted, challenge, status};

fn binding(contact: &str, seconds: u64) -> LeftBehind {
    LeftBehind {
        contact: contact.to_owned(),
        ends: Instant::now() + Duration::from_secs(seconds),
    }
}

fn contacts(left: &[LeftBehind]) -> Vec<&str> {
    left.iter().map(|left| left.contact.as_str()).collect()
}

#[tokio::test]
async fn what_is_removed_in_time_is_not_named_and_what_stayed_is() {
    let checks = Checks::default();
    checks.undo(Some(binding("sip:gone", 60)), async { None });
    checks.undo(None, async { Some(binding("sip:stayed", 60)) });
    checks.undo(None, async { Some(binding("sip:over", 0)) });
    assert_eq!(checks.undoing(), 3);

    let left = checks.settle(Duration::from_secs(5)).await;

    assert_eq!(contacts(&left), ["sip:stayed"]);
    assert_eq!(checks.undoing(), 0);
    assert_eq!(checks.settle(Duration::ZERO).await, [], "each is told once");
}

#[tokio::test]
async fn what_was_asked_for_meanwhile_is_named_again_at_the_end() {
    let checks = Checks::default();
    checks.undo(Some(binding("sip:slow", 60)), std::future::pending());
    checks.undo(None, async { Some(binding("sip:stayed", 60)) });

    let meanwhile = checks.may_stand(Duration::from_millis(50)).await;
    let at_the_end = checks.settle(Duration::ZERO).await;

    assert_eq!(contacts(&meanwhile), ["sip:stayed", "sip:slow"]);
    assert_eq!(contacts(&at_the_end), ["sip:stayed", "sip:slow"]);
}

#[tokio::test(start_paused = true)]
async fn what_takes_too_long_is_named_and_waited_for_no_longer() {
    let checks = Checks::default();
    let began = tokio::time::Instant::now();
    checks.undo(Some(binding("sip:slow", 60)), std::future::pending());
    checks.undo(None, std::future::pending());

    let left = checks.settle(Duration::from_secs(3)).await;

    assert_eq!(contacts(&left), ["sip:slow"]);
    assert_eq!(began.elapsed(), Duration::from_secs(3));
}

#[tokio::test]
async fn many_that_stayed_do_not_fill_the_memory() {
    let checks = Checks::default();
    for _ in 0..3 * MOST_LEFT {
        checks.undo(None, async { Some(binding("sip:stayed", 60)) });
    }

    let left = checks.settle(Duration::from_secs(5)).await;

    assert_eq!(left.len(), MOST_LEFT);
}

#[test]
fn without_a_runtime_what_may_stay_is_named() {
    let checks = Checks::default();
    checks.undo(Some(binding("sip:stayed", 60)), async { None });

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let left = runtime.block_on(checks.settle(Duration::from_secs(1)));

    assert_eq!(contacts(&left), ["sip:stayed"]);
}

#[tokio::test]
async fn a_cancelled_full_check_still_removes_its_binding() {
    let bound = Act::Answer(200, vec![("Contact", "OURS;expires=60".to_owned())]);
    let script = [
        query(),
        vec![challenge(REALM, ""), bound, Act::Silent, status(200)],
    ]
    .concat();
    let registrar = Scripted::start(TransportName::Udp, &script).await;
    let request = request(&registrar, CheckKind::Full, TransportName::Udp);
    let seen = Arc::new(Mutex::new(0));
    let count = Arc::clone(&seen);
    let on_message = move |_: &TracedMessage| *count.lock() += 1;

    tokio::select! {
        _ = check(&request, Limits::default(), &on_message) => panic!("the script stays silent"),
        // Twice ask, challenge, answer, 200: the binding stands.
        () = until(|| *seen.lock() >= 8) => {}
    }

    until(|| registrar.heard().len() >= 6).await;
    let last = registrar.heard().pop().unwrap();
    assert_eq!(last.header("Expires"), Some("0"));
}

#[tokio::test]
async fn checks_settle_only_when_a_dropped_binding_is_gone() {
    let bound = Act::Answer(200, vec![("Contact", "OURS;expires=60".to_owned())]);
    for (last, left) in [(status(200), 0), (status(500), 1)] {
        let full = vec![challenge(REALM, ""), bound.clone(), Act::Silent, last];
        let script = [query(), full].concat();
        let registrar = Scripted::start(TransportName::Udp, &script).await;
        let request = request(&registrar, CheckKind::Full, TransportName::Udp);
        let checks = Checks::default();
        tokio::select! {
            _ = checks.check(&request, Limits::default(), &quiet) => panic!("it stays silent"),
            () = until(|| registrar.heard().len() == 5) => {}
        }
        assert_eq!(checks.undoing(), 1);

        let stayed = checks.settle(Duration::from_secs(5)).await;

        assert_eq!(registrar.heard().len(), 6);
        assert_eq!(stayed.len(), left, "{stayed:?}");
        for binding in stayed {
            assert!(binding.contact.starts_with("sip:check-"), "{binding:?}");
            assert!((50..=60).contains(&binding.seconds(Instant::now())));
        }
    }
}

#[tokio::test]
async fn timed_out_check_says_that_its_binding_is_being_removed() {
    let bound = Act::Answer(200, vec![("Contact", "OURS;expires=60".to_owned())]);
    let script = [
        query(),
        vec![challenge(REALM, ""), bound, Act::Silent, status(200)],
    ]
    .concat();
    let registrar = Scripted::start(TransportName::Udp, &script).await;
    let request = request(&registrar, CheckKind::Full, TransportName::Udp);
    let checks = Checks::default();
    let limits = Limits {
        total: Duration::from_millis(200),
        ..Limits::default()
    };

    let outcome = checks.check(&request, limits, &quiet).await;

    assert_eq!(outcome.verdict, Verdict::OutOfTime);
    assert_eq!(outcome.unregistered, Some(Unregistered::Underway));
    assert_eq!(checks.settle(Duration::from_secs(5)).await, []);
    assert_eq!(registrar.heard().len(), 6);
}

#[tokio::test]
async fn connection_lost_after_binding_is_reopened_to_unbind() {
    let bound = Act::Answer(200, vec![("Contact", "OURS;expires=60".to_owned())]);
    for before in [vec![], vec![bound]] {
        let mut script = query();
        script.push(challenge(REALM, ""));
        script.extend(before);
        script.extend([Act::Close, status(200)]);
        let registrar = Scripted::start(TransportName::Tcp, &script).await;
        let request = request(&registrar, CheckKind::Full, TransportName::Tcp);

        let outcome = check(&request, QUICK, &quiet).await;

        assert_eq!(outcome.unregistered, Some(Unregistered::Done));
        assert_eq!(outcome.left, []);
        let heard = registrar.heard();
        let contacts: Vec<_> = heard
            .iter()
            .filter_map(|sent| sent.header("Contact"))
            .collect();
        assert!(contacts.windows(2).all(|pair| pair[0] == pair[1]));
        let last = heard.last().unwrap();
        assert_eq!(last.header("Expires"), Some("0"));
    }
}

#[tokio::test]
async fn check_canceled_before_binding_adds_no_binding() {
    let full = vec![Act::Silent, challenge(REALM, ""), status(200)];
    let script = [query(), full].concat();
    let registrar = Scripted::start(TransportName::Udp, &script).await;
    let request = request(&registrar, CheckKind::Full, TransportName::Udp);

    tokio::select! {
        _ = check(&request, Limits::default(), &quiet) => panic!("the script stays silent"),
        () = until(|| registrar.heard().len() == 3) => {}
    }

    // The resend is challenged, and the challenge stays without an answer.
    until(|| registrar.heard().len() == 4).await;
    let silence = timeout(
        Duration::from_millis(700),
        until(|| registrar.heard().len() > 4),
    );
    assert!(silence.await.is_err(), "{:?}", registrar.heard());
}
