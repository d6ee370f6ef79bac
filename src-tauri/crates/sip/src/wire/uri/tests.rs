use super::*;

#[test]
fn a_composite_user_name_is_escaped_and_read_back() {
    let uri = Uri::new(Some("bob@somewhere.com"), "r.example");

    assert_eq!(uri.to_string(), "sip:bob%40somewhere.com@r.example");
    assert_eq!(Uri::parse(&uri.to_string()), Some(uri));
}

#[test]
fn awkward_users_survive() {
    for user in [
        "a b",
        "zoë",
        "a:b;c?d",
        "100%",
        "+15551234567",
        "\"x\"",
        "<>",
    ] {
        let text = Uri::new(Some(user), "r.example").to_string();

        assert_eq!(
            Uri::parse(&text).unwrap().user.as_deref(),
            Some(user),
            "{text}"
        );
    }
}

#[test]
fn an_address_is_read_with_all_its_parts() {
    let text = r#""A <B>, C" <sips:x:secret@[::1]:5061;transport=tcp?a=b>;tag=t;expires=60"#;

    let address = Address::parse(text).unwrap();

    assert_eq!(address.uri.scheme, "sips");
    assert_eq!(address.uri.user.as_deref(), Some("x"));
    assert_eq!(address.uri.host, "[::1]");
    assert_eq!(address.uri.port, Some(5061));
    assert_eq!(address.uri.parameter("transport"), Some("tcp"));
    assert_eq!(address.parameter("tag"), Some("t"));
    assert_eq!(address.parameter("expires"), Some("60"));
    assert!(!address.to_string().contains("secret"));
}

#[test]
fn the_target_of_a_dialog_is_used_as_it_is_written() {
    for (contact, uri) in [
        (
            "\"A\" <sip:a;b%3Bc@h:5070;ob;x=%20>;expires=5",
            "sip:a;b%3Bc@h:5070;ob;x=%20",
        ),
        ("<sip:a?b@h?X=y>", "sip:a?b@h"),
        ("sip:a@h;tag=1", "sip:a@h"),
    ] {
        assert_eq!(Address::written_uri(contact), Some(uri));
    }
    for contact in [
        "<sip:a b@h>",
        "<tel:+1>",
        "<sip:a@h",
        "*",
        "<sip:a@h\r\nX: y>",
    ] {
        assert_eq!(Address::written_uri(contact), None, "{contact}");
    }
}

#[test]
fn escapes_in_parameters_are_read_and_written() {
    let text = "sip:h;%6C%72;n%61me=v%61lue%25%34%31;maddr=[::1];x=%3b%22";

    let uri = Uri::parse(text).unwrap();

    assert_eq!(uri.parameter("name"), Some("value%41"));
    assert!(uri.parameters.contains(&("lr".to_owned(), None)));
    assert_eq!(
        uri.to_string(),
        "sip:h;lr;name=value%2541;maddr=[::1];x=%3B%22"
    );
}

#[test]
fn parameters_of_a_bare_uri_belong_to_the_address() {
    let address = Address::parse("sip:a@b;tag=1").unwrap();

    assert_eq!(address.parameter("tag"), Some("1"));
    assert!(address.uri.parameters.is_empty());
}

#[test]
fn addresses_are_compared_by_where_they_lead() {
    for (one, other, same) in [
        ("sip:a@h", "SIP:a@H", true),
        (
            "sip:%61lice@h;transport=TCP",
            "sip:alice@h;Transport=tcp",
            true,
        ),
        ("sip:a@h", "sip:A@h", false),
        ("sip:a@h", "sips:a@h", false),
        ("sip:a@h", "sip:a@h:5060", true),
        ("sips:a@h:5061", "sips:a@h", true),
        ("sip:a@h", "sip:a@h:5061", false),
        ("sip:a@[2001:db8::1]", "sip:a@[2001:DB8:0:0::1]", true),
        ("sip:a@[2001:db8::1]", "sip:a@[2001:db8::2]", false),
        ("sip:192.0.2.1:5070", "sip:@192.0.2.1:5070", true),
        ("sip:a@h", "sip:a@h;x=1", true),
        ("sip:a@h;x=1", "sip:a@h;x=2", false),
        ("sip:a@h;lr", "sip:a@h", true),
        ("sip:a@h;maddr=192.0.2.1", "sip:a@h", false),
        ("sip:a@h;user=phone", "sip:a@h", false),
    ] {
        assert_eq!(is_same_address(one, other), same, "{one} {other}");
        assert_eq!(is_same_address(other, one), same, "{other} {one}");
    }
}

#[test]
fn what_is_no_sip_uri_is_refused() {
    for text in [
        "",
        "tel:+1",
        "sip:",
        "sip:a@",
        "sip:a@b:99999",
        "sip:a@b c",
        "sip:a@[::1",
    ] {
        assert_eq!(Uri::parse(text), None, "{text:?}");
    }
}
