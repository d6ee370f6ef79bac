//! What a report offers and says in addition to its verdict.

use super::*;
use crate::CheckQuestion;

#[tokio::test]
async fn each_end_of_the_un_registration_has_its_own_words() {
    let bound = with(200, "Contact", "OURS;expires=60");
    for (last, part) in [
        (status(200), "own registration was removed"),
        (Act::Silent, "didn’t confirm"),
        (status(500), "(status 500)"),
        (bound.clone(), "still lists"),
    ] {
        let acts = [ask(), status(200), ask(), bound.clone(), last];
        let (verdict, report) =
            words_of(CheckKind::Full, TransportName::Udp, By::Hashes, &acts).await;

        assert!(verdict.proved(), "{verdict:?}");
        let words = report.unregistered.unwrap();
        assert!(words.contains(part), "{words}");
        let named = report
            .evidence
            .iter()
            .any(|line| line.contains("sip:check-") && line.contains("within 1 minute"));
        assert_eq!(
            named,
            part != "own registration was removed",
            "{:?}",
            report.evidence
        );
    }
}

#[tokio::test]
async fn only_a_typed_password_is_offered_for_another_realm() {
    let other = challenge("other.example", ", qop=\"auth\"");
    let acts = [other, status(200)];
    let query = CheckKind::Query;
    let (_, by_password) = words_of(query, TransportName::Udp, By::Password, &acts).await;
    let (_, allowed) = words_of(query, TransportName::Udp, By::Allowed, &acts).await;
    let (_, by_hash) = words_of(query, TransportName::Udp, By::Hashes, &acts).await;

    let realm = "other.example".to_owned();
    let question = CheckQuestion::Realm {
        host: REALM.to_owned(),
        shown: realm.clone(),
        realm,
    };
    assert_eq!(by_password.question, Some(question));
    assert_eq!((allowed.question, by_hash.question), (None, None));
}

#[tokio::test]
async fn a_forbidden_check_offers_no_more_than_it_may() {
    let wrong = "The user name or password is wrong.";
    let only_real = "The registrar doesn’t answer checks that register nothing.";
    let no = || vec![ask(), status(403)];
    for (kind, acts, question, causes) in [
        (
            CheckKind::Full,
            vec![status(403)],
            Some(CheckQuestion::Forbidden { answered: false }),
            (false, true),
        ),
        (
            CheckKind::Full,
            [no(), no()].concat(),
            Some(CheckQuestion::Forbidden { answered: true }),
            (true, true),
        ),
        (CheckKind::Query, [no(), no()].concat(), None, (true, true)),
        (
            CheckKind::Replacing,
            [no(), no(), no(), no()].concat(),
            None,
            (true, false),
        ),
        (
            CheckKind::Full,
            vec![status(200), status(403)],
            None,
            (false, false),
        ),
    ] {
        let (_, report) = words_of(kind, TransportName::Udp, By::Password, &acts).await;

        assert_eq!(report.question, question, "{acts:?}");
        let said = |cause: &str| report.verdict.causes.iter().any(|said| said == cause);
        assert_eq!((said(wrong), said(only_real)), causes, "{acts:?}");
        let names_a_check = report.verdict.sentence.contains("doesn’t allow this check");
        assert_eq!(names_a_check, causes.1, "{acts:?}");
    }
}
