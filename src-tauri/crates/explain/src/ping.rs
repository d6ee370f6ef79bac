//! What an OPTIONS ping found, in plain words.

use std::time::Duration;

use super::{path, registration, tls};
use crate::PingReport;
use registrar_activity::Tone;
use registrar_sip::failure::Failure;
use registrar_user_agent::ping::{PingOutcome, PingRequest};

/// Turns the end of a ping into what the window shows.
#[must_use]
pub fn report(request: &PingRequest, outcome: &PingOutcome) -> PingReport {
    let target = format!("{} {}", request.transport.as_str(), request.target);
    let (tone, sentence) = words(outcome, &target);
    let millis = |time: &Option<Duration>| time.map(|time| time.as_secs_f64() * 1000.0);
    PingReport {
        target,
        times_ms: outcome.times.iter().map(millis).collect(),
        sentence,
        tone,
        path: outcome.path.as_ref().map(path::view),
    }
}

fn words(outcome: &PingOutcome, target: &str) -> (Tone, String) {
    let asked = outcome.times.len();
    let Some([shortest, median, longest]) = outcome.spread() else {
        return (Tone::Bad, nobody(outcome.failure.as_ref(), asked, target));
    };
    let spread = format!(
        "round trips of {} to {} milliseconds, half of them below {}",
        figure(shortest),
        figure(longest),
        figure(median)
    );
    let answered = asked - outcome.lost();
    match outcome.lost() {
        0 if asked == 1 => (
            Tone::Good,
            format!(
                "Reached: one round trip took {} milliseconds.",
                figure(median)
            ),
        ),
        0 => (Tone::Good, format!("Reached {asked} times: {spread}.")),
        _ => (
            Tone::Wait,
            format!(
                "Reached {answered} of {asked} times, the others were lost on the way: {spread}."
            ),
        ),
    }
}

fn nobody(failure: Option<&Failure>, asked: usize, target: &str) -> String {
    match failure {
        Some(Failure::NobodyListens) => "Not reached: the port is closed.".to_owned(),
        Some(Failure::Unreachable) => {
            "Not reached: this computer cannot send there. Check the network connection.".to_owned()
        }
        Some(Failure::Closed) => {
            "Not reached: the connection was closed without an answer.".to_owned()
        }
        Some(Failure::AnsweredElsewhere { from, status }) => format!(
            "Not reached: an answer ({status}) came from {from} instead of the address that was \
             asked."
        ),
        Some(Failure::NotSip(noise)) => format!("Not reached: {}", registration::noise(noise)),
        Some(Failure::Tls(problem)) => {
            format!("Not reached: {}", tls::words(problem, target).sentence)
        }
        Some(Failure::TimedOut) | None => format!(
            "Not reached: nobody answered {asked} {}. A firewall may drop SIP, or the port is \
             another one; some registrars never answer to a ping.",
            if asked == 1 { "question" } else { "questions" }
        ),
    }
}

/// A time in milliseconds with three digits that mean something.
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
    use registrar_sip::astray::Noise;
    use registrar_sip::failure::TlsProblem;
    use registrar_sip::message::Malformed;

    fn said(times: &[Option<f64>], failure: Option<Failure>) -> (Tone, String) {
        let time =
            |millis: &Option<f64>| millis.map(|millis| Duration::from_secs_f64(millis / 1e3));
        let outcome = PingOutcome {
            times: times.iter().map(time).collect(),
            status: None,
            path: None,
            failure,
        };
        words(&outcome, "TLS 192.0.2.1:5061")
    }

    #[test]
    fn each_end_has_its_own_words() {
        for (times, failure, tone, part) in [
            (
                vec![Some(0.411), Some(12.34), Some(250.6)],
                None,
                Tone::Good,
                "0.41 to 251 milliseconds, half of them below 12.3",
            ),
            (vec![Some(3.0)], None, Tone::Good, "took 3.0 milliseconds"),
            (
                vec![Some(3.0), None, None],
                None,
                Tone::Wait,
                "Reached 1 of 3 times",
            ),
            (
                vec![None; 5],
                None,
                Tone::Bad,
                "nobody answered 5 questions",
            ),
            (vec![None], None, Tone::Bad, "nobody answered 1 question."),
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
                "cannot send",
            ),
            (vec![None; 5], Some(Failure::Closed), Tone::Bad, "closed"),
            (
                vec![None; 5],
                Some(Failure::Tls(TlsProblem::NotTls)),
                Tone::Bad,
                "does not speak TLS",
            ),
            (
                vec![None; 5],
                Some(Failure::NotSip(Noise::new(
                    "192.0.2.1:5061".parse().unwrap(),
                    Malformed::Start,
                    b"SSH-2.0-x\r\n",
                ))),
                Tone::Bad,
                "doesn’t speak SIP",
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
