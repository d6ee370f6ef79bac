//! The evidence page for a ticket, parsed by an independent HTML parser: Python's.

use std::process::Command;

use registrar_activity::Tone;
use registrar_evidence::{self as evidence, Machine, Sheet};
use registrar_explain::Verdict;
use serde_json::Value;

/// Prints what the parser found: each element, what was closed wrongly or not at all, each
/// attribute's name, and the text.
const READS: &str = r"
import json, sys
from html.parser import HTMLParser

VOID = {'area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'}

class Reads(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.elements, self.attributes, self.text = [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.handle_startendtag(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append(tag)
        self.attributes += [name for name, _ in attributes]

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append([tag, self.getpos()])

    def handle_data(self, text):
        self.text.append(text)

reads = Reads()
reads.feed(sys.stdin.buffer.read().decode('utf-8'))
reads.close()
json.dump({
    'wrong': reads.wrong + reads.open, 'elements': reads.elements, 'attributes': reads.attributes,
    'text': ''.join(reads.text)
}, sys.stdout)
";

fn read(page: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, page).unwrap();
    let ended = Command::new("python3")
        .args(["-c", READS])
        .stdin(std::fs::File::open(file).unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "python3: {said}");
    serde_json::from_slice(&ended.stdout).unwrap()
}

#[test]
fn page_of_hostile_texts_is_well_formed_and_has_them_as_text() {
    let hostile = [
        "</title></style></pre></table><script>alert(1)</script>",
        "<!-- <![CDATA[ ]]> --> <svg onload=x>",
        "\"'><img src=x onerror=y>",
        "&lt;b&gt; &#60; &amp;amp; &",
    ];
    let machine = Machine {
        app: hostile[0].to_owned(),
        system: hostile[1].to_owned(),
        webview: hostile[2].to_owned(),
    };
    let mut sheet = Sheet::begin(hostile[0], hostile[1], 1_795_534_212_045, &machine);
    for text in hostile {
        sheet.fact(text, text);
        let verdict = Verdict {
            tone: Tone::Bad,
            sentence: text.to_owned(),
            causes: hostile.map(str::to_owned).to_vec(),
            next: Some(text.to_owned()),
            recovery_options: Vec::new(),
        };
        sheet.finding(text, &verdict, &[text.to_owned()]);
    }

    let (_, page) = evidence::page(&sheet);
    let found = read(&page);

    assert_eq!(found["wrong"], serde_json::json!([]), "each is closed once");
    let elements: Vec<&str> = found["elements"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(elements.len() > 40, "the page was read: {elements:?}");
    for element in ["script", "img", "iframe", "object", "link", "form"] {
        assert!(!elements.contains(&element), "{element}");
    }
    let attributes = found["attributes"].as_array().unwrap();
    for name in attributes.iter().filter_map(Value::as_str) {
        assert!(
            !name.starts_with("on") && name != "src" && name != "href",
            "{name}"
        );
    }
    let text = found["text"].as_str().unwrap();
    for hostile in hostile {
        assert!(text.contains(hostile), "{hostile} in {text}");
    }
}
