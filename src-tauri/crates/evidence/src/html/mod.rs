//! The evidence page for a ticket: one HTML file without scripts or external resources, readable in
//! light and dark mode and on paper.

use super::sheet::{Finding, Sheet, Shown};
use super::trace::{Trace, sign};
use super::writer::Writer;
use super::{LEFT_OUT, PRACTICE, svg};
use registrar_activity::Tone;
use registrar_activity::moment::Moment;
use registrar_explain::DnsView;
use registrar_explain::SummaryRow;
use registrar_explain::number::grouped;
use registrar_secret::redact::sanitized_line;

const STYLE: &str = include_str!("style.css");
/// Nothing in the file runs or is fetched, whoever opens it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Writes the page.
#[must_use]
pub(super) fn page(sheet: &Sheet) -> String {
    let mut page = Writer::default();
    page.open("html", &[("lang", "en")]);
    page.open("head", &[]);
    page.empty("meta", &[("charset", "utf-8")]);
    page.empty(
        "meta",
        &[
            ("http-equiv", "Content-Security-Policy"),
            ("content", POLICY),
        ],
    );
    let width = "width=device-width, initial-scale=1";
    page.empty("meta", &[("name", "viewport"), ("content", width)]);
    page.leaf("title", &[], &sheet.title);
    page.style(STYLE);
    page.style(svg::STYLE);
    page.close();
    page.open("body", &[]);
    page.open("main", &[]);
    head(&mut page, sheet);
    findings(&mut page, &sheet.findings);
    facts(&mut page, "Details", &sheet.facts);
    dns(&mut page, &sheet.dns);
    drawings(&mut page, &sheet.traces);
    exchanges(&mut page, sheet);
    page.leaf("footer", &[], LEFT_OUT);
    format!("<!doctype html>\n{}", page.finish())
}

fn head(page: &mut Writer, sheet: &Sheet) {
    if sheet.practice {
        page.leaf("p", &[("class", "practice-note")], PRACTICE);
    }
    page.leaf("h1", &[], &sheet.title);
    let made = Moment::of(sheet.made_ms);
    let made = format!("Saved on {} ({}).", made.in_words(), made.rfc3339());
    page.leaf("p", &[("class", "made")], &made);
}

fn findings(page: &mut Writer, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    page.leaf("h2", &[], "Results");
    for finding in findings {
        page.leaf("h3", &[], &finding.title);
        let mark = sign(finding.tone).map_or_else(String::new, |sign| format!("{sign} "));
        let sentence = format!("{mark}{}", finding.sentence);
        page.leaf("p", &[("class", tone(finding.tone))], &sentence);
        if !finding.causes.is_empty() {
            page.leaf("p", &[], "Likely causes, most likely first:");
            list(page, "ol", &finding.causes);
        }
        if let Some(next) = &finding.next {
            page.leaf("p", &[], &format!("Next step: {next}"));
        }
        if !finding.details.is_empty() {
            page.leaf("p", &[], "Based on:");
            list(page, "ul", &finding.details);
        }
    }
}

fn facts(page: &mut Writer, title: &str, facts: &[SummaryRow]) {
    page.leaf("h2", &[], title);
    rows(page, facts);
}

fn rows(page: &mut Writer, facts: &[SummaryRow]) {
    page.open("table", &[("class", "facts")]);
    page.open("tbody", &[]);
    for fact in facts {
        page.open("tr", &[]);
        page.leaf("th", &[("scope", "row")], &fact.name);
        page.leaf("td", &[], &fact.value);
        page.close();
    }
    page.close();
    page.close();
}

fn dns(page: &mut Writer, records: &[DnsView]) {
    if records.is_empty() {
        return;
    }
    page.leaf("h2", &[], "DNS answers");
    page.open("table", &[]);
    page.open("thead", &[]);
    page.open("tr", &[]);
    for name in [
        "Name",
        "Type",
        "Account’s records",
        "This computer’s DNS",
        "Meaning",
    ] {
        page.leaf("th", &[("scope", "col")], name);
    }
    page.close();
    page.close();
    page.open("tbody", &[]);
    for record in records {
        page.open("tr", &[]);
        page.leaf("th", &[("scope", "row")], &record.name);
        page.leaf("td", &[], &record.kind);
        for values in [&record.account, &record.here] {
            let values = values.join("; ");
            page.leaf("td", &[], if values.is_empty() { "–" } else { &values });
        }
        page.leaf("td", &[("class", tone(record.tone))], &record.sentence);
        page.close();
    }
    page.close();
    page.close();
}

fn drawings(page: &mut Writer, traces: &[Trace]) {
    if traces.is_empty() {
        return;
    }
    page.leaf("h2", &[], "Message charts");
    for (number, trace) in traces.iter().enumerate() {
        page.leaf("h3", &[], &sanitized_line(&trace.title, 200));
        let when = Moment::of(trace.began_ms).rfc3339();
        page.leaf("p", &[("class", "made")], &when);
        page.finished(svg::message_chart(trace, number + 1));
    }
}

fn exchanges(page: &mut Writer, sheet: &Sheet) {
    page.leaf("h2", &[], "Sent and received");
    if sheet.exchanges.is_empty() {
        page.leaf("p", &[], "Nothing was recorded.");
    }
    for (index, shown) in sheet.exchanges.iter().enumerate() {
        exchange(page, index + 1, shown);
    }
    if sheet.left_out > 0 {
        let left = match sheet.left_out {
            1 => "1 longer exchange didn’t fit on this page.".to_owned(),
            many => format!(
                "{} longer exchanges didn’t fit on this page.",
                grouped(many as u64)
            ),
        };
        page.leaf("p", &[], &left);
    }
}

fn exchange(page: &mut Writer, number: usize, shown: &Shown) {
    let title = format!("{number}. {}", shown.signed_title());
    page.leaf("h3", &[("class", tone(shown.tone))], &title);
    let when = Moment::of(shown.at_ms).rfc3339();
    page.leaf("p", &[("class", "made")], &when);
    if let Some(meaning) = &shown.meaning {
        page.leaf("p", &[("class", "meaning-line")], meaning);
    }
    rows(page, &shown.facts);
    for (heading, text) in &shown.parts {
        page.leaf("h4", &[], heading);
        page.leaf("pre", &[], text.trim_end());
    }
}

fn list(page: &mut Writer, kind: &'static str, items: &[String]) {
    page.open(kind, &[]);
    for item in items {
        page.leaf("li", &[], item);
    }
    page.close();
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "tone-good",
        Tone::Bad => "tone-bad",
        Tone::Wait => "tone-wait",
        Tone::Plain => "tone-plain",
    }
}

#[cfg(test)]
mod tests;
