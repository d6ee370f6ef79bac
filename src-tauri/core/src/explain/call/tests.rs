use std::collections::HashSet;

use super::*;
use crate::media::{DeviceTrouble, Expects, Source, Tone as Pitch};
use crate::sip::astray::Noise;
use crate::sip::call::Hearing;
use crate::sip::invite::Said;
use crate::sip::message::Malformed;

fn asked(sound: CallSound) -> Asked {
    Asked {
        callee: "+19195550150".to_owned(),
        user_name: "bob".to_owned(),
        realm: "r.example".to_owned(),
        host: "r.example".to_owned(),
        place: "r.example, port 5006 over UDP".to_owned(),
        target: "UDP 192.0.2.1:5006".to_owned(),
        with_password: true,
        sound,
        ring: Duration::from_secs(45),
    }
}

fn words(outcome: &DialOutcome) -> Verdict {
    verdict(&asked(CallSound::Tone), outcome)
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
fn tone() -> Reading {
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

fn refused(status: u16) -> DialOutcome {
    DialOutcome::new(CallEnd::Refused {
        status,
        reason: "Own Words".to_owned(),
    })
}

#[test]
fn a_tone_that_came_back_is_told_with_its_pitch_and_losses() {
    for (lost, sentence) in [
        (0, "The tone came back: 440 Hz, no packet lost."),
        (1, "The tone came back: 440 Hz, 1 of 500 packets lost."),
        (2, "The tone came back: 440 Hz, 2 of 501 packets lost."),
    ] {
        let found = words(&talked(Reading { lost, ..tone() }));

        assert_eq!(
            (found.tone, found.sentence.as_str()),
            (Tone::Good, sentence)
        );
        assert_eq!(found.next, None);
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
            "another one than the tone that was sent: 1000 Hz",
        ),
        (talked(speech), Tone::Good, "such as speech"),
        (talked(silence), Tone::Wait, "silence"),
        (
            talked(nothing),
            Tone::Bad,
            "answered, but no sound came back.",
        ),
        (talked(unwanted), Tone::Wait, "no sound was to come"),
        (talked(elsewhere), Tone::Wait, "The tone came back"),
        (held, Tone::Wait, "on hold"),
        (short, Tone::Wait, "over before any sound came"),
    ] {
        let found = words(&outcome);

        assert_eq!(found.tone, tone, "{found:?}");
        assert!(found.sentence.contains(part), "{found:?}");
        assert!(found.next.is_some() || tone == Tone::Good);
    }
    let found = words(&talked(elsewhere));
    assert!(found.causes[0].contains("another address"), "{found:?}");
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
            "4.0 % of the packets were lost, more than 3 %",
        ),
        (
            Reading {
                jitter_ms: 31.0,
                ..tone()
            },
            "31 ms unevenly, more than 30 ms",
        ),
        (
            Reading {
                round_trip_ms: Some(301.0),
                ..tone()
            },
            "took 301 ms, more than 300 ms",
        ),
        (
            Reading {
                lost_there: Some(20),
                ..tone()
            },
            "4.0 % of the packets from here were lost, more than 3 %",
        ),
        (
            Reading {
                sent: 300,
                ..tone()
            },
            "this computer sent sound for 6 of 10 seconds only",
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

#[test]
fn sound_for_a_part_of_the_call_is_not_good() {
    for (name, tone, sentence, came) in [
        (
            "it stopped",
            Tone::Bad,
            "Sound came back for the first 3 of 8 seconds, then none came.",
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
            "Sound came back with gaps: 6 of 8 seconds came.",
            |at| (at % 4 != 1, at % 4 != 1),
        ),
        (
            "it began late",
            Tone::Wait,
            "Sound came back with gaps: 6 of 8 seconds came.",
            |at| (at >= 20, at >= 20),
        ),
        (
            "a short start and end",
            Tone::Good,
            "The tone came back: 440 Hz, no packet lost.",
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

    assert_eq!(found.sentence, "Sound came back, -15 dB, no packet lost.");
}

#[test]
fn every_refusal_is_a_sentence_with_a_cause_and_a_next_step() {
    for (status, tone, part) in [
        (302, Tone::Wait, "another address: <sip:x@192.0.2.7>"),
        (400, Tone::Bad, "couldn’t read the call’s request"),
        (402, Tone::Bad, "paid"),
        (403, Tone::Bad, "forbids"),
        (404, Tone::Bad, "no such number"),
        (405, Tone::Bad, "doesn’t take calls at this address"),
        (406, Tone::Bad, "can’t describe its sound"),
        (408, Tone::Wait, "did not answer in time"),
        (410, Tone::Bad, "no such number"),
        (412, Tone::Bad, "as if this weren’t a call"),
        (413, Tone::Bad, "couldn’t read"),
        (414, Tone::Bad, "couldn’t read"),
        (415, Tone::Bad, "no sound of the kind"),
        (416, Tone::Bad, "doesn’t take addresses such as"),
        (417, Tone::Bad, "emergency or priority"),
        (420, Tone::Bad, "doesn’t support SIP Outbound (path), x-own"),
        (
            421,
            Tone::Bad,
            "session timers (timer), confirmed ringing (100rel)",
        ),
        (422, Tone::Bad, "how often the call would be refreshed"),
        (423, Tone::Bad, "as if this weren’t a call"),
        (424, Tone::Bad, "emergency or priority"),
        (428, Tone::Bad, "who this call comes from"),
        (429, Tone::Wait, "no way for this call"),
        (430, Tone::Bad, "connection to +19195550150 is gone"),
        (433, Tone::Bad, "who this call comes from"),
        (436, Tone::Bad, "who this call comes from"),
        (437, Tone::Bad, "who this call comes from"),
        (438, Tone::Bad, "who this call comes from"),
        (439, Tone::Bad, "doesn’t keep connections"),
        (440, Tone::Bad, "circle"),
        (469, Tone::Bad, "as if this weren’t a call"),
        (470, Tone::Bad, "has allowed before"),
        (479, Tone::Bad, "no way"),
        (480, Tone::Wait, "cannot be reached"),
        (481, Tone::Wait, "knows nothing of this call"),
        (482, Tone::Bad, "circle"),
        (483, Tone::Bad, "circle"),
        (484, Tone::Bad, "no such number"),
        (485, Tone::Bad, "more than one phone: <sip:x@192.0.2.7>"),
        (486, Tone::Wait, "busy"),
        (487, Tone::Wait, "took the call back"),
        (488, Tone::Bad, "no sound of the kind"),
        (478, Tone::Bad, "no way"),
        (489, Tone::Bad, "as if this weren’t a call"),
        (491, Tone::Wait, "another change of this call"),
        (493, Tone::Bad, "secured in another way"),
        (494, Tone::Bad, "secured in another way"),
        (500, Tone::Bad, "fault of its own"),
        (501, Tone::Bad, "doesn’t place calls"),
        (502, Tone::Wait, "no usable answer on the way"),
        (503, Tone::Wait, "no way for this call"),
        (504, Tone::Wait, "no usable answer on the way"),
        (505, Tone::Bad, "couldn’t read"),
        (513, Tone::Bad, "couldn’t read"),
        (555, Tone::Bad, "can’t wake up the phone"),
        (580, Tone::Bad, "reserve room for the sound"),
        (600, Tone::Wait, "busy"),
        (603, Tone::Wait, "refused the call"),
        (604, Tone::Bad, "no such number"),
        (606, Tone::Bad, "no sound of the kind"),
        (607, Tone::Wait, "refused the call"),
        (608, Tone::Wait, "refused the call"),
        (499, Tone::Bad, "499 Own Words"),
    ] {
        let outcome = DialOutcome {
            said: Said {
                contacts: vec!["<sip:x@192.0.2.7>".to_owned()],
                required: vec!["timer".to_owned(), "100rel".to_owned()],
                unsupported: vec!["path".to_owned(), "x-own".to_owned()],
                ..Said::default()
            },
            ..refused(status)
        };
        let found = words(&outcome);

        assert!(found.sentence.contains(part), "{status}: {found:?}");
        assert_eq!(found.tone, tone, "{status}");
        assert!(!found.causes.is_empty() && found.next.is_some(), "{status}");
    }
    let forbidden = words(&refused(403));
    assert!(
        forbidden.causes[0].contains("bob at r.example"),
        "{forbidden:?}"
    );
}

#[test]
fn a_refusal_proves_the_credential_only_after_a_taken_proof() {
    let works = "The SIP credential itself works.";
    for status in [486, 600, 603, 607, 608] {
        let of = |accepted: &[&str]| {
            let outcome = DialOutcome {
                accepted: accepted.iter().map(|realm| (*realm).to_owned()).collect(),
                ..refused(status)
            };
            words(&outcome).next.unwrap()
        };

        assert!(!of(&[]).contains("works"), "{status}: nobody asked");
        assert!(
            !of(&["pbx.example"]).contains("works"),
            "{status}: a device"
        );
        assert!(
            of(&["pbx.example", "r.example"]).ends_with(works),
            "{status}"
        );
    }
    for (status, word) in [(403, "takes the SIP credential"), (500, "your side")] {
        let found = format!("{:?}", words(&refused(status)));
        assert!(!found.contains(word), "{found}");
    }
}

#[test]
fn a_refusal_that_names_nothing_has_whole_sentences() {
    for (status, sentence) in [
        (
            302,
            "The registrar sends the call to another address, and doesn’t say which. It is not \
             followed by itself.",
        ),
        (
            420,
            "The other side lacks an extension that the call needs (420).",
        ),
        (
            421,
            "The registrar demands an extension that this computer doesn’t have (421).",
        ),
        (485, "+19195550150 may be more than one phone (485)."),
    ] {
        assert_eq!(words(&refused(status)).sentence, sentence);
    }
}

#[test]
fn the_registrars_own_words_and_its_wish_to_wait_are_shown() {
    let outcome = DialOutcome {
        said: Said {
            warning: Some("399 pbx \"No route\u{1b}[31m\"".to_owned()),
            reason: Some("Q.850;cause=34".to_owned()),
            retry_after: Some("30 (busy)".to_owned()),
            ..Said::default()
        },
        ..refused(503)
    };

    let found = words(&outcome);

    assert_eq!(found.next.as_deref(), Some("Call again in 30 seconds."));
    let causes = found.causes.join("\n");
    assert!(causes.contains("No route") && causes.contains("Q.850;cause=34"));
    assert!(!causes.contains('\u{1b}'));
}

#[test]
fn every_other_end_has_words_of_its_own() {
    let failed = |failure| DialOutcome {
        failure: Some(failure),
        ..DialOutcome::new(CallEnd::Unreachable)
    };
    let rang = DialOutcome {
        rang: true,
        ..DialOutcome::new(CallEnd::NotAnswered)
    };
    let closed_while_ringing = DialOutcome {
        rang: true,
        ..failed(Failure::Closed)
    };
    let ends = [
        CallEnd::CannotAnswer(Unanswerable::Elsewhere(([192, 0, 2, 66], 5060).into())),
        CallEnd::CannotAnswer(Unanswerable::Nothing),
        CallEnd::CannotAnswer(Unanswerable::OtherRealm("other".to_owned())),
        CallEnd::CannotAnswer(Unanswerable::Sha256Only),
        CallEnd::CannotAnswer(Unanswerable::Unknown(vec!["Basic".to_owned()])),
        CallEnd::Cancelled,
        CallEnd::CredentialRefused,
        CallEnd::Lost,
        CallEnd::NoCommonSound,
        CallEnd::NotAnswered,
        CallEnd::RealmDiffers {
            asked: "pbx.example".to_owned(),
        },
        CallEnd::Silent,
        CallEnd::StaleWithoutEnd,
        CallEnd::Unreachable,
    ];
    let source = ([192, 0, 2, 9], 5060).into();
    let noise = Noise::new(source, Malformed::Start, b"HTTP/1.1 400 Bad Request\r\n");
    let failures = [
        Failure::Closed,
        Failure::NobodyListens,
        Failure::NotSip(noise),
        Failure::TimedOut,
    ]
    .map(failed);
    let outcomes: Vec<DialOutcome> = ends
        .into_iter()
        .map(DialOutcome::new)
        .chain(failures)
        .chain([rang, closed_while_ringing])
        .collect();
    let mut sentences = HashSet::new();
    for outcome in &outcomes {
        let found = words(outcome);
        assert!(found.sentence.ends_with('.') && !found.causes.is_empty());
        assert!(found.next.is_some_and(|next| next.ends_with('.')));
        assert_ne!(found.tone, Tone::Good);
        sentences.insert(found.sentence);
    }
    // Silence over UDP and over TCP is the same to a person.
    assert_eq!(sentences.len(), outcomes.len() - 1, "{sentences:#?}");
}

#[test]
fn the_facts_tell_what_was_measured() {
    let outcome = DialOutcome {
        codec: Some(crate::media::Codec::Pcma),
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
            "Through: UDP 192.0.2.1:5006",
            "Sound device: There is no microphone; a tone was sent instead.",
            "Answered after: 2.1 seconds",
            "Talked: 10.0 seconds, ended here",
            "Sound came: 10.0 of 10.0 seconds",
            "Codec: PCMA (G.711 A-law)",
            "Packets: 500 sent, 499 received, no packet lost",
            "Jitter: 2.0 ms",
            "There and back: 40 ms",
            "Loudest: -15 dB, where 0 is the most",
            "Pitch: 440 Hz",
        ]
    );
}
