//! Sentences for each verdict of a check.

use std::time::Duration;

use super::{FELL_SILENT, unregistered, verdict as words};
use crate::table::{Table, verdict};
use crate::tls;
use registrar_digest::Hashes;
use registrar_http::trust::Trust;
use registrar_names::every;
use registrar_secret::SipPassword;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::challenge::Algorithm;
use registrar_sip::message::Malformed;
use registrar_sip::noise::Noise;
use registrar_sip::verdict::{Proved, Unregistered, Verdict};
use registrar_sip::{BindingView, CheckKind, TransportName};
use registrar_user_agent::check::{CheckOutcome, CheckRequest};
use registrar_user_agent::message_chart::Timing;
use registrar_user_agent::resolve::Target;

const REALM: &str = "r.example";

#[test]
fn the_table_has_every_verdict_of_a_check() {
    let hashes = Hashes::make("bob", REALM, &SipPassword::new("x"));
    let of_password = request(Proof::Password(SipPassword::new("x")), &[5006]);
    let mut table = Table::new("Sentences about a check of a registration").with(
        "By the password",
        verdicts(),
        |one| verdict(&words(&of_password, one)),
    );
    for (title, proof) in [
        (
            "Otherwise by the stored hashes",
            Proof::Hashes(hashes.clone().into()),
        ),
        (
            "Otherwise by Hash1 alone",
            Proof::Hash1(hashes.hash1.clone()),
        ),
        ("Otherwise by Hash1b alone", Proof::Hash1b(hashes.hash1b)),
    ] {
        let by_proof = request(proof, &[5006]);
        let differ = |one: &Verdict| words(&by_proof, one) != words(&of_password, one);
        let others = verdicts().into_iter().filter(differ);
        table = table.with(title, others, |one| verdict(&words(&by_proof, one)));
    }
    let silent = Verdict::NoAnswer { provisional: false };
    let ways = [
        (TransportName::Udp, &[][..]),
        (TransportName::Tcp, &[5006, 5006]),
        (TransportName::Tls, &[5006, 5061]),
    ];
    table
        .with("Places where nobody answers", ways, |(transport, ports)| {
            let request = request(Proof::Password(SipPassword::new("x")), ports);
            let request = CheckRequest {
                transport: *transport,
                ..request
            };
            verdict(&words(&request, &silent))
        })
        .with("The own registration", ends(), unregistered)
        .with(
            "A repeated check that ends by itself",
            ["fell silent"],
            |_| FELL_SILENT.to_owned(),
        )
        .assert_is(include_str!("sentences.md"));
}

/// Each verdict, in every form with its own words.
pub(crate) fn verdicts() -> Vec<Verdict> {
    let other = || "other.example".to_owned();
    let reason = || "Own Words".to_owned();
    let both = [false, true];
    let proved = |form, algorithm| Proved {
        user_name: name(form),
        form,
        algorithm,
    };
    let short = || proved(NameForm::Composite, Algorithm::Md5);
    let long = || proved(NameForm::WithRealm, Algorithm::Md5);
    let hashed = [
        short(),
        long(),
        proved(NameForm::Composite, Algorithm::Sha256),
        proved(NameForm::WithRealm, Algorithm::Other("MD5-sess".to_owned())),
    ];
    let names = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    let phones = ["sip:a@192.0.2.9", "sip:b@192.0.2.9", "sip:c@192.0.2.9"];
    let refused = [(403, 0), (403, 1), (403, 2), (499, 0), (500, 0), (503, 2)];
    let refused = refused.map(|(status, phones)| {
        both.map(|too_many| Verdict::RegistrationRefused {
            proved: short(),
            status,
            phones,
            too_many,
        })
    });
    let forbidden = both.map(|answered| both.map(|query| Verdict::Forbidden { answered, query }));
    let times = [None, Some(0), Some(1), Some(2), Some(120), Some(121)];
    every!(Verdict {
        Verdict::Accepted { .. } => hashed.map(|proved| Verdict::Accepted {
            user_name: proved.user_name,
            form: proved.form,
            algorithm: proved.algorithm,
        }),
        Verdict::AcceptedForOtherRealm { .. } => [Verdict::AcceptedForOtherRealm { asked: other() }],
        Verdict::AnsweredElsewhere { .. } => [Verdict::AnsweredElsewhere {
            from: ([192, 0, 2, 66], 5060).into(),
            status: 200,
        }],
        Verdict::AcceptedUnasked => [Verdict::AcceptedUnasked],
        Verdict::CannotAnswer { .. } => [Verdict::CannotAnswer { offered: names(&["Basic", "X"]) }],
        Verdict::ConnectionClosed => [Verdict::ConnectionClosed],
        Verdict::CredentialRefused { .. } => [
            Verdict::CredentialRefused { tried: names(&["bob"]) },
            Verdict::CredentialRefused { tried: names(&["bob", "bob@r.example"]) },
        ],
        Verdict::ExtensionWanted { .. } => [names(&[]), names(&["path"]), names(&["path", "x"])]
            .map(|names| Verdict::ExtensionWanted { status: 421, names }),
        Verdict::ClosedMidway => [Verdict::ClosedMidway],
        Verdict::FellSilent { .. } => both.map(|refused| Verdict::FellSilent { refused }),
        Verdict::Forbidden { .. } => forbidden.concat(),
        Verdict::IntervalTooBrief { .. } => [None, Some(3600)]
            .map(|least| Verdict::IntervalTooBrief { least }),
        Verdict::MayReplace { .. } => both.map(|listed| Verdict::MayReplace {
            proved: Some(short()),
            listed,
        }),
        Verdict::NetworkUnreachable => [Verdict::NetworkUnreachable],
        Verdict::NoAddress => [Verdict::NoAddress],
        Verdict::NoAnswer { .. } => both.map(|provisional| Verdict::NoAnswer { provisional }),
        Verdict::NoChallenge => [Verdict::NoChallenge],
        Verdict::NobodyListens => [Verdict::NobodyListens],
        Verdict::NotSip(_) => noises().map(Verdict::NotSip),
        Verdict::OutOfTime => [Verdict::OutOfTime],
        Verdict::ProvedOnly { .. } => [(short(), 404), (short(), 405), (long(), 404), (long(), 405)]
            .map(|(proved, status)| Verdict::ProvedOnly { proved, status, reason: reason() }),
        Verdict::QueryRefused { .. } => [Verdict::QueryRefused { status: 405, reason: reason() }],
        Verdict::RealmDiffers { .. } => [Verdict::RealmDiffers { asked: other() }],
        Verdict::RealmNotAnswered { .. } => [Verdict::RealmNotAnswered { asked: other() }],
        Verdict::Redirected { .. } => [Verdict::Redirected { to: names(&phones[..2]) }],
        Verdict::RegistrationRefused { .. } => refused.concat(),
        Verdict::ReplacedPhones { .. } => [1, 2, 3].map(|gone| Verdict::ReplacedPhones {
            proved: short(),
            gone: names(&phones[..gone]),
        }),
        Verdict::RegistrarTimedOut => [Verdict::RegistrarTimedOut],
        Verdict::ServerFailed { .. } => [Verdict::ServerFailed { status: 500 }],
        Verdict::ServiceUnavailable { .. } => times.map(|seconds| Verdict::ServiceUnavailable {
            retry_after: seconds.map(Duration::from_secs),
        }),
        Verdict::Sha256Only => [Verdict::Sha256Only],
        Verdict::StaleWithoutEnd => [Verdict::StaleWithoutEnd],
        Verdict::TemporarilyUnavailable => [Verdict::TemporarilyUnavailable],
        Verdict::Tls(_) => tls::sentences::problems().into_iter().map(Verdict::Tls),
        Verdict::Unexpected { .. } => [Verdict::Unexpected { status: 499, reason: reason() }],
        Verdict::UnknownUser => [Verdict::UnknownUser],
    })
}

/// Input that isn't a SIP message.
pub(crate) fn noises() -> [Noise; 8] {
    use Malformed::{CutOff, Header, Start, TooLarge};
    let message = b"SIP/2.0 200 OK\r\n";
    [
        (CutOff, &message[..]),
        (Header, message),
        (TooLarge, message),
        (Start, message),
        (Start, b"SSH-2.0-x\r\n"),
        (Start, b"\x15\x03\x03"),
        (Start, b"hello\r\n"),
        (CutOff, b""),
    ]
    .map(|(why, bytes)| Noise::new(([192, 0, 2, 1], 5006).into(), why, bytes))
}

fn ends() -> Vec<Unregistered> {
    every!(Unregistered {
        Unregistered::Done => [Unregistered::Done],
        Unregistered::NoAnswer => [Unregistered::NoAnswer],
        Unregistered::Refused { .. } => [Unregistered::Refused { status: 500 }],
        Unregistered::StillListed => [Unregistered::StillListed],
        Unregistered::Underway => [Unregistered::Underway],
    })
}

fn name(form: NameForm) -> String {
    match form {
        NameForm::Composite => "bob".to_owned(),
        NameForm::WithRealm => format!("bob@{REALM}"),
    }
}

/// A query of the registrar at these ports.
pub(crate) fn request(proof: Proof, ports: &[u16]) -> CheckRequest {
    let addresses = ports.iter().map(|port| ([192, 0, 2, 1], *port).into());
    CheckRequest {
        realm: REALM.to_owned(),
        composite: "bob".to_owned(),
        proof,
        kind: CheckKind::Query,
        transport: TransportName::Udp,
        targets: addresses.map(Target::typed).collect(),
        target_name: REALM.to_owned(),
        trust: Trust::default(),
    }
}

/// The outcome of a check, with a verdict and nothing else.
pub(crate) fn outcome(verdict: Verdict) -> CheckOutcome {
    CheckOutcome {
        verdict,
        message_chart: Vec::new(),
        timing: Timing::default(),
        bindings: Vec::new(),
        accepted_user_name: None,
        seen_as: None,
        unregistered: None,
        left: Vec::new(),
        remarks: Vec::new(),
        path: None,
        wire: Duration::ZERO,
        target: String::new(),
        tried: Vec::new(),
    }
}

pub(crate) fn binding(address: &str, ours: bool) -> BindingView {
    BindingView {
        address: address.to_owned(),
        name: None,
        expires: 60,
        ours,
    }
}
