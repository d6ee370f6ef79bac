//! What Twilio plays when a call is answered, validated before anything is sent.

use quick_xml::Reader;
use quick_xml::errors::{IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};
use url::Url;

use super::problem::{TwimlFault, TwimlProblem, UrlProblem};
use registrar_names::trimmed;

/// Twilio's limit for `TwiML`, in characters.
const LONGEST_TWIML: usize = 4000;

/// Maximum length of a URL, in bytes.
const LONGEST_URL: usize = 4000;

/// Maximum nesting depth of elements; `TwiML` nests three levels.
const DEEPEST: usize = 16;

/// The verbs of `TwiML` for calls, and their nouns (twilio.com/docs/voice/twiml). The list may
/// grow.
const VERBS: [&str; 24] = [
    "Client",
    "Conference",
    "Connect",
    "Dial",
    "Enqueue",
    "Gather",
    "Hangup",
    "Leave",
    "Number",
    "Pause",
    "Pay",
    "Play",
    "Prompt",
    "Queue",
    "Record",
    "Redirect",
    "Refer",
    "Reject",
    "Response",
    "Say",
    "Sip",
    "Start",
    "Stop",
    "Stream",
];

/// What Twilio plays when the call is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Instructions in `TwiML`, at most 4,000 characters.
    Twiml(String),
    /// A URL where Twilio fetches them.
    Url(Url),
}

/// What the callee hears by default.
const STANDARD: &str =
    "<Response><Say>This is the test call of SIP Registrar Setup. Goodbye.</Say></Response>";

impl Message {
    /// Returns the app's default message.
    #[must_use]
    pub fn standard() -> Self {
        Self::Twiml(STANDARD.to_owned())
    }

    /// Parses a typed URL, http or https.
    pub fn url(typed: &str) -> Result<Self, UrlProblem> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err(UrlProblem::Missing);
        }
        let url = (typed.len() <= LONGEST_URL)
            .then(|| Url::parse(typed).ok())
            .flatten()
            .ok_or(UrlProblem::Malformed)?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(UrlProblem::OtherScheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlProblem::WithSignIn);
        }
        Ok(Self::Url(url))
    }

    /// Validates typed `TwiML`, or returns what is wrong with it and where.
    pub fn twiml(typed: &str) -> Result<Self, TwimlProblem> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(TwimlProblem::Missing);
        }
        if text.chars().count() > LONGEST_TWIML {
            return Err(TwimlProblem::TooLong);
        }
        // Positions refer to the text as typed.
        match fault(typed) {
            None => Ok(Self::Twiml(text.to_owned())),
            Some((at, fault)) => {
                let before = typed.get(..at).unwrap_or(typed);
                let line = before.matches('\n').count() + 1;
                let column = before
                    .chars()
                    .rev()
                    .take_while(|letter| *letter != '\n')
                    .count()
                    + 1;
                Err(TwimlProblem::At {
                    line,
                    column,
                    fault,
                })
            }
        }
    }

    /// Returns typed `TwiML` as it may be written to a file: nothing if it may contain a secret.
    #[must_use]
    pub fn twiml_for_a_file(typed: &str) -> String {
        let message = Self::Twiml(typed.to_owned());
        if message.may_hold_a_secret() {
            return String::new();
        }
        typed.to_owned()
    }

    /// Returns whether it may contain a secret, in which case it is shown masked.
    #[must_use]
    pub fn may_hold_a_secret(&self) -> bool {
        match self {
            Self::Twiml(text) => {
                let lower = text.to_ascii_lowercase();
                let signs = ["password", "token", "secret", "key=", "://"];
                lower.contains('?') && lower.contains("://")
                    || signs[..4].iter().any(|sign| lower.contains(sign))
                    || lower.contains('@') && lower.contains(signs[4])
            }
            Self::Url(url) => url.query().is_some(),
        }
    }
}

/// Returns what Twilio would refuse, and the byte position where it starts.
fn fault(text: &str) -> Option<(usize, TwimlFault)> {
    let at = |place: u64| usize::try_from(place).unwrap_or(text.len()).min(text.len());
    let mut reader = Reader::from_str(text);
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut has_root = false;
    loop {
        let start = at(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let place = at(reader.error_position());
                let open = open.pop().map(|(name, _)| name);
                return Some((place, of_xml(error, open)));
            }
        };
        match event {
            Event::Start(tag) => {
                if let Some(fault) = tag_fault(&tag, open.is_empty(), has_root) {
                    return Some((start, fault));
                }
                if open.len() == DEEPEST {
                    return Some((start, TwimlFault::TooDeep));
                }
                has_root = true;
                open.push((tag.name().as_ref().to_owned(), start));
            }
            Event::Empty(tag) => {
                if let Some(fault) = tag_fault(&tag, open.is_empty(), has_root) {
                    return Some((start, fault));
                }
                has_root = true;
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(words) if open.is_empty() => {
                let blank = words.len() - words.trim_start().len();
                if blank < words.len() {
                    return Some((start + blank, TwimlFault::OutsideText));
                }
            }
            Event::CData(_) if open.is_empty() => return Some((start, TwimlFault::OutsideText)),
            Event::GeneralRef(name) => {
                let known = matches!(&*name, "amp" | "lt" | "gt" | "apos" | "quot");
                if !known && !matches!(name.resolve_char_ref(), Ok(Some(_))) {
                    return Some((start, TwimlFault::Ampersand));
                }
            }
            Event::DocType(_) => return Some((start, TwimlFault::Doctype)),
            Event::Eof => break,
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::Text(_) => {}
        }
    }
    match open.pop() {
        Some((name, at)) => Some((at, TwimlFault::NeverClosed(name))),
        None if has_root => None,
        None => Some((0, TwimlFault::NoResponse)),
    }
}

fn tag_fault(tag: &BytesStart<'_>, is_root: bool, has_root: bool) -> Option<TwimlFault> {
    let name = tag.name();
    let name = name.as_ref();
    if is_root && has_root {
        return Some(TwimlFault::TwoRoots);
    }
    if is_root && name != "Response" {
        return Some(TwimlFault::OtherRoot(name.to_owned()));
    }
    let twin = VERBS.iter().find(|verb| verb.eq_ignore_ascii_case(name));
    if let Some(right) = twin.filter(|verb| **verb != name) {
        let found = name.to_owned();
        return Some(TwimlFault::Spelling { right, found });
    }
    for attribute in tag.attributes() {
        let Ok(attribute) = attribute else {
            return Some(TwimlFault::Attribute(name.to_owned()));
        };
        if attribute.value.contains('<') || quick_xml::escape::unescape(&attribute.value).is_err() {
            return Some(TwimlFault::AttributeText(name.to_owned()));
        }
    }
    None
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the enums are foreign and grow; what is not named means the same"
)]
fn of_xml(error: quick_xml::Error, open: Option<String>) -> TwimlFault {
    match error {
        quick_xml::Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            TwimlFault::ClosesNothing {
                found,
                open: Some(expected),
            }
        }
        quick_xml::Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
            TwimlFault::ClosesNothing { found, open: None }
        }
        quick_xml::Error::IllFormed(IllFormedError::UnclosedReference) => TwimlFault::Ampersand,
        quick_xml::Error::Syntax(
            SyntaxError::UnclosedSingleQuotedAttributeValue
            | SyntaxError::UnclosedDoubleQuotedAttributeValue,
        ) => TwimlFault::OpenQuote,
        quick_xml::Error::Syntax(SyntaxError::UnclosedTag) => TwimlFault::OpenTag,
        quick_xml::Error::Syntax(SyntaxError::UnclosedComment) => TwimlFault::OpenComment,
        _ => TwimlFault::NotXml(open),
    }
}

#[cfg(test)]
mod tests;
