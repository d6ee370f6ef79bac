//! A session description.

use std::net::SocketAddr;

use registrar_sip::sdp::{Ours, read};

use crate::memory::bounded;

/// Reads `bytes` as a description, and answers it as an offer.
///
/// # Panics
///
/// Panics where our own answer cannot be read, or does not answer each stream in its place.
pub fn run(bytes: &[u8]) {
    let Some(offer) = bounded(|| read(bytes)) else {
        return;
    };
    let local = SocketAddr::from(([192, 0, 2, 1], 4000));
    let mut ours = Ours::new(local, 7);
    let Some((text, agreed)) = bounded(|| ours.answer(&offer)) else {
        return;
    };
    let answer = read(text.as_bytes()).expect("our own description is read");
    assert_eq!(answer.streams.len(), offer.streams.len());
    let (_, sound) = answer.audio().expect("it takes the sound");
    assert_eq!(sound.address, Some(local));
    if let Some(direction) = agreed.direction {
        assert!(!direction.peer.ip().is_unspecified(), "nobody is there");
    }
    let _ = ours.accept(&offer);
}
