//! Measures the level and pitch of audio.

use std::collections::VecDeque;
use std::f64::consts::TAU;

/// The window of samples: 300 ms at 8,000 per second.
const WINDOW: usize = 2400;
/// The minimum number of samples for a measurement: 50 ms.
const FEWEST: usize = 400;
/// Length of a section whose share of the pitch is measured separately, so that a gap, at which the
/// phase jumps, doesn't count against the pitch: 25 ms.
const STRETCH: usize = 200;
/// The lowest level reported, in dB: about one step of 16 bits.
const FLOOR: f64 = -90.0;
/// Below this level there is no pitch, in dB.
const SOFTEST: f64 = -60.0;
/// The minimum share of the power for a pitch; two tones of equal level have half each.
const SHARE: f64 = 0.6;
/// The range of pitches searched, in hertz: that of a phone call, and a little on both sides.
const LOWEST: u16 = 160;
const HIGHEST: u16 = 3700;
/// The distance between candidates, in hertz: half the resolution of a section.
const APART: u16 = 20;
/// How many of the newest samples are searched for the best candidate.
const SEARCHED: usize = 4 * STRETCH;
/// Samples in a second.
const RATE: f64 = 8000.0;

/// A measurement of audio.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// The RMS level in dB, where 0 is the maximum; `None` without audio.
    pub level_db: Option<f64>,
    /// The pitch in hertz; `None` for noise, speech and silence.
    pub pitch_hz: Option<f64>,
}

/// The last 300 ms of audio.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    samples: VecDeque<i16>,
}

impl Meter {
    /// Adds sound.
    pub fn hear(&mut self, samples: &[i16]) {
        let newest = &samples[samples.len().saturating_sub(WINDOW)..];
        self.forget((self.samples.len() + newest.len()).saturating_sub(WINDOW));
        self.samples.extend(newest);
    }

    /// Drops the oldest samples, because time has passed without audio.
    pub fn forget(&mut self, count: usize) {
        self.samples.drain(..count.min(self.samples.len()));
    }

    /// Measures only the level.
    #[must_use]
    pub fn level_db(&self) -> Option<f64> {
        if self.samples.len() < FEWEST {
            return None;
        }
        Some(level(power(&self.centered())))
    }

    /// Measures level and pitch.
    #[must_use]
    pub fn measure(&self) -> Measure {
        if self.samples.len() < FEWEST {
            return Measure::default();
        }
        let samples = self.centered();
        let power = power(&samples);
        let level = level(power);
        Measure {
            level_db: Some(level),
            pitch_hz: (level >= SOFTEST).then(|| pitch(&samples, power)).flatten(),
        }
    }

    /// Returns the samples minus their mean, which is inaudible.
    fn centered(&self) -> Vec<f64> {
        let sum: f64 = self.samples.iter().copied().map(f64::from).sum();
        let mean = sum / count(self.samples.len());
        let samples = self.samples.iter().copied().map(f64::from);
        samples.map(|sample| sample - mean).collect()
    }
}

fn power(samples: &[f64]) -> f64 {
    samples.iter().map(|sample| sample * sample).sum::<f64>() / count(samples.len())
}

fn level(power: f64) -> f64 {
    (10.0 * (power / (32_768.0 * 32_768.0)).log10()).max(FLOOR)
}

/// Finds the pitch that has most of the power.
fn pitch(samples: &[f64], power: f64) -> Option<f64> {
    let newest = &samples[samples.len().saturating_sub(SEARCHED)..];
    let (nearest, _) = (LOWEST..=HIGHEST)
        .step_by(usize::from(APART))
        .map(|hertz| {
            let turns = turns(newest, f64::from(hertz));
            (
                f64::from(hertz),
                turns.map(|(real, imaginary)| real.hypot(imaginary)).sum(),
            )
        })
        .max_by(|a: &(f64, f64), b: &(f64, f64)| a.1.total_cmp(&b.1))?;

    // Between sections, the phase advances by more than that of the nearest candidate.
    let found: Vec<_> = turns(samples, nearest).collect();
    let (real, imaginary) = found.windows(2).fold((0.0, 0.0), |sum, pair| {
        let ((a, b), (c, d)) = (pair[0], pair[1]);
        (sum.0 + a * c + b * d, sum.1 + a * d - b * c)
    });
    let further = imaginary.atan2(real) / TAU * RATE / count(STRETCH);
    let pitch = nearest + further;
    (share(samples, pitch, power) >= SHARE).then_some(pitch)
}

/// Returns the share of the power at one pitch, from 0 to about 1.
fn share(samples: &[f64], pitch: f64, power: f64) -> f64 {
    let stretches = count(samples.len() / STRETCH);
    // A sine of amplitude a sums to a/2 a sample, and its power is a²/2.
    let found: f64 = turns(samples, pitch)
        .map(|(real, imaginary)| 2.0 * (real * real + imaginary * imaginary))
        .sum();
    found / count(STRETCH).powi(2) / stretches / power
}

/// Returns the amplitude and phase of a pitch in each section, as cosine and sine parts.
fn turns(samples: &[f64], pitch: f64) -> impl Iterator<Item = (f64, f64)> {
    let (step_sine, step_cosine) = (TAU * pitch / RATE).sin_cos();
    let stretches = samples.chunks_exact(STRETCH).enumerate();
    stretches.map(move |(at, stretch)| {
        let start = TAU * pitch / RATE * count(at * STRETCH);
        let (mut sine, mut cosine) = start.sin_cos();
        let (mut real, mut imaginary) = (0.0, 0.0);
        for sample in stretch {
            real += sample * cosine;
            imaginary -= sample * sine;
            (cosine, sine) = (
                cosine * step_cosine - sine * step_sine,
                sine * step_cosine + cosine * step_sine,
            );
        }
        (real, imaginary)
    })
}

/// Converts a number of samples to `f64`; each is far below 2^32.
fn count(samples: usize) -> f64 {
    f64::from(u32::try_from(samples).unwrap_or(u32::MAX))
}

#[cfg(test)]
#[path = "meter_tests.rs"]
mod tests;
