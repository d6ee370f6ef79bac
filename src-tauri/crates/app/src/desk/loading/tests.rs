use parking_lot::Mutex;
use registrar_bandwidth::dashboard::{Description, NewRealm, RealmName};
use registrar_http::scripted::Reply;
use registrar_practice::{Faults, Spoiled, WireFault};

use super::*;
use crate::desk::fixture::{against, fill, load, page, practice, realms, shown};
use crate::desk::view;
use crate::ipc::{DeskLoading, ListRows};

#[tokio::test]
async fn thousands_of_credentials_are_loaded_found_and_counted() {
    let (_folder, desk) = practice().await;
    let dashboard = desk.dashboard().unwrap();
    let office = dashboard.realms().await.unwrap().remove(0);
    let new = NewRealm {
        name: RealmName::parse("lobby").unwrap(),
        description: Description::parse("").unwrap(),
        default: false,
    };
    let lobby = dashboard.create_realm(&new).await.unwrap();
    let (every, limit) = Dashboard::USUAL_WAIT;
    let lobby = dashboard
        .wait_until_active(lobby.id, every / 20, limit)
        .await;
    let lobby = lobby.unwrap();
    fill(&desk, &office, 2_300).await;
    fill(&desk, &lobby, 700).await;

    let steps = Mutex::new(Vec::new());
    let stop = CancellationToken::new();
    let tell = |state| steps.lock().push(state);
    let state = desk.load(&stop, &tell).await.unwrap();

    assert_eq!(state.sentence, "All 3,002 SIP credentials are loaded.");
    assert_eq!(state.loading, DeskLoading::Whole);
    assert_eq!(state.problems, []);
    let steps = steps.into_inner();
    assert!(
        steps
            .iter()
            .any(|step| step.sentence.starts_with("Loading: ")
                && step
                    .sentence
                    .ends_with("A search only finds what’s loaded.")),
        "progress is reported"
    );
    assert_eq!(desk.rows(&shown("-0069")).total, 20, "two realms, ten each");
    let in_lobby = ListRows {
        realm: Some(view::float(lobby.id.0)),
        ..shown("-0069")
    };
    assert_eq!(desk.rows(&in_lobby).total, 10);
    assert_eq!(
        desk.rows(&shown("reception")).rows[0].user_name,
        "reception"
    );
    assert_eq!(desk.rows(&shown("")).rows.len(), 200, "never more at once");
}

#[tokio::test]
async fn a_refresh_that_fails_leaves_the_earlier_list() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let practice = desk.services.practice.clone().unwrap();
    practice.set_faults(Faults {
        dashboard: WireFault {
            spoiled: Some(Spoiled::ServerError),
            ..WireFault::default()
        },
        ..Faults::default()
    });

    let failed = desk.load(&CancellationToken::new(), &|_| {}).await;

    assert!(failed.is_err());
    assert_eq!(desk.rows(&shown("")).total, 2);
    let state = desk.state();
    assert!(
        state.problems[0].sentence.contains("earlier list"),
        "{state:?}"
    );
    practice.set_faults(Faults::default());
    assert_eq!(load(&desk).await.problems, []);
}

#[tokio::test]
async fn lists_that_go_wrong_end_and_are_said() {
    let redirect = || Reply::redirect(303, "?page=1&size=500");
    for (name, replies, loaded, problem) in [
        (
            "duplicate rows",
            vec![realms(4), realms(4), page(0..3, Some(2)), page(1..4, None)],
            4,
            None,
        ),
        (
            "a redirect to the first page",
            vec![realms(2), realms(2), redirect(), page(0..2, None)],
            2,
            None,
        ),
        (
            "a link to the page itself",
            vec![realms(9), realms(9), page(0..2, Some(1)), realms(9)],
            2,
            Some("After 2 of 9 SIP credentials, Bandwidth’s list of"),
        ),
        (
            "the same rows under every link",
            vec![
                realms(9),
                realms(9),
                page(0..2, Some(2)),
                page(0..2, Some(3)),
                realms(9),
            ],
            2,
            Some("After 2 of 9 SIP credentials, Bandwidth’s list of"),
        ),
        (
            "counts that differ",
            vec![realms(7), realms(7), page(0..3, None), realms(7)],
            3,
            Some("Bandwidth counts 7 SIP credentials in the realm"),
        ),
        (
            "a count that changed meanwhile",
            vec![realms(7), realms(7), page(0..3, None), realms(3)],
            3,
            None,
        ),
        (
            "a page that cannot be read",
            vec![
                realms(7),
                realms(7),
                page(0..3, Some(4)),
                Reply::xml(200, "<html>"),
            ],
            3,
            Some("Only 3 of 7 SIP credentials in r.example are loaded. "),
        ),
    ] {
        let (state, desk) = against(replies).await;

        assert_eq!(desk.rows(&shown("")).total, loaded, "{name}");
        let said: Vec<&str> = state
            .problems
            .iter()
            .map(|one| one.sentence.as_str())
            .collect();
        match problem {
            None => assert_eq!(said, [""; 0], "{name}"),
            Some(part) => assert!(
                said.len() == 1 && said[0].contains(part),
                "{name}: {said:?}"
            ),
        }
    }
}

#[tokio::test]
async fn page_that_fails_once_is_retried_and_the_list_is_whole() {
    let cut_off = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<SipCredentialsResponse>";
    let html = b"<html><body>Bad gateway</body></html>";
    for (name, failing) in [
        ("500", Reply::new(500, &[], b"")),
        (
            "502 in HTML",
            Reply::new(502, &[("Content-Type", "text/html")], html),
        ),
        ("429 without a date", Reply::new(429, &[], b"")),
        ("half a body", Reply::Bytes(cut_off.to_vec())),
    ] {
        let again = page(3..5, None);
        let replies = vec![realms(5), realms(5), page(0..3, Some(4)), failing, again];

        let (state, desk) = against(replies).await;

        assert_eq!(
            state.sentence, "All 5 SIP credentials are loaded.",
            "{name}"
        );
        assert_eq!(state.problems, [], "{name}");
        assert_eq!(desk.rows(&shown("")).total, 5, "{name}");
    }
}

#[tokio::test]
async fn a_list_that_comes_byte_by_byte_is_whole() {
    let slowly = |reply| match reply {
        Reply::Bytes(bytes) => Reply::Drops(bytes),
        Reply::Drops(_) | Reply::Endless(_) | Reply::Silence | Reply::Waiting { .. } => {
            panic!("a page is bytes")
        }
    };
    let all = [realms(5), realms(5), page(0..3, Some(4)), page(3..5, None)];

    let (state, desk) = against(all.map(slowly).into()).await;

    assert_eq!(state.sentence, "All 5 SIP credentials are loaded.");
    assert_eq!(desk.rows(&shown("")).total, 5);
}

#[tokio::test]
async fn failing_page_is_reported_with_its_cause_and_the_rest_stays() {
    let cut_off = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<SipCredentialsResponse>";
    let html = b"<html><body>Bad gateway</body></html>";
    for (name, failing) in [
        ("500", Reply::new(500, &[], b"")),
        (
            "502 in HTML",
            Reply::new(502, &[("Content-Type", "text/html")], html),
        ),
        ("429 without a date", Reply::new(429, &[], b"")),
        ("half a body", Reply::Bytes(cut_off.to_vec())),
    ] {
        let replies = vec![realms(5), realms(5), page(0..3, Some(4)), failing];

        let (state, desk) = against(replies).await;

        assert_eq!(state.loading, DeskLoading::Partly, "{name}");
        assert_eq!(
            state.sentence, "3 of 5 loaded. A search only finds these.",
            "{name}"
        );
        let problem = &state.problems[0];
        let part = "Only 3 of 5 SIP credentials in r.example are loaded. ";
        assert!(problem.sentence.starts_with(part), "{name}: {problem:?}");
        assert!(problem.next.is_some(), "{name}");
        assert_eq!(desk.rows(&shown("")).total, 3, "{name}");
    }
}

#[tokio::test]
async fn a_page_of_the_wrong_content_type_counts_by_what_is_in_it() {
    let whole = page(0..2, None);
    let Reply::Bytes(bytes) = &whole else {
        panic!("a page is bytes")
    };
    let text = String::from_utf8(bytes.clone()).unwrap();
    let as_html = Reply::Bytes(text.replace("application/xml", "text/html").into_bytes());
    let not_xml = Reply::new(200, &[("Content-Type", "application/xml")], b"{}");

    let (read, _) = against(vec![realms(2), realms(2), as_html]).await;
    let (refused, desk) = against(vec![realms(2), realms(2), not_xml]).await;

    assert_eq!(read.sentence, "All 2 SIP credentials are loaded.");
    assert_eq!(refused.loading, DeskLoading::Partly);
    assert!(!refused.problems.is_empty());
    assert_eq!(desk.rows(&shown("")).total, 0);
}

#[tokio::test]
async fn a_page_that_panicked_is_told_of_its_realm() {
    let mut underway = JoinSet::new();
    let mut realm_of = HashMap::new();
    let broken = underway.spawn(async { panic!("as the test wants it") });
    realm_of.insert(broken.id(), RealmId(7));

    let (realm, ended) = next::<()>(&mut underway, &mut realm_of).await.unwrap();

    assert_eq!(realm, RealmId(7));
    assert!(matches!(ended, Err(Error::Broken { .. })), "{ended:?}");
    assert!(next(&mut underway, &mut realm_of).await.is_none());
}
