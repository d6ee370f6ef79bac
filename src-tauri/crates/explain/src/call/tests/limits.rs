//! The thresholds of good call audio, tested from both sides.

use super::sound::tone;
use super::*;
use crate::SummaryRow;
use registrar_media::{Expects, Reading, Source, Tone as Pitch};
use registrar_user_agent::call::Hearing;

#[test]
fn missing_packets_count_from_a_tenth_and_a_second() {
    let gaps = |came: &str| format!("Sound came back with gaps, for only {came} seconds.");
    let stopped =
        |came: &str| format!("Sound came back for the first {came} seconds, then stopped.");
    assert_told([
        (
            "15 % at the end",
            Tone::Wait,
            gaps("8 of 10"),
            &[(85, TONE), (15, NOTHING)],
        ),
        (
            "20 % at the end",
            Tone::Wait,
            gaps("8 of 10"),
            &[(80, TONE), (20, NOTHING)],
        ),
        (
            "21 % at the end",
            Tone::Bad,
            stopped("7 of 10"),
            &[(79, TONE), (21, NOTHING)],
        ),
        (
            "1 s at the end",
            Tone::Bad,
            stopped("2 of 3"),
            &[(20, TONE), (10, NOTHING)],
        ),
        (
            "0.9 s at the end",
            Tone::Good,
            good(),
            &[(20, TONE), (9, NOTHING)],
        ),
        (
            "10 % missing",
            Tone::Good,
            good(),
            &[(10, NOTHING), (90, TONE)],
        ),
        (
            "11 % missing",
            Tone::Wait,
            gaps("8 of 10"),
            &[(11, NOTHING), (89, TONE)],
        ),
        (
            "1.5 of 20 s missing",
            Tone::Good,
            good(),
            &[(15, NOTHING), (185, TONE)],
        ),
        (
            "3 of 20 s missing",
            Tone::Wait,
            gaps("17 of 20"),
            &[(30, NOTHING), (170, TONE)],
        ),
        (
            "0.9 of 2 s missing",
            Tone::Good,
            good(),
            &[(9, NOTHING), (11, TONE)],
        ),
        (
            "sound, then a long hold",
            Tone::Good,
            good(),
            &[(9, TONE), (90, HELD)],
        ),
    ]);
}

#[test]
fn the_tone_must_be_heard_for_four_fifths_of_the_time() {
    let part =
        |heard: &str| format!("The tone came back for {heard} seconds. The rest was silence.");
    assert_told([
        ("80 %", Tone::Good, good(), &[(80, TONE), (20, SILENCE)]),
        (
            "79 %",
            Tone::Wait,
            part("7 of 10"),
            &[(79, TONE), (21, SILENCE)],
        ),
        ("85 %", Tone::Good, good(), &[(85, TONE), (15, SILENCE)]),
        (
            "0.5 s of silence",
            Tone::Good,
            good(),
            &[(10, TONE), (5, SILENCE)],
        ),
        (
            "1 s of silence",
            Tone::Wait,
            part("1 of 3"),
            &[(15, TONE), (10, SILENCE)],
        ),
    ]);
}

#[test]
fn unsent_packets_count_from_a_tenth_and_a_second() {
    let unsent = |sent: &str| {
        format!(
            "Sound came back, but the network isn’t good enough. This computer sent sound for only \
             {sent} seconds."
        )
    };
    assert_told([
        ("10 %", Tone::Good, good(), &[(90, TONE), (10, UNSENT)]),
        (
            "11 %",
            Tone::Wait,
            unsent("8 of 10"),
            &[(89, TONE), (11, UNSENT)],
        ),
        (
            "1.5 of 20 s",
            Tone::Good,
            good(),
            &[(185, TONE), (15, UNSENT)],
        ),
        (
            "3 of 20 s",
            Tone::Wait,
            unsent("17 of 20"),
            &[(170, TONE), (30, UNSENT)],
        ),
        ("0.9 of 2 s", Tone::Good, good(), &[(11, TONE), (9, UNSENT)]),
    ]);
}

#[test]
fn another_sound_needs_half_of_the_time() {
    for (tenths, tone) in [(50, Tone::Good), (49, Tone::Wait)] {
        let found = words(&call_of(&[(tenths, SPEECH), (100 - tenths, SILENCE)]));

        assert_eq!(found.tone, tone, "{tenths}: {found:?}");
    }
}

#[test]
fn a_call_without_packets_is_told_by_its_times() {
    let none = "answered, but no sound came back.";
    let short = "ended before any sound came";
    for (parts, tone, part) in [
        (&[(10, NOTHING)][..], Tone::Bad, none),
        (&[(9, NOTHING)], Tone::Wait, short),
        (
            &[(9, NOTHING), (1, HELD)],
            Tone::Wait,
            "no sound was expected",
        ),
        (&[(10, NOTHING), (5, HELD)], Tone::Bad, none),
        (&[(9, HELD)], Tone::Wait, short),
    ] {
        let found = words(&call_of(parts));

        assert_eq!(found.tone, tone, "{found:?}");
        assert!(found.sentence.contains(part), "{found:?}");
    }
}

#[test]
fn the_facts_leave_out_what_was_not_measured() {
    let rows = |parts: &[(u32, Tenth)]| facts(&asked(CallSound::Tone), &call_of(parts));
    let value = |rows: &[SummaryRow], name: &str| {
        let row = rows.iter().find(|row| row.name == name);
        row.map(|row| row.value.clone())
    };

    let held = rows(&[(20, HELD)]);
    let mute = rows(&[(20, NOTHING)]);
    let gaps = rows(&[(15, NOTHING), (85, TONE)]);

    let came = |rows| value(rows, "Sound received");
    assert_eq!(came(&held), None, "no sound was to come");
    assert_eq!(came(&mute).as_deref(), Some("0.0 of 2.0 seconds"));
    assert_eq!(came(&gaps).as_deref(), Some("8.5 of 10.0 seconds"));
    let jitter = |rows| value(rows, "Jitter");
    assert_eq!((jitter(&held), jitter(&mute)), (None, None));
    assert_eq!(jitter(&gaps).as_deref(), Some("2.0 ms"));
}

#[test]
fn packets_lost_from_here_are_a_fact_from_the_first() {
    let row = |lost_there| {
        let mut outcome = call_of(&[(20, TONE)]);
        outcome.sound.lost_there = lost_there;
        let mut rows = facts(&asked(CallSound::Tone), &outcome).into_iter();
        let row = rows.find(|row| row.name == "Sent packets lost");
        row.map(|row| row.value)
    };

    assert_eq!((row(None), row(Some(0))), (None, None));
    assert_eq!(row(Some(1)).as_deref(), Some("1 of 100 packets"));
}

/// A name, what is said, and the parts of the call: so many tenths of a second of each.
type Row<'a> = (&'a str, Tone, String, &'a [(u32, Tenth)]);

fn assert_told<const N: usize>(rows: [Row<'_>; N]) {
    for (name, tone, sentence, parts) in rows {
        let found = words(&call_of(parts));

        assert_eq!((found.tone, found.sentence), (tone, sentence), "{name}");
    }
}

fn good() -> String {
    "Sound works in both directions.".to_owned()
}

/// What comes and goes in a tenth of a second.
#[derive(Clone, Copy, Debug)]
struct Tenth {
    expects: Expects,
    packets: bool,
    level_db: f64,
    pitch_hz: Option<f64>,
    sent: bool,
}

const TONE: Tenth = Tenth {
    expects: Expects::Sound,
    packets: true,
    level_db: -15.0,
    pitch_hz: Some(440.4),
    sent: true,
};
const SPEECH: Tenth = Tenth {
    pitch_hz: None,
    ..TONE
};
const SILENCE: Tenth = Tenth {
    level_db: -80.0,
    ..SPEECH
};
const NOTHING: Tenth = Tenth {
    packets: false,
    ..SILENCE
};
const HELD: Tenth = Tenth {
    expects: Expects::Nothing,
    ..NOTHING
};
const UNSENT: Tenth = Tenth {
    sent: false,
    ..TONE
};

/// A call that was answered; each part lasts so many tenths of a second.
fn call_of(parts: &[(u32, Tenth)]) -> DialOutcome {
    let mut hearing = Hearing::new(Source::Tone(Pitch::default()));
    hearing.answered(Reading::default());
    let mut reading = Reading {
        sent: 0,
        received: 0,
        ..tone()
    };
    let mut talked = Duration::ZERO;
    let tenths = parts.iter();
    for tenth in tenths.flat_map(|&(count, tenth)| (0..count).map(move |_| tenth)) {
        talked += Duration::from_millis(100);
        reading.expects = tenth.expects;
        reading.sent += if tenth.sent { 5 } else { 0 };
        reading.received += if tenth.packets { 5 } else { 0 };
        (reading.level_db, reading.pitch_hz) = (Some(tenth.level_db), tenth.pitch_hz);
        hearing.hear(&reading, talked);
    }
    DialOutcome {
        answered: true,
        talked,
        sound: reading,
        hearing,
        ..DialOutcome::new(CallEnd::HungUp { by_us: true })
    }
}
