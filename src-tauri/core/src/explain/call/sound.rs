//! Whether sound came back, and how good it was.

use super::{Asked, bad, good, wait};
use crate::ipc::{CallSound, Tone, Verdict, WayOn};
use crate::media::Reading;
use crate::sip::call::DialOutcome;

/// More lost packets than this are heard, in percent.
const MOST_LOST: f64 = 3.0;
/// More unevenness than this is heard, in milliseconds.
const MOST_JITTER: f64 = 30.0;
/// A longer way to the other side and back makes people talk at the same time, in milliseconds.
const LONGEST_ROUND_TRIP: f64 = 300.0;
/// A call that ends sooner says nothing about its sound, in seconds.
const SHORTEST: f64 = 1.0;

/// Says what an answered call proved.
pub(super) fn verdict(asked: &Asked, outcome: &DialOutcome, by_us: bool) -> Verdict {
    let (callee, sound) = (&asked.callee, &outcome.sound);
    let hearing = &outcome.hearing;
    let again = [WayOn::TryAgain];
    if !hearing.packets_came() && outcome.held {
        return wait(
            format!("{callee} answered and put the call on hold, so no sound came back."),
            &["Somebody pressed the button that holds a call."],
            "Ask them to take the call back, and call again.",
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
            format!("{callee} answered, but no sound came back: the call is one-way."),
            &[
                "The router or a firewall drops the sound that comes in: RTP over UDP, on ports \
                 of its own beside SIP's.",
                "The router changes SIP messages (SIP ALG), so that the sound goes to a wrong \
                 address.",
                "This computer is behind a router (NAT), and the other side sends to the address \
                 inside of it.",
                "The other side sends nothing.",
            ],
            "Turn SIP ALG off in the router, let UDP through, and call again; or call from \
             another network.",
            &again,
        );
    }
    if !hearing.heard() {
        return wait(
            format!("{callee} answered, and what came back is silence."),
            &[
                "The microphone of the other side is off, or nobody speaks.",
                "The other side plays nothing back.",
            ],
            "Call a number that plays something, or ask somebody to speak.",
            &again,
        );
    }
    let mut verdict = good(came_back(asked, outcome));
    let troubles = troubles(sound);
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
fn troubles(reading: &Reading) -> Vec<String> {
    let all = f64::from(reading.received) + f64::from(reading.lost);
    let share = 100.0 * f64::from(reading.lost) / all.max(1.0);
    let trip = reading.round_trip_ms.unwrap_or_default();
    let mut troubles = Vec::new();
    if share > MOST_LOST {
        troubles.push(format!(
            "{share:.1} % of the packets were lost, more than {MOST_LOST:.0} %"
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
