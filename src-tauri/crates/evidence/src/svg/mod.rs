//! The drawing: one SVG file without scripts or external resources, whose text is in chronological
//! order, so that a screen reader reads it as a list.

mod measure;
mod message_chart;
mod page;

use self::measure::{Face, Font};
use self::page::{LEFT, Page, TEXT_WIDTH};
use super::times::since_start;
use super::trace::{Trace, binding_in_words, sign};
use super::writer::Writer;
use super::{LEFT_OUT, PRACTICE};
use registrar_activity::Tone;
use registrar_activity::moment::Moment;
use registrar_explain::number::counted;
use registrar_secret::redact::sanitized_line;

const TITLE: Font = Font::new(22.0, Face::Bold);
const SECTION: Font = Font::new(17.0, Face::Bold);
const SENTENCE: Font = Font::new(16.0, Face::Bold);
const PRACTICE_FONT: Font = Font::new(15.0, Face::Bold);
const NAME: Font = Font::new(14.0, Face::Bold);
const WORDS: Font = Font::new(14.0, Face::Plain);
const FOOT: Font = Font::new(13.0, Face::Plain);
const MESSAGE: Font = Font::new(12.0, Face::Fixed);

/// The width of the facts' names.
const NAMES: f64 = 256.0;
/// Most lines of one message that are drawn; the text log holds all.
const MOST_LINES: usize = 100;
/// Most lines of a sentence or a value.
const MOST_WORDS: usize = 8;

/// Draws the trace.
#[must_use]
pub fn drawing(trace: &Trace) -> String {
    let mut page = Page::default();
    head(&mut page, trace);
    page.skip(28.0);
    page.block("section", SECTION, LEFT, TEXT_WIDTH, "Message chart", 1);
    page.skip(8.0);
    if trace.messages.is_empty() {
        let none = "No messages were sent or received.";
        page.block("words", WORDS, LEFT, TEXT_WIDTH, none, 1);
    } else {
        message_chart::draw(&mut page, trace);
        page.skip(28.0);
        page.block("section", SECTION, LEFT, TEXT_WIDTH, "Full messages", 1);
        page.skip(6.0);
        in_full(&mut page, trace);
    }
    page.skip(20.0);
    page.block("foot", FOOT, LEFT, TEXT_WIDTH, LEFT_OUT, 2);
    let about = format!(
        "{} {} in order.",
        trace.verdict.sentence,
        counted(trace.messages.len() as u64, "message", "messages")
    );
    page.finish(&trace.title, &about)
}

/// The styles that [`message_chart()`] needs in the page that contains it.
pub(super) const STYLE: &str = page::STYLE;

/// Draws only the messages of a trace, for a page that contains several drawings; `number`
/// distinguishes them.
pub(super) fn message_chart(trace: &Trace, number: usize) -> Writer {
    let mut page = Page::default();
    message_chart::draw(&mut page, trace);
    page.within(number, &sanitized_line(&trace.title, 200))
}

fn head(page: &mut Page, trace: &Trace) {
    if trace.practice {
        page.practice(PRACTICE_FONT, PRACTICE);
        page.skip(16.0);
    }
    page.block("title", TITLE, LEFT, TEXT_WIDTH, &trace.title, 4);
    page.skip(10.0);
    let mark = sign(trace.verdict.tone).map_or_else(String::new, |sign| format!("{sign} "));
    let sentence = format!("{mark}{}", trace.verdict.sentence);
    let class = class_of("sentence", trace.verdict.tone);
    page.block(&class, SENTENCE, LEFT, TEXT_WIDTH, &sentence, MOST_WORDS);
    if !trace.verdict.causes.is_empty() {
        page.skip(4.0);
        let title = "Likely causes, most likely first:";
        page.block("words", WORDS, LEFT, TEXT_WIDTH, title, 1);
    }
    for (index, cause) in trace.verdict.causes.iter().enumerate() {
        let cause = format!("{}. {cause}", index + 1);
        page.block(
            "words",
            WORDS,
            LEFT + 16.0,
            TEXT_WIDTH - 16.0,
            &cause,
            MOST_WORDS,
        );
    }
    if let Some(next) = &trace.verdict.next {
        page.skip(4.0);
        let next = format!("Next step: {next}");
        page.block("words", WORDS, LEFT, TEXT_WIDTH, &next, MOST_WORDS);
    }
    page.skip(14.0);

    let moment = Moment::of(trace.began_ms);
    fact(
        page,
        "When",
        &format!("{} ({})", moment.in_words(), moment.rfc3339()),
    );
    for row in &trace.facts {
        fact(page, &row.name, &row.value);
    }
    for (index, binding) in trace.bindings.iter().enumerate() {
        let name = if index == 0 {
            "Listed by the registrar"
        } else {
            ""
        };
        fact(page, name, &binding_in_words(binding));
    }
}

fn fact(page: &mut Page, name: &str, value: &str) {
    let top = page.y();
    page.block("name", NAME, LEFT, NAMES - 8.0, name, MOST_WORDS);
    let below_name = page.y();
    page.back_to(top);
    page.block(
        "value",
        WORDS,
        LEFT + NAMES,
        TEXT_WIDTH - NAMES,
        value,
        MOST_WORDS,
    );
    page.down_to(below_name);
    page.skip(3.0);
}

/// Lists all messages in full, numbered so that the arrows above can link to them.
fn in_full(page: &mut Page, trace: &Trace) {
    const INDENT: f64 = 14.0;
    page.open_list();
    for (index, message) in trace.messages.iter().enumerate() {
        page.open_item();
        page.skip(12.0);
        let title = format!(
            "{}. {}, {}, {}",
            index + 1,
            message.label,
            message.way(),
            since_start(message.at)
        );
        page.block(
            &class_of("name", message.tone),
            NAME,
            LEFT,
            TEXT_WIDTH,
            &title,
            3,
        );
        page.skip(4.0);
        page.message(MESSAGE, INDENT, message.lines(), MOST_LINES);
        page.close();
    }
    page.close();
}

/// Adds a tone to a class.
fn class_of(class: &str, tone: Tone) -> String {
    let tone = match tone {
        Tone::Good => " good",
        Tone::Bad => " bad",
        Tone::Wait => " wait",
        Tone::Plain => "",
    };
    format!("{class}{tone}")
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
