//! Parsers for the XML-based formats.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Setting;

/// An element: how deep it stands, its name, its attributes, and its own text.
struct Element {
    depth: usize,
    name: String,
    attributes: Vec<Setting>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads a document, in the order in which its elements begin.
fn elements(text: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(text);
    let mut all: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let begin = |start: &BytesStart<'_>, depth: usize| Element {
        depth,
        name: start.name().as_ref().to_owned(),
        attributes: (start.attributes())
            .map(|attribute| {
                let attribute = attribute.unwrap();
                let name = attribute.key.as_ref().to_owned();
                let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
                (name, value.unwrap().into_owned())
            })
            .collect(),
        text: String::new(),
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                all.push(begin(&start, open.len()));
                open.push(all.len() - 1);
            }
            Event::Empty(start) => all.push(begin(&start, open.len())),
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => {
                if let Some(own) = open.last() {
                    all[*own].text.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                let letter = match &*reference.xml10_content() {
                    "amp" => '&',
                    "apos" => '\'',
                    "gt" => '>',
                    "lt" => '<',
                    "quot" => '"',
                    other => panic!("{other} is no entity of XML"),
                };
                all[*open.last().unwrap()].text.push(letter);
            }
            Event::Eof => return all,
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::DocType(_)
            | Event::PI(_) => {}
        }
    }
}

/// Returns names and texts of the deepest elements, which are the settings.
pub(super) fn leaves(text: &str) -> Vec<Setting> {
    let all = elements(text);
    let deepest = all.iter().map(|element| element.depth).max();
    let leaves = all
        .into_iter()
        .filter(|element| Some(element.depth) == deepest);
    leaves.map(|element| (element.name, element.text)).collect()
}

/// Returns the settings of the whole phone, marked as such, and those of its lines.
pub(super) fn fanvil(text: &str) -> Vec<Setting> {
    let mut read = Vec::new();
    for element in elements(text) {
        match (element.depth, element.name.as_str()) {
            (2, "line") => assert_eq!(element.attribute("index"), Some("1")),
            (2, name) => read.push((format!("sip/{name}"), element.text)),
            (3, _) => read.push((element.name, element.text)),
            _ => {}
        }
    }
    read
}

/// Returns the settings of elements that have name and value in attributes.
pub(super) fn named(text: &str) -> Option<Vec<Setting>> {
    let all = elements(text);
    let own = all.iter().filter(|own| own.name == "param");
    own.map(|own| {
        Some((
            own.attribute("name")?.to_owned(),
            own.attribute("value")?.to_owned(),
        ))
    })
    .collect()
}

pub(super) fn linphone(text: &str) -> Vec<Setting> {
    let mut section = String::new();
    let mut read = Vec::new();
    for element in elements(text) {
        let name = element.attribute("name").unwrap_or_default().to_owned();
        match element.name.as_str() {
            "section" => section = name,
            "entry" => read.push((format!("{section}/{name}"), element.text)),
            _ => {}
        }
    }
    read
}

pub(super) fn obihai(text: &str) -> Vec<Setting> {
    let mut read: Vec<Setting> = Vec::new();
    let mut object = String::new();
    for element in elements(text) {
        match (element.depth, element.name.as_str()) {
            (2, "Name") => object = element.text,
            (3, "Name") => read.push((format!("{object}/{}", element.text), String::new())),
            (3, "Value") => read.last_mut().unwrap().1 = element.text,
            _ => {}
        }
    }
    read
}

pub(super) fn poly(text: &str) -> Option<Vec<Setting>> {
    let mut all = elements(text).into_iter();
    all.find(|element| element.name == "ALL")
        .map(|element| element.attributes)
}
