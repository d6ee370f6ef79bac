//! A page that grows downwards: each text is placed below the previous one.

use super::measure::{Font, wrap};
use crate::writer::{Writer, length};

/// How wide the drawing is, in pixels.
pub(super) const WIDTH: f64 = 880.0;
/// Where text begins.
pub(super) const LEFT: f64 = 32.0;
/// How wide text is.
pub(super) const TEXT_WIDTH: f64 = WIDTH - 2.0 * LEFT;

const TOP: f64 = 32.0;
pub(super) const STYLE: &str = include_str!("style.css");

/// Lines of text that belong together.
pub(super) struct Text<'a> {
    pub(super) class: &'a str,
    pub(super) font: Font,
    /// The start of each line, or its middle or end.
    pub(super) x: f64,
    pub(super) anchor: &'static str,
    /// The top of the first line.
    pub(super) top: f64,
    pub(super) lines: &'a [String],
}

/// A drawing in progress.
pub(super) struct Page {
    writer: Writer,
    y: f64,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            writer: Writer::default(),
            y: TOP,
        }
    }
}

impl Page {
    /// The position of the next text.
    pub(super) fn y(&self) -> f64 {
        self.y
    }

    pub(super) fn skip(&mut self, more: f64) {
        self.y += more;
    }

    pub(super) fn back_to(&mut self, y: f64) {
        self.y = y;
    }

    /// Moves down to a position, unless it is above the current one.
    pub(super) fn down_to(&mut self, y: f64) {
        self.y = self.y.max(y);
    }

    /// Writes a text of at most `most` lines below the previous one.
    pub(super) fn block(
        &mut self,
        class: &str,
        font: Font,
        x: f64,
        width: f64,
        text: &str,
        most: usize,
    ) {
        let lines = wrap(text, font, width, most);
        self.y = self.text(&Text {
            class,
            font,
            x,
            anchor: "start",
            top: self.y,
            lines: &lines,
        });
    }

    /// Writes lines at given positions, and returns where they end.
    pub(super) fn text(&mut self, text: &Text<'_>) -> f64 {
        let mut y = text.top;
        if text.lines.is_empty() {
            return y;
        }
        self.writer.open(
            "text",
            &[("class", text.class), ("text-anchor", text.anchor)],
        );
        let x = length(text.x);
        for line in text.lines {
            let baseline = length(y + text.font.size);
            y += text.font.step();
            // The space separates the lines if they are read out as one text.
            let line = format!("{line} ");
            self.writer
                .leaf("tspan", &[("x", &x), ("y", &baseline)], &line);
        }
        self.writer.close();
        y
    }

    /// Writes the practice warning in a frame.
    pub(super) fn practice(&mut self, font: Font, text: &str) {
        let height = font.step() + 16.0;
        self.area("practice-area", LEFT, self.y, TEXT_WIDTH, height);
        self.y += 8.0;
        self.block("practice", font, LEFT + 14.0, TEXT_WIDTH - 28.0, text, 1);
        self.y += 8.0;
    }

    /// Writes a complete message in its own area.
    pub(super) fn message<'a>(
        &mut self,
        font: Font,
        indent: f64,
        message: impl Iterator<Item = &'a str>,
        most: usize,
    ) {
        let width = TEXT_WIDTH - 2.0 * indent;
        let mut lines: Vec<String> = Vec::new();
        for line in message {
            if lines.len() > most {
                break;
            }
            if line.trim().is_empty() {
                lines.push(String::new());
            }
            lines.extend(wrap(line, font, width, most));
        }
        if lines.len() > most {
            lines.truncate(most);
            lines.push("… the rest is in the text log".to_owned());
        }
        let count = u32::try_from(lines.len()).unwrap_or_default();
        let height = font.step() * f64::from(count) + 14.0;
        self.area("message-area", LEFT, self.y, TEXT_WIDTH, height);
        self.y += 6.0;
        let below = self.text(&Text {
            class: "message",
            font,
            x: LEFT + indent,
            anchor: "start",
            top: self.y,
            lines: &lines,
        });
        self.y = below + 8.0;
    }

    pub(super) fn area(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64) {
        let [x, y, width, height] = [x, y, width, height].map(length);
        self.writer.empty(
            "rect",
            &[
                ("class", class),
                ("x", &x),
                ("y", &y),
                ("width", &width),
                ("height", &height),
                ("rx", "6"),
                ("aria-hidden", "true"),
            ],
        );
    }

    /// Draws a line that screen readers skip.
    pub(super) fn path(&mut self, class: &str, way: &str) {
        self.writer.empty(
            "path",
            &[("class", class), ("d", way), ("aria-hidden", "true")],
        );
    }

    pub(super) fn open_list(&mut self) {
        self.writer.open("g", &[("role", "list")]);
    }

    pub(super) fn open_item(&mut self) {
        self.writer.open("g", &[("role", "listitem")]);
    }

    /// Names the open item, if its meaning is drawn rather than written.
    pub(super) fn name(&mut self, name: &str) {
        self.writer.leaf("title", &[], name);
    }

    pub(super) fn close(&mut self) {
        self.writer.close();
    }

    /// Finishes a drawing that is embedded in a page with others; `number` keeps its IDs unique.
    pub(super) fn within(self, number: usize, title: &str) -> Writer {
        let height = length(self.y + TOP);
        let width = length(WIDTH);
        let id = format!("message-{number}");
        let mut whole = Writer::default();
        whole.open(
            "svg",
            &[
                ("viewBox", &format!("0 0 {width} {height}")),
                ("width", &width),
                ("height", &height),
                ("role", "group"),
                ("aria-labelledby", &id),
            ],
        );
        whole.leaf("title", &[("id", &id)], title);
        whole.finished(self.writer);
        whole.close();
        whole
    }

    /// Finishes the page, now that its height is known.
    pub(super) fn finish(self, title: &str, about: &str) -> String {
        let height = length(self.y + TOP);
        let width = length(WIDTH);
        let mut whole = Writer::default();
        whole.open(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("viewBox", &format!("0 0 {width} {height}")),
                ("width", &width),
                ("height", &height),
                ("lang", "en"),
                ("role", "graphics-document document"),
                ("aria-labelledby", "title"),
                ("aria-describedby", "about"),
            ],
        );
        whole.leaf("title", &[("id", "title")], title);
        whole.leaf("desc", &[("id", "about")], about);
        whole.style(STYLE);
        whole.empty(
            "rect",
            &[
                ("class", "paper"),
                ("width", "100%"),
                ("height", "100%"),
                ("fill", "#ffffff"),
                ("aria-hidden", "true"),
            ],
        );
        whole.finished(self.writer);
        whole.finish()
    }
}
