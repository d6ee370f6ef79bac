use std::time::Duration;

use super::*;
use crate::registration::sentences::{binding, outcome, request as query};
use registrar_activity::Tone;
use registrar_secret::SipPassword;
use registrar_sip::register::{Meaning, Remark};
use registrar_user_agent::message_chart::MessageMeaning;

#[test]
fn the_report_has_what_was_measured() {
    let mut ended = outcome(Verdict::ServerFailed { status: 500 });
    ended.wire = Duration::from_millis(1_250);
    ended.target = "UDP 192.0.2.1:5006".to_owned();

    let report = report(&request(CheckKind::Query), ended);

    assert!((report.wire_ms - 1250.0).abs() < 1e-9);
    assert_eq!(report.target, "UDP 192.0.2.1:5006");
    assert!(!report.listed);
}

#[test]
fn a_question_about_phones_names_those_of_others() {
    for listed in [true, false] {
        let mut ended = outcome(Verdict::MayReplace {
            proved: None,
            listed,
        });
        ended.bindings = vec![
            binding("sip:a@192.0.2.9", false),
            binding("sip:check@192.0.2.5", true),
            binding("sip:b@192.0.2.9", false),
        ];

        let question = report(&request(CheckKind::Full), ended).question;

        let phones = ["sip:a@192.0.2.9", "sip:b@192.0.2.9"].map(str::to_owned);
        let phones = phones.to_vec();
        assert_eq!(question, Some(CheckQuestion::Replace { phones, listed }));
    }
}

#[test]
fn only_a_forbidden_query_of_a_full_check_may_be_allowed() {
    for answered in [true, false] {
        let question = |kind, query| {
            let ended = outcome(Verdict::Forbidden { answered, query });
            report(&request(kind), ended).question
        };

        let allowed = Some(CheckQuestion::Forbidden { answered });
        assert_eq!(question(CheckKind::Full, true), allowed);
        assert_eq!(question(CheckKind::Full, false), None);
        for kind in [CheckKind::Query, CheckKind::Replacing] {
            assert_eq!(question(kind, true), None, "{kind:?}");
        }
    }
}

#[test]
fn what_a_registrar_says_is_quoted_as_one_sentence() {
    let mut ended = outcome(Verdict::UnknownUser);
    let remark = |header, text: &str| Remark {
        header,
        text: text.to_owned(),
    };
    ended.remarks = vec![
        remark("Warning", "No route."),
        remark("Reason", "Q.850;cause=34"),
    ];

    let evidence = report(&request(CheckKind::Query), ended).evidence;

    assert_eq!(
        evidence,
        [
            "The registrar says (Warning): No route.",
            "The registrar says (Reason): Q.850;cause=34.",
        ]
    );
}

#[test]
fn messages_without_an_answer_are_counted() {
    for (sent, said) in [
        (0, None),
        (1, Some("1 message was sent. No answer came.")),
        (2, Some("2 messages were sent. No answer came.")),
    ] {
        let mut ended = outcome(Verdict::NoAnswer { provisional: false });
        ended.message_chart = vec![line(true); sent];

        let evidence = report(&request(CheckKind::Query), ended).evidence;

        assert_eq!(evidence.first().map(String::as_str), said);
    }
}

#[test]
fn a_look_is_answered_by_what_came_back() {
    let request = request(CheckKind::Query);
    for (message_chart, answered) in [
        (vec![], false),
        (vec![line(true)], false),
        (vec![line(true), line(false)], true),
        (vec![line(false)], true),
    ] {
        let mut ended = outcome(Verdict::UnknownUser);
        ended.message_chart = message_chart;
        ended.bindings = vec![binding("sip:a@192.0.2.9", false); 2];

        let look = crate::registration::look(&request, &ended);

        assert_eq!((look.answered, look.found.bindings), (answered, 2));
        assert_eq!(look.found.tone, Tone::Bad);
    }
}

fn request(kind: CheckKind) -> CheckRequest {
    CheckRequest {
        kind,
        ..query(Proof::Password(SipPassword::new("x")), &[5006])
    }
}

fn line(sent: bool) -> TracedMessage {
    TracedMessage {
        sent,
        target: 0,
        at_ms: 5,
        label: "REGISTER".to_owned(),
        meaning: MessageMeaning::RegisterHeard(Meaning::Stray),
        text: String::new(),
    }
}
