//! Resamples audio to another rate, filtering out frequencies that the lower rate can't represent.

use std::f64::consts::PI;

/// Number of the filter's zero crossings on each side.
const ZEROS: f64 = 12.0;
/// The highest frequency that passes, as a share of what the lower rate can represent.
const PASSES: f64 = 0.9;
/// Table entries per zero crossing.
const STEPS: f64 = 64.0;

/// Resamples audio that arrives in pieces.
#[derive(Clone, Debug)]
pub(super) struct Resampler {
    /// Input samples per output sample.
    ratio: f64,
    /// The distance of the filter's zero crossings, in input samples.
    spread: f64,
    /// One side of the filter, starting at its center.
    table: Vec<f64>,
    waiting: Vec<f64>,
    /// The position of the next output sample among the waiting input.
    at: f64,
}

impl Resampler {
    /// Starts resampling from a rate of `from` samples per second to `to`.
    #[must_use]
    pub(super) fn new(from: u32, to: u32) -> Self {
        let ratio = f64::from(from.max(1)) / f64::from(to.max(1));
        let spread = ratio.max(1.0) / PASSES;
        let reach = ZEROS * spread;
        Self {
            ratio,
            spread,
            table: table(),
            // Leading silence, so that the first sample has both sides.
            waiting: vec![0.0; whole(reach.ceil())],
            at: reach.ceil(),
        }
    }

    /// Consumes audio from -1 to 1, and passes on the resampled part.
    pub(super) fn push(
        &mut self,
        samples: impl IntoIterator<Item = f64>,
        mut hand_on: impl FnMut(f64),
    ) {
        self.waiting.extend(samples);
        let reach = ZEROS * self.spread;
        while let Some(last) = self.waiting.len().checked_sub(1)
            && self.at + reach < number(last)
        {
            let (first, last) = (
                whole((self.at - reach).ceil()),
                whole((self.at + reach).floor()),
            );
            let sum: f64 = (first..=last)
                .map(|place| {
                    let away = (number(place) - self.at).abs() / self.spread * STEPS;
                    self.waiting[place] * self.table.get(whole(away)).copied().unwrap_or(0.0)
                })
                .sum();
            hand_on(sum / self.spread);
            self.at += self.ratio;
        }
        let over = whole((self.at - reach).floor()).min(self.waiting.len());
        self.waiting.drain(..over);
        self.at -= number(over);
    }
}

/// Computes one side of the filter: a sinc with a Blackman window.
fn table() -> Vec<f64> {
    (0..=whole(ZEROS * STEPS))
        .map(|step| {
            let x = (number(step) + 0.5) / STEPS;
            let place = (x / ZEROS).min(1.0) * PI;
            let window = 0.42 + 0.5 * place.cos() + 0.08 * (2.0 * place).cos();
            (PI * x).sin() / (PI * x) * window
        })
        .collect()
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a buffer, from 0 to some thousands"
)]
fn whole(number: f64) -> usize {
    number.max(0.0) as usize
}

fn number(place: usize) -> f64 {
    f64::from(u32::try_from(place).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    /// Resamples a quarter of a second of a tone, piece by piece; returns it without its ends.
    fn through(from: u32, to: u32, hertz: f64) -> Vec<f64> {
        let mut resampler = Resampler::new(from, to);
        let tone: Vec<f64> = (0..from / 4)
            .map(|at| 0.5 * (TAU * hertz * f64::from(at) / f64::from(from)).sin())
            .collect();
        let mut made = Vec::new();
        for piece in tone.chunks(137) {
            resampler.push(piece.iter().copied(), |sample| made.push(sample));
        }
        // What the filter still waits for is missing at the end.
        let missing = f64::from(to) / 4.0 - number(made.len());
        let most = 2.0 * ZEROS * (f64::from(to) / 8000.0);
        assert!((-1.0..most).contains(&missing), "{missing} are missing");
        let end = made.len() / 10;
        made[end..made.len() - end].to_vec()
    }

    fn loudness(samples: &[f64]) -> f64 {
        let power: f64 = samples.iter().map(|sample| sample * sample).sum();
        (power / number(samples.len())).sqrt()
    }

    #[test]
    fn a_tone_keeps_its_pitch_and_level() {
        for rate in [8000, 16_000, 44_100, 48_000] {
            for hertz in [200.0, 1000.0, 3000.0] {
                for (from, to) in [(rate, 8000), (8000, rate)] {
                    let made = through(from, to, hertz);

                    let loudness = loudness(&made);
                    assert!((loudness - 0.3535).abs() < 0.02, "{from} {to}: {loudness}");
                    let rises = made.windows(2).filter(|p| p[0] < 0.0 && p[1] >= 0.0);
                    let pitch = number(rises.count()) * f64::from(to) / number(made.len());
                    assert!((pitch / hertz - 1.0).abs() < 0.01, "{from} {to}: {pitch}");
                }
            }
        }
    }

    #[test]
    fn what_the_slower_rate_cannot_carry_is_gone() {
        for (from, to, hertz) in [
            (48_000, 8000, 5000.0),
            (44_100, 8000, 7000.0),
            (48_000, 8000, 20_000.0),
        ] {
            let loudness = loudness(&through(from, to, hertz));

            assert!(loudness < 0.005, "{hertz} Hz is left with {loudness}");
        }
    }

    #[test]
    fn little_waits_however_much_comes() {
        let mut resampler = Resampler::new(192_000, 8000);
        for _ in 0..100 {
            resampler.push(vec![0.1; 10_000], |_| ());
            assert!(resampler.waiting.len() < 2000);
        }
    }
}
