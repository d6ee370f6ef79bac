//! Bytes that are not a whole SIP message.

use std::net::SocketAddr;

use registrar_secret::redact::sanitized_line;

use super::message::Malformed;

/// Longest quote, in characters.
const LONGEST: usize = 80;

/// Bytes that are not a whole SIP message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noise {
    /// Who sent them.
    pub source: SocketAddr,
    /// Why they are no SIP message.
    pub why: Malformed,
    /// Their first line, redacted; empty where nothing of it can be shown.
    pub quote: String,
    /// The protocol that they belong to, where their beginning tells.
    pub protocol: Option<&'static str>,
}

impl Noise {
    /// Describes `bytes` from `source`.
    #[must_use]
    pub fn new(source: SocketAddr, why: Malformed, bytes: &[u8]) -> Self {
        let start = bytes.iter().position(|byte| !b"\r\n".contains(byte));
        let bytes = &bytes[start.unwrap_or(bytes.len())..];
        let line = bytes.split(|byte| b"\r\n".contains(byte)).next();
        // What is shown is far shorter; a line without an end is not read to its end.
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

    /// Returns whether the bytes begin as SIP does, so that they are a damaged SIP message.
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
