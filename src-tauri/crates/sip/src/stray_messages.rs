//! Stray input on a client's port: bytes that aren't a complete SIP message, and responses from an
//! address other than the one that was asked.

use std::net::SocketAddr;

use registrar_secret::redact::sanitized_line;

use super::failure::Failure;
use super::message::{Malformed, Message};
use super::transaction::Transaction;

/// Maximum length of a quote, in characters.
const LONGEST: usize = 80;

/// Bytes that aren't a complete SIP message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noise {
    /// The sender.
    pub source: SocketAddr,
    /// Why they aren't a SIP message.
    pub why: Malformed,
    /// Their first line, redacted; empty if none of it can be shown.
    pub quote: String,
    /// The protocol that they belong to, if recognizable from the first bytes.
    pub protocol: Option<&'static str>,
}

impl Noise {
    /// Describes `bytes` from `source`.
    #[must_use]
    pub fn new(source: SocketAddr, why: Malformed, bytes: &[u8]) -> Self {
        let start = bytes.iter().position(|byte| !b"\r\n".contains(byte));
        let bytes = &bytes[start.unwrap_or(bytes.len())..];
        let line = bytes.split(|byte| b"\r\n".contains(byte)).next();
        // Only a short quote is shown, so an endless line isn't read to its end.
        let line = line.unwrap_or_default();
        let line = &line[..line.len().min(8 * LONGEST)];
        let protocol = protocol(bytes);
        let text = match protocol {
            Some(TLS) => String::new(),
            Some(_) | None => String::from_utf8_lossy(line).replace('\u{fffd}', ""),
        };
        Self {
            source,
            why,
            quote: sanitized_line(&text, LONGEST),
            protocol,
        }
    }

    /// Returns whether the bytes start like SIP, so that they are a damaged SIP message.
    #[must_use]
    pub fn is_damaged_sip(&self) -> bool {
        self.protocol.is_none() && self.why != Malformed::Start && self.quote.contains("SIP/2.0")
    }
}

const TLS: &str = "TLS";

fn protocol(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        // A record of the types alert or handshake, and its version (RFC 8446 section 5.1).
        [0x15 | 0x16, 0x03, 0x00..=0x04, ..] => Some(TLS),
        _ if bytes.starts_with(b"SSH-") => Some("SSH"),
        _ if bytes.starts_with(b"HTTP/") => Some("HTTP"),
        _ if bytes.starts_with(b"RTSP/") => Some("RTSP"),
        _ if bytes.starts_with(b"RFB ") => Some("VNC"),
        // A greeting of three digits (RFC 5321 section 4.2, RFC 959 section 4.2).
        [b'1'..=b'5', second, third, b' ' | b'-', ..]
            if second.is_ascii_digit() && third.is_ascii_digit() =>
        {
            Some("mail or file transfer")
        }
        _ => None,
    }
}

/// What arrived while waiting for a response. Only the first of each kind is kept, so that a flood
/// takes no memory.
#[derive(Clone, Debug, Default)]
pub struct StrayMessages {
    noise: Option<Noise>,
    elsewhere: Option<(SocketAddr, u16)>,
}

impl StrayMessages {
    /// Records bytes that aren't a complete SIP message.
    pub fn note_noise(&mut self, noise: Noise) {
        self.noise.get_or_insert(noise);
    }

    /// Records a message from an address other than the one that was asked. It counts only if it
    /// answers `waits`, and is never acted upon, because its sender wasn't asked.
    pub fn note_elsewhere(
        &mut self,
        waits: Option<&Transaction>,
        message: &Message,
        source: SocketAddr,
    ) {
        let status = message
            .status()
            .filter(|_| waits.is_some_and(|transaction| transaction.is_answered_by(message)));
        if let Some(status) = status {
            self.elsewhere.get_or_insert((source, status));
        }
    }

    /// Returns what to report in place of 'no answer', if anything arrived.
    #[must_use]
    pub fn failure(&self) -> Option<Failure> {
        let elsewhere = self.elsewhere;
        let elsewhere = elsewhere.map(|(from, status)| Failure::AnsweredElsewhere { from, status });
        elsewhere.or_else(|| self.noise.clone().map(Failure::NotSip))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(bytes: &[u8]) -> Noise {
        Noise::new("192.0.2.1:5060".parse().unwrap(), Malformed::Start, bytes)
    }

    #[test]
    fn a_greeting_tells_its_protocol() {
        for (bytes, protocol, quote) in [
            (
                &b"SSH-2.0-OpenSSH_9.2p1\r\n"[..],
                Some("SSH"),
                "SSH-2.0-OpenSSH_9.2p1",
            ),
            (
                b"HTTP/1.1 400 Bad Request\r\nA: b\r\n",
                Some("HTTP"),
                "HTTP/1.1 400 Bad Request",
            ),
            (
                b"220 mail.example ESMTP\r\n",
                Some("mail or file transfer"),
                "220 mail.example ESMTP",
            ),
            (b"\x15\x03\x03\x00\x02\x02\x46", Some("TLS"), ""),
            (b"\r\n\r\nhello", None, "hello"),
            (b"\xff\xfe\x00\x01", None, ""),
        ] {
            let noise = noise(bytes);

            assert_eq!((noise.protocol, noise.quote.as_str()), (protocol, quote));
            assert!(!noise.is_damaged_sip());
        }
    }

    #[test]
    fn a_quote_is_short_and_holds_no_secret() {
        let long = noise(&vec![b'x'; 1_000_000]);
        let hash = noise(b"SIP/2.0 200 fe438bddfc087dda89d29e637f5684ab");
        let password = noise(b"sip:bob:canary@r.example");

        assert!(long.quote.chars().count() <= LONGEST + 1);
        assert!(!hash.quote.contains("fe438b"), "{}", hash.quote);
        assert!(!password.quote.contains("canary"), "{}", password.quote);
    }
}
