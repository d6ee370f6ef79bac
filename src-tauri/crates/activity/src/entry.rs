//! One exchange: the request, the response, and how it ended. All text in it is already redacted.

use serde::{Deserialize, Serialize};

use super::{Diagnosis, Service, Silence};
use crate::{ActivityKind, MessageChartLine, Tone};

/// An exchange to be recorded.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What kind of work it belongs to.
    pub kind: ActivityKind,
    /// What it was for, in words.
    pub title: String,
    /// When it began, in milliseconds since 1970.
    pub at_ms: u64,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The method, such as `GET` or `REGISTER`.
    pub method: String,
    /// Where it was sent, without a secret.
    pub address: String,
    /// The request. Empty if there are SIP messages.
    pub request: String,
    /// The response, or why there was none. Empty if there are SIP messages.
    pub response: String,
    /// All SIP messages, in order.
    pub messages: Vec<MessageChartLine>,
    /// How it ended.
    pub end: End,
    /// Its color.
    pub tone: Tone,
}

/// The meaning of a SIP exchange's outcome, in words.
#[derive(Clone, Copy, Debug)]
pub struct Meaning<'a> {
    /// Its color.
    pub tone: Tone,
    /// In one sentence.
    pub sentence: &'a str,
    /// What to do.
    pub next: Option<&'a str>,
}

/// How an exchange ended, in a form that can be explained at any later time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The caller stopped waiting for the response.
    BrokenOff,
    /// The service did what was asked.
    Done {
        /// The HTTP status.
        status: u16,
    },
    /// Nothing was sent.
    NotSent,
    /// The service refused.
    Refused {
        /// The service.
        service: Service,
        /// The HTTP status.
        status: u16,
        /// The service's own number.
        code: Option<u32>,
        /// What further requests revealed.
        diagnosis: Option<Diagnosis>,
    },
    /// No complete response arrived.
    Silent {
        /// Who was asked.
        service: Service,
        /// The kind of silence.
        silence: Silence,
    },
    /// The response couldn't be parsed.
    Unread {
        /// Who sent it.
        service: Service,
        /// The HTTP status, if there was one.
        status: Option<u16>,
    },
    /// The certificate is not trusted.
    Untrusted {
        /// Who was asked.
        service: Service,
        /// Who issued it.
        issuer: Option<String>,
    },
    /// The outcome of a SIP exchange.
    Verdict {
        /// The status of the last SIP answer.
        status: Option<u16>,
        /// In one sentence.
        sentence: String,
        /// What to do.
        next: Option<String>,
    },
}

/// Returns how to mark an exchange whose response was usable, by the HTTP status.
#[must_use]
pub fn tone_of_status(status: u16) -> Tone {
    match status {
        200..300 => Tone::Good,
        // Pending, redirected, or absent: neither a yes nor a no.
        100..200 | 300..400 | 404 | 410 => Tone::Plain,
        _ => Tone::Bad,
    }
}

impl End {
    /// Converts the outcome of a SIP exchange.
    #[must_use]
    pub fn of_verdict(told: Meaning<'_>, messages: &[MessageChartLine]) -> Self {
        let answers = messages.iter().rev().filter(|line| !line.sent);
        let mut statuses = answers.filter_map(|line| line.label.get(..3)?.parse().ok());
        Self::Verdict {
            status: statuses.next(),
            sentence: told.sentence.to_owned(),
            next: told.next.map(str::to_owned),
        }
    }

    /// Returns the status that came back, formatted for people: `HTTP 409 · 23009`, `SIP 401`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Refused {
                status,
                code: Some(code),
                ..
            } => format!("HTTP {status} · {code}"),
            Self::Done { status }
            | Self::Refused { status, .. }
            | Self::Unread {
                status: Some(status),
                ..
            } => format!("HTTP {status}"),
            Self::Verdict {
                status: Some(status),
                ..
            } => format!("SIP {status}"),
            Self::BrokenOff
            | Self::NotSent
            | Self::Silent { .. }
            | Self::Unread { status: None, .. }
            | Self::Untrusted { .. }
            | Self::Verdict { status: None, .. } => String::new(),
        }
    }
}

impl Entry {
    /// Creates the entry for a SIP exchange, whose messages are already redacted.
    #[must_use]
    pub fn of_messages(
        kind: ActivityKind,
        title: String,
        at_ms: u64,
        target: &str,
        message_chart: &[MessageChartLine],
        told: Meaning<'_>,
    ) -> Self {
        let first = message_chart.iter().find(|line| line.sent);
        Self {
            kind,
            title,
            at_ms,
            took_ms: message_chart.last().map_or(0, |line| line.at_ms.into()),
            method: first.map_or_else(String::new, |line| line.label.clone()),
            address: target.to_owned(),
            request: String::new(),
            response: String::new(),
            messages: message_chart.to_vec(),
            end: End::of_verdict(told, message_chart),
            tone: told.tone,
        }
    }

    /// Returns the request as one text.
    pub(super) fn asked(&self) -> String {
        self.one_side(true, &self.request)
    }

    /// Returns the answer as one text.
    pub(super) fn answered(&self) -> String {
        self.one_side(false, &self.response)
    }

    fn one_side(&self, sent: bool, text: &str) -> String {
        if self.messages.is_empty() {
            return text.to_owned();
        }
        let side = self.messages.iter().filter(|line| line.sent == sent);
        let texts: Vec<&str> = side.map(|line| line.text.trim_end()).collect();
        texts.join("\n\n")
    }
}
