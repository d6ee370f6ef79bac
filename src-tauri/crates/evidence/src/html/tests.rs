use super::*;
use crate::samples::{HOSTILE, hostile, trace};
use crate::{self as evidence, Machine};
use registrar_activity::samples::entry;
use registrar_activity::{End, Record};

fn sheet_of(text: &str) -> Sheet {
    let machine = Machine {
        app: text.to_owned(),
        system: text.to_owned(),
        webview: text.to_owned(),
    };
    let mut sheet = Sheet::begin(text, text, 1_795_534_212_045, &machine);
    let drawn = hostile(text);
    sheet.finding(text, &drawn.verdict, &[text.to_owned()]);
    sheet.dns(&[DnsView {
        name: text.to_owned(),
        kind: text.to_owned(),
        account: vec![text.to_owned(); 2],
        here: Vec::new(),
        tone: Tone::Bad,
        sentence: text.to_owned(),
    }]);
    sheet.traces.push(drawn);
    let mut exchange = entry(text, 1_795_534_212_045);
    exchange.request = text.to_owned();
    exchange.response = text.to_owned();
    exchange.method = text.to_owned();
    exchange.address = text.to_owned();
    exchange.end = End::Verdict {
        status: None,
        sentence: text.to_owned(),
        next: Some(text.to_owned()),
    };
    sheet.records(&[Record::new(exchange, None, true)]);
    sheet
}

/// Returns every tag as it stands in the page.
fn tags(page: &str) -> Vec<&str> {
    let tags = page.split('<').skip(1);
    tags.map(|tag| tag.split('>').next().unwrap()).collect()
}

#[test]
fn page_has_no_script_handler_or_outside_resource() {
    let endless = "W".repeat(3_000_000);
    for text in [HOSTILE, &endless, "", "</pre></style><img src=x onerror=y>"] {
        let page = page(&sheet_of(text));

        for tag in tags(&page) {
            let name = tag.split([' ', '/']).find(|part| !part.is_empty());
            let known = [
                "!doctype", "html", "head", "meta", "title", "style", "body", "main", "p", "h1",
                "h2", "h3", "h4", "ol", "ul", "li", "table", "thead", "tbody", "tr", "th", "td",
                "pre", "svg", "g", "text", "tspan", "path", "rect", "footer",
            ];
            assert!(name.is_some_and(|name| known.contains(&name)), "<{tag}>");
            assert!(
                !tag.contains(" on") && !tag.contains("href") && !tag.contains("src="),
                "<{tag}>"
            );
        }
        assert!(!page.contains("url(") && !page.contains("@import"));
        assert!(page.len() < 1_000_000, "{}", page.len());
        assert!(!page.contains(['\u{1b}', '\u{7}', '\u{0}', '\u{202e}', '\u{2066}']));
    }
}

#[test]
fn a_page_tells_what_was_tried_where_and_what_came_back() {
    let machine = Machine {
        app: "1.2.3".to_owned(),
        system: "Linux".to_owned(),
        webview: "2.50".to_owned(),
    };
    let mut sheet = Sheet::begin("bob@x.com", "Check of bob", 1_795_534_212_045, &machine);
    sheet.practice = true;
    sheet.fact("Realm", "office.1a2b3c.auth.bandwidth.com");
    sheet.fact("Domain", " ");
    let drawn = trace(4);
    sheet.finding(
        &drawn.title,
        &drawn.verdict,
        &["A response of 200.".to_owned()],
    );
    sheet.traces.push(drawn);
    sheet.records(&[Record::new(entry("List the realms", 5), None, true)]);

    let (name, bytes) = evidence::page(&sheet);

    let page = String::from_utf8(bytes).unwrap();
    assert_eq!(name, "evidence-bob-x-com-20261124-1530.html");
    let mut from = 0;
    for part in [
        "<!doctype html>",
        "Practice: nothing here is real.",
        "<h1>Check of bob</h1>",
        "✓ The registrar accepted the credential.",
        "The second cause.",
        "Next step: Enter the same values in the phone.",
        "A response of 200.",
        "SIP Registrar Setup 1.2.3",
        "office.1a2b3c.auth.bandwidth.com",
        "<svg",
        "401 Unauthorized",
        "1. ✓ List the realms",
        "The service did what was asked.",
        "HTTP 200",
        "GET /accounts/5500123/realms",
        "Passwords, hashes, digest responses",
    ] {
        let at = page[from..].find(part);
        assert!(at.is_some(), "{part} is missing behind {from}");
        from += at.unwrap();
    }
    assert!(!page.contains("Domain"), "what is not known is not a row");
}

#[test]
fn what_finds_no_room_is_counted() {
    let mut exchange = entry("long", 1);
    exchange.tone = Tone::Bad;
    exchange.response = "z ".repeat(8_000);
    let records = vec![Record::new(exchange, None, false); 300];
    let mut sheet = Sheet::default();

    sheet.records(&records);

    assert!(sheet.left_out > 0 && !sheet.exchanges.is_empty());
    assert_eq!(sheet.left_out + sheet.exchanges.len(), 300);
    assert!(page(&sheet).contains("didn’t fit on this page"));
}
