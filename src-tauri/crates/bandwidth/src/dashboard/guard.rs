//! Checks an XML document before it is parsed: it must be well-formed, shallow, and without a DTD.
//!
//! Entities are declared in a DTD, so without one there is no entity expansion.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Maximum nesting depth of elements; the deepest documented response has eight levels.
const DEEPEST: usize = 32;

/// Returns the name of the root element, or a fixed phrase that says what is wrong with the
/// document.
#[cfg(test)]
pub(super) fn root(text: &str) -> Result<String, &'static str> {
    walk(text, &mut |_, _| {})
}

/// Parses a document and calls `each` for each event, with the names of the enclosing elements,
/// including the element itself. Returns the root's name.
pub(super) fn walk(
    text: &str,
    each: &mut dyn FnMut(&[String], &Event<'_>),
) -> Result<String, &'static str> {
    let start = text.trim_start();
    if start.is_empty() {
        return Err("nothing");
    }
    if !start.starts_with('<') {
        return Err("text that is not XML");
    }
    if is_web_page(start) {
        return Err("a web page in place of XML");
    }
    let mut reader = Reader::from_str(text);
    let mut root = None;
    let mut path: Vec<String> = Vec::new();
    loop {
        let event = reader
            .read_event()
            .map_err(|_| "XML that is not well-formed")?;
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                if path.is_empty() && root.is_some() {
                    return Err("XML with two roots");
                }
                if path.len() == DEEPEST {
                    return Err("XML that is nested too deeply");
                }
                path.push(start.local_name().as_ref().to_owned());
                if root.is_none() {
                    root.clone_from(&path.first().cloned());
                }
            }
            Event::DocType(_) => return Err("XML with a DTD"),
            Event::GeneralRef(reference) if !is_predefined(reference) => {
                return Err("XML with an entity of its own");
            }
            Event::Text(text) if path.is_empty() && !text.trim().is_empty() => {
                return Err("XML with text around it");
            }
            Event::CData(_) | Event::GeneralRef(_) if path.is_empty() => {
                return Err("XML with text around it");
            }
            Event::Eof => break,
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::End(_)
            | Event::GeneralRef(_)
            | Event::PI(_)
            | Event::Text(_) => {}
        }
        each(&path, &event);
        if matches!(event, Event::End(_) | Event::Empty(_)) {
            path.pop();
        }
    }
    if !path.is_empty() {
        return Err("XML that breaks off");
    }
    root.ok_or("XML without an element")
}

fn is_predefined(reference: &str) -> bool {
    matches!(reference, "amp" | "lt" | "gt" | "apos" | "quot") || reference.starts_with('#')
}

fn is_web_page(start: &str) -> bool {
    let head: String = start
        .chars()
        .take(15)
        .collect::<String>()
        .to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_bomb_is_refused_before_it_is_read() {
        let bomb = r#"<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><b>&b;</b>"#;

        assert_eq!(root(bomb), Err("XML with a DTD"));
        assert_eq!(root("<b>&b;</b>"), Err("XML with an entity of its own"));
        assert_eq!(root("<b>&amp;&#65;&#x41;&lt;</b>"), Ok("b".to_owned()));
    }

    #[test]
    fn what_is_no_document_is_named() {
        assert_eq!(root(" \n"), Err("nothing"));
        assert_eq!(root("{}"), Err("text that is not XML"));
        assert_eq!(
            root("<!DOCTYPE html><html>"),
            Err("a web page in place of XML")
        );
        assert_eq!(root("<HTML><body>"), Err("a web page in place of XML"));
        assert_eq!(root("<a><b></a>"), Err("XML that is not well-formed"));
        assert_eq!(root("<a><b>"), Err("XML that breaks off"));
        assert_eq!(root("<a/><b/>"), Err("XML with two roots"));
        assert_eq!(root("<a/> tail"), Err("XML with text around it"));
        assert_eq!(root("<a/>&amp;"), Err("XML with text around it"));
        assert_eq!(root("<a></a>\n<!-- -->\n"), Ok("a".to_owned()));
        assert_eq!(root("<!-- -->"), Err("XML without an element"));
    }

    #[test]
    fn a_million_levels_are_refused_without_a_stack_for_them() {
        assert_eq!(
            root(&"<a>".repeat(1_000_000)),
            Err("XML that is nested too deeply")
        );
    }
}
