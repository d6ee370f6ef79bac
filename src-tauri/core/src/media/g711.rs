//! The two codecs of ITU-T G.711: 8,000 samples a second, a byte each.

/// How sound is written.
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
}
