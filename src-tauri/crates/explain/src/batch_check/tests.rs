use std::time::Duration;

use super::*;
use crate::registration::sentences::{binding, outcome, request};
use crate::table::{Table, verdict};
use registrar_names::every;
use registrar_secret::SipPassword;
use registrar_sip::answer::Proof;
use registrar_sip::verdict::Verdict;

#[test]
fn each_end_says_what_was_checked_and_what_was_not() {
    let all = "All 3 checked credentials were accepted.";
    let none = "None of the 4 checked credentials was accepted.";
    let some = "3 credentials were checked: 2 accepted, 1 not accepted.";
    let unchecked = "No credential was checked.";
    let silent = blocked(Blocked::Silent);
    for (counts, blocked, tone, sentence) in [
        ((3, 0, 0, 0), None, Tone::Good, all.to_owned()),
        ((2, 1, 0, 0), None, Tone::Wait, some.to_owned()),
        ((0, 4, 0, 0), None, Tone::Wait, none.to_owned()),
        ((0, 0, 0, 0), None, Tone::Wait, unchecked.to_owned()),
        (
            (3, 0, 7, 7),
            None,
            Tone::Wait,
            format!("Stopped. {all} 7 weren’t checked."),
        ),
        (
            (3, 0, 7, 1),
            None,
            Tone::Wait,
            format!("Stopped. {all} 7 weren’t checked."),
        ),
        (
            (3, 0, 7, 0),
            None,
            Tone::Wait,
            format!("{all} 7 weren’t checked."),
        ),
        (
            (0, 0, 7, 7),
            None,
            Tone::Wait,
            format!("Stopped. {unchecked} 7 weren’t checked."),
        ),
        (
            (2, 1, 7, 7),
            Some(Blocked::Silent),
            Tone::Wait,
            format!("{silent} {some} 7 weren’t checked."),
        ),
    ] {
        let (accepted, not_accepted, not_checked, stopped) = counts;
        let report = report(&BatchCheckOutcome {
            accepted,
            not_accepted,
            not_checked,
            stopped,
            blocked,
            took: Duration::from_millis(1500),
        });

        assert_eq!((report.tone, report.sentence), (tone, sentence));
        let told = (report.accepted, report.not_accepted, report.not_checked);
        let counts = [accepted, not_accepted, not_checked].map(|count| count as u64);
        assert_eq!([told.0, told.1, told.2].map(u64::from), counts);
        assert!((report.took_ms - 1500.0).abs() < 1e-9);
    }
}

#[test]
fn each_reason_to_stop_a_batch_has_its_own_words() {
    let said = [Blocked::Broken, Blocked::Refusing, Blocked::Silent].map(blocked);

    for (sentence, part) in
        said.into_iter()
            .zip(["stopped working", "refused everything", "went silent"])
    {
        assert!(sentence.contains(part), "{sentence}");
        assert!(sentence.ends_with('.'), "another sentence follows");
    }
}

#[test]
fn each_check_of_a_batch_is_told_with_its_place() {
    let request = request(Proof::Password(SipPassword::new("x")), &[5006]);
    let mut outcome = outcome(Verdict::UnknownUser);
    outcome.bindings = vec![binding("sip:phone@192.0.2.9", false)];

    let told = progress(&Ended {
        index: 2,
        done: 5,
        total: 7,
        request: &request,
        outcome: &outcome,
    });

    assert_eq!((told.index, told.done, told.total), (2, 5, 7));
    assert_eq!(told.tone, Tone::Bad);
    assert!(told.sentence.contains("doesn’t know bob"), "{told:?}");
    assert_eq!(told.bindings, outcome.bindings);
}

#[test]
fn the_table_has_every_reason_for_no_check() {
    let filter = Notice {
        tone: Tone::Wait,
        sentence: "No DNS server answered.".to_owned(),
        next: None,
    };
    let reasons = every!(NotChecked {
        NotChecked::NoHash => [NotChecked::NoHash],
        NotChecked::NoRegistrar { .. } => [None, Some(filter)].map(|why| {
            NotChecked::NoRegistrar { realm: "r.example", why }
        }),
    });
    Table::new("Sentences about credentials that can’t be checked")
        .with("Why one isn’t checked", &reasons, |reason| {
            verdict(&reason.verdict())
        })
        .with("In a few words", &reasons, |reason| {
            reason.in_few_words().to_owned()
        })
        .assert_is(include_str!("sentences.md"));
}
