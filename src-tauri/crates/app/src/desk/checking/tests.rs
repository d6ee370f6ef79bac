use std::net::IpAddr;

use registrar_explain::FailureKind;
use registrar_user_agent::resolve::{Answer, Resolve, Srv};

use super::*;
use crate::desk::fixture::{against, check, fill, load, page, practice, realms, shown};
use crate::ipc::{DeskResultFilter, ListRows, SelectRows};

#[test]
fn the_end_says_what_was_accepted_what_not_and_what_was_left() {
    for (total, done, checked, accepted, tone, sentence) in [
        (
            1,
            1,
            1,
            1,
            Tone::Good,
            "1 credential was checked and accepted.",
        ),
        (
            3,
            3,
            3,
            3,
            Tone::Good,
            "All 3 checked credentials were accepted.",
        ),
        (
            1,
            1,
            1,
            0,
            Tone::Bad,
            "1 credential was checked and not accepted.",
        ),
        (
            2,
            2,
            2,
            0,
            Tone::Bad,
            "None of the 2 checked credentials was accepted.",
        ),
        (
            4000,
            4000,
            4000,
            3999,
            Tone::Bad,
            "4,000 credentials were checked: 3,999 accepted, 1 not accepted.",
        ),
        (
            9,
            0,
            0,
            0,
            Tone::Wait,
            "Stopped. No credential was checked. 9 weren’t checked.",
        ),
        (
            9,
            2,
            2,
            2,
            Tone::Wait,
            "Stopped. All 2 checked credentials were accepted. 7 weren’t checked.",
        ),
        (
            3,
            3,
            2,
            1,
            Tone::Wait,
            "2 credentials were checked: 1 accepted, 1 not accepted. 1 wasn’t checked.",
        ),
    ] {
        let report = report(
            &Tally {
                total,
                done,
                checked,
                accepted,
            },
            None,
        );

        assert_eq!((report.tone, report.sentence.as_str()), (tone, sentence));
    }
}

#[test]
fn a_registrar_that_blocks_is_named() {
    let tally = Tally {
        total: 30,
        done: 12,
        checked: 8,
        accepted: 8,
    };

    let silent = report(&tally, Some(Blocked::Silent));
    let refusing = report(&tally, Some(Blocked::Refusing));

    assert_eq!((silent.not_checked, silent.tone), (22, Tone::Wait));
    assert!(silent.sentence.contains("answered, then went silent"));
    assert!(silent.sentence.ends_with("22 weren’t checked."));
    assert!(refusing.sentence.contains("refused everything"));
}

#[tokio::test]
async fn checking_from_stored_hashes_adds_no_binding() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let told = Mutex::new(Vec::new());

    let tell = |one| told.lock().push(one);
    let report = check(&desk, DeskWhich::Shown, &tell).await;

    assert_eq!(report.sentence, "All 2 checked credentials were accepted.");
    assert_eq!(told.lock().last().unwrap().done, 2);
    let row = desk.rows(&shown("anna")).rows.remove(0);
    let result = row.result.unwrap();
    assert_eq!(result.tone, Tone::Good);
    assert_eq!(result.label, "Accepted the credential");
    assert_eq!(result.bindings, 0, "a query binds nothing");
    let whole = desk.credential(row.id).unwrap();
    assert_eq!(whole.composite, "anna@phones.example");
    assert!(whole.verdict.unwrap().sentence.contains("stored hash"));
    let written = serde_json::to_string(&desk.rows(&shown(""))).unwrap();
    assert!(!written.contains("hash"), "{written}");
}

#[tokio::test]
async fn a_search_for_registrars_that_breaks_is_told_as_broken() {
    let (_folder, mut desk) = practice().await;
    load(&desk).await;
    desk.services.resolver = Arc::new(BreakingDns);

    let stop = CancellationToken::new();
    let broken = desk.check(DeskWhich::Shown, 50, &stop, &|_| {}).await;

    let told = broken.unwrap_err().failure();
    assert_eq!(told.kind, FailureKind::Broken);
    assert!(told.next.starts_with("Nothing was checked."), "{told:?}");
}

struct BreakingDns;

impl Resolve for BreakingDns {
    fn srv<'a>(&'a self, _: &'a str) -> Answer<'a, Vec<Srv>> {
        panic!("as the test wants it")
    }

    fn addresses<'a>(&'a self, _: &'a str) -> Answer<'a, Vec<IpAddr>> {
        panic!("as the test wants it")
    }
}

#[tokio::test]
async fn a_check_that_is_stopped_says_what_was_not_checked() {
    let (_folder, desk) = practice().await;
    let realm = desk.dashboard().unwrap().realms().await.unwrap().remove(0);
    fill(&desk, &realm, 30).await;
    load(&desk).await;
    assert_eq!(desk.rows(&shown("22-000")).total, 30);
    desk.select(SelectRows::All);
    let stop = CancellationToken::new();

    let tell = |one: DeskChecked| {
        assert_eq!(one.total, 30);
        if one.done == 3 {
            stop.cancel();
        }
    };
    let report = desk.check(DeskWhich::Selected, 50, &stop, &tell).await;
    let report = report.unwrap();

    assert!(report.sentence.starts_with("Stopped. "), "{report:?}");
    assert_eq!(report.accepted + report.not_checked, 30);
    assert!(report.not_checked >= 20, "{report:?}");
    let again = desk.view(Vec::new()).last_check;
    assert_eq!(
        again,
        Some(report),
        "it is there when the desk is opened again"
    );
}

#[tokio::test]
async fn a_rate_out_of_its_range_is_refused_beside_its_field() {
    let (_folder, desk) = practice().await;
    load(&desk).await;

    for rate in [0, 51] {
        let stop = CancellationToken::new();
        let refused = desk.check(DeskWhich::Shown, rate, &stop, &|_| {}).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })));
    }
}

#[tokio::test]
async fn a_credential_without_a_hash_is_not_checked_and_says_why() {
    let (_, desk) = against(vec![realms(1), realms(1), page(0..1, None)]).await;

    let report = check(&desk, DeskWhich::Shown, &|_| {}).await;

    assert_eq!((report.not_accepted, report.not_checked), (0, 1));
    let result = desk.rows(&shown("")).rows.remove(0).result.unwrap();
    assert_eq!(result.label, "No stored hash");
    let unchecked = ListRows {
        result: DeskResultFilter::Unchecked,
        ..shown("")
    };
    assert_eq!(desk.rows(&unchecked).rows.len(), 1);
}
