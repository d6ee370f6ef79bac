//! Generates fresh, unguessable tokens: branches, tags, Call-IDs and client nonces.

use rand::Rng as _;

/// A source of fresh tokens. It is passed to the protocol's state machines, which contain no
/// randomness.
pub trait Tokens: Send {
    /// Returns a string of letters and digits that was never returned before.
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

/// A counter, so that a test can predict the tokens.
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
