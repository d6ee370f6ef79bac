//! What Twilio plays once a call is answered, checked before anything is sent.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::{IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};
use url::Url;

use crate::names::trimmed;

/// Twilio's limit for `TwiML`, in characters.
const LONGEST_TWIML: usize = 4000;

/// Longest address that is taken, in bytes.
const LONGEST_URL: usize = 4000;

/// How deep elements may lie in one another; `TwiML` nests three levels.
const DEEPEST: usize = 16;

/// The verbs of `TwiML` for calls, and their nouns (twilio.com/docs/voice/twiml). The list may grow.
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

/// What Twilio plays once the call is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Instructions in `TwiML`, at most 4,000 characters.
    Twiml(String),
    /// An address where Twilio fetches them.
    Url(Url),
}

/// What the called person hears unless something else is chosen.
const STANDARD: &str =
    "<Response><Say>This is the test call of SIP Registrar Setup. Goodbye.</Say></Response>";

impl Message {
    /// Returns the app's own words.
    #[must_use]
    pub fn standard() -> Self {
        Self::Twiml(STANDARD.to_owned())
    }

    /// Reads a typed address, http or https, or says in a sentence what is wrong with it.
    pub fn url(typed: &str) -> Result<Self, &'static str> {
        let typed = trimmed(typed);
        if typed.is_empty() {
            return Err("Enter the address where Twilio finds the TwiML.");
        }
        let url = (typed.len() <= LONGEST_URL)
            .then(|| Url::parse(typed).ok())
            .flatten()
            .ok_or("Enter a whole address, such as https://example.com/twiml.xml.")?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err("Enter an address that begins with http:// or https://.");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("Leave the user name and the password out of the address.");
        }
        Ok(Self::Url(url))
    }

    /// Reads typed `TwiML`, or says in a sentence what is wrong with it and where.
    pub fn twiml(typed: &str) -> Result<Self, String> {
        let text = typed.trim();
        if text.is_empty() {
            return Err("Enter TwiML, such as <Response><Say>Hello</Say></Response>.".to_owned());
        }
        if text.chars().count() > LONGEST_TWIML {
            return Err("Shorten the TwiML: Twilio takes at most 4,000 characters.".to_owned());
        }
        // Places are counted in what was typed.
        match fault(typed) {
            None => Ok(Self::Twiml(text.to_owned())),
            Some(Fault { at, what }) => {
                let before = typed.get(..at).unwrap_or(typed);
                let line = before.matches('\n').count() + 1;
                let column = before
                    .chars()
                    .rev()
                    .take_while(|letter| *letter != '\n')
                    .count()
                    + 1;
                Err(format!("Line {line}, column {column}: {what}"))
            }
        }
    }

    /// Returns typed `TwiML` as it may be written to a file: not at all where a secret may stand in it.
    #[must_use]
    pub fn twiml_for_a_file(typed: &str) -> String {
        let message = Self::Twiml(typed.to_owned());
        if message.may_hold_a_secret() {
            return String::new();
        }
        typed.to_owned()
    }

    /// Returns whether a secret may stand in it: it is shown as dots then.
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

/// Something that Twilio would refuse.
struct Fault {
    /// Where it begins, in bytes.
    at: usize,
    what: Cow<'static, str>,
}

fn fault(text: &str) -> Option<Fault> {
    let at = |place: u64| usize::try_from(place).unwrap_or(text.len()).min(text.len());
    let found = |at: usize, what: &'static str| {
        let what = Cow::Borrowed(what);
        Some(Fault { at, what })
    };
    let mut reader = Reader::from_str(text);
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut has_root = false;
    loop {
        let start = at(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let place = at(reader.error_position());
                let what = in_words(&error, open.last().map(|(name, _)| name.as_str()));
                return Some(Fault { at: place, what });
            }
        };
        match event {
            Event::Start(tag) => {
                if let Some(fault) = tag_fault(&tag, start, open.is_empty(), has_root) {
                    return Some(fault);
                }
                if open.len() == DEEPEST {
                    return found(start, "too many elements lie in one another.");
                }
                has_root = true;
                open.push((tag.name().as_ref().to_owned(), start));
            }
            Event::Empty(tag) => {
                if let Some(fault) = tag_fault(&tag, start, open.is_empty(), has_root) {
                    return Some(fault);
                }
                has_root = true;
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(words) if open.is_empty() => {
                let blank = words.len() - words.trim_start().len();
                if blank < words.len() {
                    return found(start + blank, "text stands outside of <Response>.");
                }
            }
            Event::CData(_) if open.is_empty() => {
                return found(start, "text stands outside of <Response>.");
            }
            Event::GeneralRef(name) => {
                let known = matches!(&*name, "amp" | "lt" | "gt" | "apos" | "quot");
                if !known && !matches!(name.resolve_char_ref(), Ok(Some(_))) {
                    return found(start, "write & as &amp;.");
                }
            }
            Event::DocType(_) => return found(start, "leave out the DOCTYPE."),
            Event::Eof => break,
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::Text(_) => {}
        }
    }
    if let Some((name, at)) = open.pop() {
        let what = Cow::Owned(format!("<{name}> is never closed."));
        return Some(Fault { at, what });
    }
    if has_root {
        None
    } else {
        found(0, "begin with <Response>.")
    }
}

fn tag_fault(tag: &BytesStart<'_>, at: usize, is_root: bool, has_root: bool) -> Option<Fault> {
    let name = tag.name();
    let name = name.as_ref();
    let found = |what: String| {
        let what = Cow::Owned(what);
        Some(Fault { at, what })
    };
    if is_root && has_root {
        return found("everything belongs into one <Response>.".to_owned());
    }
    if is_root && name != "Response" {
        return found(format!("begin with <Response>, not with <{name}>."));
    }
    let twin = VERBS.iter().find(|verb| verb.eq_ignore_ascii_case(name));
    if let Some(verb) = twin.filter(|verb| **verb != name) {
        return found(format!("write <{verb}>, not <{name}>."));
    }
    for attribute in tag.attributes() {
        let Ok(attribute) = attribute else {
            return found(format!(
                "each attribute of <{name}> needs a value in quotes, and a name of its own."
            ));
        };
        if attribute.value.contains('<') || quick_xml::escape::unescape(&attribute.value).is_err() {
            return found(format!(
                "in an attribute of <{name}>, write & as &amp; and < as &lt;."
            ));
        }
    }
    None
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the enums are foreign and grow; what is not named means the same"
)]
fn in_words(error: &quick_xml::Error, open: Option<&str>) -> Cow<'static, str> {
    match error {
        quick_xml::Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!("</{found}> closes nothing here; <{expected}> is open.").into()
        }
        quick_xml::Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
            format!("</{name}> closes nothing.").into()
        }
        quick_xml::Error::IllFormed(IllFormedError::UnclosedReference) => {
            "write & as &amp;.".into()
        }
        quick_xml::Error::Syntax(
            SyntaxError::UnclosedSingleQuotedAttributeValue
            | SyntaxError::UnclosedDoubleQuotedAttributeValue,
        ) => "a quote is never closed.".into(),
        quick_xml::Error::Syntax(SyntaxError::UnclosedTag) => {
            "a tag is never closed with >.".into()
        }
        quick_xml::Error::Syntax(SyntaxError::UnclosedComment) => {
            "a comment is never closed with -->.".into()
        }
        _ => match open {
            Some(name) => format!("this isn't XML, inside of <{name}>.").into(),
            None => "this isn't XML.".into(),
        },
    }
}

#[cfg(test)]
mod tests;
