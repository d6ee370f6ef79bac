//! Finds the session description in a possibly multipart body (RFC 2046 section 5.1, RFC 5621).

use super::message::Message;
use super::sdp::{self, Description};
use super::syntax;

/// The supported body types, for Accept.
pub const ACCEPT: &str =
    "application/sdp, multipart/mixed, multipart/alternative, multipart/related";
/// Maximum number of parts per body, across all levels.
const MOST_PARTS: usize = 64;
/// Maximum nesting depth of parts.
const DEEPEST: u8 = 4;
/// The maximum length of a boundary (RFC 2046 section 5.1.1).
const LONGEST_BOUNDARY: usize = 70;

/// Why a body contains no usable session description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The description is malformed.
    Malformed,
    /// There is none, or another part requires handling, or the body is encoded.
    Unsupported,
}

/// Parses the session description of a message, or returns `None` if there is no readable one.
///
/// Responses often omit Content-Type, so a single-part body is parsed whatever its declared type.
#[must_use]
pub fn session(message: &Message) -> Option<Description> {
    match multipart(message.header("Content-Type").unwrap_or_default()) {
        None => sdp::read(&message.body),
        Some(kind) => find(&kind, &message.body).description,
    }
}

/// Parses the offer in a request.
///
/// # Errors
///
/// The reason to refuse the request: 400 for [`Unreadable::Malformed`], 415 for
/// [`Unreadable::Unsupported`] (RFC 3261 section 8.2.3, RFC 5621 section 5).
pub fn offer(request: &Message) -> Result<Description, Unreadable> {
    let encoding = request.header("Content-Encoding").unwrap_or("identity");
    if !encoding.trim().eq_ignore_ascii_case("identity") {
        return Err(Unreadable::Unsupported);
    }
    let kind = request.header("Content-Type").unwrap_or_default();
    let found = match multipart(kind) {
        Some(kind) => find(&kind, &request.body),
        None if is_sdp(kind) => return sdp::read(&request.body).ok_or(Unreadable::Malformed),
        None => return Err(Unreadable::Unsupported),
    };
    if found.demands_more {
        return Err(Unreadable::Unsupported);
    }
    found.description.ok_or(if found.is_malformed {
        Unreadable::Malformed
    } else {
        Unreadable::Unsupported
    })
}

/// A multipart body.
struct Multipart {
    /// Of alternative parts, the last is preferred (RFC 2046 section 5.1.4).
    is_alternative: bool,
    boundary: String,
}

/// What was found in the parts of a body.
#[derive(Default)]
struct Found {
    description: Option<Description>,
    is_malformed: bool,
    /// A part that nobody here understands says `handling=required`.
    demands_more: bool,
}

fn find(kind: &Multipart, body: &[u8]) -> Found {
    let mut found = Found::default();
    let mut left = MOST_PARTS;
    collect(kind, body, DEEPEST, &mut left, &mut found);
    found
}

fn collect(kind: &Multipart, body: &[u8], deepest: u8, left: &mut usize, found: &mut Found) {
    for part in parts(&kind.boundary, body) {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let (head, content) = split_head(part);
        let Head {
            kind: own,
            disposition,
            handling,
            is_encoded,
        } = Head::parse(head);
        if let Some(nested) = multipart(&own).filter(|_| deepest > 0 && !is_encoded) {
            collect(&nested, content, deepest - 1, left, found);
            continue;
        }
        let is_session = matches!(disposition.as_str(), "" | "session");
        if !is_sdp(&own) || !is_session || is_encoded {
            found.demands_more |= handling == "required" && !is_sdp(&own);
            continue;
        }
        let description = sdp::read(content);
        found.is_malformed |= description.is_none();
        if kind.is_alternative && description.is_some() {
            found.description = description;
        } else {
            found.description = found.description.take().or(description);
        }
    }
}

/// A part's headers.
#[derive(Default)]
struct Head {
    kind: String,
    /// In lower case; empty if absent.
    disposition: String,
    handling: String,
    is_encoded: bool,
}

impl Head {
    fn parse(head: &[u8]) -> Self {
        let text = String::from_utf8_lossy(head);
        let mut lines: Vec<String> = Vec::new();
        for line in text.split('\n') {
            let line = line.strip_suffix('\r').unwrap_or(line);
            match lines.last_mut() {
                Some(last) if line.starts_with([' ', '\t']) => last.push_str(line),
                Some(_) | None => lines.push(line.to_owned()),
            }
        }
        let mut head = Self::default();
        for line in &lines {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" | "c" => value.clone_into(&mut head.kind),
                "content-disposition" => {
                    let (kind, parameters) = value.split_once(';').unwrap_or((value, ""));
                    head.disposition = kind.trim().to_ascii_lowercase();
                    let parameters = syntax::parameters(parameters);
                    let handling = syntax::value(&parameters, "handling").unwrap_or_default();
                    head.handling = handling.to_ascii_lowercase();
                }
                "content-transfer-encoding" => {
                    let plain = ["7bit", "8bit", "binary"];
                    head.is_encoded |= !plain.iter().any(|name| value.eq_ignore_ascii_case(name));
                }
                "content-encoding" | "e" => {
                    head.is_encoded |= !value.eq_ignore_ascii_case("identity");
                }
                _ => {}
            }
        }
        head
    }
}

/// Parses a Content-Type that declares a multipart body.
fn multipart(kind: &str) -> Option<Multipart> {
    let (name, parameters) = kind.split_once(';')?;
    let (first, second) = name.trim().split_once('/')?;
    if !first.trim().eq_ignore_ascii_case("multipart") {
        return None;
    }
    let parameters = syntax::parameters(parameters);
    let boundary = syntax::value(&parameters, "boundary").unwrap_or_default();
    let is_boundary = (1..=LONGEST_BOUNDARY).contains(&boundary.len());
    is_boundary.then(|| Multipart {
        is_alternative: second.trim().eq_ignore_ascii_case("alternative"),
        boundary: boundary.to_owned(),
    })
}

fn is_sdp(kind: &str) -> bool {
    let name = kind.split(';').next().unwrap_or_default();
    name.trim().eq_ignore_ascii_case(sdp::TYPE)
}

/// Returns the content between the delimiters. A last part without a closing delimiter counts.
fn parts<'a>(boundary: &str, body: &'a [u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut begins = None;
    let mut at = 0;
    while at < body.len() && parts.len() < MOST_PARTS {
        let length = body[at..].iter().position(|byte| *byte == b'\n');
        let end = length.map_or(body.len(), |length| at + length + 1);
        if let Some(closes) = delimiter(boundary, &body[at..end]) {
            if let Some(begins) = begins.take() {
                parts.push(without_last_break(&body[begins..at.max(begins)]));
            }
            if closes {
                return parts;
            }
            begins = Some(end);
        }
        at = end;
    }
    if let Some(begins) = begins.filter(|_| parts.len() < MOST_PARTS) {
        parts.push(&body[begins..]);
    }
    parts
}

/// Returns whether a line is a delimiter, and if so, whether it is the closing one.
fn delimiter(boundary: &str, line: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?;
    let rest = rest.strip_prefix(boundary.as_bytes())?;
    let (rest, closes) = match rest.strip_prefix(b"--") {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    rest.trim_ascii().is_empty().then_some(closes)
}

/// The line break before a delimiter belongs to the delimiter.
fn without_last_break(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

/// Splits a part at its first empty line; a part that starts with one has no headers.
fn split_head(part: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while at < part.len() {
        let length = part[at..].iter().position(|byte| *byte == b'\n');
        let end = length.map_or(part.len(), |length| at + length + 1);
        if part[at..end].trim_ascii().is_empty() {
            return (&part[..at], &part[end..]);
        }
        at = end;
    }
    (part, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "v=0\r\nc=IN IP4 192.0.2.9\r\nm=audio 5004 RTP/AVP 0\r\n";

    fn message(kind: &str, body: &str) -> Message {
        let mut message = Message::request("INVITE", "sip:a@b").with("Content-Type", kind);
        message.body = body.as_bytes().to_vec();
        message
    }

    fn port(message: &Message) -> Option<u16> {
        let description = session(message)?;
        let (_, audio) = description.audio()?;
        audio.address.map(|address| address.port())
    }

    fn part(kind: &str, more: &str, content: &str) -> String {
        format!("--b\r\nContent-Type: {kind}\r\n{more}\r\n{content}\r\n")
    }

    fn other(port: u16) -> String {
        SOUND.replace("5004", &port.to_string())
    }

    #[test]
    fn the_description_is_found_in_any_part() {
        let sdp = part("application/sdp", "", SOUND);
        let text = part("text/plain", "", "hello\r\n--bb\r\n--b-\r\nv=0");
        let bare = format!("--b\r\n\r\n{SOUND}\r\n");
        let nested = format!(
            "--b\r\nContent-Type:\r\n multipart/mixed; boundary=c\r\n\r\n\
             --c\r\nc: application/sdp ;x=y\r\n\r\n{SOUND}\r\n--c--\r\n"
        );
        for (name, body, found) in [
            ("first", format!("{sdp}{text}--b--"), true),
            ("last", format!("{text}{sdp}--b--\r\nepilogue"), true),
            (
                "behind a preamble",
                format!("v=0\r\n{text}{sdp}--b--"),
                true,
            ),
            ("not closed", format!("{text}{sdp}"), true),
            ("nested", format!("{text}{nested}--b--"), true),
            ("of no type", format!("{bare}--b--"), false),
            ("behind the end", format!("{text}--b--\r\n{sdp}"), false),
            ("in the preamble", format!("{SOUND}\r\n{text}--b--"), false),
            ("line feeds alone", sdp.replace('\r', ""), true),
            ("no delimiter", SOUND.to_owned(), false),
            ("empty", String::new(), false),
        ] {
            for kind in [
                "multipart/mixed;boundary=b",
                "Multipart/Related; type=x; Boundary=\"b\"",
            ] {
                let found = found.then_some(5004);
                assert_eq!(port(&message(kind, &body)), found, "{name}");
            }
        }
    }

    #[test]
    fn of_several_descriptions_the_right_one_counts() {
        let first = part("application/sdp", "", SOUND);
        let early = "Content-Disposition: early-session\r\n";
        let early = part("application/sdp", early, &other(6000));
        let encoded = "Content-Transfer-Encoding: base64\r\n";
        let encoded = part("application/sdp", encoded, &other(6002));
        let second = part("application/sdp", "", &other(6004));
        let body = format!("{early}{encoded}{first}{second}--b--");

        let mixed = message("multipart/mixed;boundary=b", &body);
        let alternative = message("multipart/alternative;boundary=b", &body);

        assert_eq!(port(&mixed), Some(5004));
        assert_eq!(port(&alternative), Some(6004));
    }

    #[test]
    fn an_offer_is_refused_for_what_it_demands() {
        let sdp = part("application/sdp", "", SOUND);
        let isup = |handling: &str| {
            let line = format!("Content-Disposition: signal ;handling={handling}\r\n");
            part("application/isup", &line, "x")
        };
        let broken = part("application/sdp", "", "hello");
        let mixed = "multipart/mixed;boundary=b";
        let unsupported = Some(Unreadable::Unsupported);
        for (kind, body, why) in [
            ("application/sdp", SOUND.to_owned(), None),
            (
                "application/sdp",
                "hello".to_owned(),
                Some(Unreadable::Malformed),
            ),
            ("text/plain", SOUND.to_owned(), unsupported),
            ("", SOUND.to_owned(), unsupported),
            (mixed, format!("{}{sdp}--b--", isup("Optional")), None),
            (
                mixed,
                format!("{sdp}{}--b--", isup("REQUIRED")),
                unsupported,
            ),
            (mixed, format!("{}--b--", isup("optional")), unsupported),
            (mixed, format!("{broken}--b--"), Some(Unreadable::Malformed)),
            ("multipart/mixed", format!("{sdp}--b--"), unsupported),
        ] {
            assert_eq!(offer(&message(kind, &body)).err(), why, "{kind} {body}");
        }
        let packed = message("application/sdp", SOUND).with("Content-Encoding", "gzip");
        assert_eq!(offer(&packed).err(), unsupported);
    }

    #[test]
    fn depth_and_number_of_parts_are_bounded() {
        let nest = |depth: u8| {
            let mut body = format!("--0\r\nContent-Type: application/sdp\r\n\r\n{SOUND}\r\n--0--");
            for level in 1..=depth {
                let inner = level - 1;
                body = format!(
                    "--{level}\r\nContent-Type: multipart/mixed;boundary={inner}\r\n\r\n{body}\r\n\
                     --{level}--"
                );
            }
            message(&format!("multipart/mixed;boundary={depth}"), &body)
        };
        assert_eq!(port(&nest(DEEPEST)), Some(5004));
        assert_eq!(port(&nest(DEEPEST + 1)), None);

        let many = "--b\r\n\r\n\r\n".repeat(MOST_PARTS - 1);
        let sdp = part("application/sdp", "", SOUND);
        let kind = "multipart/mixed;boundary=b";
        assert_eq!(
            port(&message(kind, &format!("{many}{sdp}--b--"))),
            Some(5004)
        );
        let more = format!("{many}--b\r\n\r\n\r\n{sdp}--b--");
        assert_eq!(port(&message(kind, &more)), None);
        let long = "b".repeat(LONGEST_BOUNDARY + 1);
        let body = sdp.replace("--b", &format!("--{long}"));
        assert_eq!(
            port(&message(&format!("multipart/mixed;boundary={long}"), &body)),
            None
        );
    }
}
