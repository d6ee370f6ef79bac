//! Sentences for each outcome of a call from this computer.

use super::tests::asked;
use super::{Asked, report, state};
use crate::ping::sentences::failures;
use crate::table::{Table, verdict};
use crate::{CallSound, CheckQuestion};
use registrar_media::{DeviceTrouble, Reading};
use registrar_names::every;
use registrar_sip::failure::Failure;
use registrar_sip::invite::{CallEnd, Said, Unanswerable};
use registrar_user_agent::call::{CallState as State, DialOutcome};

/// Statuses with a meaning, and one of each hundred without.
const STATUSES: [u16; 67] = [
    300, 302, 399, 400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 412, 413, 414, 415, 416, 417,
    420, 421, 422, 423, 424, 428, 429, 430, 433, 436, 437, 438, 439, 440, 469, 470, 478, 479, 480,
    481, 482, 483, 484, 485, 486, 487, 488, 489, 491, 493, 494, 499, 500, 501, 502, 503, 504, 505,
    513, 555, 580, 600, 603, 604, 606, 607, 608, 699,
];

#[test]
fn the_table_has_every_end_of_a_call() {
    let by_password = asked(CallSound::Tone);
    let by_hashes = Asked {
        with_password: false,
        ..by_password.clone()
    };
    let said = |outcome: DialOutcome| verdict(&super::verdict(&by_password, &outcome));
    let others = ends().into_iter().filter(|end| {
        let outcome = DialOutcome::new(end.clone());
        super::verdict(&by_hashes, &outcome) != super::verdict(&by_password, &outcome)
    });
    let taken = || vec!["r.example".to_owned()];
    let proved = STATUSES.into_iter().filter(|status| {
        let of = |accepted| said(refused(*status, Said::default(), accepted));
        of(taken()) != of(Vec::new())
    });
    let midway = failures().into_iter().filter(|failure| {
        let of = |status| said(failed(failure.clone(), status));
        of(Some(401)) != of(None)
    });
    Table::new("Sentences about a call from this computer")
        .with("Where it stands", states(), |at| {
            let (window, sentence) = state(*at);
            format!("{window:?}: {sentence}")
        })
        .with("Ends", ends(), |end| said(DialOutcome::new(end.clone())))
        .with("Otherwise by stored hashes", others, |end| {
            verdict(&super::verdict(&by_hashes, &DialOutcome::new(end.clone())))
        })
        .with("After it rang", [CallEnd::NotAnswered], |end| {
            said(DialOutcome {
                rang: true,
                ..DialOutcome::new(end.clone())
            })
        })
        .with("Failures of the network", failures(), |failure| {
            said(failed(failure.clone(), None))
        })
        .with("Otherwise after an answer", midway, |failure| {
            said(failed(failure.clone(), Some(401)))
        })
        .with("Refusals", STATUSES, |status| {
            said(refused(*status, Said::default(), Vec::new()))
        })
        .with("Otherwise after a taken proof", proved, |status| {
            said(refused(*status, Said::default(), taken()))
        })
        .with("Headers", headers(), |(status, header, value)| {
            said(refused(*status, said_in(header, value), Vec::new()))
        })
        .with("Sound devices", troubles(), |trouble| {
            let outcome = DialOutcome {
                sound: Reading {
                    device_trouble: Some(*trouble),
                    ..Reading::default()
                },
                ..DialOutcome::new(CallEnd::Silent)
            };
            facts(&by_password, &outcome)
        })
        .assert_is(include_str!("sentences.md"));
}

#[test]
fn only_a_typed_password_may_answer_another_realm() {
    let other = CallEnd::CannotAnswer(Unanswerable::OtherRealm("other\n.example".to_owned()));
    let question = |end: &CallEnd, with_password| {
        let asked = Asked {
            with_password,
            ..asked(CallSound::Tone)
        };
        report(&asked, Vec::new(), DialOutcome::new(end.clone())).question
    };

    let realm = CheckQuestion::Realm {
        host: "r.example".to_owned(),
        realm: "other\n.example".to_owned(),
        shown: "other .example".to_owned(),
    };
    assert_eq!(question(&other, true), Some(realm));
    assert_eq!(question(&other, false), None);
    for end in ends().iter().filter(|end| **end != other) {
        let may_ask = matches!(end, CallEnd::CannotAnswer(Unanswerable::OtherRealm(_)));
        assert_eq!(question(end, true).is_some(), may_ask, "{end:?}");
    }
}

fn facts(asked: &Asked, outcome: &DialOutcome) -> String {
    let rows = super::facts(asked, outcome).into_iter();
    let rows = rows.map(|row| format!("{}: {}", row.name, row.value));
    rows.collect::<Vec<_>>().join("<br>")
}

fn failed(failure: Failure, status: Option<u16>) -> DialOutcome {
    DialOutcome {
        failure: Some(failure),
        status,
        ..DialOutcome::new(CallEnd::Unreachable)
    }
}

fn refused(status: u16, said: Said, accepted: Vec<String>) -> DialOutcome {
    DialOutcome {
        said,
        accepted,
        ..DialOutcome::new(CallEnd::Refused {
            status,
            reason: "Own Words".to_owned(),
        })
    }
}

fn states() -> Vec<State> {
    every!(State {
        State::Calling => [State::Calling],
        State::Trying => [State::Trying],
        State::Ringing => [State::Ringing],
        State::Early => [State::Early],
        State::Answered => [State::Answered],
        State::Held => [State::Held],
        State::Resumed => [State::Resumed],
    })
}

/// Each end, except refusals.
fn ends() -> Vec<CallEnd> {
    let other = || "other.example".to_owned();
    every!(CallEnd {
        CallEnd::CannotAnswer(_) => unanswerable().into_iter().map(CallEnd::CannotAnswer),
        CallEnd::Cancelled => [CallEnd::Cancelled],
        CallEnd::CredentialRefused => [CallEnd::CredentialRefused],
        CallEnd::HungUp { .. } => [true, false].map(|by_us| CallEnd::HungUp { by_us }),
        CallEnd::Lost => [CallEnd::Lost],
        CallEnd::NoCommonSound => [CallEnd::NoCommonSound],
        CallEnd::NotAnswered => [CallEnd::NotAnswered],
        CallEnd::Unreachable => [CallEnd::Unreachable],
        CallEnd::RealmDiffers { .. } => [CallEnd::RealmDiffers { asked: other() }],
        CallEnd::StaleWithoutEnd => [CallEnd::StaleWithoutEnd],
        CallEnd::Refused { .. } => [],
        CallEnd::Silent => [CallEnd::Silent],
    })
}

fn unanswerable() -> Vec<Unanswerable> {
    every!(Unanswerable {
        Unanswerable::Elsewhere(_) => [Unanswerable::Elsewhere(([192, 0, 2, 66], 5060).into())],
        Unanswerable::Nothing => [Unanswerable::Nothing],
        Unanswerable::OtherRealm(_) => [Unanswerable::OtherRealm("other.example".to_owned())],
        Unanswerable::Sha256Only => [Unanswerable::Sha256Only],
        Unanswerable::Unknown(_) => [Unanswerable::Unknown(vec!["Basic".to_owned()])],
    })
}

/// Headers of refusals, and what they say.
fn headers() -> Vec<(u16, &'static str, &'static str)> {
    let tags = [
        "100rel",
        "timer",
        "precondition",
        "sec-agree",
        "outbound",
        "path",
        "gruu",
        "replaces",
        "Replaces",
        "x-own",
        "timer, path",
    ];
    let tags = tags.map(|tag| [(420, "Unsupported", tag), (421, "Require", tag)]);
    let contacts = ["<sip:a@192.0.2.7>", "<sip:a@192.0.2.7>, <sip:b@192.0.2.7>"];
    let contacts = [302, 485].map(|status| contacts.map(|all| (status, "Contact", all)));
    let waits = ["0", "1", "30 (busy)", "86400", "86401", "soon"];
    let waits = waits.map(|wait| (503, "Retry-After", wait));
    let words = [
        (503, "Warning", "399 pbx \"No route\""),
        (503, "Reason", "Q.850;cause=34"),
    ];
    [
        tags.concat(),
        contacts.concat(),
        waits.to_vec(),
        words.to_vec(),
    ]
    .concat()
}

fn said_in(header: &str, value: &str) -> Said {
    let one = || Some(value.to_owned());
    let list = || value.split(", ").map(str::to_owned).collect();
    let mut said = Said::default();
    match header {
        "Contact" => said.contacts = list(),
        "Reason" => said.reason = one(),
        "Require" => said.required = list(),
        "Retry-After" => said.retry_after = one(),
        "Unsupported" => said.unsupported = list(),
        "Warning" => said.warning = one(),
        other => panic!("no refusal says anything in {other}"),
    }
    said
}

fn troubles() -> Vec<DeviceTrouble> {
    use DeviceTrouble as Trouble;
    every!(Trouble {
        Trouble::MicrophoneLost => [Trouble::MicrophoneLost],
        Trouble::MicrophoneRefused => [Trouble::MicrophoneRefused],
        Trouble::NoMicrophone => [Trouble::NoMicrophone],
        Trouble::NoSpeakers => [Trouble::NoSpeakers],
        Trouble::SpeakersLost => [Trouble::SpeakersLost],
        Trouble::SpeakersRefused => [Trouble::SpeakersRefused],
    })
}
