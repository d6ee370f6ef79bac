use registrar_activity::Service;
use registrar_bandwidth::dashboard::{Difference, RealmDifference};
use registrar_http::{Error, Refusal};
use registrar_import::csv::{Column, Fault};
use registrar_jobs::{JobWork, Reason};
use registrar_secret::SipPassword;
use registrar_sip::answer::Proof;
use registrar_sip::verdict::Verdict;
use registrar_user_agent::check::CheckRequest;

use super::*;
use crate::import::job::Removal;
use crate::{difference, import, registration, request};

/// "Office" in Hebrew.
const OFFICE: &str = "\u{5de}\u{5e9}\u{5e8}\u{5d3}";

#[test]
fn only_right_to_left_names_are_isolated() {
    for name in ["", "frontdesk", "Zürich 5", "接待", "+1 919 555 0150"] {
        assert_eq!(isolated(name), name);
    }
    let letters = ['\u{5d0}', '\u{627}', '\u{7ca}', '\u{fb50}', '\u{1e900}'];
    for name in letters.map(|letter| format!("a{letter}1")) {
        assert_eq!(isolated(&name), format!("\u{2068}{name}\u{2069}"));
    }
}

#[test]
fn sentences_isolate_right_to_left_names() {
    let office = || OFFICE.to_owned();
    let passwords = [format!("/files/{OFFICE}/passwords.csv")];
    let removal = Removal {
        work: JobWork::Import,
        title: OFFICE,
        to_go: 3,
        rows: 5,
        passwords: &passwords,
    };
    let row = registrar_import::RealmProblem::Unknown {
        some: vec![office()],
        more: 3,
    };
    let columns = Fault::TwoColumns {
        column: Column::UserName,
        one: office(),
        other: "ext".to_owned(),
    };
    let untrusted = Error::Untrusted {
        service: Service::Dashboard,
        issuer: Some(office()),
    };
    let description = RealmDifference::Description {
        before: office(),
        now: "Lobby".to_owned(),
    };
    let asked = asked();
    for sentence in [
        removal.before(),
        removal.after(),
        import::words(&columns).sentence,
        import::row::sentence(&registrar_import::Problem::Realm(row)).into_owned(),
        import::outcome::sentence(&Reason::Exists { name: office() }).into_owned(),
        request::failure(&untrusted).sentence,
        difference::of_realm(&[description]).unwrap().next.unwrap(),
        difference::sentence(&Difference::UserName {
            before: office(),
            now: "bob".to_owned(),
        }),
        registration::verdict(&asked, &Verdict::RealmNotAnswered { asked: office() }).sentence,
    ] {
        let at = sentence.find(OFFICE).unwrap();
        let before = &sentence[..at];

        let opened = before.matches(ISOLATE).count();
        assert_eq!(opened, before.matches(END).count() + 1, "{sentence:?}");
        assert_eq!(
            sentence.matches(ISOLATE).count(),
            sentence.matches(END).count(),
            "{sentence:?}"
        );
    }
}

#[test]
fn foreign_text_of_10000_letters_is_cut() {
    let long = "no ".repeat(3_334);
    let services = [Service::Dashboard, Service::Twilio, Service::Voice];
    let refused = services.map(|service| {
        let mut refusal = Refusal::new(service, 400);
        refusal.description = Some(long.clone());
        request::failure(&Error::Refused(refusal))
    });
    let details = refused.iter().flat_map(|failure| {
        let causes = failure.causes.iter().cloned();
        failure.detail.iter().cloned().chain(causes)
    });
    let asked = asked();
    let phone = registration::verdict(
        &asked,
        &Verdict::Unexpected {
            status: 499,
            reason: long.clone(),
        },
    );

    let quoting: Vec<String> = details
        .chain([phone.sentence])
        .filter(|text| text.contains("no no"))
        .collect();

    assert_eq!(quoting.len(), 5, "{quoting:?}");
    for text in quoting {
        assert!(text.contains('…'), "{text}");
        assert!(text.chars().count() < 700, "{}", text.chars().count());
    }
}

fn asked() -> CheckRequest {
    registration::sentences::request(Proof::Password(SipPassword::new("secret")), &[5006])
}
