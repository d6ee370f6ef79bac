use super::*;
use registrar_activity::Tone;
use registrar_names::every;

use crate::table::{Table, verdict};

#[test]
fn each_end_says_what_was_checked_and_what_was_not() {
    let all = "All 3 checked credentials were accepted.";
    let none = "None of the 4 checked credentials was accepted.";
    let some = "3 credentials were checked: 2 accepted, 1 not accepted.";
    let unchecked = "No credential was checked.";
    let silent = blocked(Blocked::Silent);
    for (counts, stopped, blocked, sentence) in [
        ((3, 0, 0), false, None, all.to_owned()),
        ((2, 1, 0), false, None, some.to_owned()),
        ((0, 4, 0), false, None, none.to_owned()),
        ((0, 0, 0), false, None, unchecked.to_owned()),
        (
            (3, 0, 7),
            true,
            None,
            format!("Stopped. {all} 7 weren’t checked."),
        ),
        ((3, 0, 7), false, None, format!("{all} 7 weren’t checked.")),
        (
            (0, 0, 7),
            true,
            None,
            format!("Stopped. {unchecked} 7 weren’t checked."),
        ),
        (
            (2, 1, 7),
            true,
            Some(Blocked::Silent),
            format!("{silent} {some} 7 weren’t checked."),
        ),
    ] {
        assert_eq!(summary(counts, blocked, stopped), sentence);
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
