//! The results of an OPTIONS ping, in plain words.

use std::time::Duration;

use super::{path, registration, tls};
use crate::{PingReport, number};
use registrar_activity::Tone;
use registrar_sip::failure::Failure;
use registrar_user_agent::ping::{PingOutcome, PingRequest};

/// Converts a ping's result for the window.
#[must_use]
pub fn report(request: &PingRequest, outcome: &PingOutcome) -> PingReport {
    let target = format!("{} {}", request.transport.as_str(), request.target);
    let place = format!("{} ({})", request.target, request.transport.as_str());
    let (tone, sentence) = words(outcome, &place);
    let millis = |time: &Option<Duration>| time.map(|time| time.as_secs_f64() * 1000.0);
    PingReport {
        target,
        times_ms: outcome.times.iter().map(millis).collect(),
        sentence,
        tone,
        path: outcome.path.as_ref().map(path::view),
    }
}

fn words(outcome: &PingOutcome, place: &str) -> (Tone, String) {
    let asked = outcome.times.len();
    let Some([shortest, median, longest]) = outcome.spread() else {
        return (Tone::Bad, nobody(outcome.failure.as_ref(), asked, place));
    };
    let (least, middle, most) = (figure(shortest), figure(median), figure(longest));
    let lost = outcome.lost();
    let trips = if asked - lost == 1 {
        format!("The round trip took {middle} ms.")
    } else {
        format!("Round trips took {least} to {most} ms, half of them under {middle} ms.")
    };
    let answered = number::grouped((asked - lost) as u64);
    let (tone, came) = match (lost, asked) {
        (0, 1) => (Tone::Good, "The ping was answered.".to_owned()),
        (0, _) => (Tone::Good, format!("All {answered} pings were answered.")),
        (_, all) => {
            let pings = number::counted(all as u64, "ping", "pings");
            (
                Tone::Wait,
                format!("Answers came to {answered} of {pings}."),
            )
        }
    };
    (tone, format!("{came} {trips}"))
}

fn nobody(failure: Option<&Failure>, asked: usize, place: &str) -> String {
    match failure {
        Some(Failure::NobodyListens) => {
            "The ping got no answer: the port is closed. Ask Bandwidth \
                                         support for the port."
                .to_owned()
        }
        Some(Failure::Unreachable) => {
            "The ping couldn’t be sent. Check this computer’s network connection, then ping again."
                .to_owned()
        }
        Some(Failure::Closed) => {
            "The connection was closed without an answer to the ping. Some registrars never answer \
             pings. If the check works, ignore this."
                .to_owned()
        }
        Some(Failure::AnsweredElsewhere { from, status }) => {
            format!("An answer ({status}) came from {from}, not from the address that was pinged.")
        }
        Some(Failure::NotSip(noise)) => registration::noise(noise),
        Some(Failure::Tls(problem)) => tls::words(problem, place).sentence,
        Some(Failure::TimedOut) | None => format!(
            "No answer to {}. A firewall may block SIP, or the port may be wrong. Some registrars \
             never answer pings. If the check works, ignore this.",
            number::counted(asked as u64, "ping", "pings")
        ),
    }
}

/// Formats a time in milliseconds with three significant digits.
fn figure(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1000.0;
    let decimals = match millis {
        ..1.0 => 2,
        1.0..100.0 => 1,
        _ => 0,
    };
    format!("{millis:.decimals$}")
}

#[cfg(test)]
pub(super) mod sentences;
#[cfg(test)]
mod tests {
    use super::*;
    use registrar_sip::failure::TlsProblem;
    use registrar_sip::message::Malformed;
    use registrar_sip::noise::Noise;

    fn said(times: &[Option<f64>], failure: Option<Failure>) -> (Tone, String) {
        let time =
            |millis: &Option<f64>| millis.map(|millis| Duration::from_secs_f64(millis / 1e3));
        let outcome = PingOutcome {
            times: times.iter().map(time).collect(),
            status: None,
            path: None,
            failure,
        };
        words(&outcome, "192.0.2.1:5061 (TLS)")
    }

    #[test]
    fn each_end_has_its_own_words() {
        for (times, failure, tone, part) in [
            (
                vec![Some(0.411), Some(12.34), Some(250.6)],
                None,
                Tone::Good,
                "0.41 to 251 ms, half of them under 12.3 ms",
            ),
            (vec![Some(3.0)], None, Tone::Good, "took 3.0 ms"),
            (
                vec![Some(3.0), None, None],
                None,
                Tone::Wait,
                "Answers came to 1 of 3 pings. The round trip took 3.0 ms.",
            ),
            (vec![None; 5], None, Tone::Bad, "No answer to 5 pings."),
            (vec![None], None, Tone::Bad, "No answer to 1 ping."),
            (
                vec![None; 5],
                Some(Failure::NobodyListens),
                Tone::Bad,
                "the port is closed",
            ),
            (
                vec![None; 5],
                Some(Failure::Unreachable),
                Tone::Bad,
                "couldn’t be sent",
            ),
            (vec![None; 5], Some(Failure::Closed), Tone::Bad, "closed"),
            (
                vec![None; 5],
                Some(Failure::Tls(TlsProblem::NotTls)),
                Tone::Bad,
                "doesn’t speak TLS",
            ),
            (
                vec![None; 5],
                Some(Failure::NotSip(Noise::new(
                    "192.0.2.1:5061".parse().unwrap(),
                    Malformed::Start,
                    b"SSH-2.0-x\r\n",
                ))),
                Tone::Bad,
                "speaks SSH, not SIP",
            ),
            (
                vec![None; 5],
                Some(Failure::AnsweredElsewhere {
                    from: "192.0.2.9:5060".parse().unwrap(),
                    status: 200,
                }),
                Tone::Bad,
                "(200) came from 192.0.2.9:5060",
            ),
        ] {
            let (found, sentence) = said(&times, failure);

            assert_eq!(found, tone, "{sentence}");
            assert!(sentence.contains(part), "{part:?}: {sentence}");
            assert!(sentence.ends_with('.'), "{sentence}");
        }
    }
}
