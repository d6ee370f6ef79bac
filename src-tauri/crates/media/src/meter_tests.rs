use super::*;
use crate::Codec;
use crate::tone::Tone;

fn tone(hertz: u16, amplitude: f64, length: usize) -> Vec<f64> {
    (0..length)
        .map(|at| amplitude * (TAU * f64::from(hertz) * count(at) / 8000.0).sin())
        .collect()
}

#[allow(clippy::cast_possible_truncation, reason = "cut to 16 bits on purpose")]
fn heard(samples: impl IntoIterator<Item = f64>) -> Measure {
    let samples: Vec<i16> = samples.into_iter().map(|sample| sample as i16).collect();
    let mut meter = Meter::default();
    meter.hear(&samples);
    meter.measure()
}

/// Noise that is the same each time, from -1 to 1.
fn noise(length: usize) -> Vec<f64> {
    let mut state = 1_u32;
    (0..length)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 8) / f64::from(1 << 23) - 1.0
        })
        .collect()
}

fn assert_near(pitch: Option<f64>, hertz: u16, why: &str) {
    let pitch = pitch.unwrap_or_else(|| panic!("{hertz} Hz {why}: no pitch"));
    let off = (pitch / f64::from(hertz) - 1.0).abs();
    assert!(off < 0.01, "{hertz} Hz {why}: {pitch}");
}

#[test]
fn every_tone_of_a_call_is_told_within_one_percent() {
    for hertz in (200..=3400).step_by(13) {
        for codec in [Codec::Pcma, Codec::Pcmu] {
            let mut meter = Meter::default();
            let mut samples = vec![0; 2400];
            Tone { hertz }.fill(0, &mut samples);
            for sample in &mut samples {
                *sample = codec.decode(codec.encode(*sample));
            }
            meter.hear(&samples);

            assert_near(meter.measure().pitch_hz, hertz, "through a codec");
        }
    }
}

#[test]
fn a_tone_is_told_in_spite_of_noise() {
    for hertz in [200, 440, 1000, 2500, 3400] {
        let mixed = tone(hertz, 8000.0, 2400);
        let mixed = mixed.iter().zip(noise(2400)).map(|(a, b)| a + 1500.0 * b);

        assert_near(heard(mixed).pitch_hz, hertz, "with noise");
    }
}

#[test]
fn a_tone_is_told_in_spite_of_lost_packets() {
    for hertz in [210, 440, 1010, 3390] {
        let whole = tone(hertz, 8000.0, 2880);
        let kept = whole
            .chunks(160)
            .enumerate()
            .filter(|(at, _)| at % 10 != 7)
            .flat_map(|(_, packet)| packet.to_vec());

        assert_near(heard(kept).pitch_hz, hertz, "with gaps");
    }
}

#[test]
fn a_tone_that_is_off_center_is_told() {
    let samples = tone(300, 500.0, 2400).into_iter().map(|a| a + 5000.0);

    assert_near(heard(samples).pitch_hz, 300, "off center");
}

#[test]
fn what_is_no_tone_has_no_pitch() {
    let two_tones = tone(440, 5000.0, 2400)
        .into_iter()
        .zip(tone(1130, 5000.0, 2400))
        .map(|(a, b)| a + b)
        .collect();
    let rows: [(&str, Vec<f64>); 5] = [
        ("silence", vec![0.0; 2400]),
        ("a constant", vec![9000.0; 2400]),
        ("noise", noise(2400).iter().map(|a| a * 20_000.0).collect()),
        ("soft noise", noise(2400).iter().map(|a| a * 9.0).collect()),
        ("two tones", two_tones),
    ];
    for (name, samples) in rows {
        assert_eq!(heard(samples).pitch_hz, None, "{name}");
    }
}

#[test]
fn the_level_is_in_db_below_the_loudest() {
    let rows = [
        (tone(1000, 32_767.0, 2400), -3.01),
        (tone(1000, 8000.0, 2400), -15.26),
        (tone(1000, 80.0, 2400), -55.26),
        (vec![0.0; 2400], -90.0),
    ];
    for (samples, expected) in rows {
        let level = heard(samples).level_db.unwrap();

        assert!((level - expected).abs() < 0.1, "{level} and {expected}");
    }
}

#[test]
fn old_sound_is_forgotten() {
    let mut meter = Meter::default();
    assert_eq!(meter.measure(), Measure::default(), "nothing came");
    meter.hear(&[10_000; 100]);
    meter.hear(&vec![0; 100_000]);
    assert_eq!(meter.measure().level_db, Some(-90.0));
    assert!(meter.samples.len() <= WINDOW);

    for _ in 0..20 {
        meter.forget(160);
    }

    assert_eq!(meter.measure(), Measure::default());
}
