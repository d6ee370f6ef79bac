//! Summarizes a call's audio from successive readings.

use std::time::Duration;

use registrar_media::{Expects, Reading, Source};

/// The level below which audio counts as silence, in dB below the maximum.
const SILENT_DB: f64 = -50.0;
/// The tolerance for recognizing the tone: one percent.
const NEAR: f64 = 0.01;
/// The duration of one of our packets.
const PACKET: Duration = Duration::from_millis(20);
/// Minimum number of readings with the tone: a fifth of a second isn't a coincidence.
const ENOUGH: u32 = 2;

/// What was heard after the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hearing {
    /// The pitch of our own tone, if one is sent.
    tone: Option<f64>,
    /// The reading at the answer.
    before: Reading,
    /// Packets that arrived after it.
    packets: u32,
    /// The time of the last reading, since the answer.
    at: Duration,
    /// How long audio was expected: not on hold, and not while the other side announced silence.
    expected: Duration,
    /// How much of that packets arrived in.
    arrived: Duration,
    /// How much of that audio was heard in.
    sounded: Duration,
    /// The final part of that in which no packets arrived.
    ended: Duration,
    /// How long the other side announced silence.
    told_silent: Duration,
    /// How long audio should have been sent.
    sending: Duration,
    /// How much of that was sent.
    sent: Duration,
    /// Pauses of a peer that sends nothing during silence.
    left_out: Duration,
    /// Number of readings with audio.
    loud: u32,
    /// Number of readings at the pitch of the tone.
    at_tone: u32,
    /// The last pitch near the tone.
    near: Option<f64>,
    /// The last other pitch.
    other: Option<f64>,
    /// The loudest level.
    loudest: Option<f64>,
}

impl Hearing {
    /// Starts; `sound` is what is sent.
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

    /// Called when the call is answered, with the current reading.
    pub fn answered(&mut self, reading: Reading) {
        self.before = reading;
    }

    /// Adds a reading of the answered call, taken `talked` after the answer.
    pub fn hear(&mut self, reading: &Reading, talked: Duration) {
        let passed = talked.saturating_sub(self.at);
        self.at = talked;
        let before = self.packets;
        self.packets = reading.received.saturating_sub(self.before.received);
        self.left_out = reading.left_out.saturating_sub(self.before.left_out);
        self.sent = PACKET * reading.sent.saturating_sub(self.before.sent);
        if reading.sends {
            self.sending += passed;
        }
        if reading.expects == Expects::Silence {
            self.told_silent += passed;
        }
        let is_loud = reading.level_db.is_some_and(|level| level > SILENT_DB);
        if reading.expects == Expects::Sound {
            self.expected += passed;
            if self.packets > before {
                self.arrived += passed;
                self.ended = Duration::ZERO;
            } else {
                self.ended += passed;
            }
            if is_loud && self.packets > 0 {
                self.sounded += passed;
            }
        }
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

    /// Returns how long audio was expected.
    #[must_use]
    pub fn expected(&self) -> Duration {
        self.expected
    }

    /// Returns how long the other side announced silence, when no audio was expected.
    #[must_use]
    pub fn told_silent(&self) -> Duration {
        self.told_silent
    }

    /// Returns how long audio was heard while it was expected.
    #[must_use]
    pub fn sounded(&self) -> Duration {
        self.sounded
    }

    /// Returns how long nothing arrived in that time, excluding the peer's pauses.
    #[must_use]
    pub fn missing(&self) -> Duration {
        let came = self.arrived + self.left_out;
        self.expected.saturating_sub(came)
    }

    /// Returns how long nothing arrived at the end of that time.
    #[must_use]
    pub fn ended(&self) -> Duration {
        self.ended
    }

    /// Returns how long audio should have been sent, and how long it was.
    #[must_use]
    pub fn sending(&self) -> (Duration, Duration) {
        (self.sending, self.sent.min(self.sending))
    }

    /// Returns the pitch at which our own tone came back.
    #[must_use]
    pub fn own_tone(&self) -> Option<f64> {
        self.near.filter(|_| self.at_tone >= ENOUGH)
    }

    /// Returns the last pitch that wasn't our tone's.
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
    use registrar_media::Tone;

    use super::*;

    fn reading(received: u32, level: f64, pitch: Option<f64>) -> Reading {
        Reading {
            received,
            level_db: Some(level),
            pitch_hz: pitch,
            expects: Expects::Sound,
            sends: true,
            ..Reading::default()
        }
    }

    /// Hears a reading every 100 ms.
    fn hearing(readings: &[Reading]) -> Hearing {
        let mut hearing = Hearing::new(Source::Tone(Tone::default()));
        hearing.answered(reading(10, -90.0, None));
        for (at, reading) in (1..).zip(readings) {
            hearing.hear(reading, Duration::from_millis(100) * at);
        }
        hearing
    }

    /// Readings with these many packets each, as loud as a tone where there are any.
    fn coming(packets: &[u32]) -> Vec<Reading> {
        let mut received = 10;
        let mut readings = Vec::new();
        for &packets in packets {
            received += packets;
            let level = if packets > 0 { -20.0 } else { -90.0 };
            readings.push(reading(received, level, None));
        }
        readings
    }

    fn in_ms(durations: [Duration; 4]) -> [u128; 4] {
        durations.map(|duration| duration.as_millis())
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

    #[test]
    fn the_time_with_sound_is_told_from_the_time_without() {
        // Packets in each tenth of a second; expected, sounded, missing and ended in ms.
        for (packets, times) in [
            (&[5, 5, 5, 5][..], [400, 400, 0, 0]),
            (&[5, 0, 0, 5], [400, 200, 200, 0]),
            (&[5, 5, 0, 0], [400, 200, 200, 200]),
            (&[0, 0, 5, 0], [400, 100, 300, 100]),
            (&[0, 0, 0, 0], [400, 0, 400, 400]),
        ] {
            let heard = hearing(&coming(packets));

            let found = [
                heard.expected(),
                heard.sounded(),
                heard.missing(),
                heard.ended(),
            ];
            assert_eq!(in_ms(found), times, "{packets:?}");
        }
    }

    #[test]
    fn a_hold_and_a_pause_of_the_sender_miss_nothing() {
        let mut held = coming(&[5, 0, 0, 5]);
        for reading in &mut held[1..3] {
            (reading.expects, reading.sends) = (Expects::Nothing, false);
        }
        let mut paused = coming(&[5, 0, 0, 5]);
        paused[3].left_out = Duration::from_millis(240);

        let held = hearing(&held);
        let paused = hearing(&paused);

        let times = |heard: &Hearing| (heard.expected().as_millis(), heard.missing().as_millis());
        assert_eq!(times(&held), (200, 0));
        assert_eq!(held.sending().0.as_millis(), 200);
        assert_eq!(times(&paused), (400, 0));
    }

    #[test]
    fn what_was_sent_is_compared_with_the_time() {
        let mut readings = coming(&[5; 10]);
        for (at, reading) in (1..).zip(&mut readings) {
            reading.sent = 2 * at;
        }

        let (sending, sent) = hearing(&readings).sending();

        assert_eq!((sending.as_millis(), sent.as_millis()), (1000, 400));
    }
}
