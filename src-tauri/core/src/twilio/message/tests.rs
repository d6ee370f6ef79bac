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
fn wrong_twiml_is_told_with_its_line_and_column() {
    for (bad, place, says) in [
        (
            "<Response>\n  <Say>x</say>\n</Response>",
            "Line 2, column 9: ",
            "<Say> is open",
        ),
        (
            "<Response>\n  <say>x</say>\n</Response>",
            "Line 2, column 3: ",
            "<Say>",
        ),
        (
            "<Response>\n<Say>x</Say>",
            "Line 1, column 1: ",
            "never closed",
        ),
        (
            "<Response><Say>x</Response>",
            "Line 1, column 17: ",
            "<Say> is open",
        ),
        (
            "<Say>x</Say>",
            "Line 1, column 1: ",
            "begin with <Response>",
        ),
        (
            "<Response/>\n<Response/>",
            "Line 2, column 1: ",
            "one <Response>",
        ),
        ("<Response/>\n\n  more", "Line 3, column 3: ", "outside"),
        ("Hello", "Line 1, column 1: ", "outside"),
        (
            "<Response><Play>é http://a/?x=1&y=2</Play></Response>",
            "Line 1, column 32: ",
            "&amp;",
        ),
        (
            "<Response>\n<Say>&nbsp;</Say></Response>",
            "Line 2, column 6: ",
            "&amp;",
        ),
        (
            "<Response>\n<Pause length=2/></Response>",
            "Line 2, column 1: ",
            "quotes",
        ),
        (
            "<Response><Say voice=\"x></Say></Response>",
            "Line 1, column 11: ",
            "quote",
        ),
        (
            "<Response><Dial action=\"/a?b&c\"/></Response>",
            "Line 1, column 11: ",
            "&amp;",
        ),
        ("<!DOCTYPE x><Response/>", "Line 1, column 1: ", "DOCTYPE"),
    ] {
        let told = Message::twiml(bad).unwrap_err();

        assert!(told.starts_with(place), "{bad}: {told}");
        assert!(told.contains(says), "{bad}: {told}");
    }
    assert!(Message::twiml(" \n").is_err());
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
