use registrar_bandwidth::discovery::{Origin, Ways};
use registrar_explain::Verdict;
use registrar_user_agent::resolve::Target;

use super::*;

fn binding(address: &str, expires: u32) -> BindingView {
    BindingView {
        address: address.to_owned(),
        expires,
        ours: false,
    }
}

fn report(bindings: &[BindingView]) -> CheckReport {
    CheckReport {
        question: None,
        verdict: Verdict {
            tone: Tone::Good,
            sentence: String::new(),
            causes: Vec::new(),
            next: None,
            recovery_options: Vec::new(),
        },
        evidence: Vec::new(),
        target: String::new(),
        targets: Vec::new(),
        dns: Vec::new(),
        listed: true,
        message_chart: Vec::new(),
        bindings: bindings.to_vec(),
        accepted_user_name: None,
        seen_as: None,
        unregistered: None,
        path: None,
        wire_ms: 0.0,
    }
}

fn found() -> Found {
    Found {
        host: "r.example".to_owned(),
        own: Vec::new(),
        transport: None,
        failure: None,
        ways: Ways {
            udp: vec![Target::typed("192.0.2.1:5006".parse().unwrap())],
            ..Ways::default()
        },
        origin: Origin::Typed,
        trouble: None,
        dns: Vec::new(),
    }
}

#[test]
fn phone_from_before_a_new_password_counts_after_a_refresh() {
    let before = report(&[binding("sip:old@192.0.2.1", 3000)]);
    let later = report(&[binding("sip:old@192.0.2.1", 2997)]);
    let refreshed = report(&[binding("sip:old@192.0.2.1", 3600)]);

    let (first, old) = look(before, None, Duration::ZERO, &found());
    let (second, old) = look(later, Some(&old), Duration::ZERO, &found());
    let (third, _) = look(refreshed, Some(&old), Duration::ZERO, &found());

    assert_eq!(first.registered, None);
    assert_eq!(second.registered, None);
    assert_eq!(
        third.registered.unwrap(),
        "A phone is registered from 192.0.2.1. Its registration expires in 1 hour."
    );
}

#[test]
fn another_phone_counts_at_once() {
    let old = [binding("sip:old@192.0.2.1", 3000)];
    let both = report(&[
        binding("sip:old@192.0.2.1", 2000),
        binding("sip:new@192.0.2.2", 60),
    ]);

    let (look, _) = look(both, Some(&old), Duration::ZERO, &found());

    assert_eq!(
        look.registered.unwrap(),
        "A phone is registered from 192.0.2.2. Its registration expires in 1 minute."
    );
}

#[test]
fn the_likely_causes_come_after_two_minutes() {
    let (early, _) = look(report(&[]), Some(&[]), Duration::from_secs(119), &found());
    let (late, _) = look(report(&[]), Some(&[]), Duration::from_mins(2), &found());

    assert_eq!(early.hints, Vec::<String>::new());
    assert!(late.hints[0].contains("5006"), "{:?}", late.hints);
}
