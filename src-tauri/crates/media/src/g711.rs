//! The two codecs of ITU-T G.711: 8,000 samples per second, one byte each.

/// An audio codec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// A-law.
    Pcma,
    /// µ-law.
    Pcmu,
}

impl Codec {
    /// Returns the static payload type (RFC 3551 section 6): 8 for A-law, 0 for µ-law.
    #[must_use]
    pub fn payload(self) -> u8 {
        match self {
            Self::Pcma => 8,
            Self::Pcmu => 0,
        }
    }

    /// Returns the codec that has this static payload type.
    #[must_use]
    pub fn from_payload(payload: u8) -> Option<Self> {
        match payload {
            0 => Some(Self::Pcmu),
            8 => Some(Self::Pcma),
            _ => None,
        }
    }

    /// Encodes one sample.
    #[must_use]
    pub fn encode(self, sample: i16) -> u8 {
        match self {
            Self::Pcma => to_a_law(sample),
            Self::Pcmu => to_mu_law(sample),
        }
    }

    /// Decodes one sample to the middle of its quantization interval.
    #[must_use]
    pub fn decode(self, code: u8) -> i16 {
        match self {
            Self::Pcma => from_a_law(code),
            Self::Pcmu => from_mu_law(code),
        }
    }
}

/// The bias that µ-law adds to a magnitude, so that its highest bit is at least bit 7.
const BIAS: u16 = 132;

fn to_mu_law(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = sample.unsigned_abs().min(32_635) + BIAS;
    let exponent = 8_u32.saturating_sub(magnitude.leading_zeros());
    !(sign | segment(exponent, magnitude >> (exponent + 3)))
}

fn from_mu_law(code: u8) -> i16 {
    let code = !code;
    let magnitude = (((i16::from(code & 0x0f)) << 3) + 132) << ((code >> 4) & 7);
    signed(code & 0x80 != 0, magnitude - 132)
}

/// A-law inverts every second bit.
const EVERY_SECOND_BIT: u8 = 0x55;

fn to_a_law(sample: i16) -> u8 {
    // One less below zero, so that both halves have the same number of steps.
    let magnitude = if sample < 0 { !sample } else { sample }.unsigned_abs() >> 4;
    let exponent = 12_u32.saturating_sub(magnitude.leading_zeros());
    let code = segment(exponent, magnitude >> exponent.saturating_sub(1));
    let sign = if sample < 0 { 0 } else { 0x80 };
    (sign | code) ^ EVERY_SECOND_BIT
}

fn from_a_law(code: u8) -> i16 {
    let code = code ^ EVERY_SECOND_BIT;
    let (exponent, step) = ((code >> 4) & 7, (i16::from(code & 0x0f) << 4) + 8);
    let magnitude = match exponent {
        0 => step,
        _ => (step + 256) << (exponent - 1),
    };
    signed(code & 0x80 == 0, magnitude)
}

/// Combines the number of a segment and the step within it.
fn segment(exponent: u32, step: u16) -> u8 {
    let exponent = u8::try_from(exponent.min(7)).unwrap_or(7);
    let step = u8::try_from(step & 0x0f).unwrap_or_default();
    (exponent << 4) | step
}

fn signed(negative: bool, magnitude: i16) -> i16 {
    if negative { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_codes_stand_for_known_samples() {
        let rows = [
            (Codec::Pcmu, 0xff, 0),
            (Codec::Pcmu, 0x80, 32_124),
            (Codec::Pcmu, 0x00, -32_124),
            (Codec::Pcmu, 0xfe, 8),
            (Codec::Pcmu, 0x7e, -8),
            // The loud one and the soft one of the digital milliwatt (ITU-T G.711 table 5).
            (Codec::Pcmu, 0x8b, 20_860),
            (Codec::Pcmu, 0x1e, -8828),
            (Codec::Pcma, 0xd5, 8),
            (Codec::Pcma, 0x55, -8),
            (Codec::Pcma, 0xaa, 32_256),
            (Codec::Pcma, 0x2a, -32_256),
            // The same of ITU-T G.711 table 6.
            (Codec::Pcma, 0xa1, 20_992),
            (Codec::Pcma, 0x34, -8960),
        ];
        for (codec, code, sample) in rows {
            assert_eq!(codec.decode(code), sample, "{codec:?} {code:#04x}");
            assert_eq!(codec.encode(sample), code, "{codec:?} {sample}");
        }
    }

    #[test]
    fn every_code_comes_back_as_itself() {
        for codec in [Codec::Pcma, Codec::Pcmu] {
            for code in 0..=255 {
                // µ-law has two zeros.
                let same = if (codec, code) == (Codec::Pcmu, 0x7f) {
                    0xff
                } else {
                    code
                };
                assert_eq!(codec.encode(codec.decode(code)), same, "{codec:?} {code}");
            }
        }
    }

    #[test]
    fn every_sample_comes_back_nearly_the_same() {
        for codec in [Codec::Pcma, Codec::Pcmu] {
            for sample in i16::MIN..=i16::MAX {
                let back = i32::from(codec.decode(codec.encode(sample)));

                let off = (back - i32::from(sample)).abs();
                let allowed = 8 + i32::from(sample).abs() / 32;
                assert!(off <= allowed, "{codec:?}: {sample} became {back}");
            }
        }
    }

    #[test]
    fn a_codec_is_known_by_its_payload_type() {
        for codec in [Codec::Pcma, Codec::Pcmu] {
            assert_eq!(Codec::from_payload(codec.payload()), Some(codec));
        }
        assert_eq!(Codec::from_payload(18), None);
    }
}
