//! Measurements of a call, one per row.

use super::{Asked, sound};
use crate::SummaryRow;
use registrar_media::{Codec, DeviceTrouble};
use registrar_sip::invite::CallEnd;
use registrar_user_agent::call::DialOutcome;

/// Returns the rows of a call.
#[must_use]
pub fn facts(asked: &Asked, outcome: &DialOutcome) -> Vec<SummaryRow> {
    let mut rows = Vec::new();
    let mut row = |name: &str, value: String| {
        rows.push(SummaryRow {
            name: name.to_owned(),
            value,
        });
    };
    row("Called", asked.callee.clone());
    row("Sent to", asked.target.clone());
    if let Some(trouble) = outcome.sound.device_trouble {
        row("Sound device", device(trouble).to_owned());
    }
    if !outcome.answered {
        return rows;
    }
    let reading = &outcome.sound;
    let until = outcome.until_answer.as_secs_f64();
    row("Answered after", format!("{until:.1} seconds"));
    let talked = outcome.talked.as_secs_f64();
    let length = match outcome.end {
        CallEnd::HungUp { by_us: true } => format!("{talked:.1} seconds, ended here"),
        CallEnd::HungUp { by_us: false } => format!("{talked:.1} seconds, ended by the other side"),
        CallEnd::CannotAnswer(_)
        | CallEnd::Cancelled
        | CallEnd::CredentialRefused
        | CallEnd::Lost
        | CallEnd::NoCommonSound
        | CallEnd::NotAnswered
        | CallEnd::RealmDiffers { .. }
        | CallEnd::Unreachable
        | CallEnd::Refused { .. }
        | CallEnd::Silent
        | CallEnd::StaleWithoutEnd => format!("{talked:.1} seconds"),
    };
    row("Call length", length);
    let expected = outcome.hearing.expected().as_secs_f64();
    if expected > 0.0 {
        let came = expected - outcome.hearing.missing().as_secs_f64();
        row(
            "Sound received",
            format!("{came:.1} of {expected:.1} seconds"),
        );
    }
    if let Some(codec) = outcome.codec {
        let name = match codec {
            Codec::Pcma => "PCMA (G.711 A-law)",
            Codec::Pcmu => "PCMU (G.711 µ-law)",
        };
        row("Codec", name.to_owned());
    }
    let lost = sound::lost(reading);
    row(
        "Packets",
        format!(
            "{} sent, {} received, {lost}",
            reading.sent, reading.received
        ),
    );
    if let Some(lost @ 1..) = reading.lost_there {
        row(
            "Sent packets lost",
            format!("{lost} of {} packets", reading.sent),
        );
    }
    if reading.received > 0 {
        row("Jitter", format!("{:.1} ms", reading.jitter_ms));
    }
    if let Some(trip) = reading.round_trip_ms {
        row("Round trip", format!("{trip:.0} ms"));
    }
    if let Some(level) = outcome.hearing.loudest_db() {
        row("Loudest sound", format!("{level:.0} dB (0 is the loudest)"));
    }
    let pitch = outcome.hearing.own_tone();
    if let Some(pitch) = pitch.or_else(|| outcome.hearing.other_pitch()) {
        row("Pitch", format!("{pitch:.0} Hz"));
    }
    if reading.other_source {
        row(
            "Sound source",
            "A different address than the one agreed on".to_owned(),
        );
    }
    rows
}

fn device(trouble: DeviceTrouble) -> &'static str {
    match trouble {
        DeviceTrouble::MicrophoneLost => {
            "The microphone stopped working, so a tone was sent instead."
        }
        DeviceTrouble::MicrophoneRefused => {
            "The microphone couldn’t be used, so a tone was sent instead. Allow this app to use it \
             in the system’s settings."
        }
        DeviceTrouble::NoMicrophone => "No microphone was found, so a tone was sent instead.",
        DeviceTrouble::NoSpeakers => "No speakers were found. The sound was measured, not played.",
        DeviceTrouble::SpeakersLost => {
            "The speakers stopped working. The sound was measured, not played."
        }
        DeviceTrouble::SpeakersRefused => {
            "The speakers couldn’t be used. The sound was measured, not played."
        }
    }
}
