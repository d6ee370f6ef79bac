//! Sentences for each outcome of a ping.

use std::time::Duration;

use super::{PingOutcome, PingRequest, report, words};
use crate::registration::sentences::noises;
use crate::table::{Table, toned};
use registrar_http::trust::Trust;
use registrar_names::every;
use registrar_sip::TransportName;
use registrar_sip::failure::Failure;
use registrar_sip::failure::TlsProblem;
use registrar_user_agent::tls::Peer;

#[test]
fn the_table_has_every_end_of_a_ping() {
    let times: [&[Option<u32>]; 9] = [
        &[Some(999)],
        &[Some(1_000)],
        &[Some(99_900)],
        &[Some(100_000)],
        &[Some(411), Some(12_340), Some(250_600)],
        &[Some(3_000), None],
        &[Some(3_000), None, None],
        &[None],
        &[None, None],
    ];
    let said = |times: &[Option<u32>], failure| {
        let (tone, sentence) = words(&outcome(times, failure), "UDP 192.0.2.1:5006");
        toned(tone, &sentence, None)
    };
    Table::new("Sentences about a ping")
        .with("By its microseconds", times, |times| said(times, None))
        .with("By a failure of the network", failures(), |failure| {
            said(&[None, None], Some(failure.clone()))
        })
        .assert_is(include_str!("sentences.md"));
}

#[test]
fn round_trips_are_reported_in_milliseconds() {
    let request = PingRequest {
        host: "r.example".to_owned(),
        user: None,
        transport: TransportName::Udp,
        target: ([192, 0, 2, 1], 5006).into(),
        peer: Peer {
            name: "r.example".to_owned(),
            trust: Trust::default(),
        },
        times: 2,
        give_up: Duration::from_secs(1),
    };

    let report = report(&request, &outcome(&[Some(1_500), None], None));

    assert_eq!(report.times_ms, [Some(1.5), None]);
    assert_eq!(report.target, "UDP 192.0.2.1:5006");
}

/// Each network failure, in every form with its own words.
pub(crate) fn failures() -> Vec<Failure> {
    every!(Failure {
        Failure::AnsweredElsewhere { .. } => [Failure::AnsweredElsewhere {
            from: ([192, 0, 2, 66], 5060).into(),
            status: 200,
        }],
        Failure::Closed => [Failure::Closed],
        Failure::NobodyListens => [Failure::NobodyListens],
        Failure::NotSip(_) => noises().map(Failure::NotSip),
        Failure::TimedOut => [Failure::TimedOut],
        Failure::Tls(_) => [TlsProblem::NotTls].map(Failure::Tls),
        Failure::Unreachable => [Failure::Unreachable],
    })
}

/// A ping with these round trips in microseconds.
fn outcome(times: &[Option<u32>], failure: Option<Failure>) -> PingOutcome {
    let time = |micros: &Option<u32>| micros.map(|micros| Duration::from_micros(micros.into()));
    PingOutcome {
        times: times.iter().map(time).collect(),
        status: None,
        path: None,
        failure,
    }
}
