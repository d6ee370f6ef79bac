//! SIP messages, parsed from untrusted bytes and serialized (RFC 3261 section 7).

use std::fmt::{self, Write as _};

use super::syntax::{is_token, split};
use super::via::Via;

/// Maximum size of a message, in bytes: that of the largest datagram.
pub const LARGEST: usize = 65_536;
/// Maximum size of the first line and headers, in bytes. A registrar's response has less than 4
/// KiB.
pub const LARGEST_HEAD: usize = 32_768;
/// Maximum number of header lines per message.
const MOST_HEADERS: usize = 200;
/// Maximum number of values read from one list, such as the bindings in a registrar's response.
const MOST_VALUES: usize = 256;

/// Header names with a compact form (RFC 3261 section 7.3.3 and its extensions).
const COMPACT: [(&str, &str); 13] = [
    ("c", "Content-Type"),
    ("e", "Content-Encoding"),
    ("f", "From"),
    ("i", "Call-ID"),
    ("k", "Supported"),
    ("l", "Content-Length"),
    ("m", "Contact"),
    ("o", "Event"),
    ("r", "Refer-To"),
    ("s", "Subject"),
    ("t", "To"),
    ("v", "Via"),
    ("x", "Session-Expires"),
];

/// The first line of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// A request.
    Request {
        /// The method, such as `REGISTER`.
        method: String,
        /// The Request-URI as written.
        uri: String,
    },
    /// A response.
    Response {
        /// 100 to 699.
        status: u16,
        /// The reason phrase.
        reason: String,
    },
}

/// A request or a response. Its `Debug` shows only the first line, because headers contain secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The first line.
    pub start: Start,
    headers: Vec<(String, String)>,
    /// What follows the headers.
    pub body: Vec<u8>,
}

/// Why bytes aren't a SIP message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The end of the headers, or of the announced body, is missing.
    #[error("the message is cut off")]
    CutOff,
    /// A header line has no name, or Content-Length isn't a number or is given twice with different
    /// values.
    #[error("a header cannot be read")]
    Header,
    /// The first line is neither that of a request nor of a response.
    #[error("the first line is not SIP")]
    Start,
    /// More than [`LARGEST`] or [`LARGEST_HEAD`] bytes, or more header lines than any real message
    /// has.
    #[error("the message is too large")]
    TooLarge,
}

impl Message {
    /// Creates a request without headers.
    #[must_use]
    pub fn request(method: &str, uri: &str) -> Self {
        Self::new(Start::Request {
            method: method.to_owned(),
            uri: uri.to_owned(),
        })
    }

    /// Creates a response without headers.
    #[must_use]
    pub fn response(status: u16, reason: &str) -> Self {
        Self::new(Start::Response {
            status,
            reason: reason.to_owned(),
        })
    }

    fn new(start: Start) -> Self {
        Self {
            start,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Parses a datagram. `None` is a keep-alive, which is only line breaks (RFC 5626 section 4.4).
    pub fn from_datagram(bytes: &[u8]) -> Result<Option<Self>, Malformed> {
        let bytes = without_leading_breaks(bytes);
        if bytes.is_empty() {
            return Ok(None);
        }
        if bytes.len() > LARGEST {
            return Err(Malformed::TooLarge);
        }
        let end = head_end(bytes, 0)?.ok_or(Malformed::CutOff)?;
        let mut message = Self::from_head(&bytes[..end])?;
        let rest = &bytes[end..];
        // RFC 3261 section 18.3: bytes after the declared body are dropped, a body that is too
        // short is an error, and without Content-Length the body is the rest of the datagram.
        let length = message.announced_length()?.unwrap_or(rest.len());
        message.body = rest.get(..length).ok_or(Malformed::CutOff)?.to_vec();
        Ok(Some(message))
    }

    /// Parses the first line and the headers.
    pub(super) fn from_head(head: &[u8]) -> Result<Self, Malformed> {
        let text = String::from_utf8_lossy(head);
        let mut lines = text
            .split('\n')
            .map(|line| line.strip_suffix('\r').unwrap_or(line));
        let mut message = Self::new(start_line(lines.next().unwrap_or_default())?);
        for line in lines.take_while(|line| !line.is_empty()) {
            if line.starts_with([' ', '\t']) {
                // A folded line continues the previous header.
                let (_, value) = message.headers.last_mut().ok_or(Malformed::Header)?;
                let more = printable(line);
                let more = more.trim();
                if !value.is_empty() && !more.is_empty() {
                    value.push(' ');
                }
                value.push_str(more);
                continue;
            }
            let (name, value) = line.split_once(':').ok_or(Malformed::Header)?;
            let name = name.trim_end();
            if !is_token(name) {
                return Err(Malformed::Header);
            }
            if message.headers.len() == MOST_HEADERS {
                return Err(Malformed::TooLarge);
            }
            let value = printable(value).trim().to_owned();
            message.headers.push((full_name(name).to_owned(), value));
        }
        Ok(message)
    }

    /// Returns the value of Content-Length.
    pub(super) fn announced_length(&self) -> Result<Option<usize>, Malformed> {
        let mut length = None;
        for value in self.headers("Content-Length") {
            if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(Malformed::Header);
            }
            // A number that overflows is too large, too.
            let number = value.parse::<usize>().ok();
            let number = number.filter(|number| *number <= LARGEST);
            let number = number.ok_or(Malformed::TooLarge)?;
            if length.is_some_and(|other| other != number) {
                return Err(Malformed::Header);
            }
            length = Some(number);
        }
        Ok(length)
    }

    /// Appends a header. Control characters in its value become spaces.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.push(name, value.as_ref());
        self
    }

    /// Appends a header. Control characters in its value become spaces.
    pub fn push(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), printable(value)));
    }

    /// Returns the first value of a header, whose name is matched ignoring case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Returns the values of all lines of a header, in order.
    #[must_use]
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Returns every header with its name.
    pub fn all_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the values of a header that is a comma-separated list, across all its lines; at most
    /// 256.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        self.headers(name)
            .into_iter()
            .flat_map(|value| split(value, ','))
            .take(MOST_VALUES)
            .collect()
    }

    /// Returns the status of a response.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match &self.start {
            Start::Response { status, .. } => Some(*status),
            Start::Request { .. } => None,
        }
    }

    /// Returns the method of a request, or an empty string.
    #[must_use]
    pub fn method(&self) -> &str {
        match &self.start {
            Start::Request { method, .. } => method,
            Start::Response { .. } => "",
        }
    }

    /// Returns the Request-URI of a request, or an empty string.
    #[must_use]
    pub fn uri(&self) -> &str {
        match &self.start {
            Start::Request { uri, .. } => uri,
            Start::Response { .. } => "",
        }
    }

    /// Returns the number and the method of `CSeq`.
    #[must_use]
    pub fn cseq(&self) -> Option<(u32, &str)> {
        let (number, method) = self.header("CSeq")?.split_once([' ', '\t'])?;
        Some((number.trim().parse().ok()?, method.trim()))
    }

    /// Returns the topmost Via.
    #[must_use]
    pub fn via(&self) -> Option<Via> {
        Via::parse(split(self.header("Via")?, ',').next()?)
    }

    /// Serializes the message, with its Content-Length.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.head().into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }

    fn head(&self) -> String {
        let mut head = format!("{}\r\n", self.first_line());
        let headers = self.headers.iter();
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("Content-Length") {
                continue;
            }
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "Content-Length: {}\r\n\r\n", self.body.len());
        head
    }

    /// Returns the first line, such as `SIP/2.0 200 OK`.
    #[must_use]
    pub fn first_line(&self) -> String {
        match &self.start {
            Start::Request { method, uri } => {
                let uri: String = uri.chars().filter(|letter| *letter > ' ').collect();
                format!("{method} {uri} SIP/2.0")
            }
            Start::Response { status, reason } => {
                format!("SIP/2.0 {status} {}", printable(reason))
            }
        }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Message({:?})", self.first_line())
    }
}

/// Removes line breaks that may precede a message (RFC 3261 section 7.5).
pub(super) fn without_leading_breaks(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n'));
    &bytes[start.unwrap_or(bytes.len())..]
}

/// Returns where the body starts, searching from `from`; `None` if the head is incomplete.
pub(super) fn head_end(bytes: &[u8], from: usize) -> Result<Option<usize>, Malformed> {
    let end = (from..bytes.len()).find_map(|at| match bytes[at..] {
        [b'\n', b'\n', ..] => Some(at + 2),
        [b'\n', b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    });
    if end.unwrap_or(bytes.len()) > LARGEST_HEAD {
        return Err(Malformed::TooLarge);
    }
    Ok(end)
}

pub(super) fn start_line(line: &str) -> Result<Start, Malformed> {
    let mut words = line.splitn(3, ' ');
    let (first, second) = (words.next(), words.next());
    let (Some(first), Some(second)) = (first, second) else {
        return Err(Malformed::Start);
    };
    let third = words.next().unwrap_or_default();
    if first.eq_ignore_ascii_case("SIP/2.0") {
        let digits = second.len() == 3 && second.bytes().all(|byte| byte.is_ascii_digit());
        let status = second.parse().ok().filter(|_| digits);
        return Ok(Start::Response {
            status: status
                .filter(|status| (100..700).contains(status))
                .ok_or(Malformed::Start)?,
            reason: printable(third).trim().to_owned(),
        });
    }
    let odd = |letter: char| letter.is_control() || letter.is_whitespace();
    if !is_token(first) || second.is_empty() || second.contains(odd) {
        return Err(Malformed::Start);
    }
    if !third.trim().eq_ignore_ascii_case("SIP/2.0") {
        return Err(Malformed::Start);
    }
    Ok(Start::Request {
        method: first.to_owned(),
        uri: second.to_owned(),
    })
}

fn full_name(name: &str) -> &str {
    COMPACT
        .iter()
        .find(|(short, _)| short.eq_ignore_ascii_case(name))
        .map_or(name, |(_, full)| full)
}

fn printable(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    let space = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().map(space).collect()
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
