//! The persisted form of an exchange: bounded, so that one long response doesn't displace a whole
//! day.

use registrar_secret::redact::sanitized_line;
use serde::{Deserialize, Serialize};

use super::entry::{End, Entry, tone_of_status};
use crate::{ActivityKind, MessageChartLine, Tone};

/// Longest title, method and address, in characters.
const LINE: usize = 500;
/// Maximum length of the request or response of a successful exchange, in bytes.
const GOOD: usize = 4 * 1024;
/// The same for a successful exchange of an import, because there are thousands of similar ones.
const MANY: usize = 512;
/// The same for an exchange that didn't succeed.
const OTHER: usize = 16 * 1024;
/// Most SIP messages.
const MESSAGES: usize = 60;

/// An exchange as stored in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What the list shows. It comes first, so that it can be read without the rest.
    pub head: Head,
    /// The request.
    pub request: String,
    /// The answer, or why there was none.
    pub response: String,
    /// Every SIP message.
    pub messages: Vec<Message>,
}

/// What the list shows of an exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// When it began, in milliseconds since 1970.
    pub at: u64,
    /// How long it took, in milliseconds.
    pub took: u64,
    /// The account's id, where it belongs to one.
    pub account: Option<String>,
    /// It belongs to practice.
    pub practice: bool,
    /// What kind of work it belongs to.
    pub kind: ActivityKind,
    /// The method.
    pub method: String,
    /// Where it was sent.
    pub address: String,
    /// What it was for, in words.
    pub title: String,
    /// Its color.
    pub tone: Tone,
    /// How it ended.
    pub end: End,
}

impl Head {
    /// Returns its color. Older versions marked every usable response as good.
    #[must_use]
    pub fn tone(&self) -> Tone {
        match (self.tone, &self.end) {
            (Tone::Good, End::Done { status }) => tone_of_status(*status),
            (tone, _) => tone,
        }
    }
}

/// A SIP message as stored in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// This computer sent it.
    pub sent: bool,
    /// The place of its target.
    pub target: u32,
    /// Milliseconds since the exchange began.
    pub at: u32,
    /// The short label.
    pub label: String,
    /// What it means.
    pub plain: String,
    /// The whole message, redacted.
    pub text: String,
    /// Its color.
    pub tone: Tone,
}

impl Record {
    #[must_use]
    pub fn new(entry: Entry, account: Option<String>, practice: bool) -> Self {
        let longest = match (entry.tone, entry.kind) {
            (Tone::Good, ActivityKind::Import) => MANY,
            (Tone::Good, _) => GOOD,
            (Tone::Bad | Tone::Plain | Tone::Wait, _) => OTHER,
        };
        let messages = entry.messages.into_iter().take(MESSAGES);
        Self {
            head: Head {
                at: entry.at_ms,
                took: entry.took_ms,
                account,
                practice,
                kind: entry.kind,
                method: sanitized_line(&entry.method, 60),
                address: sanitized_line(&entry.address, LINE),
                title: sanitized_line(&entry.title, LINE),
                tone: entry.tone,
                end: entry.end,
            },
            request: cut(entry.request, longest),
            response: cut(entry.response, longest),
            messages: messages.map(|line| Message::new(line, longest)).collect(),
        }
    }
}

impl Message {
    fn new(line: MessageChartLine, longest: usize) -> Self {
        Self {
            sent: line.sent,
            target: line.target,
            at: line.at_ms,
            label: line.label,
            plain: line.plain,
            text: cut(line.text, longest),
            tone: line.tone,
        }
    }

    /// Returns it as a line of the message chart.
    #[must_use]
    pub fn line(self) -> MessageChartLine {
        MessageChartLine {
            sent: self.sent,
            target: self.target,
            at_ms: self.at,
            label: self.label,
            plain: self.plain,
            text: self.text,
            tone: self.tone,
        }
    }
}

/// Truncates an already redacted text at a character boundary, and marks the cut.
fn cut(mut text: String, longest: usize) -> String {
    if text.len() <= longest {
        return text;
    }
    let whole = text.len();
    let end = (0..=longest)
        .rev()
        .find(|end| text.is_char_boundary(*end))
        .unwrap_or_default();
    // A run of digits that is cut could be the start of a secret.
    let kept = text[..end].trim_end_matches(|letter: char| letter.is_ascii_hexdigit());
    text.truncate(kept.len());
    format!("{text}\n… cut here, of {whole} bytes")
}

#[cfg(test)]
mod tests {
    use super::super::samples::entry;
    use super::*;

    #[test]
    fn long_answers_are_cut_and_frequent_kinds_are_cut_shorter() {
        let mut long = entry("load", 1);
        long.response = "é".repeat(100_000);
        long.tone = Tone::Good;
        let mut of_import = long.clone();
        of_import.kind = ActivityKind::Import;
        let mut failed = long.clone();
        failed.tone = Tone::Bad;

        let length = |entry| Record::new(entry, None, false).response.len();

        assert!(length(of_import) < MANY + 40);
        assert!((GOOD..GOOD + 40).contains(&length(long)));
        let failed = Record::new(failed, None, false).response;
        assert!(failed.len() > GOOD && failed.ends_with("… cut here, of 200000 bytes"));
    }

    #[test]
    fn older_record_of_a_refusal_is_not_marked_as_good() {
        let mut old = Record::new(entry("x", 7), None, false);
        for (status, tone) in [(201, Tone::Good), (303, Tone::Plain), (400, Tone::Bad)] {
            old.head.end = End::Done { status };
            old.head.tone = Tone::Good;

            assert_eq!(old.head.tone(), tone, "{status}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let record = Record::new(entry("x", 7), Some("a".to_owned()), true);

        let text = serde_json::to_string(&record).unwrap();

        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
    }
}
