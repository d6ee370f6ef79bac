//! Finds the error in a document, in each of the shapes used by Bandwidth and the gateways in front
//! of it.
//!
//! The document is read as a stream of events rather than into a fixed structure, so that the error
//! is found even if an element is repeated or misplaced.

use quick_xml::events::Event;

use super::guard;

/// Elements that contain only errors, as the root or directly below it.
const ERRORS: [&str; 3] = ["Errors", "ErrorList", "Error"];

/// Elements that contain a code. The second name is used for number orders.
const CODES: [&str; 2] = ["ErrorCode", "Code"];

/// Elements that contain a description.
const WORDS: [&str; 2] = ["Description", "Message"];

/// The error information in a document.
#[derive(Debug, Default)]
pub(super) struct Envelope {
    /// The root's name.
    pub(super) root: String,
    /// The names of the elements directly below the root that aren't about errors.
    pub(super) payload: Vec<String>,
    status: Said,
    bare: Said,
    listed: Said,
    /// There is an `Error` element, whatever it contains.
    has_error: bool,
}

/// A code and a description found in one of the possible places.
#[derive(Debug, Default)]
struct Said {
    code: Option<String>,
    words: Option<String>,
}

/// A place where a code and a description may be.
#[derive(Clone, Copy)]
enum Place {
    /// Directly below the root.
    Bare,
    /// In a list of errors.
    Listed,
    /// In `ResponseStatus`.
    Status,
}

impl Envelope {
    /// Parses a document, or returns a fixed phrase that says why it can't be parsed.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let mut envelope = Self::default();
        envelope.root = guard::walk(text, &mut |path, event| envelope.take(path, event))?;
        for said in [
            &mut envelope.status,
            &mut envelope.bare,
            &mut envelope.listed,
        ] {
            for text in [&mut said.code, &mut said.words] {
                *text = super::wire::filled(text.take());
            }
        }
        Ok(envelope)
    }

    /// Returns Bandwidth's error code. In places, 0 is sent for 'no error'.
    pub(super) fn code(&self) -> Option<u32> {
        [&self.status, &self.bare, &self.listed]
            .into_iter()
            .filter_map(|said| said.code.as_deref()?.parse().ok())
            .find(|code| *code != 0)
    }

    /// Returns the error's description.
    pub(super) fn words(&self) -> Option<&str> {
        [&self.listed, &self.status, &self.bare]
            .into_iter()
            .find_map(|said| said.words.as_deref())
    }

    /// Returns whether it reports an error: any code other than 0, or anything in a list of errors.
    pub(super) fn is_error(&self) -> bool {
        let named = |said: &Said| {
            let code = said.code.as_deref();
            code.is_some_and(|code| code.parse::<u64>() != Ok(0))
        };
        let listed = self.listed.words.is_some() && self.listed.code.is_none();
        self.has_error
            || listed
            || [&self.status, &self.bare, &self.listed]
                .into_iter()
                .any(named)
    }

    /// Returns whether it contains a message about the request but none of the requested data.
    pub(super) fn is_words_alone(&self) -> bool {
        self.payload.is_empty() && self.words().is_some()
    }

    fn take(&mut self, path: &[String], event: &Event<'_>) {
        match event {
            Event::Start(start) | Event::Empty(start) => {
                let Some((place, leaf)) = place(path) else {
                    if let [_, child] = path {
                        self.payload.push(child.clone());
                    }
                    return;
                };
                self.has_error |= leaf == "Error";
                if WORDS.contains(&leaf) {
                    // Separates the descriptions of several errors.
                    self.say(place, leaf, " ");
                }
                for attribute in start.attributes().flatten() {
                    let name = attribute.key.local_name();
                    self.say(place, name.as_ref(), &attribute.value);
                }
            }
            Event::Text(text) => self.take_text(path, text),
            Event::CData(text) => self.take_text(path, text),
            Event::GeneralRef(reference) => {
                let letter = match &**reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "apos" => Some('\''),
                    "quot" => Some('"'),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                self.take_text(path, &letter.map_or_else(String::new, String::from));
            }
            Event::Comment(_)
            | Event::Decl(_)
            | Event::DocType(_)
            | Event::End(_)
            | Event::Eof
            | Event::PI(_) => {}
        }
    }

    fn take_text(&mut self, path: &[String], text: &str) {
        let Some((place, leaf)) = place(path) else {
            return;
        };
        // Text directly inside the list or an error counts as a description.
        let leaf = if ERRORS.contains(&leaf) {
            WORDS[0]
        } else {
            leaf
        };
        self.say(place, leaf, text);
    }

    fn say(&mut self, place: Place, name: &str, text: &str) {
        let said = match place {
            Place::Bare => &mut self.bare,
            Place::Listed => &mut self.listed,
            Place::Status => &mut self.status,
        };
        let is = |known: &&str| name.eq_ignore_ascii_case(known);
        if CODES.iter().any(is) {
            // If there are several errors, the first one's code is used, and all descriptions are
            // kept.
            let first = said.code.get_or_insert_default();
            if first.is_empty() {
                text.trim().clone_into(first);
            }
        } else if WORDS.iter().any(is) {
            said.words.get_or_insert_default().push_str(text);
        }
    }
}

/// Returns the place that an element belongs to and its own name, if it is about an error. A
/// credential that is repeated inside an error isn't.
fn place(path: &[String]) -> Option<(Place, &str)> {
    let leaf = path.last()?.as_str();
    if path.iter().any(|name| name == "SipCredential") {
        return None;
    }
    let mut top = path.iter().take(2).map(String::as_str);
    if top.clone().any(|name| ERRORS.contains(&name)) {
        return Some((Place::Listed, leaf));
    }
    if top.any(|name| name == "ResponseStatus") {
        return Some((Place::Status, leaf));
    }
    let is_bare = path.len() == 2 && (CODES.contains(&leaf) || WORDS.contains(&leaf));
    is_bare.then_some((Place::Bare, leaf))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_words_are_found_in_every_shape() {
        for text in [
            "<R><ResponseStatus><ErrorCode>7</ErrorCode><Description>no &amp; no</Description></ResponseStatus></R>",
            "<R><Errors><ErrorCode>7</ErrorCode><Description>no &#38; no</Description></Errors></R>",
            "<R><Errors><Code>7</Code><Message>no <![CDATA[&]]> no</Message></Errors></R>",
            "<R><Errors code='7'>no &amp; no</Errors></R>",
            "<R><Errors><Error><Code>7</Code><Description>no &amp; no</Description></Error></Errors></R>",
            "<R><Errors><Error errorCode='7'>no &amp; no</Error></Errors></R>",
            "<R><ErrorList><Error><Code>7</Code><Code>8</Code><Description>no &amp; no</Description></Error></ErrorList></R>",
            "<Errors><Error><Code>7</Code><Description>no &amp; no</Description></Error></Errors>",
            "<Error><Code>7</Code><Message>no &amp; no</Message></Error>",
            "<R><ErrorCode>7</ErrorCode><Description>no &amp; no</Description></R>",
            "<a:R xmlns:a='x'><a:Errors><a:Code>7</a:Code><a:Description>no &amp; no</a:Description></a:Errors></a:R>",
        ] {
            let envelope = read(text);

            assert!(envelope.is_error(), "{text}");
            assert_eq!(envelope.code(), Some(7), "{text}");
            assert_eq!(envelope.words(), Some("no & no"), "{text}");
        }
    }

    #[test]
    fn any_sign_of_an_error_is_an_error() {
        for text in [
            "<R><Errors>no</Errors></R>",
            "<R><Errors><Description>no</Description></Errors></R>",
            "<R><Errors><Error/></Errors></R>",
            "<R><ResponseStatus><ErrorCode>DENIED</ErrorCode></ResponseStatus></R>",
            "<R><ErrorCode>99999999999</ErrorCode></R>",
        ] {
            let envelope = read(text);

            assert!(envelope.is_error(), "{text}");
            assert_eq!(envelope.code(), None, "{text}");
        }
    }

    #[test]
    fn what_names_no_error_is_none() {
        for text in [
            "<R/>",
            "<R><Errors/></R>",
            "<R><Errors> \n </Errors></R>",
            "<R><Errors><ErrorCode>0</ErrorCode><Description>Success</Description></Errors></R>",
            "<R><ResponseStatus><ErrorCode>0</ErrorCode></ResponseStatus></R>",
            // The settings mention earlier failures, which aren't responses to this request.
            "<R><SipAuthentication><Errors><Error><Code>26001</Code></Error></Errors></SipAuthentication></R>",
            "<R><Realm><Description>an Error</Description></Realm></R>",
        ] {
            assert!(!read(text).is_error(), "{text}");
        }
    }

    #[test]
    fn words_alone_are_told_from_words_beside_a_result() {
        let words = "<ResponseStatus><Description>gone</Description></ResponseStatus>";

        assert!(read(&format!("<R>{words}</R>")).is_words_alone());
        assert!(!read(&format!("<R>{words}<Realm/></R>")).is_words_alone());
        assert!(!read("<R/>").is_words_alone());
    }

    fn read(text: &str) -> Envelope {
        Envelope::read(text).unwrap()
    }
}
