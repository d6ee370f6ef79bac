use registrar_sip::verdict::Unregistered;

use super::super::fixture::{REALM, against, binds, lists};
use super::*;
use crate::scripted::{Act, challenge, status};

const PHONE: &str = "<sip:phone@192.0.2.9:5062>;expires=1800";

#[tokio::test]
async fn no_phone_is_replaced_before_a_person_allows_it() {
    for (list, listed) in [(lists(PHONE), true), (status(405), false)] {
        let script = [challenge(REALM, ""), list, status(200)];
        let (outcome, heard) = against(CheckKind::Full, &script).await;

        let Verdict::MayReplace {
            proved: Some(proved),
            listed: told,
        } = outcome.verdict
        else {
            panic!("{:?}", outcome.verdict)
        };
        assert_eq!((proved.user_name.as_str(), told), ("bob", listed));
        assert!(!binds(&heard), "nothing was registered");
    }
    // Another check's own registration isn't a phone.
    let left = lists("<sip:check-0a1b@192.0.2.9>;expires=30");
    let script = [
        challenge(REALM, ""),
        left,
        challenge(REALM, ""),
        status(200),
    ];
    let (outcome, heard) = against(CheckKind::Full, &script).await;
    assert!(matches!(outcome.verdict, Verdict::Accepted { .. }));
    assert!(binds(&heard));
}

#[tokio::test]
async fn a_phone_that_a_full_check_signed_out_is_named() {
    let ours = "OURS;expires=60";
    for (after, gone) in [
        (status(200), true),
        (lists("<SIP:phone@192.0.2.9:5062>;expires=1799"), false),
        (lists("<sip:phone@192.0.2.9:5062>;expires=0"), true),
    ] {
        let ask = || challenge(REALM, "");
        let script = [
            ask(),
            lists(PHONE),
            ask(),
            lists(ours),
            status(200),
            ask(),
            after,
        ];
        let (outcome, heard) = against(CheckKind::Replacing, &script).await;

        assert_eq!(outcome.unregistered, Some(Unregistered::Done));
        assert_eq!(heard.len(), script.len());
        let verdict = outcome.verdict;
        if let Verdict::ReplacedPhones { gone: named, .. } = verdict {
            assert_eq!(named, ["sip:phone@192.0.2.9:5062"]);
            assert!(gone);
        } else {
            assert!(!gone && verdict.proved(), "{verdict:?}");
        }
    }
}

#[tokio::test]
async fn a_refused_registration_leaves_the_query_its_proof() {
    let error = (
        "P-Registrar-Error",
        "Too many registered contacts".to_owned(),
    );
    for (refusal, expected, too) in [
        (status(403), 403, false),
        (Act::Answer(503, vec![error]), 503, true),
        (status(500), 500, false),
    ] {
        let script = [
            challenge(REALM, ""),
            lists(PHONE),
            challenge(REALM, ""),
            refusal,
            status(200),
        ];
        let (outcome, _) = against(CheckKind::Replacing, &script).await;

        let Verdict::RegistrationRefused {
            proved,
            status,
            phones,
            too_many,
        } = outcome.verdict
        else {
            panic!("{:?}", outcome.verdict)
        };
        assert_eq!(proved.user_name, "bob");
        assert_eq!((status, phones, too_many), (expected, 1, too));
        assert_eq!(outcome.remarks.len(), usize::from(too));
        assert_eq!(outcome.bindings.len(), 1);
    }
}

#[tokio::test]
async fn a_forbidden_query_proves_nothing_of_the_password() {
    let ask = || challenge(REALM, "");
    let forbidden = |answered, query| Verdict::Forbidden { answered, query };
    let no = || vec![ask(), status(403)];
    let refused = || vec![ask(), ask()];
    for (kind, script, verdict) in [
        (CheckKind::Full, vec![status(403)], forbidden(false, true)),
        (
            CheckKind::Full,
            [no(), no()].concat(),
            forbidden(true, true),
        ),
        // The name in its other form came further.
        (
            CheckKind::Full,
            [refused(), no()].concat(),
            forbidden(true, true),
        ),
        (
            CheckKind::Replacing,
            [no(), no(), no(), no()].concat(),
            forbidden(true, false),
        ),
        (
            CheckKind::Replacing,
            [no(), no(), refused(), refused()].concat(),
            Verdict::CredentialRefused {
                tried: vec!["bob".to_owned(), "bob@r.example".to_owned()],
            },
        ),
        // Whoever asks nothing and then forbids the registration was asked for one already.
        (
            CheckKind::Full,
            vec![status(200), status(403)],
            forbidden(false, false),
        ),
    ] {
        let (outcome, heard) = against(kind, &script).await;

        assert_eq!(outcome.verdict, verdict, "{script:?}");
        let asked_to_bind = matches!(verdict, Verdict::CredentialRefused { .. })
            || verdict == forbidden(true, false)
            || verdict == forbidden(false, false);
        assert_eq!(binds(&heard), asked_to_bind, "{script:?}");
        assert!(!outcome.verdict.proved() && outcome.unregistered.is_none());
    }
}
