//! HTML being written, with every value escaped.

use zeroize::Zeroizing;

/// HTML, which may hold a password.
#[derive(Default)]
pub(super) struct Markup(pub(super) Zeroizing<String>);

impl Markup {
    /// Adds markup as it is.
    pub(super) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// Adds an element with only text in it. An empty class is left out.
    pub(super) fn leaf(&mut self, name: &str, class: &str, text: &str) {
        self.raw("<");
        self.raw(name);
        if !class.is_empty() {
            self.raw(" class=\"");
            self.raw(class);
            self.raw("\"");
        }
        self.raw(">");
        self.text(text);
        self.raw("</");
        self.raw(name);
        self.raw(">\n");
    }

    /// Adds text, escaped.
    pub(super) fn text(&mut self, plain: &str) {
        for letter in plain.chars() {
            match letter {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\'' => self.raw("&#39;"),
                other => self.0.push(other),
            }
        }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
