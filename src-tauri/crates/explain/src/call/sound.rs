//! Whether sound came back, and how good it was.

use super::{Asked, bad, good, wait};
use crate::{CallSound, RecoveryOption, Verdict};
use registrar_activity::Tone;
use registrar_media::Reading;
use registrar_user_agent::call::DialOutcome;

/// More lost packets than this are heard, in percent.
const MOST_LOST: f64 = 3.0;
/// More unevenness than this is heard, in milliseconds.
const MOST_JITTER: f64 = 30.0;
/// A longer way to the other side and back makes people talk at the same time, in milliseconds.
const LONGEST_ROUND_TRIP: f64 = 300.0;
/// A call that ends sooner says nothing about its sound, in seconds.
const SHORTEST: f64 = 1.0;
/// A longer time without sound is no late beginning and no slow end, in seconds.
const LONGEST_GAP: f64 = 1.0;
/// A larger part of the time without packets is heard, in percent.
const MOST_MISSING: f64 = 10.0;
/// Sound that ends so long before the call does has stopped, in percent of the time.
const MOST_ENDED: f64 = 20.0;
/// The smallest part of the time in which our tone must come back, in percent.
const LEAST_TONE: f64 = 80.0;
/// The smallest part of the time in which anything else must be heard while a tone is sent, in
/// percent: speech has pauses.
const LEAST_SOUND: f64 = 50.0;

/// Says what an answered call proved.
pub(super) fn verdict(asked: &Asked, outcome: &DialOutcome, by_us: bool) -> Verdict {
    let (callee, sound) = (&asked.callee, &outcome.sound);
    let hearing = &outcome.hearing;
    let again = [RecoveryOption::TryAgain];
    if !hearing.packets_came() && outcome.held {
        return wait(
            format!("{callee} answered and put the call on hold, so no sound came back."),
            &["Somebody pressed the button that holds a call."],
            "Ask them to take the call back, and call again.",
            &again,
        );
    }
    let expected = hearing.expected().as_secs_f64();
    if !hearing.packets_came() && outcome.talked.as_secs_f64() >= SHORTEST && expected < SHORTEST {
        return wait(
            format!("{callee} answered, but no sound was to come from there."),
            &[
                "You put the call on hold.",
                "The other side only listens, such as to record.",
            ],
            "Call again without a hold, or call another number.",
            &again,
        );
    }
    if !hearing.packets_came() && outcome.talked.as_secs_f64() < SHORTEST {
        return wait(
            format!("{callee} answered, and the call was over before any sound came."),
            &[if by_us {
                "You hung up at once."
            } else {
                "The other side hung up at once."
            }],
            "Call again, and let the call stand for some seconds.",
            &again,
        );
    }
    if !hearing.packets_came() {
        return bad(
            format!("{callee} answered, but no sound came back."),
            &[
                "The router or a firewall drops the sound that comes in: RTP over UDP, on ports \
                 of its own beside SIP's.",
                "The router changes SIP messages (SIP ALG), so that the sound goes to a wrong \
                 address.",
                "This computer is behind a router (NAT), and the other side sends to the address \
                 inside of it.",
                "The other side sends nothing, such as a phone that is muted.",
            ],
            "Turn SIP ALG off in the router, let UDP through, and call again; or call from \
             another network.",
            &again,
        );
    }
    if let Some(verdict) = stopped(outcome) {
        return verdict;
    }
    if !hearing.heard() {
        return wait(
            format!("{callee} answered, and what came back is silence."),
            &[
                "The other side is muted, or nobody speaks.",
                "The other side plays nothing back.",
            ],
            "Call a number that plays something, or ask somebody to speak.",
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
                "Sound came back, but the network is not good enough: {}.",
                troubles.join(", ")
            ),
            &[
                "The network is busy, such as with a download.",
                "The wireless connection is weak.",
                "The way to the registrar is long, such as through a VPN.",
            ],
            "Call again over a cable, with nothing else going on.",
            &again,
        );
    }
    if sound.other_source {
        verdict.tone = Tone::Wait;
        verdict.causes.push(
            "The sound came from another address than the one that was agreed on. This computer \
             takes it; some phones and firewalls do not."
                .to_owned(),
        );
        verdict.next.get_or_insert_with(|| {
            "If phones behind this router hear nothing, turn SIP ALG off in it.".to_owned()
        });
    }
    verdict
}

fn came_back(asked: &Asked, outcome: &DialOutcome) -> String {
    let hearing = &outcome.hearing;
    let lost = lost(&outcome.sound);
    if let Some(pitch) = hearing.own_tone() {
        return format!("The tone came back: {pitch:.0} Hz, {lost}.");
    }
    let level = hearing.loudest_db().unwrap_or_default();
    let what = match (asked.sound, hearing.other_pitch()) {
        (CallSound::Tone, Some(pitch)) => {
            format!("Sound came back, another one than the tone that was sent: {pitch:.0} Hz")
        }
        (CallSound::Tone, None) => {
            "Sound came back, such as speech, and not the tone that was sent".to_owned()
        }
        (CallSound::Microphone, Some(pitch)) => format!("Sound came back: {pitch:.0} Hz"),
        (CallSound::Microphone, None) => "Sound came back".to_owned(),
    };
    format!("{what}, {level:.0} dB, {lost}.")
}

/// Says of a call whose packets stopped coming before its end that they did.
///
/// Here and below, a part of the time is told in whole seconds, rounded down, so that it never reads
/// as the whole.
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
                "Sound came back for the first {} of {expected:.0} seconds, then none came.",
                came.as_secs()
            ),
            &[
                "The other side stopped sending, such as a phone that was muted.",
                "The router or a firewall closed the way of the sound (RTP over UDP).",
                "This computer’s network connection broke for UDP.",
            ],
            "Call again. If it stops after the same time, turn SIP ALG off in the router, or call \
             from another network.",
            &[RecoveryOption::TryAgain],
        )
    })
}

/// Says of a call with sound for a part of its time only how long that was.
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
                "Sound came back with gaps: {} of {expected:.0} seconds came.",
                came.as_secs()
            ),
            &[
                "The network is interrupted again and again.",
                "The other side begins late, or sends nothing while it is silent or muted.",
            ],
            "Call again over a cable, with nothing else going on.",
            &again,
        ));
    }
    let (least, what) = match (asked.sound, hearing.own_tone()) {
        (CallSound::Microphone, _) => return None,
        (CallSound::Tone, Some(_)) => (LEAST_TONE, "The tone"),
        (CallSound::Tone, None) => (LEAST_SOUND, "Sound"),
    };
    // A tone or an announcement has no pauses: whoever says that it is silent sends none of it.
    let expected = expected + hearing.told_silent().as_secs_f64();
    let silent = expected - sounded;
    (silent >= LONGEST_GAP && 100.0 * sounded < least * expected).then(|| {
        wait(
            format!(
                "{what} came back for {} of {expected:.0} seconds. The rest was silence.",
                hearing.sounded().as_secs()
            ),
            &[
                "The other side had no more to say, such as a mailbox that waits.",
                "The other side is muted.",
            ],
            "Call a number that plays something for longer, or ask somebody to speak.",
            &again,
        )
    })
}

/// Says how many packets were lost.
pub(super) fn lost(reading: &Reading) -> String {
    let all = u64::from(reading.received) + u64::from(reading.lost);
    match reading.lost {
        0 => "no packet lost".to_owned(),
        1 => format!("1 of {all} packets lost"),
        lost => format!("{lost} of {all} packets lost"),
    }
}

/// What was measured beyond the limits, in words.
fn troubles(outcome: &DialOutcome) -> Vec<String> {
    let reading = &outcome.sound;
    let all = f64::from(reading.received) + f64::from(reading.lost);
    let share = 100.0 * f64::from(reading.lost) / all.max(1.0);
    let trip = reading.round_trip_ms.unwrap_or_default();
    let mut troubles = Vec::new();
    if share > MOST_LOST {
        troubles.push(format!(
            "{share:.1} % of the packets were lost, more than {MOST_LOST:.0} %"
        ));
    }
    let lost_there = f64::from(reading.lost_there.unwrap_or_default());
    let share = 100.0 * lost_there / f64::from(reading.sent).max(1.0);
    if share > MOST_LOST {
        troubles.push(format!(
            "{share:.1} % of the packets from here were lost, more than {MOST_LOST:.0} %"
        ));
    }
    let (sending, sent) = outcome.hearing.sending();
    let unsent = sending.saturating_sub(sent).as_secs_f64();
    let sending = sending.as_secs_f64();
    if unsent >= LONGEST_GAP && 100.0 * unsent > MOST_MISSING * sending {
        troubles.push(format!(
            "this computer sent sound for {} of {sending:.0} seconds only",
            sent.as_secs()
        ));
    }
    if reading.jitter_ms > MOST_JITTER {
        troubles.push(format!(
            "packets came {:.0} ms unevenly, more than {MOST_JITTER:.0} ms",
            reading.jitter_ms
        ));
    }
    if trip > LONGEST_ROUND_TRIP {
        troubles.push(format!(
            "the way there and back took {trip:.0} ms, more than {LONGEST_ROUND_TRIP:.0} ms"
        ));
    }
    troubles
}
