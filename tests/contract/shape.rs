//! The shape of an XML document: its elements, in order.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Returns one line an element, indented by its depth. Equal neighbors count once, because a list
/// of three has the shape of a list of two. Fails where the document is not well formed.
pub(crate) fn shape(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Element::named(start.name().as_ref())),
            Event::Empty(empty) => open
                .last_mut()
                .unwrap()
                .add(Element::named(empty.name().as_ref())),
            Event::End(_) => {
                let closed = open.pop().unwrap();
                open.last_mut().unwrap().add(closed);
            }
            Event::Eof => break,
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::DocType(_)
            | Event::GeneralRef(_)
            | Event::PI(_)
            | Event::Text(_) => {}
        }
    }
    let mut lines = String::new();
    open.pop().unwrap().write(0, &mut lines);
    assert!(open.is_empty(), "every element was closed");
    lines
}

#[derive(Default, PartialEq)]
struct Element {
    name: String,
    inside: Vec<Element>,
}

impl Element {
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            inside: Vec::new(),
        }
    }

    fn add(&mut self, element: Element) {
        if self.inside.last() != Some(&element) {
            self.inside.push(element);
        }
    }

    fn write(&self, depth: usize, lines: &mut String) {
        for element in &self.inside {
            lines.push_str(&"  ".repeat(depth));
            lines.push_str(&element.name);
            lines.push('\n');
            element.write(depth + 1, lines);
        }
    }
}

#[test]
fn shape_shows_order_and_depth_without_text_and_repetition() {
    let one = shape("<a><b>1</b><b>2</b><c/></a>");

    assert_eq!(one, "a\n  b\n  c\n");
    assert_eq!(one, shape("<a><b/><c>x</c></a>"));
    assert_ne!(one, shape("<a><c/><b/></a>"));
    assert_ne!(one, shape("<a><b><c/></b></a>"));
}
