//! The desk against the practice services, and against an API whose lists are wrong.

use std::fmt::Write as _;
use std::net::IpAddr;

use parking_lot::Mutex;
use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{
    EnvironmentName, NewCredential, NewRealm, Realm, RealmName, Scope, UserName,
};
use registrar_digest::Hashes;
use registrar_explain::FailureKind;
use registrar_http::scripted::{Reply, Scripted};
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::{Faults, Practice, Spoiled, WireFault};
use registrar_secret::{SignInSecret, SipPassword};
use registrar_user_agent::resolve::{Answer, Resolve, Srv};

use super::*;
use crate::account::Account;
use crate::ipc::{
    DeskApplicationFilter, DeskCheckReport, DeskChecked, DeskLoading, DeskResultFilter, DeskSort,
    DeskWhich, SignInDraft, SignInMethod,
};

pub(super) fn shown(find: &str) -> ListRows {
    ListRows {
        offset: 0,
        count: 200,
        realm: None,
        find: find.to_owned(),
        sort: DeskSort::UserName,
        descending: false,
        result: DeskResultFilter::Any,
        application: DeskApplicationFilter::Any,
    }
}

pub(super) async fn practice() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start(folder.path()).await.unwrap();
    let services = Services::practice(practice, Vault::new(Arc::new(Forgetting::default())));
    let sample = Practice::sample_sign_in();
    let draft = SignInDraft {
        account_number: sample.account_number,
        user: sample.client_id,
        ..SignInDraft::start(EnvironmentName::Practice)
    };
    let account = Account::from_draft(PRACTICE.to_owned(), &draft).unwrap();
    let jobs = Jobs::at(folder.path().join("jobs"));
    let desk = Desk::open(services, account, jobs);
    desk.sign_in_by_itself().await;
    assert_eq!(desk.asks_for(), None);
    (folder, desk)
}

async fn fill(desk: &Desk, realm: &Realm, count: usize) {
    let dashboard = desk.dashboard().unwrap();
    let password = SipPassword::new("secret-7f3a");
    let new = |number: usize| {
        let name = format!("{}-{number:05}", realm.id);
        NewCredential {
            hashes: Hashes::make(&name, &realm.name, &password),
            user_name: UserName::parse(&name).unwrap(),
            domain: None,
            realm: realm.name.clone(),
            application_id: None,
        }
    };
    let all: Vec<NewCredential> = (0..count).map(new).collect();
    for batch in all.chunks(1000) {
        let made = dashboard.create_credentials(Scope::Realm(realm.id), batch);
        assert_eq!(made.await.unwrap().made.len(), batch.len());
    }
}

pub(super) async fn check(
    desk: &Desk,
    which: DeskWhich,
    on_progress: &(dyn Fn(DeskChecked) + Send + Sync),
) -> DeskCheckReport {
    let stop = CancellationToken::new();
    desk.check(which, 50, &stop, on_progress).await.unwrap()
}

pub(super) async fn load(desk: &Desk) -> DeskState {
    let stop = CancellationToken::new();
    desk.load(&stop, &|_| {}).await.unwrap()
}

#[tokio::test]
async fn thousands_of_credentials_are_loaded_found_and_counted() {
    let (_folder, desk) = practice().await;
    let dashboard = desk.dashboard().unwrap();
    let office = dashboard.realms().await.unwrap().remove(0);
    let new = NewRealm {
        name: RealmName::parse("lobby").unwrap(),
        description: registrar_bandwidth::dashboard::Description::parse("").unwrap(),
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
                    .ends_with("What is not loaded yet is not searched.")),
        "progress is said"
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
async fn checking_from_stored_hashes_adds_no_binding() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let told = Mutex::new(Vec::new());

    let tell = |one| told.lock().push(one);
    let report = check(&desk, DeskWhich::Shown, &tell).await;

    assert_eq!(report.sentence, "All 2 that were checked are accepted.");
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

const REALM: &str = "r.example";

fn realms(count: u32) -> Reply {
    Reply::xml(
        200,
        &format!(
            "<RealmsResponse><Realms><Realm><Id>1</Id><Realm>{REALM}</Realm><Default>true</Default>\
             <SipCredentialCount>{count}</SipCredentialCount><Status>ACTIVE</Status></Realm></Realms>\
             </RealmsResponse>"
        ),
    )
}

fn page(ids: std::ops::Range<u32>, next: Option<u32>) -> Reply {
    let mut body = "<SipCredentialsResponse><Links>".to_owned();
    if let Some(next) = next {
        let link = format!("Link=&lt;http://x.example/?page={next}&amp;size=500&gt;;rel=\"next\";");
        write!(body, "<next>{link}</next>").unwrap();
    }
    body += "</Links><SipCredentials>";
    for id in ids {
        write!(
            body,
            "<SipCredential><Id>{id}</Id><UserName>u{id}</UserName><RealmId>1</RealmId>\
             <Realm>{REALM}</Realm></SipCredential>"
        )
        .unwrap();
    }
    body += "</SipCredentials></SipCredentialsResponse>";
    Reply::xml(200, &body)
}

async fn against(replies: Vec<Reply>) -> (DeskState, Desk) {
    let api = Scripted::start(replies).await;
    let draft = SignInDraft {
        account_number: "5500123".to_owned(),
        method: SignInMethod::ApiUser,
        user: "user".to_owned(),
        token_address: api.url.to_string(),
        bearer_address: api.url.to_string(),
        basic_address: api.url.to_string(),
        remember: false,
        ..SignInDraft::start(EnvironmentName::Own)
    };
    let account = Account::from_draft("a".to_owned(), &draft).unwrap();
    let desk = Desk::open(Services::real(), account, jobs());
    desk.sign_in_by_itself().await;
    assert_eq!(desk.asks_for(), Some(SignInMethod::ApiUser));
    desk.sign_in(SignInSecret::new("password-7f3a"))
        .await
        .unwrap();
    (load(&desk).await, desk)
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
            Some("comes again and again after 2 of 9"),
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
            Some("comes again and again after 2 of 9"),
        ),
        (
            "counts that differ",
            vec![realms(7), realms(7), page(0..3, None), realms(7)],
            3,
            Some("says that it holds 7 SIP credentials; its list has 3"),
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
            Some("3 of 7 SIP credentials of r.example are loaded: "),
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
        assert_eq!(state.sentence, "3 of 5 are loaded and searched.", "{name}");
        let problem = &state.problems[0];
        let part = "3 of 5 SIP credentials of r.example are loaded: ";
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

/// A folder that no test here writes to.
fn jobs() -> Jobs {
    Jobs::at(std::env::temp_dir().join("never-made"))
}
