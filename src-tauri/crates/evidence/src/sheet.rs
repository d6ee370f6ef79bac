//! The content of the evidence page for a ticket.

use super::trace::{Trace, binding_in_words, sign};
use registrar_activity::{Exchange, Message, Record, Tone};
use registrar_explain as explain;
use registrar_explain::{CheckReport, DnsView, SummaryRow, Verdict};
use registrar_secret::redact::{sanitized, sanitized_line};

/// Maximum length of a sentence or value, in characters.
const LONGEST: usize = 1_000;
/// Maximum number of characters of all exchanges together: a ticket accepts a few megabytes.
const MOST: usize = 2_000_000;
/// Most drawings of one page.
const MOST_DRAWINGS: usize = 20;

/// The software that was used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// This app's version.
    pub app: String,
    /// The system and its version.
    pub system: String,
    /// The version of the web view.
    pub webview: String,
}

/// The content of the page.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Who it is about, for the file name.
    pub subject: String,
    /// What was tried, in words.
    pub title: String,
    /// When the page was created, in milliseconds since 1970.
    pub made_ms: u64,
    /// Some of it happened in practice.
    pub practice: bool,
    /// What it proved.
    pub findings: Vec<Finding>,
    /// Versions, account and settings.
    pub facts: Vec<SummaryRow>,
    /// The account's DNS records beside what this computer's DNS says.
    pub dns: Vec<DnsView>,
    /// The SIP exchanges, to be drawn.
    pub traces: Vec<Trace>,
    /// What was sent and received, oldest first.
    pub exchanges: Vec<Shown>,
    /// How many exchanges were left out.
    pub left_out: usize,
}

/// Something that was tried, and what it proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was tried.
    pub title: String,
    /// Its color.
    pub tone: Tone,
    /// What it proved.
    pub sentence: String,
    /// Why, likeliest first.
    pub causes: Vec<String>,
    /// What to do next.
    pub next: Option<String>,
    /// The evidence for that.
    pub details: Vec<String>,
}

/// One exchange.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What it was for.
    pub title: String,
    /// When it began, in milliseconds since 1970.
    pub at_ms: u64,
    /// Its color.
    pub tone: Tone,
    /// Names and values.
    pub facts: Vec<SummaryRow>,
    /// What its outcome means, and what to do.
    pub meaning: Option<String>,
    /// Headings and texts.
    pub parts: Vec<(String, String)>,
}

impl Sheet {
    /// Starts a page, with the software that was used.
    #[must_use]
    pub fn begin(subject: &str, title: &str, made_ms: u64, machine: &Machine) -> Self {
        let mut sheet = Self {
            subject: subject.to_owned(),
            title: line(title),
            made_ms,
            ..Self::default()
        };
        sheet.fact("App", &format!("SIP Registrar Setup {}", machine.app));
        sheet.fact("System", &machine.system);
        sheet.fact("WebView", &machine.webview);
        sheet
    }

    /// Adds a value if it is known, which means not empty.
    pub fn fact(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            self.facts.push(SummaryRow {
                name: name.to_owned(),
                value: line(value),
            });
        }
    }

    /// Adds what was proved.
    pub fn finding(&mut self, title: &str, verdict: &Verdict, details: &[String]) {
        self.findings.push(Finding {
            title: line(title),
            tone: verdict.tone,
            sentence: line(&verdict.sentence),
            causes: verdict.causes.iter().map(|cause| line(cause)).collect(),
            next: verdict.next.as_deref().map(line),
            details: details.iter().map(|detail| line(detail)).collect(),
        });
    }

    /// Adds a check with its drawing.
    pub fn checked(&mut self, report: &CheckReport, trace: &Trace) {
        self.finding(&trace.title, &report.verdict, &report.evidence);
        self.fact("Registrar address", &report.target);
        let known = [
            ("Accepted user name", &report.accepted_user_name),
            ("This computer’s address", &report.seen_as),
            ("This computer’s registration", &report.unregistered),
        ];
        for (name, value) in known {
            self.fact(name, value.as_deref().unwrap_or_default());
        }
        for target in &report.targets {
            let tried = format!("{}: {}. {}", target.address, target.outcome, target.source);
            self.fact("Tried", &tried);
        }
        for binding in &report.bindings {
            self.fact("Listed by the registrar", &binding_in_words(binding));
        }
        self.dns(&report.dns);
        if !trace.messages.is_empty() {
            self.traces.push(trace.clone());
        }
    }

    /// Adds DNS records.
    pub fn dns(&mut self, records: &[DnsView]) {
        let clean = |values: &[String]| values.iter().map(|value| line(value)).collect();
        self.dns.extend(records.iter().map(|record| DnsView {
            name: line(&record.name),
            kind: line(&record.kind),
            account: clean(&record.account),
            here: clean(&record.here),
            tone: record.tone,
            sentence: line(&record.sentence),
        }));
    }

    /// Adds recorded exchanges, given newest first.
    pub fn records(&mut self, records: &[Record]) {
        self.practice |= records.iter().any(|record| record.head.practice);
        for record in records.iter().rev() {
            if self.traces.len() < MOST_DRAWINGS {
                self.traces.extend(Trace::of_record(record));
            }
        }
        self.take(records.iter().map(Shown::of_record));
    }

    /// Adds exchanges of the open screen, given oldest first.
    pub fn open_exchanges(&mut self, exchanges: &[Exchange]) {
        self.take(exchanges.iter().rev().map(Shown::of_exchange));
    }

    /// Takes the newest exchanges that fit, and reverses them to put the oldest first.
    fn take(&mut self, newest_first: impl Iterator<Item = Shown>) {
        let mut room = MOST;
        let mut taken = Vec::new();
        for shown in newest_first {
            let length: usize = shown.parts.iter().map(|(_, text)| text.len()).sum();
            if length > room {
                self.left_out += 1;
                continue;
            }
            room -= length;
            taken.push(shown);
        }
        taken.reverse();
        self.exchanges.extend(taken);
    }
}

impl Shown {
    fn of_record(record: &Record) -> Self {
        let head = &record.head;
        let meaning = explain::activity::meaning(head);
        let mut facts = Vec::new();
        let known = [
            ("Method", head.method.as_str()),
            ("Address", head.address.as_str()),
            ("Result", &head.end.code()),
            ("Duration", &format!("{} ms", head.took)),
        ];
        facts.extend(
            known
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| SummaryRow {
                    name: name.to_owned(),
                    value: line(value),
                }),
        );
        let parts = if record.messages.is_empty() {
            both(&record.request, &record.response)
        } else {
            record.messages.iter().map(part).collect()
        };
        let next = meaning.next.map(|next| format!(" Next step: {next}"));
        Self {
            title: line(&head.title),
            at_ms: head.at,
            tone: head.tone,
            facts,
            meaning: Some(line(&format!(
                "{}{}",
                meaning.sentence,
                next.unwrap_or_default()
            ))),
            parts,
        }
    }

    fn of_exchange(exchange: &Exchange) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it was made from milliseconds since 1970"
        )]
        let at_ms = exchange.at as u64;
        Self {
            title: line(&exchange.title),
            at_ms,
            tone: exchange.tone,
            facts: vec![SummaryRow {
                name: "Duration".to_owned(),
                value: format!("{} ms", exchange.took_ms),
            }],
            meaning: None,
            parts: both(&exchange.request, &exchange.response),
        }
    }

    /// Returns its title with a sign, so that the tone doesn't depend on color.
    pub(super) fn signed_title(&self) -> String {
        sign(self.tone).map_or_else(
            || self.title.clone(),
            |sign| format!("{sign} {}", self.title),
        )
    }
}

fn part(message: &Message) -> (String, String) {
    let way = if message.sent { "Sent" } else { "Received" };
    let heading = format!("{way}, +{} ms: {}", message.at, message.label);
    (line(&heading), sanitized(&message.text))
}

fn both(request: &str, response: &str) -> Vec<(String, String)> {
    let both = [("Request", request), ("Answer", response)];
    let told = both.into_iter().filter(|(_, text)| !text.trim().is_empty());
    told.map(|(name, text)| (name.to_owned(), sanitized(text)))
        .collect()
}

fn line(text: &str) -> String {
    sanitized_line(text, LONGEST)
}
