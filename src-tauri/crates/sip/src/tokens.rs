//! Generates fresh, unguessable tokens: branches, tags, Call-IDs and client nonces.

use rand::Rng as _;

/// A source of fresh texts. The protocol's values are given one, and have no randomness inside.
pub trait Tokens: Send {
    /// Returns a text of letters and digits that was never given out before.
    fn token(&mut self) -> String;
}

/// The system's random source: 16 hexadecimal digits at a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemTokens;

impl Tokens for SystemTokens {
    fn token(&mut self) -> String {
        format!("{:016x}", rand::rng().next_u64())
    }
}

/// Counts, so that a test knows what comes.
#[cfg(any(test, feature = "testing"))]
#[derive(Debug, Default)]
pub struct Counted(u32);

#[cfg(any(test, feature = "testing"))]
impl Tokens for Counted {
    fn token(&mut self) -> String {
        self.0 += 1;
        format!("t{}", self.0)
    }
}
