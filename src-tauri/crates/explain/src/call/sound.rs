//! Whether audio came back, and its quality.

use super::{Asked, bad, good, wait};
use std::time::Duration;

use crate::{CallSound, RecoveryOption, Verdict, number};
use registrar_activity::Tone;
use registrar_media::Reading;
use registrar_user_agent::call::DialOutcome;

/// More lost packets than this are audible, in percent.
const MOST_LOST: f64 = 3.0;
/// More jitter than this is audible, in milliseconds.
const MOST_JITTER: f64 = 30.0;
/// A longer round trip makes people talk at the same time, in milliseconds.
const LONGEST_ROUND_TRIP: f64 = 300.0;
/// A shorter call says nothing about its sound, in seconds.
const SHORTEST: f64 = 1.0;
/// A longer time without sound is more than a late start or slow end, in seconds.
const LONGEST_GAP: f64 = 1.0;
/// A larger share of the time without packets is audible, in percent.
const MOST_MISSING: f64 = 10.0;
/// Sound that ends this long before the call has stopped, in percent of the time.
const MOST_ENDED: f64 = 20.0;
/// The smallest share of the time in which our tone must come back, in percent.
const LEAST_TONE: f64 = 80.0;
/// The smallest share of the time with any other sound while a tone is sent, in percent: speech has
/// pauses.
const LEAST_SOUND: f64 = 50.0;

/// Says what an answered call proved.
pub(super) fn verdict(asked: &Asked, outcome: &DialOutcome, by_us: bool) -> Verdict {
    let (callee, sound) = (&asked.callee, &outcome.sound);
    let hearing = &outcome.hearing;
    let again = [RecoveryOption::TryAgain];
    if !hearing.packets_came() && outcome.held {
        return wait(
            format!("{callee} answered and put the call on hold, so no sound came back."),
            &["Someone pressed hold."],
            "Ask them to resume the call, then call again.",
            &again,
        );
    }
    let expected = hearing.expected().as_secs_f64();
    if !hearing.packets_came() && outcome.talked.as_secs_f64() >= SHORTEST && expected < SHORTEST {
        return wait(
            format!("{callee} answered, but no sound was expected from there."),
            &[
                "You put the call on hold.",
                "The other side only listens, for example to record.",
            ],
            "Call again without holding, or call another number.",
            &again,
        );
    }
    if !hearing.packets_came() && outcome.talked.as_secs_f64() < SHORTEST {
        return wait(
            format!("{callee} answered, but the call ended before any sound came."),
            &[if by_us {
                "You hung up right away."
            } else {
                "The other side hung up right away."
            }],
            "Call again and stay on the call for a few seconds.",
            &again,
        );
    }
    if !hearing.packets_came() {
        return bad(
            format!("{callee} answered, but no sound came back."),
            &[
                "The router or a firewall blocks incoming sound, which uses UDP ports of its own \
                 (RTP).",
                "A router setting called SIP ALG changes the messages, so the sound goes to the \
                 wrong address.",
                "This computer is behind a router (NAT), and the other side sends to its internal \
                 address.",
                "The other side sends nothing, for example because it’s muted.",
            ],
            "Turn off SIP ALG in the router, let UDP through, and call again. Or call from another \
             network.",
            &again,
        );
    }
    if let Some(verdict) = stopped(outcome) {
        return verdict;
    }
    if !hearing.heard() {
        return wait(
            format!("{callee} answered, but what came back is silence."),
            &[
                "The other side is muted, or no one is speaking.",
                "The other side plays nothing back.",
            ],
            "Call a number that plays something, or ask someone to speak.",
            &again,
        );
    }
    if let Some(verdict) = too_short(asked, outcome) {
        return verdict;
    }
    let mut verdict = good(came_back(asked, outcome));
    let troubles = troubles(outcome);
    if !troubles.is_empty() {
        verdict = wait(
            format!(
                "Sound came back, but the network isn’t good enough. {}",
                troubles.join(" ")
            ),
            &[
                "The network is busy, for example with a download.",
                "The wireless connection is weak.",
                "The route to the registrar is long, for example through a VPN.",
            ],
            "Call again over a cable, with nothing else using the network.",
            &again,
        );
    }
    if sound.other_source {
        verdict.tone = Tone::Wait;
        verdict.causes.push(
            "The sound came from a different address than the one agreed on. This computer accepts \
             that, but some phones and firewalls don’t."
                .to_owned(),
        );
        verdict.next.get_or_insert_with(|| {
            "If phones behind this router hear nothing, turn off the setting SIP ALG in the \
             router."
                .to_owned()
        });
    }
    verdict
}

fn came_back(asked: &Asked, outcome: &DialOutcome) -> String {
    let hearing = &outcome.hearing;
    if hearing.own_tone().is_some() {
        return "Sound works in both directions.".to_owned();
    }
    match (asked.sound, hearing.other_pitch()) {
        (CallSound::Tone, Some(pitch)) => {
            format!("Sound came back, but it’s another tone than the one sent: {pitch:.0} Hz.")
        }
        (CallSound::Tone, None) => {
            "Sound came back, such as speech, but not the tone that was sent.".to_owned()
        }
        (CallSound::Microphone, Some(pitch)) => {
            format!("Sound came back: a tone of {pitch:.0} Hz.")
        }
        (CallSound::Microphone, None) => "Sound came back.".to_owned(),
    }
}

/// Returns a length of time in seconds, rounded.
fn rounded(time: Duration) -> String {
    let seconds = (time + Duration::from_millis(500)).as_secs();
    number::counted(seconds, "second", "seconds")
}

/// Reports a call whose packets stopped before its end.
///
/// Here and below, a share of the time is in whole seconds, rounded down, so that it never reads as
/// the whole.
fn stopped(outcome: &DialOutcome) -> Option<Verdict> {
    let hearing = &outcome.hearing;
    let (expected, ended) = (
        hearing.expected().as_secs_f64(),
        hearing.ended().as_secs_f64(),
    );
    let is_over = ended >= LONGEST_GAP && 100.0 * ended > MOST_ENDED * expected;
    is_over.then(|| {
        let came = hearing.expected().saturating_sub(hearing.ended());
        bad(
            format!(
                "Sound came back for the first {} of {}, then stopped.",
                came.as_secs(),
                rounded(hearing.expected())
            ),
            &[
                "The other side stopped sending, for example because it was muted.",
                "The router or a firewall closed the path of the sound (RTP over UDP).",
                "This computer’s network stopped carrying UDP.",
            ],
            "Call again. If it stops after the same time, turn off the setting SIP ALG in the \
             router, or call from another network.",
            &[RecoveryOption::TryAgain],
        )
    })
}

/// Reports a call that had sound for only part of its time.
fn too_short(asked: &Asked, outcome: &DialOutcome) -> Option<Verdict> {
    let hearing = &outcome.hearing;
    let (expected, sounded) = (
        hearing.expected().as_secs_f64(),
        hearing.sounded().as_secs_f64(),
    );
    let missing = hearing.missing().as_secs_f64();
    let again = [RecoveryOption::TryAgain];
    if missing >= LONGEST_GAP && 100.0 * missing > MOST_MISSING * expected {
        let came = hearing.expected().saturating_sub(hearing.missing());
        return Some(wait(
            format!(
                "Sound came back with gaps, for only {} of {}.",
                came.as_secs(),
                rounded(hearing.expected())
            ),
            &[
                "The network keeps being interrupted.",
                "The other side starts late, or sends nothing while it’s silent or muted.",
            ],
            "Call again over a cable, with nothing else using the network.",
            &again,
        ));
    }
    let least = match (asked.sound, hearing.own_tone()) {
        (CallSound::Microphone, _) => return None,
        (CallSound::Tone, Some(_)) => LEAST_TONE,
        (CallSound::Tone, None) => LEAST_SOUND,
    };
    // A tone or an announcement has no pauses, so a side that reports silence sends neither.
    let whole = hearing.expected() + hearing.told_silent();
    let expected = whole.as_secs_f64();
    let silent = expected - sounded;
    (silent >= LONGEST_GAP && 100.0 * sounded < least * expected).then(|| {
        let (came, whole) = (hearing.sounded().as_secs(), rounded(whole));
        wait(
            if hearing.own_tone().is_some() {
                format!("The tone came back for {came} of {whole}. The rest was silence.")
            } else {
                format!("Sound came back for {came} of {whole}. The rest was silence.")
            },
            &[
                "The other side had nothing more to say, such as a voicemail that waits.",
                "The other side is muted.",
            ],
            "Call a number that plays something for longer, or ask someone to speak.",
            &again,
        )
    })
}

/// Says how many packets were lost.
pub(super) fn lost(reading: &Reading) -> String {
    let all = u64::from(reading.received) + u64::from(reading.lost);
    match reading.lost {
        0 => "none lost".to_owned(),
        1 => format!("1 of {all} lost"),
        lost => format!("{lost} of {all} lost"),
    }
}

/// The measurements beyond the limits, one sentence each.
fn troubles(outcome: &DialOutcome) -> Vec<String> {
    let reading = &outcome.sound;
    let all = f64::from(reading.received) + f64::from(reading.lost);
    let share = 100.0 * f64::from(reading.lost) / all.max(1.0);
    let trip = reading.round_trip_ms.unwrap_or_default();
    let mut troubles = Vec::new();
    if share > MOST_LOST {
        troubles.push(format!(
            "{share:.1}% of the packets were lost. The limit is {MOST_LOST:.0}%."
        ));
    }
    let lost_there = f64::from(reading.lost_there.unwrap_or_default());
    let share = 100.0 * lost_there / f64::from(reading.sent).max(1.0);
    if share > MOST_LOST {
        troubles.push(format!(
            "{share:.1}% of the packets from here were lost. The limit is {MOST_LOST:.0}%."
        ));
    }
    let (sending, sent) = outcome.hearing.sending();
    let unsent = sending.saturating_sub(sent).as_secs_f64();
    if unsent >= LONGEST_GAP && 100.0 * unsent > MOST_MISSING * sending.as_secs_f64() {
        troubles.push(format!(
            "This computer sent sound for only {} of {}.",
            sent.as_secs(),
            rounded(sending)
        ));
    }
    if reading.jitter_ms > MOST_JITTER {
        troubles.push(format!(
            "Packets came {:.0} ms unevenly. The limit is {MOST_JITTER:.0} ms.",
            reading.jitter_ms
        ));
    }
    if trip > LONGEST_ROUND_TRIP {
        troubles.push(format!(
            "The round trip took {trip:.0} ms. The limit is {LONGEST_ROUND_TRIP:.0} ms."
        ));
    }
    troubles
}
