//! The content that every saved form is generated from. All text in it is already redacted.

use std::time::Duration;

use registrar_activity::{End, Head, Message, MessageChartLine, Record, Tone};
use registrar_explain::number::counted;
use registrar_explain::{CheckReport, SummaryRow, Verdict};
use registrar_secret::redact::{sanitized, sanitized_line};
use registrar_sip::{BindingView, CheckKind, TransportName};
use registrar_user_agent::message_chart::{Ends, Timing};

/// Maximum length of a sentence or value, in characters.
const LONGEST: usize = 1_000;

/// A check or a call to be saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Its kind in one word, for the file name: `check` or `call`.
    pub kind: &'static str,
    /// Its subject, for the file name: the composite user name.
    pub subject: String,
    /// What it was, in words.
    pub title: String,
    /// It happened in practice.
    pub practice: bool,
    /// When it began, in milliseconds since 1970.
    pub began_ms: u64,
    /// What is known about it: names and values, in reading order.
    pub facts: Vec<SummaryRow>,
    /// What it proved.
    pub verdict: Verdict,
    /// All bindings that the registrar listed.
    pub bindings: Vec<BindingView>,
    /// All messages, in order.
    pub messages: Vec<TraceMessage>,
}

/// One message of a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceMessage {
    /// This computer sent it.
    pub sent: bool,
    /// Time since the start of the trace.
    pub at: Duration,
    /// The addresses of both ends, if known.
    pub ends: Option<Ends>,
    /// How it is colored.
    pub tone: Tone,
    /// The short label, such as `401 Unauthorized`.
    pub label: String,
    /// What it means, in plain words.
    pub plain: String,
    /// The whole message, redacted.
    pub text: String,
}

/// Describes a check: whose it was, and its kind.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The full name of the realm.
    pub realm: &'a str,
    /// The composite user name.
    pub user_name: &'a str,
    /// Which of the two kinds.
    pub kind: CheckKind,
    /// Over which transport.
    pub transport: TransportName,
    /// It happened in practice.
    pub practice: bool,
}

impl Trace {
    /// Takes a check whose report and timing are at hand.
    #[must_use]
    pub fn of_check(about: About<'_>, report: &CheckReport, timing: &Timing) -> Self {
        let title = match about.kind {
            CheckKind::Full | CheckKind::Replacing => {
                format!("Full registration check of {}", about.user_name)
            }
            CheckKind::Query => {
                format!(
                    "Registration check of {} without registering",
                    about.user_name
                )
            }
        };
        let known = [
            ("Realm", Some(about.realm)),
            ("User name", Some(about.user_name)),
            ("Transport", Some(about.transport.as_str())),
            ("Registrar address", Some(report.target.as_str())),
            ("Accepted user name", report.accepted_user_name.as_deref()),
            ("This computer’s address", report.seen_as.as_deref()),
            (
                "This computer’s registration",
                report.unregistered.as_deref(),
            ),
        ];
        let facts = known.into_iter().filter_map(|(name, value)| {
            value.map(|value| SummaryRow {
                name: name.to_owned(),
                value: line(value),
            })
        });
        Self {
            kind: "check",
            subject: about.user_name.to_owned(),
            title: line(&title),
            practice: about.practice,
            began_ms: timing.began_ms,
            facts: facts.collect(),
            verdict: verdict(&report.verdict),
            bindings: report.bindings.iter().map(binding).collect(),
            messages: TraceMessage::all(&report.message_chart, timing),
        }
    }

    /// Takes a kept exchange of SIP messages; `None` where it holds none.
    #[must_use]
    pub fn of_record(record: &Record) -> Option<Self> {
        let Head {
            at, practice, end, ..
        } = &record.head;
        let (sentence, next) = match end {
            End::Verdict { sentence, next, .. } => (sentence.clone(), next.clone()),
            End::BrokenOff
            | End::Done { .. }
            | End::NotSent
            | End::Refused { .. }
            | End::Silent { .. }
            | End::Unread { .. }
            | End::Untrusted { .. } => (String::new(), None),
        };
        let lines: Vec<MessageChartLine> =
            record.messages.iter().cloned().map(Message::line).collect();
        (!lines.is_empty()).then(|| Self {
            kind: "check",
            subject: String::new(),
            title: line(&record.head.title),
            practice: *practice,
            began_ms: *at,
            facts: Vec::new(),
            verdict: verdict(&Verdict {
                tone: record.head.tone(),
                sentence,
                causes: Vec::new(),
                next,
                recovery_options: Vec::new(),
            }),
            bindings: Vec::new(),
            messages: TraceMessage::all(&lines, &Timing::default()),
        })
    }

    /// Returns how much later a message was than the one before it; the first one has none.
    pub(super) fn gap(&self, index: usize) -> Option<Duration> {
        let before = self.messages.get(index.checked_sub(1)?)?;
        Some(self.messages.get(index)?.at.saturating_sub(before.at))
    }

    /// Returns the ends of a message where they are others than those of the one before.
    pub(super) fn new_ends(&self, index: usize) -> Option<Ends> {
        let ends = self.messages.get(index)?.ends?;
        let before = index.checked_sub(1).and_then(|at| self.messages.get(at));
        (before.and_then(|before| before.ends) != Some(ends)).then_some(ends)
    }
}

impl TraceMessage {
    /// Takes each line of a message chart. What came from elsewhere is redacted once more.
    #[must_use]
    pub fn all(lines: &[MessageChartLine], timing: &Timing) -> Vec<Self> {
        let lines = lines.iter().enumerate().map(|(index, line)| {
            let stamp = timing.stamps.get(index);
            Self {
                sent: line.sent,
                at: stamp.map_or(Duration::from_millis(line.at_ms.into()), |stamp| stamp.at),
                ends: stamp.and_then(|stamp| stamp.ends),
                tone: line.tone,
                label: sanitized_line(&line.label, LONGEST),
                plain: sanitized_line(&line.plain, LONGEST),
                text: if line.sent {
                    line.text.clone()
                } else {
                    sanitized(&line.text)
                },
            }
        });
        lines.collect()
    }

    /// Returns the message line by line, an empty one between its headers and its body.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.trim_end().lines()
    }

    /// Returns who sent it to whom.
    pub(super) fn way(&self) -> &'static str {
        if self.sent {
            "this computer to the registrar"
        } else {
            "the registrar to this computer"
        }
    }
}

/// Returns a sign for a tone that is told apart without its color.
pub(super) fn sign(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Good => Some("✓"),
        Tone::Bad => Some("✗"),
        Tone::Wait => Some("!"),
        Tone::Plain => None,
    }
}

/// Writes between which ends messages go: `UDP, 192.0.2.1:40000 to 203.0.113.5:5006`.
pub(super) fn ends_in_words(ends: Ends) -> String {
    format!(
        "{}, {} to {}",
        ends.transport.as_str(),
        ends.local,
        ends.remote
    )
}

/// Writes a binding: `sip:bob@192.0.2.1, for 59 more seconds (this computer)`.
pub(super) fn binding_in_words(binding: &BindingView) -> String {
    let seconds = counted(binding.expires.into(), "more second", "more seconds");
    if binding.ours {
        format!("{}, for {seconds} (this computer)", binding.address)
    } else {
        format!("{}, for {seconds}", binding.address)
    }
}

fn verdict(verdict: &Verdict) -> Verdict {
    Verdict {
        tone: verdict.tone,
        sentence: line(&verdict.sentence),
        causes: verdict.causes.iter().map(|cause| line(cause)).collect(),
        next: verdict.next.as_deref().map(line),
        recovery_options: Vec::new(),
    }
}

fn binding(binding: &BindingView) -> BindingView {
    BindingView {
        address: line(&binding.address),
        name: binding.name.as_deref().map(line),
        ..binding.clone()
    }
}

fn line(text: &str) -> String {
    sanitized_line(text, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use registrar_user_agent::message_chart::Stamp;

    const HASH: &str = "0123456789abcdef0123456789abcdef";

    fn report() -> CheckReport {
        let line = |sent| MessageChartLine {
            target: 0,
            sent,
            at_ms: 5,
            label: format!("200 {HASH}"),
            plain: format!("Plain {HASH}."),
            text: format!("SIP/2.0 200 OK\nX: {HASH}\n"),
            tone: Tone::Good,
        };
        CheckReport {
            question: None,
            evidence: Vec::new(),
            path: None,
            targets: Vec::new(),
            dns: Vec::new(),
            listed: true,
            wire_ms: 0.0,
            verdict: Verdict {
                tone: Tone::Bad,
                sentence: format!("It said {HASH}."),
                causes: vec![HASH.to_owned()],
                next: Some(HASH.to_owned()),
                recovery_options: Vec::new(),
            },
            target: "UDP 192.0.2.1:5060".to_owned(),
            message_chart: vec![line(false), line(false)],
            bindings: vec![BindingView {
                address: format!("sip:{HASH}@192.0.2.1"),
                name: None,
                expires: 5,
                ours: false,
            }],
            accepted_user_name: Some(HASH.to_owned()),
            seen_as: None,
            unregistered: None,
        }
    }

    fn about(kind: CheckKind) -> About<'static> {
        About {
            realm: "r.example",
            user_name: "bob",
            kind,
            transport: TransportName::Udp,
            practice: false,
        }
    }

    #[test]
    fn what_somebody_else_said_is_redacted_once_more() {
        let trace = Trace::of_check(about(CheckKind::Query), &report(), &Timing::default());

        let all = format!("{trace:?}");
        assert!(!all.contains("0123456789abcdef"), "{all}");
        assert!(trace.messages[0].text.contains("X: ••••••"), "{all}");
    }

    #[test]
    fn a_title_says_whether_anything_was_registered() {
        for (kind, words) in [
            (CheckKind::Full, "Full registration check of bob"),
            (
                CheckKind::Query,
                "Registration check of bob without registering",
            ),
        ] {
            let trace = Trace::of_check(about(kind), &report(), &Timing::default());

            assert_eq!(trace.title, words);
        }
    }

    #[test]
    fn a_line_without_a_stamp_has_the_time_that_was_shown() {
        let stamp = Stamp {
            at: Duration::from_micros(5_432),
            ends: None,
        };
        let timing = Timing {
            began_ms: 9,
            stamps: vec![stamp],
        };

        let trace = Trace::of_check(about(CheckKind::Query), &report(), &timing);

        let times: Vec<u128> = trace
            .messages
            .iter()
            .map(|message| message.at.as_micros())
            .collect();
        assert_eq!(times, [5_432, 5_000]);
        assert_eq!(trace.gap(0), None);
        assert_eq!(trace.gap(1), Some(Duration::ZERO), "no time runs backwards");
        assert_eq!(trace.new_ends(0), None);
    }
}
