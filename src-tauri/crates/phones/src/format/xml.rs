//! XML-based formats.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::fanvil_version;
use crate::refusal::{Cause, Refusal};
use crate::settings::Entry;

/// An attribute: its name and its value.
type Attribute<'a> = (&'a str, &'a str);

/// `section/entry` in sections.
pub(super) fn linphone(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut xml = Xml::new(entries)?;
    xml.open(
        "config",
        &[("xmlns", "http://www.linphone.org/xsds/lpconfig.xsd")],
    );
    for section in entries.chunk_by(|one, other| group(one) == group(other)) {
        xml.open("section", &[("name", group(&section[0]))]);
        for entry in section {
            let attributes = [("name", name(entry)), ("overwrite", "true")];
            xml.leaf("entry", &attributes, &entry.text);
        }
        xml.close("section");
    }
    xml.close("config");
    Ok(xml.finish())
}

/// All settings as attributes of one element, whose name doesn't matter.
pub(super) fn poly(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut xml = Xml::new(entries)?;
    xml.open("PHONE_CONFIG", &[]);
    let settings: Vec<_> = (entries.iter())
        .map(|entry| (entry.key, entry.text.as_str()))
        .collect();
    xml.empty("ALL", &settings);
    xml.close("PHONE_CONFIG");
    Ok(xml.finish())
}

/// An element for each P value.
pub(super) fn grandstream(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut xml = Xml::new(entries)?;
    xml.open("gs_provision", &[("version", "1")]);
    xml.open("config", &[("version", "1")]);
    for entry in entries {
        xml.leaf(entry.key, &[], &entry.text);
    }
    xml.close("config");
    xml.close("gs_provision");
    Ok(xml.finish())
}

/// One account on a single line, which keeps the image small.
pub(super) fn grandstream_wave(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut xml = Xml::on_one_line(entries)?;
    xml.open("AccountConfig", &[("version", "1")]);
    xml.open("Account", &[]);
    for entry in entries {
        xml.leaf(entry.key, &[], &entry.text);
    }
    xml.close("Account");
    xml.close("AccountConfig");
    Ok(xml.finish())
}

/// One element per setting. Multiplatform firmware also requires who may change it.
pub(super) fn cisco(entries: &[Entry], attributes: &[Attribute<'_>]) -> Result<Vec<u8>, Refusal> {
    let mut xml = Xml::new(entries)?;
    xml.open("flat-profile", &[]);
    for entry in entries {
        xml.leaf(entry.key, attributes, &entry.text);
    }
    xml.close("flat-profile");
    Ok(xml.finish())
}

/// An element for each setting of the first identity, which the user may change.
pub(super) fn snom(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut xml = Xml::new(entries)?;
    xml.open("settings", &[]);
    xml.open("phone-settings", &[]);
    for entry in entries {
        xml.leaf(entry.key, &[("idx", "1"), ("perm", "")], &entry.text);
    }
    xml.close("phone-settings");
    xml.close("settings");
    Ok(xml.finish())
}

/// An element for each setting: first those of the whole phone, then those of its first line.
pub(super) fn fanvil(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut xml = Xml::new(entries)?;
    xml.open("sysConf", &[]);
    xml.leaf("Version", &[], &fanvil_version(entries));
    xml.open("sip", &[]);
    let (of_phone, of_line): (Vec<_>, Vec<_>) =
        entries.iter().partition(|entry| group(entry) == "sip");
    for entry in of_phone {
        xml.leaf(name(entry), &[], &entry.text);
    }
    xml.open("line", &[("index", "1")]);
    for entry in of_line {
        xml.leaf(entry.key, &[], &entry.text);
    }
    xml.close("line");
    xml.close("sip");
    xml.close("sysConf");
    Ok(xml.finish())
}

/// An element with name and value for each setting.
pub(super) fn gigaset(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut xml = Xml::new(entries)?;
    xml.open("provisioning", &[("version", "1.1"), ("productID", "e2")]);
    xml.open("nvm", &[]);
    for entry in entries {
        xml.empty("param", &[("name", entry.key), ("value", &entry.text)]);
    }
    xml.close("nvm");
    xml.close("provisioning");
    Ok(xml.finish())
}

/// `Object./Name` in objects.
pub(super) fn obihai(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut xml = Xml::new(entries)?;
    xml.open("ParameterList", &[]);
    for object in entries.chunk_by(|one, other| group(one) == group(other)) {
        xml.open("Object", &[]);
        xml.leaf("Name", &[], group(&object[0]));
        for entry in object {
            xml.open("ParameterValueStruct", &[]);
            xml.leaf("Name", &[], name(entry));
            xml.leaf("Value", &[], &entry.text);
            xml.close("ParameterValueStruct");
        }
        xml.close("Object");
    }
    xml.close("ParameterList");
    Ok(xml.finish())
}

/// An element with name and value for each setting of one gateway.
pub(super) fn freeswitch(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    if let Some(entry) = entries.iter().find(|entry| entry.text.contains("$$")) {
        return Err(entry.refuse(Cause::Dollars));
    }
    let mut xml = Xml::new(entries)?;
    xml.open("include", &[]);
    xml.open("gateway", &[("name", "bandwidth")]);
    for entry in entries {
        xml.empty("param", &[("name", entry.key), ("value", &entry.text)]);
    }
    xml.close("gateway");
    xml.close("include");
    Ok(xml.finish())
}

/// Returns the part of a key before the slash.
fn group(entry: &Entry) -> &'static str {
    entry.key.split_once('/').map_or("", |(group, _)| group)
}

/// Returns the part of a key after the slash.
fn name(entry: &Entry) -> &'static str {
    entry
        .key
        .split_once('/')
        .map_or(entry.key, |(_, name)| name)
}

/// A document being written to memory, which can't fail.
struct Xml {
    writer: Writer<Vec<u8>>,
    ends_with_line: bool,
}

impl Xml {
    /// Starts a document, unless its content can't be represented in XML (XML 1.0 section 2.2).
    fn new(entries: &[Entry]) -> Result<Self, Refusal> {
        Self::begin(entries, Writer::new_with_indent(Vec::new(), b' ', 2), true)
    }

    fn on_one_line(entries: &[Entry]) -> Result<Self, Refusal> {
        Self::begin(entries, Writer::new(Vec::new()), false)
    }

    fn begin(
        entries: &[Entry],
        writer: Writer<Vec<u8>>,
        ends_with_line: bool,
    ) -> Result<Self, Refusal> {
        for entry in entries {
            let odd = |letter: &char| matches!(letter, '\u{fffe}' | '\u{ffff}');
            if let Some(odd) = entry.text.chars().find(odd) {
                return Err(entry.refuse(Cause::Character(odd)));
            }
        }
        let mut xml = Self {
            writer,
            ends_with_line,
        };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        Ok(xml)
    }

    fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.write(Event::Start(start));
    }

    fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.write(Event::Empty(start));
    }

    fn leaf(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.open(name, attributes);
        self.write(Event::Text(BytesText::new(text)));
        self.close(name);
    }

    fn write(&mut self, event: Event<'_>) {
        let written = self.writer.write_event(event);
        debug_assert!(written.is_ok(), "memory takes everything");
    }

    fn finish(self) -> Vec<u8> {
        let mut bytes = self.writer.into_inner();
        if self.ends_with_line {
            bytes.push(b'\n');
        }
        bytes
    }
}
