//! What was heard over a whole call, from one reading after the other.

use crate::media::{Reading, Source};

/// A sound below this level is none, in dB below the loudest.
const SILENT_DB: f64 = -50.0;
/// How far a pitch may be off and still be the tone: one percent.
const NEAR: f64 = 0.01;
/// How many readings must hold the tone: a fifth of a second of it is no accident.
const ENOUGH: u32 = 2;

/// What was heard. Only what came after the answer counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hearing {
    /// The pitch of our own tone, where one is sent.
    tone: Option<f64>,
    /// Packets that had come before the answer.
    before: u32,
    /// Packets that came after it.
    packets: u32,
    /// Readings with a sound.
    loud: u32,
    /// Readings at the pitch of the tone.
    at_tone: u32,
    /// The last pitch near the tone.
    near: Option<f64>,
    /// The last other pitch.
    other: Option<f64>,
    /// The loudest level.
    loudest: Option<f64>,
}

impl Hearing {
    /// Begins; `sound` is what is sent.
    #[must_use]
    pub fn new(sound: Source) -> Self {
        Self {
            tone: match sound {
                Source::Tone(tone) => Some(tone.hertz.into()),
                Source::Microphone | Source::Silence => None,
            },
            ..Self::default()
        }
    }

    /// The call is answered, with this reading.
    pub fn answered(&mut self, reading: Reading) {
        self.before = reading.received;
    }

    /// Takes a reading of the answered call.
    pub fn hear(&mut self, reading: &Reading) {
        self.packets = reading.received.saturating_sub(self.before);
        let level = reading.level_db.filter(|level| *level > SILENT_DB);
        let Some(level) = level.filter(|_| self.packets > 0) else {
            return;
        };
        self.loud += 1;
        self.loudest = Some(self.loudest.map_or(level, |loudest| loudest.max(level)));
        let Some(pitch) = reading.pitch_hz else {
            return;
        };
        match self.tone {
            Some(tone) if (pitch - tone).abs() <= tone * NEAR => {
                self.at_tone += 1;
                self.near = Some(pitch);
            }
            Some(_) | None => self.other = Some(pitch),
        }
    }

    /// Returns the pitch at which our own tone came back.
    #[must_use]
    pub fn own_tone(&self) -> Option<f64> {
        self.near.filter(|_| self.at_tone >= ENOUGH)
    }

    /// Returns the last pitch that was another one.
    #[must_use]
    pub fn other_pitch(&self) -> Option<f64> {
        self.other
    }

    /// Returns the loudest level in dB, where there was any sound.
    #[must_use]
    pub fn loudest_db(&self) -> Option<f64> {
        self.loudest
    }

    /// Returns whether any packet came after the answer.
    #[must_use]
    pub fn packets_came(&self) -> bool {
        self.packets > 0
    }

    /// Returns whether a sound was heard.
    #[must_use]
    pub fn heard(&self) -> bool {
        self.loud >= ENOUGH
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::Tone;

    fn reading(received: u32, level: f64, pitch: Option<f64>) -> Reading {
        Reading {
            received,
            level_db: Some(level),
            pitch_hz: pitch,
            ..Reading::default()
        }
    }

    fn hearing(readings: &[Reading]) -> Hearing {
        let mut hearing = Hearing::new(Source::Tone(Tone::default()));
        hearing.answered(reading(10, -90.0, None));
        for reading in readings {
            hearing.hear(reading);
        }
        hearing
    }

    #[test]
    fn the_tone_counts_within_one_percent_and_not_by_accident() {
        let near = reading(20, -20.0, Some(443.0));
        let off = reading(20, -20.0, Some(446.0));

        assert_eq!(hearing(&[near, near]).own_tone(), Some(443.0));
        assert_eq!(hearing(&[near]).own_tone(), None);
        assert_eq!(hearing(&[off, off]).own_tone(), None);
        assert_eq!(hearing(&[off, off]).other_pitch(), Some(446.0));
    }

    #[test]
    fn silence_is_told_from_sound_and_from_nothing() {
        let silence = hearing(&[reading(20, -70.0, None); 5]);
        let nothing = hearing(&[reading(10, -20.0, Some(440.0)); 5]);
        let speech = hearing(&[reading(20, -30.0, None); 5]);

        assert!(silence.packets_came() && !silence.heard());
        assert!(
            !nothing.packets_came() && !nothing.heard(),
            "it came before"
        );
        assert!(speech.heard());
        assert_eq!(speech.loudest_db(), Some(-30.0));
    }
}
