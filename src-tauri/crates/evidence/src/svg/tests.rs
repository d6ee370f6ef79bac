use std::collections::BTreeSet;
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::*;
use crate::samples::{HOSTILE, ends, hostile, trace};

/// Everything that is in a drawing: its elements, the names of their attributes, its texts in their
/// order, and where each line of text stands.
#[derive(Default)]
struct Seen {
    elements: BTreeSet<String>,
    attributes: BTreeSet<String>,
    text: String,
    height: f64,
    lowest: f64,
}

impl Seen {
    fn of(drawing: &str) -> Self {
        let mut seen = Self::default();
        let mut reader = Reader::from_str(drawing);
        let mut in_style = false;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(element) => {
                    in_style = element.name().as_ref() == "style";
                    seen.element(&element);
                }
                Event::Empty(element) => seen.element(&element),
                Event::End(_) => in_style = false,
                Event::Text(text) if !in_style => seen.text.push_str(&text),
                Event::GeneralRef(name) => {
                    let letter = match &*name {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "#39" => '\'',
                        other => panic!("&{other}; stands in the drawing"),
                    };
                    seen.text.push(letter);
                }
                Event::Text(_) => {}
                Event::Eof => return seen,
                other @ (Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::DocType(_)
                | Event::PI(_)) => panic!("{other:?} stands in the drawing"),
            }
        }
    }

    fn element(&mut self, element: &BytesStart<'_>) {
        let name = element.name().as_ref().to_owned();
        for attribute in element.attributes() {
            let attribute = attribute.unwrap();
            let key = attribute.key.as_ref().to_owned();
            let value = attribute.value.to_string();
            match (name.as_str(), key.as_str()) {
                ("svg", "height") => self.height = value.parse().unwrap(),
                ("tspan", "y") => self.lowest = self.lowest.max(value.parse().unwrap()),
                _ => {}
            }
            self.attributes.insert(key);
        }
        self.elements.insert(name);
    }
}

#[test]
fn a_drawing_holds_nothing_but_text_lines_and_areas() {
    let endless = "W".repeat(10_000);
    let words = "word ".repeat(2_000);
    for trace in [
        trace(0),
        trace(4),
        trace(200),
        hostile(HOSTILE),
        hostile(&endless),
        hostile(&words),
        hostile(""),
    ] {
        let drawing = drawing(&trace);
        let seen = Seen::of(&drawing);

        for element in &seen.elements {
            let known = [
                "desc", "g", "path", "rect", "style", "svg", "text", "title", "tspan",
            ];
            assert!(known.contains(&element.as_str()), "<{element}>");
        }
        for attribute in &seen.attributes {
            assert!(
                !attribute.starts_with("on") && !attribute.contains("href"),
                "{attribute}"
            );
        }
        let elsewhere = drawing.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assert!(!elsewhere.contains("://") && !elsewhere.contains("url("));
        assert!(seen.lowest < seen.height, "all is on the paper");
        assert!(drawing.len() < 4_000_000, "{}", drawing.len());
    }
}

#[test]
fn text_that_acts_elsewhere_is_shown_as_text() {
    let seen = Seen::of(&drawing(&hostile(HOSTILE)));

    assert!(
        seen.text
            .contains("<script>alert(1)</script> & \"quotes\" 'single'")
    );
    assert!(!seen.text.contains([
        '\u{1b}', '\u{7}', '\u{0}', '\u{202e}', '\u{2066}', '\u{fffe}'
    ]),);
}

#[test]
fn text_is_read_in_the_order_in_which_it_happened() {
    let text = Seen::of(&drawing(&trace(4))).text;

    let mut from = 0;
    for part in [
        "Full registration check of bob",
        "Practice: nothing here is real.",
        "✓ The registrar accepted the credential.",
        "Likely causes",
        "Next step: Enter the same values in the phone.",
        "Message chart",
        "This computer",
        "Registrar",
        "Message 1, this computer to the registrar",
        "UDP, 192.0.2.7:40000 to 203.0.113.5:5006",
        "1. REGISTER",
        "+0.000 ms",
        "This computer contacts",
        "Message 2, the registrar to this computer",
        "1.234 ms later",
        "2. 401 Unauthorized",
        "+1.234 ms",
        "The registrar asks this computer",
        "4. 200 OK ✓",
        "Full messages",
        "1. REGISTER, this computer to the registrar, +0.000 ms",
        "Max-Forwards: 70",
        "2. 401 Unauthorized, the registrar to this computer, +1.234 ms",
        "WWW-Authenticate: Digest realm=\"office",
        "Created by SIP Registrar Setup.",
    ] {
        let at = text[from..].find(part);
        assert!(at.is_some(), "{part} is missing behind {from} in\n{text}");
        from += at.unwrap();
    }
}

#[test]
fn lines_of_text_never_stand_on_one_another() {
    let endless = "Wide letters without an end ".repeat(40) + &"W".repeat(500);
    let mut other_ends = trace(8);
    other_ends.messages[3].ends = Some(ends("[2001:db8::7]:40001", "[2001:db8::5]:5006"));
    for trace in [trace(3), trace(40), hostile(&endless), other_ends] {
        let drawing = drawing(&trace);
        let mut before: [f64; 3] = [0.0; 3];
        for line in drawing.lines().filter(|line| line.starts_with("<tspan")) {
            let value = |name: &str| -> f64 {
                let (_, behind) = line.split_once(&format!(" {name}=\"")).unwrap();
                behind.split_once('"').unwrap().0.parse().unwrap()
            };
            let (x, y) = (value("x"), value("y"));
            // Names of facts and times, what stands beside them, and the registrar's name.
            let column = match x {
                x if x <= 180.0 => 0,
                x if x <= 520.0 => 1,
                _ => 2,
            };
            let gap = y - before[column];
            assert!(
                gap >= 11.0 || gap == 0.0 && before[column] < 200.0,
                "{gap} px to the line above: {line}"
            );
            before[column] = y;
        }
    }
}

#[test]
fn a_message_that_is_too_long_to_draw_says_where_the_rest_is() {
    let mut trace = trace(1);
    for number in 0..500 {
        let _ = writeln!(trace.messages[0].text, "X-{number}: y");
    }

    let text = Seen::of(&drawing(&trace)).text;

    assert!(text.contains("X-20: y") && !text.contains("X-400: y"));
    assert!(text.contains("… the rest is in the text log"));
}
