//! The setup sheet: one HTML file with a printable page for each phone, for whoever sets it up.
//!
//! The file has no script and loads nothing. It never has a hash. A password is in it only if a
//! [`Page`] was given one, in a box at the bottom that can be folded away.

use std::io::{self, Write};

use registrar_activity::Tone;
use registrar_secret::SipPassword;
use zeroize::Zeroizing;

use crate::phone::{Dialect, Phone, Sure, sentence};
use crate::refusal::Refusal;
use crate::settings::{FieldValue, FilledField, Settings, fields};

mod general;
mod markup;
mod password;

use self::markup::Markup;

const STYLE: &str = include_str!("sheet/style.css");
/// Nothing in the file runs or is fetched, whoever opens it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/// Enough for a usual page.
const PAGE_SIZE: usize = 16 * 1024;

/// A line about where the values come from.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What was checked, and its result.
#[derive(Clone, Debug)]
pub struct Check {
    /// Whether it went well.
    pub tone: Tone,
    /// The result.
    pub sentence: String,
}

/// What is on one page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The phone with its own names, or `None` for the names that most phones use.
    pub phone: Option<&'a Chosen>,
    /// The values. Its secret is not used.
    pub settings: &'a Settings<'a>,
    /// The account, and whatever else tells where the values come from.
    pub about: &'a [Row],
    /// What to know before typing, each in one sentence.
    pub notes: &'a [String],
    /// What was checked; empty where nothing was tried.
    pub checks: &'a [Check],
    /// What is still to do, each in one sentence.
    pub left_open: &'a [String],
    /// Whether there is a box for the password, and what is in it.
    pub password: Password<'a>,
}

/// The password's place on a page.
#[derive(Clone, Copy, Debug)]
pub enum Password<'a> {
    /// It was left out.
    LeftOut,
    /// It was asked for, but the app doesn't know it.
    Unknown,
    /// It is in a box at the bottom.
    InBox(&'a SipPassword),
}

/// A phone with its fields filled in.
#[derive(Debug)]
pub struct Chosen {
    phone: &'static Phone,
    dialect: &'static Dialect,
    fields: Vec<FilledField>,
}

impl Chosen {
    /// Fills in the fields of a phone's screen.
    pub fn fill(
        phone: &'static Phone,
        dialect: &'static Dialect,
        settings: &Settings<'_>,
    ) -> Result<Self, Refusal> {
        let fields = fields(dialect, settings)?;
        Ok(Self {
            phone,
            dialect,
            fields,
        })
    }
}

/// A setup sheet that is being written, page by page.
#[derive(Debug)]
pub struct Sheet<W> {
    into: W,
    practice: bool,
}

impl<W: Write> Sheet<W> {
    /// Begins a sheet, which may be practice and may hold passwords.
    pub fn begin(mut into: W, practice: bool, passwords: bool) -> io::Result<Self> {
        let mut head = Markup::default();
        head.raw(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
             http-equiv=\"Content-Security-Policy\" content=\"",
        );
        head.raw(POLICY);
        head.raw(
            "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>SIP Registrar: setup sheet</title>\n<style>\n",
        );
        head.raw(STYLE);
        head.raw("</style>\n</head>\n<body>\n");
        if passwords {
            head.leaf(
                "p",
                "secret",
                "This file contains passwords. Delete it once it’s printed.",
            );
        }
        into.write_all(head.as_bytes())?;
        Ok(Self { into, practice })
    }

    /// Writes one page.
    pub fn page(&mut self, page: &Page<'_>) -> io::Result<()> {
        let mut text = Markup(Zeroizing::new(String::with_capacity(PAGE_SIZE)));
        text.raw("<main class=\"page\">\n");
        self.head(&mut text, page);
        section(&mut text, "Open its settings", "ol", &opening(page.phone));
        if let Some(Chosen { dialect, .. }) = page.phone.filter(|chosen| chosen.fields.is_empty()) {
            section(&mut text, "Load its file", "ol", &sentences(dialect.load));
        }
        values(&mut text, page);
        let ending = page.phone.map(|chosen| sentences(chosen.dialect.press));
        let traps = match page.phone {
            Some(chosen) => sentences(chosen.dialect.traps),
            None => general::HINTS.to_vec(),
        };
        text.raw("<div class=\"more\">\n");
        section(&mut text, "At the end", "ol", &ending.unwrap_or_default());
        section(&mut text, "Good to know", "ul", &traps);
        section(&mut text, "What was checked", "ul", &checks(page.checks));
        section(&mut text, "Still to do", "ul", page.left_open);
        text.raw("</div>\n");
        if let Password::InBox(password) = page.password {
            password::write(&mut text, page.settings.user_name, password);
        }
        text.raw("</main>\n");
        self.into.write_all(text.as_bytes())
    }

    /// Ends the sheet, and returns what it was written into.
    pub fn end(mut self) -> io::Result<W> {
        self.into.write_all(b"</body>\n</html>\n")?;
        Ok(self.into)
    }

    fn head(&self, text: &mut Markup, page: &Page<'_>) {
        if self.practice {
            text.leaf("p", "practice", "Practice account. Nothing here is real.");
        }
        text.leaf("h1", "", &format!("Set up {}", page.settings.user_name));
        let phone = page.phone.map_or_else(
            || "For any phone".to_owned(),
            |Chosen { phone, dialect, .. }| match dialect.name {
                "" => phone.name.to_owned(),
                name => format!("{}: {name}", phone.name),
            },
        );
        text.leaf("p", "phone", &phone);
        if !page.about.is_empty() {
            text.raw("<ul class=\"about\">\n");
            for Row { name, value } in page.about {
                text.leaf("li", "", &format!("{name}: {value}"));
            }
            text.raw("</ul>\n");
        }
        for note in page.notes {
            text.leaf("p", "note", note);
        }
    }
}

/// Returns how the settings of a phone are opened.
fn opening(phone: Option<&Chosen>) -> Vec<&'static str> {
    let Some(Chosen {
        dialect, fields, ..
    }) = phone
    else {
        return Vec::new();
    };
    let steps = sentences(dialect.open);
    if steps.is_empty() && !fields.is_empty() {
        return vec!["See the maker’s manual for how to open the settings of this phone."];
    }
    steps
}

fn sentences(names: &[&str]) -> Vec<&'static str> {
    names.iter().filter_map(|name| sentence(name)).collect()
}

/// Writes the table of values under the phone's own names, in its own order.
fn values(text: &mut Markup, page: &Page<'_>) {
    let secret = match page.password {
        Password::LeftOut => "Not included. Share it separately.",
        Password::Unknown => "Not included: the app doesn’t know it.",
        Password::InBox(_) => "In the box at the bottom of this page.",
    };
    text.leaf("h2", "", "Enter these values");
    text.raw("<table>\n");
    let own = page.phone.filter(|chosen| !chosen.fields.is_empty());
    if let Some(chosen) = own {
        for field in &chosen.fields {
            let (value, kind) = match &field.value {
                FieldValue::Password => (secret, "instead"),
                FieldValue::Text(value) => (value.as_str(), "value"),
            };
            let trap = field.trap.and_then(sentence);
            row(text, field.label, (value, kind), field.choose, trap);
        }
    } else {
        for (label, also, value) in general::rows(page.settings) {
            let shown = value
                .as_deref()
                .map_or((secret, "instead"), |value| (value, "value"));
            row(text, label, shown, false, also);
        }
    }
    text.raw("</table>\n");
    if own.is_some_and(|chosen| chosen.dialect.sure() == Sure::General) {
        let unsure = "Some of these names are general knowledge and weren’t tried on the phone, \
                      so yours may differ.";
        text.leaf("p", "unsure", unsure);
    }
}

fn row(
    text: &mut Markup,
    label: &str,
    (value, kind): (&str, &str),
    choose: bool,
    more: Option<&str>,
) {
    text.raw("<tr>");
    text.leaf("th", "", label);
    text.raw("<td>");
    text.leaf("span", kind, value);
    if choose {
        text.leaf("i", "", "from the list");
    }
    if let Some(more) = more {
        text.leaf("small", "", more);
    }
    text.raw("</td></tr>\n");
}

/// Writes a heading and a list below it, unless the list is empty.
fn section<T: AsRef<str>>(text: &mut Markup, heading: &str, kind: &str, lines: &[T]) {
    if lines.is_empty() {
        return;
    }
    text.raw("<section>\n");
    text.leaf("h2", "", heading);
    text.raw(&format!("<{kind}>\n"));
    for line in lines {
        text.leaf("li", "", line.as_ref());
    }
    text.raw(&format!("</{kind}>\n</section>\n"));
}

fn checks(checks: &[Check]) -> Vec<String> {
    let line = |check: &Check| match check.tone {
        Tone::Good => format!("✓ {}", check.sentence),
        Tone::Bad => format!("✗ {}", check.sentence),
        Tone::Wait | Tone::Plain => check.sentence.clone(),
    };
    checks.iter().map(line).collect()
}

#[cfg(test)]
mod tests;
