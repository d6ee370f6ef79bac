//! The message chart itself: two lifelines, and an arrow for each message.

use super::class_of;
use super::measure::{Face, Font, wrap};
use super::page::{LEFT, Page, TEXT_WIDTH, Text, WIDTH};
use crate::times::{later, since_start};
use crate::trace::{Trace, TraceMessage, ends_in_words, sign};

const PEER: Font = Font::new(15.0, Face::Bold);
const LABEL: Font = Font::new(15.0, Face::Bold);
const SMALL: Font = Font::new(13.0, Face::Plain);

/// The position of this computer's line; times are to the left of it.
const COMPUTER: f64 = 190.0;
/// The position of the registrar's line.
const REGISTRAR: f64 = WIDTH - 76.0;
const MIDDLE: f64 = f64::midpoint(COMPUTER, REGISTRAR);
/// The width of the text between them.
const BETWEEN: f64 = REGISTRAR - COMPUTER - 40.0;

/// The layout of one message.
struct MessageLayout {
    /// The addresses, if they change, and the top of their area.
    ends: Option<(Vec<String>, f64)>,
    label: Vec<String>,
    label_top: f64,
    arrow: f64,
    plain: Vec<String>,
    plain_top: f64,
}

impl MessageLayout {
    /// Returns where the area ends that names the ends.
    fn ends_bottom(&self) -> Option<f64> {
        let (lines, top) = self.ends.as_ref()?;
        Some(top + height(SMALL, lines) + 10.0)
    }
}

/// Draws the message chart of a trace that has messages.
pub(super) fn draw(page: &mut Page, trace: &Trace) {
    for (name, x) in [("This computer", COMPUTER), ("Registrar", REGISTRAR)] {
        page.text(&Text {
            class: "peer",
            font: PEER,
            x,
            anchor: "middle",
            top: page.y(),
            lines: &[name.to_owned()],
        });
    }
    page.skip(PEER.step() + 6.0);
    let top = page.y();
    let layouts: Vec<MessageLayout> = (0..trace.messages.len())
        .map(|index| place(page, trace, index))
        .collect();
    let bottom = page.y();
    page.path(
        "peer-line",
        &format!("M{COMPUTER} {top:.1}V{bottom:.1}M{REGISTRAR} {top:.1}V{bottom:.1}"),
    );

    page.open_list();
    let mut arrow_before = top;
    for (index, (message, layout)) in trace.messages.iter().zip(&layouts).enumerate() {
        page.open_item();
        page.name(&format!("Message {}, {}", index + 1, message.way()));
        if let Some(gap) = trace.gap(index) {
            // Never placed on top of the area that shows new addresses.
            let above = layout.ends_bottom().unwrap_or(arrow_before);
            let middle = f64::midpoint(above, layout.arrow);
            time(page, "later", &later(gap), middle);
        }
        add(page, message, layout);
        arrow_before = layout.arrow;
        page.close();
    }
    page.close();
    page.back_to(bottom);
}

/// Reserves space for one message.
fn place(page: &mut Page, trace: &Trace, index: usize) -> MessageLayout {
    let ends = trace.new_ends(index).map(|ends| {
        page.skip(10.0);
        let words = ends_in_words(ends);
        let lines = wrap(&words, SMALL, TEXT_WIDTH - 24.0, 2);
        let top = page.y();
        page.skip(height(SMALL, &lines) + 10.0);
        (lines, top)
    });
    let message = &trace.messages[index];
    page.skip(14.0);
    let mark = sign(message.tone).map_or_else(String::new, |sign| format!(" {sign}"));
    let label = format!("{}. {}{mark}", index + 1, message.label);
    let label = wrap(&label, LABEL, BETWEEN, 3);
    let label_top = page.y();
    page.skip(height(LABEL, &label) + 6.0);
    let arrow = page.y();
    page.skip(6.0);
    let plain = wrap(&message.plain, SMALL, BETWEEN, 6);
    let plain_top = page.y();
    page.skip(height(SMALL, &plain) + 6.0);
    MessageLayout {
        ends,
        label,
        label_top,
        arrow,
        plain,
        plain_top,
    }
}

fn add(page: &mut Page, message: &TraceMessage, layout: &MessageLayout) {
    if let Some((lines, top)) = &layout.ends {
        page.area(
            "ends-area",
            LEFT,
            *top,
            TEXT_WIDTH,
            height(SMALL, lines) + 10.0,
        );
        page.text(&Text {
            class: "ends",
            font: SMALL,
            x: WIDTH / 2.0,
            anchor: "middle",
            top: top + 4.0,
            lines,
        });
    }
    page.text(&Text {
        class: &class_of("label", message.tone),
        font: LABEL,
        x: MIDDLE,
        anchor: "middle",
        top: layout.label_top,
        lines: &layout.label,
    });
    time(page, "time", &since_start(message.at), layout.arrow);
    page.path(
        &class_of("arrow", message.tone),
        &arrow(message.sent, layout.arrow),
    );
    page.text(&Text {
        class: "plain",
        font: SMALL,
        x: MIDDLE,
        anchor: "middle",
        top: layout.plain_top,
        lines: &layout.plain,
    });
}

/// Writes a time beside the message chart, vertically centered.
fn time(page: &mut Page, class: &str, text: &str, middle: f64) {
    page.text(&Text {
        class,
        font: SMALL,
        x: COMPUTER - 14.0,
        anchor: "end",
        top: middle - SMALL.size * 0.65,
        lines: &[text.to_owned()],
    });
}

fn arrow(sent: bool, y: f64) -> String {
    const TIP: f64 = 8.0;
    let (from, to, back) = if sent {
        (COMPUTER, REGISTRAR - 1.0, REGISTRAR - 1.0 - TIP)
    } else {
        (REGISTRAR, COMPUTER + 1.0, COMPUTER + 1.0 + TIP)
    };
    let (above, below) = (y - TIP * 0.7, y + TIP * 0.7);
    format!("M{from} {y:.1}H{to}M{back} {above:.1}L{to} {y:.1}L{back} {below:.1}")
}

fn height(font: Font, lines: &[String]) -> f64 {
    font.step() * f64::from(u32::try_from(lines.len()).unwrap_or_default())
}
