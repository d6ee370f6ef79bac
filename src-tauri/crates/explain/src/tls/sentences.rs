//! Sentences for each TLS problem.

use super::{is_sip_uri, words};
use crate::table::{Table, verdict};
use registrar_names::every;
use registrar_sip::failure::TlsProblem;

#[test]
fn the_table_has_every_problem_of_tls() {
    Table::new("Why there is no TLS connection")
        .with("Problems", problems(), |problem| {
            verdict(&words(problem, "r.example (TLS port 5061)"))
        })
        .assert_is(include_str!("sentences.md"));
}

#[test]
fn only_sip_and_sips_names_are_sip_uris() {
    for name in ["sip:r.example", "SIPS:bob@r.example", "sips:r.example"] {
        assert!(is_sip_uri(name), "{name}");
    }
    for name in [
        "r.example",
        "sip.r.example",
        "sipx:r.example",
        "2001:db8::1",
        "",
    ] {
        assert!(!is_sip_uri(name), "{name}");
    }
}

/// Each problem in all forms that have words of their own.
pub(crate) fn problems() -> Vec<TlsProblem> {
    let maybe = |text: &str| [None, Some(text.to_owned())];
    // A URI of the name that was asked for is left out: what is said of it is another on Linux.
    let names: [&[&str]; 6] = [
        &[],
        &["other.example"],
        &["other.example", "*.else.example", "192.0.2.1"],
        &["sip:other.example"],
        &["sips:r.example"],
        &["sip:bob@other.example"],
    ];
    every!(TlsProblem {
        TlsProblem::BadCertificate { .. } => maybe("Test Authority")
            .map(|issuer| TlsProblem::BadCertificate { issuer }),
        TlsProblem::CutOff => [TlsProblem::CutOff],
        TlsProblem::Expired { .. } => maybe("1 January 2021").map(|until| TlsProblem::Expired { until }),
        TlsProblem::NobodyToTrust => [TlsProblem::NobodyToTrust],
        TlsProblem::NotYetValid { .. } => maybe("1 January 2100")
            .map(|from| TlsProblem::NotYetValid { from }),
        TlsProblem::NotTls => [TlsProblem::NotTls],
        TlsProblem::OtherName { .. } => names.map(|names| TlsProblem::OtherName {
            asked: "r.example".to_owned(),
            names: names.iter().map(ToString::to_string).collect(),
        }),
        TlsProblem::Refused => [TlsProblem::Refused],
        TlsProblem::Silent => [TlsProblem::Silent],
        TlsProblem::UnknownIssuer { .. } => [true, false]
            .map(|self_signed| maybe("Test Authority")
                .map(|issuer| TlsProblem::UnknownIssuer { issuer, self_signed }))
            .concat(),
    })
}
