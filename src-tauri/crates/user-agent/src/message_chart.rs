//! Records every message of a check or a call with its time and its meaning, redacted on recording.

mod traced;

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_secret::redact::{DOTS, Secrets, sanitized, sanitized_line, without_passwords};
use registrar_sip::TransportName;
use registrar_sip::challenge::schemes;
use registrar_sip::message::Message;
use registrar_sip::register::{Meaning, Transmit};
use registrar_sip::syntax::{quote, value};
use zeroize::Zeroizing;

pub use self::traced::{CallHeard, CallSent, MessageMeaning, TracedMessage};

/// Maximum number of lines, so that a flood of messages doesn't fill the memory.
const MOST_LINES: usize = 200;

/// The two ends of the way that a message took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// Over which transport.
    pub transport: TransportName,
    /// This computer's own address and port.
    pub local: SocketAddr,
    /// The other side's.
    pub remote: SocketAddr,
}

/// What a line of the message chart does not show: its exact time and its two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Since the message chart began.
    pub at: Duration,
    /// `None` where no socket was open.
    pub ends: Option<Ends>,
}

/// When a message chart began, and a stamp for each of its lines, for the forms in which it is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// When it began, in milliseconds since 1970.
    pub began_ms: u64,
    /// As many as lines.
    pub stamps: Vec<Stamp>,
}

/// The lines of one check.
pub struct MessageChart<'a> {
    began: Instant,
    target: u32,
    first_sent: Option<Instant>,
    last_heard: Option<Instant>,
    ends: Option<Ends>,
    stamps: Vec<Stamp>,
    lines: Vec<TracedMessage>,
    /// The digest answers that were sent.
    answers: Vec<Zeroizing<String>>,
    on_line: &'a (dyn Fn(&TracedMessage) + Send + Sync),
}

impl<'a> MessageChart<'a> {
    /// Begins; each line is also handed to `on_line` at once.
    #[must_use]
    pub fn new(began: Instant, on_line: &'a (dyn Fn(&TracedMessage) + Send + Sync)) -> Self {
        Self {
            began,
            target: 0,
            first_sent: None,
            last_heard: None,
            ends: None,
            stamps: Vec::new(),
            lines: Vec::new(),
            answers: Vec::new(),
            on_line,
        }
    }

    /// Says which of the check's targets the messages to come belong to.
    pub fn turn_to(&mut self, target: usize) {
        self.target = u32::try_from(target).unwrap_or(u32::MAX);
    }

    /// A socket was opened: the lines from here on are between these ends.
    pub fn between(&mut self, ends: Ends) {
        self.ends = Some(ends);
    }

    /// Keeps a message that was sent.
    pub fn sent(&mut self, transmit: &Transmit, now: Instant) {
        self.first_sent.get_or_insert(now);
        let meaning = MessageMeaning::RegisterSent {
            purpose: transmit.purpose,
            again: transmit.again,
        };
        self.keep(true, &transmit.message, meaning, now);
    }

    /// Records a received message.
    pub fn heard(&mut self, message: &Message, meaning: &Meaning, now: Instant) {
        if !matches!(meaning, Meaning::Repeated | Meaning::Stray) {
            self.last_heard = Some(now);
        }
        let meaning = MessageMeaning::RegisterHeard(meaning.clone());
        self.keep(false, message, meaning, now);
    }

    /// Returns the time on the wire: from the first request to the last response; zero where none
    /// came.
    #[must_use]
    pub fn wire(&self) -> Duration {
        match (self.first_sent, self.last_heard) {
            (Some(sent), Some(heard)) => heard.saturating_duration_since(sent),
            (None, _) | (_, None) => Duration::ZERO,
        }
    }

    /// Returns the stamp of each line; `began_ms` says when the first moment was, in milliseconds
    /// since 1970.
    #[must_use]
    pub fn timing(&self, began_ms: u64) -> Timing {
        Timing {
            began_ms,
            stamps: self.stamps.clone(),
        }
    }

    /// Returns all lines, and begins anew with none.
    #[must_use]
    pub(super) fn take_lines(&mut self) -> Vec<TracedMessage> {
        std::mem::take(&mut self.lines)
    }

    /// Returns all lines.
    #[must_use]
    pub fn into_lines(self) -> Vec<TracedMessage> {
        self.lines
    }

    /// Keeps a message with its meaning.
    pub(super) fn keep(
        &mut self,
        sent: bool,
        message: &Message,
        meaning: MessageMeaning,
        now: Instant,
    ) {
        if self.lines.len() == MOST_LINES {
            return;
        }
        if sent {
            self.answers.extend(digest_answers(message));
        }
        let at = now.saturating_duration_since(self.began);
        let line = TracedMessage {
            sent,
            target: self.target,
            at_ms: u32::try_from(at.as_millis()).unwrap_or(u32::MAX),
            label: label(message),
            meaning,
            text: redacted(message, sent, &self.answers),
        };
        (self.on_line)(&line);
        self.lines.push(line);
        let ends = self.ends;
        self.stamps.push(Stamp { at, ends });
    }
}

impl std::fmt::Debug for MessageChart<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("MessageChart")
            .field("lines", &self.lines)
            .finish_non_exhaustive()
    }
}

/// Writes a message without its secrets: the digest `response`, and whatever else an Authorization
/// header may hold. What `ours` did not write is untrusted text besides; what ours repeats of the other
/// side, such as its nonce, is none of the `answers` that were sent.
#[must_use]
pub fn redacted(message: &Message, ours: bool, answers: &[Zeroizing<String>]) -> String {
    let mut text = format!("{}\n", message.first_line());
    for (name, content) in message.all_headers() {
        let credentials = [
            "Authorization",
            "Proxy-Authorization",
            "Authentication-Info",
        ]
        .iter()
        .any(|secret| name.eq_ignore_ascii_case(secret));
        let content = if credentials {
            without_credentials(content)
        } else {
            content.to_owned()
        };
        let _ = writeln!(text, "{name}: {content}");
    }
    if !message.body.is_empty() {
        text.push('\n');
        text.push_str(&String::from_utf8_lossy(&message.body));
    }
    if ours {
        // What is ours still repeats the addresses of the other side, and its nonce.
        Secrets::with_hashes(answers.iter().cloned()).out_of(&without_passwords(&text))
    } else {
        sanitized(&text)
    }
}

/// Returns the digest answers of a message.
fn digest_answers(message: &Message) -> Vec<Zeroizing<String>> {
    let headers = message.all_headers().filter(|(name, _)| {
        ["Authorization", "Proxy-Authorization"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
    });
    let answers = headers.filter_map(|(_, content)| {
        let read = schemes(content);
        let (_, parameters) = read.first()?;
        let answer = value(parameters, "response")?;
        (!answer.is_empty()).then(|| Zeroizing::new(answer.to_owned()))
    });
    answers.collect()
}

/// The parts of a digest answer that may be shown; the rest becomes dots.
fn without_credentials(content: &str) -> String {
    const SHOWN: [&str; 11] = [
        "username",
        "realm",
        "nonce",
        "uri",
        "algorithm",
        "qop",
        "nc",
        "cnonce",
        "opaque",
        "nextnonce",
        "stale",
    ];
    let read = schemes(content);
    let Some((scheme, parameters)) = read.first() else {
        return DOTS.to_owned();
    };
    if read.len() != 1 || !scheme.eq_ignore_ascii_case("Digest") {
        return DOTS.to_owned();
    }
    let shown = parameters.iter().map(|(name, _)| {
        match value(parameters, name).filter(|_| SHOWN.contains(&name.as_str())) {
            Some(value) if ["algorithm", "qop", "nc", "stale"].contains(&name.as_str()) => {
                format!("{name}={value}")
            }
            Some(value) => format!("{name}={}", quote(value)),
            None => format!("{name}=\"{DOTS}\""),
        }
    });
    format!("{scheme} {}", shown.collect::<Vec<_>>().join(", "))
}

fn label(message: &Message) -> String {
    let line = message.first_line();
    match message.status() {
        Some(_) => sanitized_line(line.strip_prefix("SIP/2.0 ").unwrap_or(&line), 60),
        None => sanitized_line(message.method(), 60),
    }
}

#[cfg(test)]
mod tests;
