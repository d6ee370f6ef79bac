//! Writes SVG and HTML elements. All text is escaped.

use std::fmt::Write as _;

use super::letters::visible;

/// An attribute's name and value.
pub(super) type Attribute<'a> = (&'static str, &'a str);

/// A document in progress.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    open: Vec<&'static str>,
}

impl Writer {
    /// Opens an element; what follows is inside it.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the innermost element.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            let _ = writeln!(self.text, "</{name}>");
        }
    }

    /// Writes an empty element.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes);
        self.text.push_str("/>\n");
    }

    /// Writes an element that contains one text.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.tag(name, attributes);
        self.text.push('>');
        self.escaped(text);
        let _ = writeln!(self.text, "</{name}>");
    }

    /// Writes our own style sheet, which contains neither `<` nor `&`.
    pub(super) fn style(&mut self, sheet: &'static str) {
        let _ = writeln!(self.text, "<style>{sheet}</style>");
    }

    /// Appends another writer's output.
    pub(super) fn finished(&mut self, other: Self) {
        self.text.push_str(&other.finish());
    }

    /// Closes all open elements and returns the document.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        let _ = write!(self.text, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"");
            self.escaped(value);
            self.text.push('"');
        }
    }

    fn escaped(&mut self, text: &str) {
        for letter in text.chars().map(visible) {
            match letter {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\'' => self.text.push_str("&#39;"),
                other => self.text.push(other),
            }
        }
    }
}

/// Formats a length with one decimal.
pub(super) fn length(value: f64) -> String {
    format!("{value:.1}")
}
