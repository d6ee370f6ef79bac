//! Saves the last check of a journey as files.

use acceptance::practice_journey::{Machine, full_check, make_credential, to_call, with_realm};
use registrar_app::Error;
use registrar_app::ipc::{Savable, Screen};
use registrar_explain::FailureKind;
use registrar_sip::TransportName;

const FORMS: [Savable; 3] = [
    Savable::MessageChartPcapng,
    Savable::MessageChartSvg,
    Savable::MessageChartText,
];

#[tokio::test]
async fn saving_before_a_check_has_ended_says_to_check_first() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "a password").await;

    for form in FORMS {
        let error = open.file(form).unwrap_err();

        assert!(matches!(error, Error::NoCheck), "{error:?}");
        let words = error.failure();
        assert_eq!(words.kind, FailureKind::Invalid);
        assert!(words.next.contains("Check now"), "{}", words.next);
    }
}

#[tokio::test]
async fn the_last_check_is_saved_and_no_other_credentials() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "a password").await;
    full_check(&open, TransportName::Tcp).await;
    let report = full_check(&open, TransportName::Udp).await;
    to_call(&open);

    let (name, text) = open.file(Savable::MessageChartText).unwrap();
    let (_, svg) = open.file(Savable::MessageChartSvg).unwrap();

    let text = String::from_utf8(text).unwrap();
    let svg = String::from_utf8(svg).unwrap();
    assert!(
        name.starts_with("check-bob-20") && name.strip_suffix(".txt").is_some(),
        "{name}"
    );
    assert!(
        text.starts_with("Practice: nothing here is real.\n"),
        "{text}"
    );
    assert!(text.contains(&report.verdict.sentence), "{text}");
    assert!(
        text.contains(&report.target) && !text.contains("TCP"),
        "{text}"
    );
    for line in &report.message_chart {
        assert!(
            text.contains(&line.plain),
            "{} is missing in {text}",
            line.plain
        );
        for header in line.text.lines() {
            assert!(text.contains(&format!("\n    {header}")), "{header}");
        }
    }
    assert_eq!(
        svg.matches("role=\"listitem\"").count(),
        2 * report.message_chart.len()
    );

    while !matches!(open.screen(), Screen::Credential { .. }) {
        open.go_back().unwrap();
    }
    make_credential(&open, "alice", "", "a password").await;
    let error = open.file(Savable::MessageChartText).unwrap_err();
    assert!(matches!(error, Error::NoCheck), "{error:?}");
}
