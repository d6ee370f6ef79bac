//! The little of SDP that a test call needs: one audio stream, G.711 (RFC 4566, RFC 3264).

use std::net::{IpAddr, SocketAddr};

/// The payload type of PCMU, the µ-law that every phone speaks (RFC 3551 section 6).
pub const PCMU: u8 = 0;
/// The payload type of PCMA.
pub const PCMA: u8 = 8;

/// The audio stream that the other side describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audio {
    /// Where it listens.
    pub address: SocketAddr,
    /// The payload types it takes, the preferred one first.
    pub payloads: Vec<u8>,
}

/// Describes one audio stream at `local`; `session` is any number that stays the same in a call.
#[must_use]
pub fn describe(local: SocketAddr, session: u64, payload: u8) -> String {
    let family = if local.is_ipv4() { "IP4" } else { "IP6" };
    let (address, port) = (local.ip(), local.port());
    let codec = if payload == PCMA { "PCMA" } else { "PCMU" };
    format!(
        "v=0\r\no=- {session} 1 IN {family} {address}\r\ns=-\r\nc=IN {family} {address}\r\n\
         t=0 0\r\nm=audio {port} RTP/AVP {payload}\r\na=rtpmap:{payload} {codec}/8000\r\n\
         a=ptime:20\r\na=sendrecv\r\n"
    )
}

/// Reads the first audio stream of a description.
#[must_use]
pub fn audio(body: &[u8]) -> Option<Audio> {
    let text = String::from_utf8_lossy(body);
    let mut whole = None;
    let mut found: Option<(u16, Vec<u8>, Option<IpAddr>)> = None;
    for line in text.lines() {
        let (kind, value) = line.trim_end().split_once('=')?;
        match (kind, &mut found) {
            ("m", Some(_)) => break,
            ("m", None) => found = stream(value),
            ("c", None) => whole = connection(value),
            ("c", Some((_, _, own))) => *own = connection(value),
            _ => {}
        }
    }
    let (port, payloads, own) = found?;
    Some(Audio {
        address: SocketAddr::new(own.or(whole)?, port),
        payloads,
    })
}

fn connection(value: &str) -> Option<IpAddr> {
    let address = value.split(' ').nth(2)?;
    address.split('/').next()?.parse().ok()
}

fn stream(value: &str) -> Option<(u16, Vec<u8>, Option<IpAddr>)> {
    let mut words = value.split(' ');
    if words.next() != Some("audio") {
        return None;
    }
    let port = words.next()?.split('/').next()?.parse().ok()?;
    let payloads = words.skip(1).filter_map(|word| word.parse().ok()).collect();
    Some((port, payloads, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_described_is_read_back() {
        for local in ["127.0.0.1:4000", "[::1]:4002"] {
            let local = local.parse().unwrap();

            let read = audio(describe(local, 7, PCMU).as_bytes()).unwrap();

            assert_eq!(read.address, local);
            assert_eq!(read.payloads, [PCMU]);
        }
    }

    #[test]
    fn the_streams_own_address_goes_before_the_sessions() {
        let text = "v=0\nc=IN IP4 192.0.2.1\nm=video 2 RTP/AVP 99\nm=audio 4000/2 RTP/AVP 8 0 x\n\
                    c=IN IP4 192.0.2.2/127\nm=audio 9 RTP/AVP 0\n";

        let read = audio(text.as_bytes()).unwrap();

        assert_eq!(read.address.to_string(), "192.0.2.2:4000");
        assert_eq!(read.payloads, [8, 0]);
    }

    #[test]
    fn what_holds_no_audio_is_refused() {
        for text in [
            "",
            "v=0\r\n",
            "m=audio x RTP/AVP 0\n",
            "m=audio 5 RTP/AVP 0\n",
            "\0\u{ff}",
        ] {
            assert_eq!(audio(text.as_bytes()), None, "{text:?}");
        }
    }
}
