//! Audio that came back, or didn't.

use super::*;
use registrar_media::{Codec, DeviceTrouble, Expects, Source, Tone as Pitch};
use registrar_user_agent::call::Hearing;

#[test]
fn a_tone_that_came_back_is_told_with_its_pitch_and_losses() {
    for (lost, packets) in [
        (0, "500 sent, 499 received, none lost"),
        (1, "500 sent, 499 received, 1 of 500 lost"),
        (2, "500 sent, 499 received, 2 of 501 lost"),
    ] {
        let outcome = talked(Reading { lost, ..tone() });
        let found = words(&outcome);

        assert_eq!(
            (found.tone, found.sentence.as_str()),
            (Tone::Good, "Sound works in both directions.")
        );
        assert_eq!(found.next, None);
        let rows = facts(&asked(CallSound::Tone), &outcome);
        let value = |name| {
            rows.iter()
                .find(|row| row.name == name)
                .map(|row| row.value.as_str())
        };
        assert_eq!(value("Packets"), Some(packets));
        assert_eq!(value("Pitch"), Some("440 Hz"));
    }
}

#[test]
fn each_kind_of_sound_has_its_own_words() {
    let other = Reading {
        pitch_hz: Some(1000.0),
        ..tone()
    };
    let speech = Reading {
        pitch_hz: None,
        ..tone()
    };
    let silence = Reading {
        level_db: Some(-80.0),
        ..tone()
    };
    let nothing = Reading {
        sent: 500,
        expects: Expects::Sound,
        ..Reading::default()
    };
    let unwanted = Reading {
        expects: Expects::Nothing,
        ..nothing
    };
    let elsewhere = Reading {
        other_source: true,
        ..tone()
    };
    let held = DialOutcome {
        held: true,
        ..talked(nothing)
    };
    let short = DialOutcome {
        talked: Duration::from_millis(300),
        ..talked(nothing)
    };
    for (outcome, tone, part) in [
        (
            talked(other),
            Tone::Good,
            "another tone than the one sent: 1000 Hz",
        ),
        (talked(speech), Tone::Good, "such as speech"),
        (talked(silence), Tone::Wait, "silence"),
        (
            talked(nothing),
            Tone::Bad,
            "answered, but no sound came back.",
        ),
        (talked(unwanted), Tone::Wait, "no sound was expected"),
        (talked(elsewhere), Tone::Wait, "in both directions"),
        (held, Tone::Wait, "on hold"),
        (short, Tone::Wait, "ended before any sound came"),
    ] {
        let found = words(&outcome);

        assert_eq!(found.tone, tone, "{found:?}");
        assert!(found.sentence.contains(part), "{found:?}");
        assert!(found.next.is_some() || tone == Tone::Good);
    }
    let found = words(&talked(elsewhere));
    assert!(found.causes[0].contains("a different address"), "{found:?}");
    let no_sound = words(&talked(nothing));
    let causes = no_sound.causes.join(" ");
    for cause in ["NAT", "firewall", "SIP ALG", "muted"] {
        assert!(causes.contains(cause), "{cause}");
    }
}

#[test]
fn a_bad_network_is_told_with_the_limit_that_it_breaks() {
    for (reading, part) in [
        (
            Reading {
                received: 96,
                lost: 4,
                ..tone()
            },
            "4.0% of the packets were lost. The limit is 3%.",
        ),
        (
            Reading {
                jitter_ms: 31.0,
                ..tone()
            },
            "31 ms unevenly. The limit is 30 ms.",
        ),
        (
            Reading {
                round_trip_ms: Some(301.0),
                ..tone()
            },
            "took 301 ms. The limit is 300 ms.",
        ),
        (
            Reading {
                lost_there: Some(20),
                ..tone()
            },
            "4.0% of the packets from here were lost. The limit is 3%.",
        ),
        (
            Reading {
                sent: 300,
                ..tone()
            },
            "This computer sent sound for only 6 of 10 seconds.",
        ),
    ] {
        let found = words(&talked(reading));

        assert_eq!(found.tone, Tone::Wait);
        assert!(found.sentence.contains(part), "{found:?}");
    }
    let within = Reading {
        received: 97,
        lost: 3,
        lost_there: Some(15),
        jitter_ms: 30.0,
        round_trip_ms: Some(300.0),
        ..tone()
    };
    assert_eq!(words(&talked(within)).tone, Tone::Good);
}

#[test]
fn sound_for_a_part_of_the_call_is_not_good() {
    for (name, tone, sentence, came) in [
        (
            "it stopped",
            Tone::Bad,
            "Sound came back for the first 3 of 8 seconds, then stopped.",
            (|at| (at < 30, at < 30)) as fn(u32) -> (bool, bool),
        ),
        (
            "it went silent",
            Tone::Wait,
            "The tone came back for 3 of 8 seconds. The rest was silence.",
            |at| (true, at < 30),
        ),
        (
            "gaps",
            Tone::Wait,
            "Sound came back with gaps, for only 6 of 8 seconds.",
            |at| (at % 4 != 1, at % 4 != 1),
        ),
        (
            "it began late",
            Tone::Wait,
            "Sound came back with gaps, for only 6 of 8 seconds.",
            |at| (at >= 20, at >= 20),
        ),
        (
            "a short start and end",
            Tone::Good,
            "Sound works in both directions.",
            |at| ((4..75).contains(&at), (4..75).contains(&at)),
        ),
    ] {
        let found = heard(CallSound::Tone, came);

        assert_eq!(
            (found.tone, found.sentence.as_str()),
            (tone, sentence),
            "{name}"
        );
    }
    for silent in [
        |at| (at < 30, at < 30),
        |at| (true, at < 30),
        |at| (at % 4 != 1, at % 4 != 1),
        |at| (at % 50 == 0, false),
    ] {
        let causes = heard(CallSound::Tone, silent).causes.join(" ");
        assert!(causes.contains("muted"), "{causes}");
    }
    let speech = heard(CallSound::Microphone, |at| (true, at % 3 == 0));
    assert_eq!(speech.tone, Tone::Good, "people stop speaking: {speech:?}");
}

#[test]
fn a_phone_that_says_it_is_silent_does_not_return_the_tone() {
    let muted = |sound| {
        let mut hearing = Hearing::new(Source::Tone(Pitch::default()));
        hearing.answered(Reading::default());
        let mut reading = tone();
        (reading.sent, reading.received) = (0, 0);
        for at in 1..=80 {
            reading.sent += 5;
            if at > 30 {
                reading.expects = Expects::Silence;
                reading.level_db = Some(-80.0);
            } else {
                reading.received += 5;
            }
            hearing.hear(&reading, Duration::from_millis(100) * at);
        }
        let outcome = DialOutcome {
            answered: true,
            talked: Duration::from_secs(8),
            sound: reading,
            hearing,
            ..DialOutcome::new(CallEnd::HungUp { by_us: true })
        };
        verdict(&asked(sound), &outcome)
    };

    let by_tone = muted(CallSound::Tone);
    let by_speech = muted(CallSound::Microphone);

    let sentence = "The tone came back for 3 of 8 seconds. The rest was silence.";
    assert_eq!(
        (by_tone.tone, by_tone.sentence.as_str()),
        (Tone::Wait, sentence)
    );
    assert!(by_tone.causes.join(" ").contains("muted"), "{by_tone:?}");
    assert_eq!(by_speech.tone, Tone::Good, "people stop speaking");
}

#[test]
fn speech_over_the_microphone_is_no_missing_tone() {
    let speech = Reading {
        pitch_hz: None,
        ..tone()
    };

    let found = verdict(&asked(CallSound::Microphone), &talked(speech));

    assert_eq!(found.sentence, "Sound came back.");
}

#[test]
fn the_facts_tell_what_was_measured() {
    let outcome = DialOutcome {
        codec: Some(Codec::Pcma),
        until_answer: Duration::from_millis(2100),
        sound: Reading {
            device_trouble: Some(DeviceTrouble::NoMicrophone),
            ..tone()
        },
        ..talked(tone())
    };

    let rows = facts(&asked(CallSound::Microphone), &outcome);

    let text: Vec<String> = rows
        .iter()
        .map(|row| format!("{}: {}", row.name, row.value))
        .collect();
    assert_eq!(
        text,
        [
            "Called: +19195550150",
            "Sent to: UDP 192.0.2.1:5006",
            "Sound device: No microphone was found, so a tone was sent instead.",
            "Answered after: 2.1 seconds",
            "Call length: 10.0 seconds, ended here",
            "Sound received: 10.0 of 10.0 seconds",
            "Codec: PCMA (G.711 A-law)",
            "Packets: 500 sent, 499 received, none lost",
            "Jitter: 2.0 ms",
            "Round trip: 40 ms",
            "Loudest sound: -15 dB (0 is the loudest)",
            "Pitch: 440 Hz",
        ]
    );
}

/// A call that was answered; `came` is what came after the answer.
fn talked(came: Reading) -> DialOutcome {
    let mut hearing = Hearing::new(Source::Tone(Pitch::default()));
    hearing.answered(Reading::default());
    for at in 1..=100_u32 {
        let so_far = |count: u32| count * at / 100;
        let came = Reading {
            received: so_far(came.received),
            sent: so_far(came.sent),
            ..came
        };
        hearing.hear(&came, Duration::from_millis(100) * at);
    }
    DialOutcome {
        answered: true,
        talked: Duration::from_secs(10),
        sound: came,
        hearing,
        ..DialOutcome::new(CallEnd::HungUp { by_us: true })
    }
}

/// The tone at its full quality.
pub(super) fn tone() -> Reading {
    Reading {
        sent: 500,
        received: 499,
        level_db: Some(-15.0),
        pitch_hz: Some(440.4),
        jitter_ms: 2.0,
        round_trip_ms: Some(40.0),
        expects: Expects::Sound,
        sends: true,
        ..Reading::default()
    }
}

/// A call of 8 seconds; each tenth of a second says whether packets come, and whether a sound.
fn heard(sound: CallSound, came: impl Fn(u32) -> (bool, bool)) -> Verdict {
    let mut hearing = Hearing::new(Source::Tone(Pitch::default()));
    hearing.answered(Reading::default());
    let mut reading = Reading {
        level_db: None,
        ..tone()
    };
    (reading.sent, reading.received) = (0, 0);
    for at in 1..=80 {
        let (packets, sounds) = came(at - 1);
        reading.sent += 5;
        reading.received += if packets { 5 } else { 0 };
        reading.level_db = Some(if sounds { -15.0 } else { -80.0 });
        hearing.hear(&reading, Duration::from_millis(100) * at);
    }
    let outcome = DialOutcome {
        answered: true,
        talked: Duration::from_secs(8),
        sound: reading,
        hearing,
        ..DialOutcome::new(CallEnd::HungUp { by_us: true })
    };
    verdict(&asked(sound), &outcome)
}
