//! The text log: UTF-8, one line ending per line.

use std::fmt::Write as _;

use super::letters::visible;
use super::times::since_start;
use super::trace::{Trace, TraceMessage, binding_in_words, ends_in_words, sign};
use super::{LEFT_OUT, PRACTICE};
use registrar_activity::moment::Moment;
use registrar_explain::number::grouped;

/// How wide the names of facts stand, in letters.
const NAMES: usize = 30;

/// Writes the log. Lines of a message are indented by four spaces, so that no message can imitate a
/// line of the log itself.
#[must_use]
pub fn log(trace: &Trace) -> String {
    let mut log = String::new();
    head(&mut log, trace);
    for (index, message) in trace.messages.iter().enumerate() {
        if let Some(ends) = trace.new_ends(index) {
            let _ = write!(log, "\n== {} ==\n", ends_in_words(ends));
        }
        add(&mut log, index + 1, message);
    }
    let _ = write!(log, "\n{LEFT_OUT}\n");
    log.chars().map(visible).collect()
}

fn head(log: &mut String, trace: &Trace) {
    let moment = Moment::of(trace.began_ms);
    if trace.practice {
        let _ = write!(log, "{PRACTICE}\n\n");
    }
    let rule = "=".repeat(trace.title.chars().count().min(78));
    let _ = write!(log, "{}\n{rule}\n\n", trace.title);
    let mut fact = |name: &str, value: &str| {
        let _ = writeln!(log, "{:NAMES$}{value}", format!("{name}:"));
    };
    let when = format!("{} ({})", moment.rfc3339(), moment.in_words());
    fact("When", &when);
    for row in &trace.facts {
        fact(&row.name, &row.value);
    }

    let mark = sign(trace.verdict.tone).map_or_else(String::new, |sign| format!("{sign} "));
    let _ = write!(log, "\n{mark}{}\n", trace.verdict.sentence);
    if !trace.verdict.causes.is_empty() {
        log.push_str("Likely causes, most likely first:\n");
    }
    for (index, cause) in trace.verdict.causes.iter().enumerate() {
        let _ = writeln!(log, "  {}. {cause}", index + 1);
    }
    if let Some(next) = &trace.verdict.next {
        let _ = writeln!(log, "Next step: {next}");
    }
    if !trace.bindings.is_empty() {
        log.push_str("\nListed by the registrar:\n");
    }
    for binding in &trace.bindings {
        let _ = writeln!(log, "  - {}", binding_in_words(binding));
    }
    let _ = match trace.messages.len() {
        0 => writeln!(log, "\nNo messages were sent or received."),
        1 => writeln!(log, "\n1 message:"),
        many => writeln!(log, "\n{} messages:", grouped(many as u64)),
    };
}

fn add(log: &mut String, number: usize, message: &TraceMessage) {
    let arrow = if message.sent { "→" } else { "←" };
    let mark = sign(message.tone).map_or_else(String::new, |sign| format!("{sign} "));
    let at = since_start(message.at);
    let _ = write!(
        log,
        "\n{number}. {at}  {arrow}  {}\n{mark}{}\n\n",
        message.label, message.plain
    );
    for line in message.lines() {
        let _ = writeln!(log, "    {line}");
    }
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
