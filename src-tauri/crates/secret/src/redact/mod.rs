//! Redacts secrets from text before it is stored or shown. This is the only place that does.
//!
//! Our own requests are redacted by structure where they are built. Text from other sources may
//! repeat what it was sent, in any encoding: the dashboard's error 23026 repeats both hashes, and a
//! gateway may repeat a whole header. A response passes through the [`Secrets`] of its request;
//! text that belongs to no request passes through [`sanitized`].

mod escapes;
mod names;
mod patterns;
mod secrets;
mod view;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod tests;

use std::ops::Range;

use zeroize::Zeroizing;

use escapes::Escapes;
use secrets::Hashes;
pub use secrets::Secrets;
use view::View;

/// The replacement for a secret.
pub const DOTS: &str = "••••••";

/// Maximum length of untrusted text that is kept, in characters.
const LONGEST: usize = 20_000;

/// Maximum length of untrusted text that is scanned, in characters: a secret that starts before the
/// cut may end after it. A longer one is recognized by its first bytes.
const LONGEST_READ: usize = 24_000;

impl Secrets {
    /// Returns untrusted text without control characters, without these secrets in any form,
    /// without anything that has the form of a secret, and truncated.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let printable: Zeroizing<String> = Zeroizing::new(
            (text.chars())
                .filter(|letter| matches!(letter, '\n' | '\t') || !letter.is_control())
                .take(LONGEST_READ)
                .collect(),
        );
        let cut = printable.char_indices().nth(LONGEST).map(|(at, _)| at);
        if self.is_empty() && patterns::are_impossible(printable.as_bytes()) {
            return with_dots(&printable, Vec::new(), cut);
        }
        let escapes = Escapes::read(printable.as_bytes());
        let views = View::all(&escapes);
        let mut found = self.places(&escapes, &views, Hashes::Any);
        found.extend(views.iter().flat_map(patterns::places));
        with_dots(&printable, found, cut)
    }

    /// Returns untrusted text as one line of at most `longest` characters, redacted like
    /// [`Secrets::text`].
    #[must_use]
    pub fn line(&self, text: &str, longest: usize) -> String {
        let text = self.text(text);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(longest) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line,
        }
    }

    /// Returns our own text with these secrets replaced and otherwise unchanged.
    #[must_use]
    pub fn out_of(&self, text: &str) -> String {
        if self.is_empty() {
            return text.to_owned();
        }
        let escapes = Escapes::read(text.as_bytes());
        let views = View::all(&escapes);
        with_dots(text, self.places(&escapes, &views, Hashes::Known), None)
    }
}

/// Returns untrusted text that isn't a response to a request of ours, redacted by form alone:
/// without runs of 32 or more hexadecimal digits, without the password of any URL, and without what
/// follows `Basic`, `Bearer` or the name of a field that holds a secret.
#[must_use]
pub fn sanitized(text: &str) -> String {
    Secrets::default().text(text)
}

/// Returns untrusted text as one line of at most `longest` characters.
#[must_use]
pub fn sanitized_line(text: &str, longest: usize) -> String {
    Secrets::default().line(text, longest)
}

/// Replaces the password in each URL that has one.
#[must_use]
pub fn without_passwords(text: &str) -> String {
    let views = View::all(&Escapes::read(text.as_bytes()));
    let found = views.iter().flat_map(patterns::passwords_of).collect();
    with_dots(text, found, None)
}

/// Returns a text, up to `cut`, with each range replaced by dots; adjacent ranges are merged.
fn with_dots(text: &str, mut parts: Vec<Range<usize>>, cut: Option<usize>) -> String {
    let end = cut.unwrap_or(text.len());
    parts.retain(|part| part.start < end && !part.is_empty());
    parts.sort_unstable_by_key(|part| part.start);
    let mut clean = String::with_capacity(end);
    let mut from = 0;
    let mut parts = parts.into_iter().peekable();
    while let Some(mut part) = parts.next() {
        while let Some(next) = parts.next_if(|next| next.start <= part.end) {
            part.end = part.end.max(next.end);
        }
        while !text.is_char_boundary(part.start) {
            part.start -= 1;
        }
        while !text.is_char_boundary(part.end) {
            part.end += 1;
        }
        clean.push_str(text.get(from..part.start).unwrap_or_default());
        clean.push_str(DOTS);
        from = part.end;
    }
    clean.push_str(text.get(from..end).unwrap_or_default());
    if cut.is_some() {
        clean.push_str("\n…");
    }
    clean
}
