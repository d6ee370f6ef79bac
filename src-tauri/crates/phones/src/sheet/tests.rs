use registrar_sip::TransportName;

use super::*;
use crate::{EXPIRY, Secret, find, phones};

const CANARY: &str = "Canary-7f<3 A&\"'";

fn settings<'a>(user_name: &'a str, secret: Option<Secret<'a>>) -> Settings<'a> {
    Settings {
        user_name,
        display_name: None,
        realm: "office.1a2b3c.auth.example",
        registrar: "office.1a2b3c.auth.example",
        port: Some(5072),
        transport: TransportName::Udp,
        expiry: EXPIRY,
        secret,
    }
}

fn page<'a>(settings: &'a Settings<'a>, phone: Option<&'a Chosen>) -> Page<'a> {
    Page {
        phone,
        settings,
        about: &[],
        notes: &[],
        checks: &[],
        left_open: &[],
        password: Password::LeftOut,
    }
}

fn written(practice: bool, pages: &[Page<'_>]) -> String {
    let mut sheet = Sheet::begin(Vec::new(), practice, false).unwrap();
    for page in pages {
        sheet.page(page).unwrap();
    }
    String::from_utf8(sheet.end().unwrap()).unwrap()
}

fn escaped(text: &str) -> String {
    text.replace('\'', "&#39;")
}

/// Returns the text that a reader sees, without white space.
fn seen(html: &str) -> String {
    let body = &html[html.find("<body>").unwrap()..];
    let mut text = String::new();
    for part in body.split('<').skip(1) {
        text.push_str(part.split_once('>').unwrap().1);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&").split_whitespace().collect()
}

#[test]
fn what_somebody_named_cannot_become_markup() {
    let odd = "<script>alert(1)</script>";
    let settings = settings(odd, None);
    let about = [Row {
        name: "Account".to_owned(),
        value: odd.to_owned(),
    }];
    let checks = [Check {
        tone: Tone::Bad,
        sentence: format!("a & b {odd}"),
    }];
    let lines = [odd.to_owned()];

    let html = written(
        true,
        &[Page {
            about: &about,
            checks: &checks,
            notes: &lines,
            left_open: &lines,
            ..page(&settings, None)
        }],
    );

    assert!(!html.contains("<script"), "{html}");
    assert_eq!(html.matches("&lt;script&gt;").count(), 6, "{html}");
    assert!(html.contains("a &amp; b"));
    assert!(html.contains("Nothing here is real"));
}

#[test]
fn every_field_of_a_phone_is_on_its_page_in_order() {
    for phone in phones() {
        for dialect in phone.dialects {
            let settings = settings("frontdesk", None);
            let chosen = Chosen::fill(phone, dialect, &settings).unwrap();
            let html = written(false, &[page(&settings, Some(&chosen))]);
            let mut rest = html.as_str();
            for field in &chosen.fields {
                let name = format!("<th>{}</th>", escaped(field.label));
                let at = rest.find(&name);
                let at = at.unwrap_or_else(|| panic!("{} {}: {name}", phone.id, dialect.id));
                rest = &rest[at..];
            }
            for name in [dialect.open, dialect.press, dialect.traps].concat() {
                let sentence = escaped(sentence(name).unwrap());
                assert!(html.contains(&sentence), "{}: {sentence}", phone.id);
            }
            assert!(html.contains("Not included. Share it separately."));
        }
    }
}

#[test]
fn a_password_is_only_in_the_box_that_was_asked_for() {
    let password = SipPassword::new(CANARY);
    let settings = settings("frontdesk", Some(Secret::Password(&password)));
    let yealink = find("yealink").unwrap();
    let chosen = Chosen::fill(yealink, &yealink.dialects[0], &settings).unwrap();
    let without = page(&settings, Some(&chosen));
    let with = Page {
        password: Password::InBox(&password),
        ..without
    };
    let tiles = "Canary-7f<3spaceA&\"'";

    assert!(!seen(&written(false, &[without])).contains(tiles));
    let html = written(false, &[with]);
    let seen = seen(&html);
    assert!(seen.contains(tiles), "{seen}");
    let table = html.find("</table>").unwrap();
    assert!(html.find("class=\"tiles\"").unwrap() > table);
    assert!(seen.contains("Intheboxatthebottomofthispage."));
}

#[test]
fn a_sheet_that_holds_passwords_says_so_at_its_top() {
    let sheet = |passwords| {
        let sheet = Sheet::begin(Vec::new(), false, passwords).unwrap();
        String::from_utf8(sheet.end().unwrap()).unwrap()
    };

    assert!(sheet(true).contains("This file contains passwords."));
    assert!(!sheet(false).contains("This file contains passwords."));
}

#[test]
fn a_sheet_has_a_page_for_each_phone_and_nothing_that_runs() {
    let settings = settings("frontdesk", None);
    let pages = vec![page(&settings, None); 50];

    let html = written(false, &pages);

    assert_eq!(html.matches("<main class=\"page\">").count(), 50);
    assert!(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"));
    for loads in [
        "src=", "href=", "url(", "@import", "<script", "http:", "https:",
    ] {
        assert!(!html.contains(loads), "{loads}");
    }
}

#[test]
fn an_unlisted_phone_gets_the_usual_names_and_an_unknown_port() {
    let mut settings = settings("frontdesk", None);
    settings.port = None;
    settings.registrar = "192.0.2.7";

    let html = written(false, &[page(&settings, None)]);

    for part in [
        "User name",
        "Registrar",
        "192.0.2.7",
        "Not known yet",
        "host:port",
    ] {
        assert!(html.contains(part), "{part}");
    }
}
