//! A steady tone.

use std::f64::consts::TAU;

use super::rtp::RATE;

/// The amplitude of the tone, out of 32,767.
const AMPLITUDE: f64 = 8000.0;

/// A tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tone {
    /// Its pitch; a phone call carries 300 to 3,400.
    pub hertz: u16,
}

impl Default for Tone {
    fn default() -> Self {
        Self { hertz: 440 }
    }
}

impl Tone {
    /// Fills the buffer with samples, starting at this index.
    pub fn fill(self, first: u32, samples: &mut [i16]) {
        // A tone of whole hertz repeats every second, so the index may wrap accordingly.
        for (at, sample) in (u64::from(first % RATE)..).zip(samples) {
            let turned = u32::try_from(u64::from(self.hertz) * at % u64::from(RATE));
            let angle = TAU * f64::from(turned.unwrap_or_default()) / f64::from(RATE);
            #[allow(clippy::cast_possible_truncation, reason = "±8,000 fits")]
            {
                *sample = (AMPLITUDE * angle.sin()) as i16;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_goes_on_where_the_last_packet_ended() {
        let tone = Tone { hertz: 1234 };
        let mut whole = [0; 8160];
        tone.fill(0, &mut whole);

        for first in [0, 160, 7999, 8000] {
            let mut part = [0; 160];
            tone.fill(first, &mut part);
            assert_eq!(part, whole[first as usize..][..160], "from {first}");
        }
        assert_eq!(whole.iter().max(), Some(&8000));
    }
}
