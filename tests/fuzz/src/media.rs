//! RTP and RTCP packets, which anyone may send.

use registrar_media::{rtcp, rtp::Packet};

use crate::memory::bounded;

/// Reads a packet as both.
///
/// # Panics
///
/// Panics where a packet of sound that is written anew is not read back the same.
pub fn run(bytes: &[u8]) {
    bounded(|| rtcp::parse(bytes));
    if let Some(packet) = bounded(|| Packet::parse(bytes)) {
        let written = packet.write();
        // What has 72 to 76 as its type cannot be told from a report once its marker is set.
        let again = Packet::parse(&written);
        assert_eq!(again, Some(packet), "another packet after one round");
    }
}
