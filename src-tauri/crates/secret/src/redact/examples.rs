//! Secrets as real programs write them, and text that only looks like a secret.

use super::forms::{Form, using};
use super::*;

/// Expects nothing but dots where a secret is written so.
#[track_caller]
fn expect_found(secret: &str, written: &[&str]) {
    for text in written {
        let clean = using(&[secret]).text(&format!("<{text}>"));
        assert_eq!(clean, format!("<{DOTS}>"), "{text}");
    }
}

#[test]
fn secret_is_found_in_every_escape_of_json_and_c() {
    for (secret, written) in [
        ("hun\nter2", "hun\\nter2"),
        ("hun\rter2", "hun\\rter2"),
        ("hun\tter2", "hun\\tter2"),
        ("hun\u{8}ter2", "hun\\bter2"),
        ("hun\u{c}ter2", "hun\\fter2"),
        ("hun/ter2", "hun\\/ter2"),
        ("hun ter2", "hun\\ ter2"),
    ] {
        expect_found(secret, &[written]);
    }
    let written = [
        "\\u0068unter2",
        "\\U00000068unter2",
        "\\x68unter2",
        "\\150unter2",
        "\\u{68}unter2",
        "\\x{68}unter2",
    ];
    expect_found("hunter2", &written);
    let written = [
        "p\\xc3\\xa4ssw\\xc3\\xb6rd",
        "p\\303\\244ssw\\303\\266rd",
        "p\\xe4ssw\\xf6rd",
        "p\\344ssw\\366rd",
        "p\\U000000e4ssw\\U000000f6rd",
    ];
    expect_found("pässwörd", &written);
}

#[test]
fn secret_is_found_with_named_references_of_html() {
    for (secret, written) in [
        (
            "a`b|c_d~e",
            "a&DiacriticalGrave;b&VerticalLine;c&UnderBar;d&tilde;e",
        ),
        ("a b&c<d", "a&NonBreakingSpace;b&AMP;c&ltd"),
        ("pässwÖrd£½", "p&auml;ssw&Ouml;rd&pound;&frac12;"),
        ("ÿ  ÀÀé", "&yuml;&nbsp;&nbsp;&Agrave;&Agrave;&eacute"),
    ] {
        expect_found(secret, &[written]);
    }
    let other = using(&["pässword"]).text("p&Auml;ssword");
    assert_eq!(other, "p&Auml;ssword", "another letter");
}

#[test]
fn secret_is_found_in_quoted_printable() {
    let written = ["=68unter2", "hun=74er=32", "hun=\nter2"];
    expect_found("hunter2", &written);
    expect_found("pässwörd", &["p=C3=A4ssw=C3=B6rd", "p=E4ssw=F6rd"]);
    let windows = using(&["hunter2"]).out_of("a hun=\r\nter2 b");
    assert_eq!(windows, format!("a {DOTS} b"));
}

#[test]
fn secret_is_found_in_base64_of_either_alphabet() {
    expect_found("a>>>>>>z", &["YT4+Pj4+Pno=", "YT4-Pj4-Pno"]);
    expect_found("a??????z", &["YT8/Pz8/P3o=", "YT8_Pz8_P3o"]);
    expect_found("ab12", &["YWIxMg", "YWIxMg=="]);
}

#[test]
fn secret_is_found_across_the_lines_of_base64() {
    let first = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHhodW50ZXIy";
    let second = "LTdmM2F5eXl5eXl5eXl5eXl5eXl5eXl5eQ==";

    expect_found("hunter2-7f3a", &[&format!("{first}\n{second}")]);
}

#[test]
fn secret_is_found_in_hexadecimal_digits_and_pairs() {
    expect_found("abc", &["616263"]);
    let written = [
        "68756e74657232",
        "a68756e74657232",
        "68:75:6e:74:65:72:32",
        "68-75-6E-74-65-72-32",
        "68 75 6e 74 65 72 32",
        "68;75;6e;74;65;72;32",
        "68 75 6e 74  65 72 32",
        "68:75:6e:74:\n    65:72:32",
        "68 75 6e 74\\n65 72 32",
        "0x68, 0x75, 0x6e, 0x74, 0x65, 0x72, 0x32",
        "0X68,0X75,0X6E,0X74,0X65,0X72,0X32",
    ];
    expect_found("hunter2", &written);
}

#[test]
fn secret_is_found_with_other_blanks_and_hidden_letters() {
    let written = [
        "hunter2\u{a0}7f3a",
        "hunter2\u{2003}7f3a",
        "hunter2\u{3000}7f3a",
        "hunter2\t7f3a",
        "hunter2    7f3a",
        "hunter2&#x3000;7f3a",
        "hun\\u0080ter2 7f3a",
        "hun<![CDATA[ter2 7f3a",
        "hun]]>ter2 7f3a",
        "hun<br/>ter2 7f3a",
    ];
    expect_found("hunter2 7f3a", &written);
    // One blank is a part of it, the other is not shown.
    assert_eq!(using(&[" hunter2"]).text("a  hunter2"), format!("a{DOTS}"));
}

#[test]
fn long_passphrase_with_doubled_blanks_is_found_whole() {
    let secret = "ab cd ef gh ".repeat(25) + "end";
    let doubled = secret.replace(' ', "  ");

    expect_found(&secret, &[&doubled]);
}

#[test]
fn long_secret_is_found_twice_without_a_gap() {
    let token = "eyJhbGciOiJSUzI1NiJ9.canary-7f3a.c2lnbmF0dXJl";

    expect_found(token, &[&token.repeat(2)]);
}

#[test]
fn text_that_only_resembles_a_secret_stays() {
    for (secret, text, clean) in [
        ("hunter2", "C:\\hunter2.txt", "C:\\••••••.txt"),
        ("hunter2", "line\\nhunter2", "line\\n••••••"),
        // The digits of a reference are read to their end.
        ("h2unter", "&#1042unter", "&#1042unter"),
        ("hunterÃ", "hunter&#228;", "hunter&#228;"),
        ("hunter2", "hun\\ud800ter2", "hun\\ud800ter2"),
        ("hunter2 7f3a", "hunter2-7f3a", "hunter2-7f3a"),
        ("hunter27f3a", "hunter2 7f3a", "hunter2 7f3a"),
        ("into", "sign in\n to go on", "sign in\n to go on"),
        // The bytes 34 56 78 31.
        ("4Vx1", "from 34.56.78.31", "from 34.56.78.31"),
    ] {
        assert_eq!(using(&[secret]).text(text), clean, "{text}");
    }
}

#[test]
fn letter_that_is_covered_in_part_is_covered_whole() {
    // In Latin-1 these secrets begin and end with a byte that is a part of a letter here.
    let secrets = using(&["£abcd", "hunterä"]);

    assert_eq!(secrets.text("see ţabcd x"), "see •••••• x");
    assert_eq!(secrets.text("see hunter一 x"), "see •••••• x");
}

#[test]
fn secret_behind_the_cut_does_not_show() {
    let before = "x".repeat(LONGEST);
    for behind in ["hunter2", " hunter2", "y hunter2 z"] {
        let clean = using(&["hunter2"]).text(&format!("{before}{behind}"));

        assert_eq!(clean, format!("{before}\n…"), "{behind}");
    }
}

#[test]
fn nested_secret_across_the_cut_is_found() {
    let secret = "hunter2-7f3a-hunter2-7f3a-hunt!";
    let json = Form::JsonAll.write(secret);
    let before = " ".repeat(LONGEST - 1);
    for written in [json.clone(), Form::PercentAll.write(&json)] {
        let clean = using(&[secret]).text(&format!("{before}{written}"));

        assert_eq!(clean, format!("{before}{DOTS}\n…"), "{written}");
    }
}

#[test]
fn text_encoded_deeper_than_is_read_does_no_harm() {
    let digits = (0..8).fold("hunter2".to_owned(), |text, _| hex::encode(text));

    assert!(!using(&["hunter2"]).text(&digits).contains("hunter2"));
}

#[test]
fn joined_secrets_keep_all_of_a_few_and_the_latest_of_many() {
    let numbered = |from: usize, to: usize| {
        let all: Vec<String> = (from..to).map(|n| format!("secret-{n:03}")).collect();
        using(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let known = |secrets: &Secrets, n: usize| secrets.out_of(&format!("secret-{n:03}")) == DOTS;

    let few = numbered(0, 40).and(&numbered(1, 41));
    assert!((0..41).all(|n| known(&few, n)));

    let many = numbered(0, 60).and(&numbered(60, 100));
    assert!((36..100).all(|n| known(&many, n)));
    assert!(!known(&many, 35));
}

#[test]
fn secrets_are_never_printed() {
    assert_eq!(format!("{:?}", using(&["hunter2"])), "Secrets { .. }");
}

#[test]
fn password_of_an_address_is_taken_out_alone() {
    for (text, clean) in [
        ("https://bob:hunter2@h/x", "https://bob:••••••@h/x"),
        ("https:%2F%2Fbob:hunter2@h", "https:%2F%2Fbob:••••••@h"),
        ("https://bob:@h/x", "https://bob:@h/x"),
        ("https://bob@h/x", "https://bob@h/x"),
        ("access_token=abc", "access_token=abc"),
    ] {
        assert_eq!(without_passwords(text), clean);
    }
}

#[test]
fn password_of_digits_may_hold_a_comma() {
    let clean = sanitized("sip:bob:12,34@h, sip:anna@h");

    assert_eq!(clean, "sip:bob:••••••@h, sip:anna@h");
}

#[test]
fn text_about_sign_ins_and_empty_values_stay() {
    for text in [
        "BearerTokenAuthenticationFailed",
        "This request needs a Bearer token",
        "This answer is Basic again, as before",
        // No password behind a colon: only "username".
        "Basic dXNlcm5hbWU=",
        "Authorization: Basic",
        "access_token=&x=1",
        "sip:bob:@h",
    ] {
        assert_eq!(sanitized(text), text);
    }
}
