use super::*;

#[test]
fn address_must_be_http_or_https() {
    for good in [
        "http://requestb.in/zolm8azo",
        " https://example.com/a?b=c\n",
    ] {
        assert!(matches!(Message::url(good), Ok(Message::Url(_))), "{good}");
    }
    for bad in [
        "",
        "example.com/twiml.xml",
        "ftp://example.com/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https://ann:pw@example.com/",
        "<Response/>",
    ] {
        assert!(Message::url(bad).is_err(), "{bad}");
    }
}

#[test]
fn right_twiml_is_taken_as_it_is() {
    for good in [
        "<Response/>",
        "<Response><Say voice=\"alice\">Hello &amp; goodbye &#65;</Say><Pause length='2'/></Response>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- hello -->\n<Response>\n  <Play>https://e.example/a.mp3?x=1&amp;y=2</Play>\n</Response>\n",
        "<Response><Brandnew/><Say>x</Say></Response>",
    ] {
        assert_eq!(
            Message::twiml(good),
            Ok(Message::Twiml(good.trim().to_owned()))
        );
    }
    let longest = format!("<Response><!--{}--></Response>", "é".repeat(3972));
    assert_eq!(longest.chars().count(), 4000);
    assert!(Message::twiml(&longest).is_ok());
    assert!(Message::twiml(&longest.replace("--><", "é--><")).is_err());
}

#[test]
fn wrong_twiml_is_named_with_its_line_and_column() {
    use TwimlFault::*;
    let name = str::to_owned;
    for (bad, line, column, fault) in [
        (
            "<Response>\n  <Say>x</say>\n</Response>",
            2,
            9,
            ClosesNothing {
                found: name("say"),
                open: Some(name("Say")),
            },
        ),
        (
            "<Response>\n  <say>x</say>\n</Response>",
            2,
            3,
            Spelling {
                right: "Say",
                found: name("say"),
            },
        ),
        (
            "<Response>\n<Say>x</Say>",
            1,
            1,
            NeverClosed(name("Response")),
        ),
        (
            "<Response><Say>x</Response>",
            1,
            17,
            ClosesNothing {
                found: name("Response"),
                open: Some(name("Say")),
            },
        ),
        ("<Say>x</Say>", 1, 1, OtherRoot(name("Say"))),
        ("<Response/>\n<Response/>", 2, 1, TwoRoots),
        ("<Response/>\n\n  more", 3, 3, OutsideText),
        ("Hello", 1, 1, OutsideText),
        (
            "<Response><Play>é http://a/?x=1&y=2</Play></Response>",
            1,
            32,
            Ampersand,
        ),
        ("<Response>\n<Say>&nbsp;</Say></Response>", 2, 6, Ampersand),
        (
            "<Response>\n<Pause length=2/></Response>",
            2,
            1,
            Attribute(name("Pause")),
        ),
        (
            "<Response><Say voice=\"x></Say></Response>",
            1,
            11,
            OpenQuote,
        ),
        (
            "<Response><Dial action=\"/a?b&c\"/></Response>",
            1,
            11,
            AttributeText(name("Dial")),
        ),
        ("<!DOCTYPE x><Response/>", 1, 1, Doctype),
    ] {
        let expected = TwimlProblem::At {
            line,
            column,
            fault,
        };
        assert_eq!(Message::twiml(bad), Err(expected), "{bad}");
    }
    assert_eq!(Message::twiml(" \n"), Err(TwimlProblem::Missing));
    assert!(Message::twiml(&"<a>".repeat(1000)).is_err());
}

#[test]
fn what_may_hold_a_secret_is_told_apart() {
    let twiml = |inside: &str| {
        let text = format!("<Response>{inside}</Response>");
        Message::twiml(&text).unwrap().may_hold_a_secret()
    };

    assert!(!twiml("<Say>Hello? Anna here</Say>"));
    assert!(twiml(
        "<Dial><Sip username=\"a\" password=\"b\">sip:a@b</Sip></Dial>"
    ));
    assert!(twiml("<Play>https://a.example/x?sig=1</Play>"));
    assert!(twiml("<Play>https://a:b@a.example/x</Play>"));
    let kept = "<Response>\n  <Say>half";
    assert_eq!(Message::twiml_for_a_file(kept), kept);
    assert_eq!(Message::twiml_for_a_file("<Sip password='canary"), "");
    assert!(
        !Message::url("http://a.example/x")
            .unwrap()
            .may_hold_a_secret()
    );
    assert!(
        Message::url("http://a.example/x?sig=1")
            .unwrap()
            .may_hold_a_secret()
    );
}
