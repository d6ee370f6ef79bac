use super::*;

#[test]
fn the_end_says_what_was_accepted_what_not_and_what_was_left() {
    for (total, done, checked, accepted, tone, sentence) in [
        (
            1,
            1,
            1,
            1,
            Tone::Good,
            "The one that was checked is accepted.",
        ),
        (
            3,
            3,
            3,
            3,
            Tone::Good,
            "All 3 that were checked are accepted.",
        ),
        (
            1,
            1,
            1,
            0,
            Tone::Bad,
            "The one that was checked is not accepted.",
        ),
        (
            2,
            2,
            2,
            0,
            Tone::Bad,
            "None of the 2 that were checked is accepted.",
        ),
        (
            4000,
            4000,
            4000,
            3999,
            Tone::Bad,
            "Of 4,000 that were checked, 3,999 are accepted and 1 not.",
        ),
        (
            9,
            0,
            0,
            0,
            Tone::Wait,
            "Stopped. None was checked; 9 were not checked.",
        ),
        (
            9,
            2,
            2,
            2,
            Tone::Wait,
            "Stopped. All 2 that were checked are accepted; 7 were not checked.",
        ),
        (
            3,
            3,
            2,
            1,
            Tone::Wait,
            "Of 2 that were checked, 1 are accepted and 1 not; 1 was not checked.",
        ),
    ] {
        let report = report(
            &Tally {
                total,
                done,
                checked,
                accepted,
            },
            None,
        );

        assert_eq!((report.tone, report.sentence.as_str()), (tone, sentence));
    }
}

#[test]
fn a_registrar_that_blocks_is_named() {
    let tally = Tally {
        total: 30,
        done: 12,
        checked: 8,
        accepted: 8,
    };

    let silent = report(&tally, Some(Blocked::Silent));
    let refusing = report(&tally, Some(Blocked::Refusing));

    assert_eq!((silent.not_checked, silent.tone), (22, Tone::Wait));
    assert!(silent.sentence.contains("answered and then stopped"));
    assert!(silent.sentence.ends_with("22 were not checked."));
    assert!(refusing.sentence.contains("refused everything"));
}
