//! A capture file that Wireshark decodes as SIP, on any port and over any transport.
//!
//! The format is pcapng (draft-ietf-opsawg-pcapng). Each packet is one complete SIP message in the
//! link type 'Wireshark upper PDU': tags name the dissector, the addresses and the ports, so that
//! no lower layers have to be made up, and messages sent over TLS are readable.

use std::fmt::Write as _;
use std::net::IpAddr;

use super::letters::visible;
use super::trace::{Trace, TraceMessage, ends_in_words};
use super::{LEFT_OUT, PRACTICE};
use registrar_activity::moment::Moment;
use registrar_secret::redact::DOTS;
use registrar_sip::TransportName;
use registrar_user_agent::message_chart::Ends;

/// `LINKTYPE_WIRESHARK_UPPER_PDU`.
const UPPER_PDU: u16 = 252;
/// The replacement for a secret, valid both as a token and in a quoted string.
const REDACTED: &str = "redacted";
/// Longest comment, in letters; an option holds 65,535 bytes.
const LONGEST_COMMENT: usize = 4_000;

const SECTION_HEADER: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const PACKET: u32 = 6;

const COMMENT: u16 = 1;
const SECTION_APPLICATION: u16 = 4;
const INTERFACE_NAME: u16 = 2;
const INTERFACE_RESOLUTION: u16 = 9;
const PACKET_FLAGS: u16 = 2;

/// Writes the capture.
#[must_use]
pub fn capture(trace: &Trace) -> Vec<u8> {
    let mut file = Vec::new();

    let mut section = Block::new(SECTION_HEADER);
    section.u32(0x1a2b_3c4d);
    section.u16(1);
    section.u16(0);
    // The section's length isn't specified.
    section.u32(u32::MAX);
    section.u32(u32::MAX);
    section.option(COMMENT, comment(&about(trace)).as_bytes());
    let application = concat!("SIP Registrar Setup ", env!("CARGO_PKG_VERSION"));
    section.option(SECTION_APPLICATION, application.as_bytes());
    section.end(&mut file);

    let mut interface = Block::new(INTERFACE);
    interface.u16(UPPER_PDU);
    interface.u16(0);
    // The packet length isn't limited.
    interface.u32(0);
    interface.option(INTERFACE_NAME, b"SIP");
    // Times are in microseconds.
    interface.option(INTERFACE_RESOLUTION, &[6]);
    interface.end(&mut file);

    for message in &trace.messages {
        packet(trace.began_ms, message).end(&mut file);
    }
    file
}

fn about(trace: &Trace) -> String {
    let mut lines = Vec::new();
    if trace.practice {
        lines.push(PRACTICE.to_owned());
    }
    lines.push(trace.title.clone());
    lines.push(Moment::of(trace.began_ms).rfc3339());
    let facts = trace.facts.iter();
    lines.extend(facts.map(|row| format!("{}: {}", row.name, row.value)));
    lines.push(trace.verdict.sentence.clone());
    lines.extend(trace.verdict.next.clone());
    lines.push(LEFT_OUT.to_owned());
    lines.join("\n")
}

fn packet(began_ms: u64, message: &TraceMessage) -> Block {
    let after = u64::try_from(message.at.as_micros()).unwrap_or(u64::MAX);
    let at = began_ms.saturating_mul(1_000).saturating_add(after);
    let mut data = Tags::of(message).0;
    data.extend_from_slice(&on_the_wire(message));
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);

    let mut packet = Block::new(PACKET);
    packet.u32(0);
    // The upper half comes first.
    let [upper, lower] = [at >> 32, at & u64::from(u32::MAX)];
    packet.u32(u32::try_from(upper).unwrap_or(u32::MAX));
    packet.u32(u32::try_from(lower).unwrap_or(u32::MAX));
    packet.u32(length);
    packet.u32(length);
    packet.padded(&data);
    let way = message.ends.map_or_else(String::new, ends_in_words);
    let words = format!("{}\n{way}", message.plain);
    packet.option(COMMENT, comment(words.trim_end()).as_bytes());
    let direction: u32 = if message.sent { 2 } else { 1 };
    packet.option(PACKET_FLAGS, &direction.to_le_bytes());
    packet
}

fn comment(text: &str) -> String {
    text.chars()
        .map(visible)
        .take(LONGEST_COMMENT)
        .collect::<String>()
        .replace(DOTS, REDACTED)
}

/// Writes a redacted message as bytes that still parse as SIP (RFC 3261 section 7), with
/// Content-Length set to the length of this body.
fn on_the_wire(message: &TraceMessage) -> Vec<u8> {
    let text = message.text.replace("\r\n", "\n").replace(DOTS, REDACTED);
    let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
    let body = body.replace('\n', "\r\n");
    let mut lines = head.lines();
    let mut wire = format!("{}\r\n", lines.next().unwrap_or_default());
    for line in lines {
        let _ = match line.split_once(':') {
            Some((name, _)) if name.trim().eq_ignore_ascii_case("Content-Length") => Ok(()),
            // Credentials have at least a scheme and a parameter (RFC 3261 section 25.1).
            Some((name, value)) if value.trim() == REDACTED && holds_credentials(name) => {
                write!(wire, "{name}: {REDACTED} value=\"{REDACTED}\"\r\n")
            }
            Some(_) => write!(wire, "{line}\r\n"),
            // An overlong message was cut in the middle of a header.
            None => write!(wire, "X-Cut-Off: {line}\r\n"),
        };
    }
    let _ = write!(wire, "Content-Length: {}\r\n\r\n{body}", body.len());
    wire.into_bytes()
}

fn holds_credentials(name: &str) -> bool {
    ["Authorization", "Proxy-Authorization"]
        .iter()
        .any(|other| name.trim().eq_ignore_ascii_case(other))
}

/// The tags before an exported message, numbers in network order (Wireshark's
/// `exported_pdu_tlvs.h`).
struct Tags(Vec<u8>);

impl Tags {
    fn of(message: &TraceMessage) -> Self {
        let mut tags = Self(Vec::new());
        tags.add(12, b"sip");
        if let Some(ends) = message.ends {
            tags.ends(ends, message.sent);
        }
        tags.add(0, b"");
        tags
    }

    fn ends(&mut self, ends: Ends, sent: bool) {
        let (from, to) = if sent {
            (ends.local, ends.remote)
        } else {
            (ends.remote, ends.local)
        };
        for (address, v4, v6) in [(from, 20, 22), (to, 21, 23)] {
            match address.ip().to_canonical() {
                IpAddr::V4(ip) => self.add(v4, &ip.octets()),
                IpAddr::V6(ip) => self.add(v6, &ip.octets()),
            }
        }
        let over_udp = ends.transport == TransportName::Udp;
        let port_type: u32 = if over_udp { 3 } else { 2 };
        self.add(24, &port_type.to_be_bytes());
        self.add(25, &u32::from(from.port()).to_be_bytes());
        self.add(26, &u32::from(to.port()).to_be_bytes());
    }

    /// Adds a tag of at most a few bytes, padded to four.
    fn add(&mut self, tag: u16, value: &[u8]) {
        let length = value.len().next_multiple_of(4);
        self.0.extend_from_slice(&tag.to_be_bytes());
        let announced = u16::try_from(length).unwrap_or_default();
        self.0.extend_from_slice(&announced.to_be_bytes());
        self.0.extend_from_slice(value);
        self.0.resize(self.0.len() + length - value.len(), 0);
    }
}

/// A block of the file. Numbers are little-endian, as its first field shows.
struct Block {
    kind: u32,
    body: Vec<u8>,
    has_options: bool,
}

impl Block {
    fn new(kind: u32) -> Self {
        Self {
            kind,
            body: Vec::new(),
            has_options: false,
        }
    }

    fn u16(&mut self, number: u16) {
        self.body.extend_from_slice(&number.to_le_bytes());
    }

    fn u32(&mut self, number: u32) {
        self.body.extend_from_slice(&number.to_le_bytes());
    }

    fn padded(&mut self, bytes: &[u8]) {
        self.body.extend_from_slice(bytes);
        self.body.resize(self.body.len().next_multiple_of(4), 0);
    }

    fn option(&mut self, code: u16, value: &[u8]) {
        self.u16(code);
        self.u16(u16::try_from(value.len()).unwrap_or_default());
        self.padded(value);
        self.has_options = true;
    }

    fn end(mut self, file: &mut Vec<u8>) {
        if self.has_options {
            self.u32(0);
        }
        let length = u32::try_from(self.body.len() + 12).unwrap_or(u32::MAX);
        file.extend_from_slice(&self.kind.to_le_bytes());
        file.extend_from_slice(&length.to_le_bytes());
        file.extend_from_slice(&self.body);
        file.extend_from_slice(&length.to_le_bytes());
    }
}

#[cfg(test)]
#[path = "pcapng_tests.rs"]
mod tests;
