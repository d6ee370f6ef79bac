use super::*;

#[test]
fn values_that_a_spreadsheet_destroyed_are_known() {
    use Damage::*;
    for (values, expected) in [
        (
            &[
                "1.55512E+10",
                "1,55512E+10",
                "4.57788e+12",
                "1E+11",
                "-2.5E-05",
                "1.23E+019",
            ][..],
            Scientific,
        ),
        (
            &[
                "#NAME?",
                "#REF!",
                "#DIV/0!",
                "#N/A",
                "#VALUE!",
                "#NUM!",
                "#NULL!",
                "#SPILL!",
                "#CALC!",
                "#WERT!",
                "#BEZUG!",
                "#NV",
                "#ZAHL!",
                "#VALEUR!",
                "#\u{a1}REF!",
                "#\u{bf}NOMBRE?",
                "#GETTING_DATA",
                "#ERROR!",
                "Err:502",
            ],
            ErrorValue,
        ),
        (&["###", "########"], TooNarrow),
        (&["********", "\u{2022}\u{2022}\u{2022}\u{2022}"], Masked),
    ] {
        for value in values {
            assert_eq!(damage(value), Some(expected), "{value}");
        }
    }
}

#[test]
fn values_that_are_like_destroyed_ones_are_left_alone() {
    for value in [
        "",
        "1E5",
        "1.5",
        "15551234567",
        "+15551234567",
        "1.55512E+10x",
        "E+10",
        "1E+",
        "1E+1234",
        "1.E+5",
        "#",
        "##",
        "#secret!",
        "#Name?",
        "#NAME",
        "Err:50",
        "**",
        "*a*",
        "kT9#NAME?",
        "\u{e4}\u{f6}\u{fc}",
    ] {
        assert_eq!(damage(value), None, "{value}");
    }
}

#[test]
fn values_that_may_have_been_reformatted_are_known() {
    for value in [
        "1-Dec",
        "Jan-12",
        "12/1/2026",
        "2026-12-01",
        "01.12.2026",
        "1-Dec-2026",
        "TRUE",
        "FALSE",
        "WAHR",
        "100.0",
        "5.00",
        "1,234.50",
        "1.234",
        "50%",
        "$5",
        "5 \u{20ac}",
        "12345678901234500",
        "1234567890123450",
    ] {
        assert!(may_be_reformatted(value), "{value}");
    }
    for value in [
        "",
        "anna",
        "phone1",
        "true",
        "Truely",
        "0012",
        "100",
        "1.5",
        "10.1.2.3",
        "dec1",
        "123456789012345",
        "1234567890123456",
        "Winter-2026",
        "%",
        "a.b",
        "12-34-56",
    ] {
        assert!(!may_be_reformatted(value), "{value}");
    }
}

#[test]
fn escaped_and_typeset_values_are_known() {
    for value in ["a&amp;b", "&lt;", "a&#39;b", "&#x27;", "x&quot;"] {
        assert!(has_escape(value), "{value}");
    }
    for value in ["a&b", "a&b;", "&#;", "&#zz;", "amp;", "50%", "a%4b"] {
        assert!(!has_escape(value), "{value}");
    }
    for value in [
        "\u{201c}a\u{201d}",
        "it\u{2019}s",
        "a\u{2013}b",
        "a\u{2026}",
    ] {
        assert!(has_typeset_signs(value), "{value}");
    }
    for value in ["p\u{c3}\u{a4}ss", "\u{e2}\u{20ac}\u{201c}x", "\u{c2}\u{a7}"] {
        assert!(is_wrongly_encoded(value), "{value}");
    }
    for value in ["p\u{e4}ss", "\u{c3}\u{e4}", "\u{c5}ke", "\u{e2}x"] {
        assert!(!is_wrongly_encoded(value), "{value}");
    }
    for value in ["NULL", "None", "nan", "\\N", "-", "(null)"] {
        assert!(is_placeholder(value), "{value}");
    }
    assert!(!is_placeholder("nullable") && !is_placeholder(""));
    assert!(!has_typeset_signs("it's \"a\" - b\u{e4}"));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
    #[test]
    fn a_plain_value_is_never_damaged(value in "[ #*'+=-]?[0-9]{0,3}(E|Err:|err|x|[.,])?[+-]?[0-9#*]{0,4}[!? ]?") {
        proptest::prop_assert!(!is_plain(&value) || damage(value.trim()).is_none(), "{}", value);
    }
}
