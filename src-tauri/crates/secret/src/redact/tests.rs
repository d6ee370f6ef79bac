//! Redacts any secret in any encoding and nesting, and whatever has the form of a secret.

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::forms::{FORMS, Form, using};
use super::*;

/// Printable text without leading or trailing blanks.
fn secret() -> impl Strategy<Value = String> {
    prop_oneof![
        "[!-~]([ -~]{2,18})[!-~]",
        "[a-zA-Z0-9]{4,22}",
        "[!-/:-@\\[-`{-~]{4,12}",
        "[a-z\u{e0}-\u{17f}\u{4e00}-\u{4e20}\u{1f600}-\u{1f610}]{4,10}",
        Just("%41%42\\u0043&amp;".to_owned()),
        Just(".*(a+)+$[^]".to_owned()),
        Just("aaaaaaaa".to_owned()),
    ]
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(120) })]

    #[test]
    fn secret_is_found_in_any_form_and_nesting(
        secret in secret(),
        forms in proptest::collection::vec(proptest::sample::select(&FORMS[..]), 0..4),
        with_user in any::<bool>(),
    ) {
        let mut written = secret.clone();
        for (at, form) in forms.iter().enumerate() {
            // Encoded text changes meaning in upper case, so that isn't a form of it.
            let form = if at > 0 && matches!(form, Form::UpperCase) { Form::Plain } else { *form };
            let encodes_all = matches!(form, Form::Base64 | Form::Base64Url | Form::Hex);
            if at == 0 && with_user && encodes_all {
                written = format!("user:{written}");
            }
            written = form.write(&written);
        }
        let text = format!("<d>It said: {written} is wrong</d>");

        let clean = using(&[&secret]).text(&text);

        prop_assert_eq!(clean, format!("<d>It said: {DOTS} is wrong</d>"), "{}", text);
    }

    #[test]
    fn whole_document_in_a_form_gives_nothing_away(
        secret in secret(),
        forms in proptest::collection::vec(proptest::sample::select(&FORMS[1..12]), 1..4),
    ) {
        let whole = format!("<d a=\"{secret}\">{secret} {secret}</d> {{\"b\":\"{secret}\"}}");
        let written = forms.iter().fold(whole, |text, form| form.write(&text));

        let clean = using(&[&secret]).text(&written);

        let back = forms.iter().rev().try_fold(clean, |text, form| form.read(&text));
        prop_assert!(!back.is_some_and(|back| back.contains(&secret)), "{}", written);
    }

    #[test]
    fn text_without_the_secret_stays(text in "[a-zA-Z .,;!?()\n]{0,200}") {
        let text = text.replace("asic", "").replace("earer", "");

        prop_assert_eq!(using(&["hunter2-7f3a"]).text(&text), text);
    }

    #[test]
    fn no_text_is_cut_through_a_letter(text in ".{0,200}", secret in ".{1,6}") {
        let clean = using(&[&secret]).text(&text);

        prop_assert_eq!(using(&[&secret]).text(&clean).is_empty(), clean.is_empty());
    }
}

#[test]
fn overlapping_secrets_become_dots_together() {
    let secrets = using(&["hunter2", "hunter2-long", "long-tail", "er2-l"]);

    assert_eq!(secrets.text("a hunter2-long-tail b"), format!("a {DOTS} b"));
    assert_eq!(secrets.text("a hunter2 b"), format!("a {DOTS} b"));
    assert_eq!(secrets.text("hunter2hunter2"), DOTS);
}

#[test]
fn long_secret_that_is_cut_short_is_found() {
    let token = "eyJhbGciOiJSUzI1NiJ9.canary-7f3a.c2lnbmF0dXJl";
    let secrets = using(&[token]);

    for length in [16, 20, 40] {
        let cut = &token[..length];
        assert_eq!(secrets.text(&format!("got {cut}!")), format!("got {DOTS}!"));
        let encoded = Form::PercentAll.write(cut);
        assert_eq!(
            secrets.text(&format!("got {encoded}, cut")),
            format!("got {DOTS}, cut")
        );
    }
    assert_eq!(secrets.text("got eyJhbGciOiJSUzI"), "got eyJhbGciOiJSUzI");
}

#[test]
fn very_short_secret_is_found_where_it_stands_alone() {
    for (text, clean) in [
        ("the password ab is wrong", "the password •••••• is wrong"),
        ("\"ab\"", "\"••••••\""),
        ("about cab", "about cab"),
        ("p=%61b&", "p=••••••&"),
        ("Basic dXNlcjphYg==", "Basic ••••••"),
        ("x dXNlcjphYg== y", "x •••••• y"),
        ("AB", "AB"),
    ] {
        assert_eq!(using(&["ab"]).text(text), clean, "{text}");
    }
    assert_eq!(using(&["7"]).text("7 of 17"), "•••••• of 17");
    assert_eq!(using(&[""]).text("nothing"), "nothing");
}

#[test]
fn secret_is_found_across_what_is_not_shown() {
    let secrets = using(&["hunter2 7f3a"]);
    for text in [
        "hun\u{1b}ter2 7f3a",
        "hun\\u001bter2 7f3a",
        "hun<!-- x -->ter2 7f3a",
        "hun<b>ter</b>2 7f3a",
        "<![CDATA[hun]]>ter2 7f3a",
        "hunter2\n   7f3a",
        "hunter2+7f3a",
        "hunter2&nbsp;7f3a",
        "hun\u{200b}ter2 7f3a",
        "hun\r\n ter2 7f3a",
    ] {
        let clean = secrets.line(text, 100);
        assert!(!clean.contains("7f3a"), "{text}: {clean}");
    }
}

#[test]
fn letters_outside_ascii_are_found_in_each_spelling() {
    let secrets = using(&["pässwörd😀"]);
    for text in [
        "pässwörd😀",
        "pa\u{308}sswo\u{308}rd😀",
        "p\\u00e4ssw\\u00F6rd\\ud83d\\ude00",
        "p&#228;ssw&#xF6;rd&#128512;",
        "p&#xe4;ssw&#xf6;rd&#xd83d;&#xde00;",
        "p%C3%A4ssw%c3%b6rd%F0%9F%98%80",
        "p\\u{e4}ssw\\u{f6}rd\\u{1f600}",
    ] {
        assert_eq!(secrets.text(text), DOTS, "{text}");
    }
    assert_eq!(using(&["pässwörd"]).text("p%E4ssw%F6rd"), DOTS);
    assert_eq!(
        using(&["pässwörd"]).text("x cORzc3f2cmQ= y"),
        format!("x {DOTS} y")
    );
}

#[test]
fn digits_of_a_hash_are_found_in_each_encoding() {
    let hash = "fe438bddfc087dda89d29e637f5684ab";
    let escaped = Form::XmlDecimal.write(hash);
    let base64 = Form::Base64.write(hash);
    for text in [
        hash.to_owned(),
        hash.to_uppercase(),
        escaped.clone(),
        Form::PercentAll.write(hash),
        Form::PercentAll.write(&escaped),
        Form::JsonAll.write(hash),
        base64.clone(),
        Form::PercentAll.write(&base64),
        Form::Hex.write(hash),
    ] {
        assert_eq!(
            sanitized(&format!("it is {text} now")),
            format!("it is {DOTS} now")
        );
    }
}

#[test]
fn what_stands_behind_a_scheme_or_a_field_becomes_dots() {
    for (text, clean) in [
        (
            "Authorization: Basic dXNlcjpwYXNz",
            "Authorization: Basic ••••••",
        ),
        ("authorization: basic short", "authorization: basic ••••••"),
        (
            "{\"Authorization\":\"Bearer abc\"}",
            "{\"Authorization\":\"Bearer ••••••\"}",
        ),
        (
            "bad token Bearer eyJhbGciOi.J9.abc-_x",
            "bad token Bearer ••••••",
        ),
        ("Basic%20dXNlcjpwYXNz", "Basic%20••••••"),
        (
            "Basic authentication is needed",
            "Basic authentication is needed",
        ),
        ("The Bearer token is wrong", "The Bearer token is wrong"),
        ("access_token=abc&x=1", "access_token=••••••&x=1"),
        (
            "{\"client_secret\": \"abc\",",
            "{\"client_secret\": \"••••••\",",
        ),
        ("SipAuthPassword=a%20b&To=c", "SipAuthPassword=••••••&To=c"),
        ("the access_token is missing", "the access_token is missing"),
    ] {
        assert_eq!(sanitized(text), clean, "{text}");
    }
}

#[test]
fn password_of_an_address_may_hold_any_mark() {
    for (text, clean) in [
        ("<sip:bob:p,w@192.0.2.1>", "<sip:bob:••••••@192.0.2.1>"),
        (
            "sip:bob:a,b;c'd!e@h, sip:x:y@h",
            "sip:bob:••••••@h, sip:x:••••••@h",
        ),
        ("sip:a@b,sip:c:d@e", "sip:a@b,sip:c:••••••@e"),
        ("sip:a:p,sip:q@e", "sip:a:••••••@e"),
        (
            "sip:192.0.2.1:5060,sip:bob@h",
            "sip:192.0.2.1:5060,sip:bob@h",
        ),
        ("sip%3Abob%3Asecret%40host", "sip%3Abob%3A••••••%40host"),
        ("sip:bob:%73ecret@host", "sip:bob:••••••@host"),
        (
            "&lt;sip:bob&#58;secret&#64;host&gt;",
            "&lt;sip:bob&#58;••••••&#64;host&gt;",
        ),
        ("https:\\/\\/u:p@h\\/x", "https:\\/\\/u:••••••@h\\/x"),
    ] {
        assert_eq!(sanitized(text), clean, "{text}");
    }
}

#[test]
fn secret_at_the_place_of_the_cut_is_not_left_in_part() {
    let secret = "hunter2-7f3a-".repeat(20);
    let written = Form::JsonAll.write(&secret);
    for before in [LONGEST - 1, LONGEST - 6, LONGEST - 400] {
        let text = format!("{}{written}{}", " ".repeat(before), "y".repeat(5000));

        let clean = using(&[&secret]).text(&text);

        assert!(!clean.contains("\\u"), "{}", &clean[before - 20..]);
    }
}

#[test]
fn long_text_and_long_token_are_redacted_quickly() {
    let token = "aZ9.-_".repeat(2700);
    let secrets = using(&[&token, "hunter2-7f3a"]);
    let echo = format!(
        "{} {token} &#37;{}",
        "\\u0061".repeat(2000),
        "%25".repeat(1000)
    );
    let page = "<SipCredential><Id>7</Id><UserName>anna&amp;x</UserName></SipCredential>";
    let began = std::time::Instant::now();

    assert!(!secrets.text(&echo).contains("aZ9"));
    for _ in 0..5 {
        let _ = secrets.text(&page.repeat(2000));
    }

    // A thousand times the usual duration: fails only if time grows faster than the text.
    assert!(began.elapsed() < std::time::Duration::from_mins(1));
}

#[test]
fn own_text_loses_secrets_and_nothing_else() {
    let secrets = using(&["hunter2-7f3a"]);
    let url = "/x?page=hunter2%2D7f3a&id=fe438bddfc087dda89d29e637f5684ab";

    let clean = format!("/x?page={DOTS}&id=fe438bddfc087dda89d29e637f5684ab");
    assert_eq!(secrets.out_of(url), clean);
}

#[test]
fn a_hash_in_foreign_text_becomes_dots() {
    let text = "credential fe438bddfc087dda89d29e637f5684ab exists";

    assert_eq!(sanitized(text), "credential •••••• exists");
}

#[test]
fn two_hashes_without_a_gap_become_dots() {
    assert_eq!(sanitized(&"a1".repeat(32)), DOTS);
}

#[test]
fn the_password_in_an_address_becomes_dots() {
    for (text, clean) in [
        ("<sip:bob:hunter2@192.0.2.1>", "<sip:bob:••••••@192.0.2.1>"),
        ("SIPS:bob:a@b:c@host;x=1", "SIPS:bob:••••••@host;x=1"),
        (
            "see https://u:p%20w@h/x and sip:a@b, sip:c:d@e",
            "see https://u:••••••@h/x and sip:a@b, sip:c:••••••@e",
        ),
        ("sip:192.0.2.1:5060", "sip:192.0.2.1:5060"),
        ("sip::pw@h", "sip::••••••@h"),
        ("sip:", "sip:"),
        ("é sip:ü:ö@h", "é sip:ü:••••••@h"),
    ] {
        assert_eq!(sanitized(text), clean);
    }
}

#[test]
fn short_numbers_stay() {
    assert_eq!(
        sanitized("account 5500123, realm 1a2b3c"),
        "account 5500123, realm 1a2b3c"
    );
}

#[test]
fn control_characters_and_endless_text_are_cut() {
    assert_eq!(sanitized("a\u{1b}[31mb"), "a[31mb");
    assert!(sanitized(&"x".repeat(1_000_000)).chars().count() <= LONGEST + 2);
}

#[test]
fn a_hash_at_the_place_of_the_cut_is_not_left_in_part() {
    let text = format!("{}{}", "x".repeat(LONGEST - 20), "a1".repeat(16));

    assert!(!sanitized(&text).contains("a1"));
}

#[test]
fn a_line_is_one_line() {
    assert_eq!(sanitized_line("a\n  b\tc", 4), "a b …");
}
