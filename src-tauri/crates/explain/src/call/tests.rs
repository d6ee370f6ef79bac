mod limits;
mod sound;

use std::collections::HashSet;

use super::*;
use registrar_sip::invite::Said;
use registrar_sip::message::Malformed;
use registrar_sip::noise::Noise;

#[test]
fn every_refusal_is_a_sentence_with_a_cause_and_a_next_step() {
    for (status, tone, part) in [
        (302, Tone::Wait, "another address: <sip:x@192.0.2.7>"),
        (400, Tone::Bad, "couldn’t read the call’s request"),
        (402, Tone::Bad, "paid"),
        (403, Tone::Bad, "doesn’t allow"),
        (404, Tone::Bad, "wasn’t found"),
        (405, Tone::Bad, "doesn’t accept calls at this address"),
        (406, Tone::Bad, "can’t describe its audio"),
        (408, Tone::Wait, "didn’t answer in time"),
        (410, Tone::Bad, "wasn’t found"),
        (412, Tone::Bad, "as if this weren’t a call"),
        (413, Tone::Bad, "couldn’t read"),
        (414, Tone::Bad, "couldn’t read"),
        (415, Tone::Bad, "doesn’t support the audio"),
        (416, Tone::Bad, "doesn’t accept addresses such as"),
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
        (429, Tone::Wait, "can’t place this call"),
        (430, Tone::Bad, "lost its connection to +19195550150"),
        (433, Tone::Bad, "who this call comes from"),
        (436, Tone::Bad, "who this call comes from"),
        (437, Tone::Bad, "who this call comes from"),
        (438, Tone::Bad, "who this call comes from"),
        (439, Tone::Bad, "doesn’t keep connections"),
        (440, Tone::Bad, "circles"),
        (469, Tone::Bad, "as if this weren’t a call"),
        (470, Tone::Bad, "has allowed before"),
        (479, Tone::Bad, "where to send"),
        (480, Tone::Wait, "can’t be reached"),
        (481, Tone::Wait, "doesn’t know this call"),
        (482, Tone::Bad, "circles"),
        (483, Tone::Bad, "circles"),
        (484, Tone::Bad, "wasn’t found"),
        (485, Tone::Bad, "more than one phone: <sip:x@192.0.2.7>"),
        (486, Tone::Wait, "busy"),
        (487, Tone::Wait, "ended the call before"),
        (488, Tone::Bad, "doesn’t support the audio"),
        (478, Tone::Bad, "where to send"),
        (489, Tone::Bad, "as if this weren’t a call"),
        (491, Tone::Wait, "another change to this call"),
        (493, Tone::Bad, "secured another way"),
        (494, Tone::Bad, "secured another way"),
        (500, Tone::Bad, "internal error"),
        (501, Tone::Bad, "doesn’t place calls"),
        (502, Tone::Wait, "no usable answer on the way"),
        (503, Tone::Wait, "can’t place this call"),
        (504, Tone::Wait, "no usable answer on the way"),
        (505, Tone::Bad, "couldn’t read"),
        (513, Tone::Bad, "couldn’t read"),
        (555, Tone::Bad, "can’t wake the phone"),
        (580, Tone::Bad, "reserve capacity for the sound"),
        (600, Tone::Wait, "busy"),
        (603, Tone::Wait, "refused the call"),
        (604, Tone::Bad, "wasn’t found"),
        (606, Tone::Bad, "doesn’t support the audio"),
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
            "The registrar sends the call to another address, but doesn’t say which.",
        ),
        (
            420,
            "The other side doesn’t support a SIP feature that the call needs (420).",
        ),
        (
            421,
            "The registrar requires a SIP feature that this computer doesn’t have (421).",
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

pub(super) fn asked(sound: CallSound) -> Asked {
    Asked {
        callee: "+19195550150".to_owned(),
        user_name: "bob".to_owned(),
        realm: "r.example".to_owned(),
        host: "r.example".to_owned(),
        place: "r.example (UDP port 5006)".to_owned(),
        target: "UDP 192.0.2.1:5006".to_owned(),
        with_password: true,
        sound,
        ring: Duration::from_secs(45),
    }
}

fn words(outcome: &DialOutcome) -> Verdict {
    verdict(&asked(CallSound::Tone), outcome)
}

fn refused(status: u16) -> DialOutcome {
    DialOutcome::new(CallEnd::Refused {
        status,
        reason: "Own Words".to_owned(),
    })
}
