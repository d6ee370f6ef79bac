//! Realms at the desk, against the practice services and against an API whose state changes in
//! between.

use registrar_bandwidth::dashboard::EnvironmentName;
use registrar_http::scripted::{Reply, Scripted};
use registrar_jobs::Jobs;
use registrar_secret::SignInSecret;

use super::*;
use crate::account::Account;
use crate::desk::fixture::practice;
use crate::ipc::{SignInDraft, SignInMethod};
use crate::services::Services;

fn precondition(card: &RealmCard) -> RealmPrecondition {
    RealmPrecondition {
        id: card.id,
        description: card.description.clone(),
        default: card.default,
        credentials: card.credentials,
    }
}

fn change(card: &RealmCard, description: &str, make_default: bool) -> ChangeRealm {
    ChangeRealm {
        operation: 1,
        precondition: precondition(card),
        description: description.to_owned(),
        make_default,
    }
}

fn named<'a>(report: &'a RealmsReport, short: &str) -> &'a RealmCard {
    let mut all = report.realms.iter();
    let found = all.find(|card| card.name.starts_with(short));
    found.unwrap_or_else(|| panic!("{short} in {report:?}"))
}

fn sentence(report: &RealmsReport) -> &str {
    report.notice.as_ref().map_or("", |notice| &notice.sentence)
}

fn next(report: &RealmsReport) -> &str {
    let notice = report.notice.as_ref();
    notice
        .and_then(|notice| notice.next.as_deref())
        .unwrap_or_default()
}

async fn make(desk: &Desk, name: &str) -> RealmsReport {
    let draft = RealmDraft {
        name: name.to_owned(),
        description: "made at the desk".to_owned(),
        default: false,
    };
    let stop = CancellationToken::new();
    desk.add_realm(draft, &stop, &|_| {}).await.unwrap()
}

async fn delete(desk: &Desk, card: &RealmCard, typed: &str) -> Result<RealmsReport, Error> {
    let delete = DeleteRealm {
        operation: 1,
        precondition: precondition(card),
        typed: typed.to_owned(),
    };
    let stop = CancellationToken::new();
    desk.delete_realm(delete, &stop, &|_| {}).await
}

#[tokio::test]
async fn realm_replaces_the_default_and_the_old_one_is_deleted() {
    let (_folder, desk) = practice().await;
    desk.list_realms().await.unwrap();

    let made = make(&desk, "lobby").await;
    assert!(
        sentence(&made).contains("was created and is active"),
        "{made:?}"
    );
    let described = desk.change_realm(change(named(&made, "lobby"), "the lobby", false));
    let described = described.await.unwrap();
    assert_eq!(named(&described, "lobby").description, "the lobby");
    let default = desk.change_realm(change(named(&described, "lobby"), "the lobby", true));
    let default = default.await.unwrap();

    assert!(named(&default, "lobby").default);
    let office = named(&default, "office");
    assert!(!office.default);
    let barred = office.no_delete.clone().unwrap();
    assert!(
        barred.sentence.contains("It has 2 SIP credentials"),
        "{barred:?}"
    );
}

#[tokio::test]
async fn a_realm_goes_when_its_full_name_was_typed_and_is_waited_for() {
    let (_folder, desk) = practice().await;
    let made = make(&desk, "lobby").await;
    let card = named(&made, "lobby");

    let short = delete(&desk, card, "lobby").await;
    let gone = delete(&desk, card, &card.name).await.unwrap();

    assert!(matches!(short, Err(Error::Invalid { .. })), "{short:?}");
    assert!(sentence(&gone).contains("was deleted"), "{gone:?}");
    assert_eq!(gone.realms.len(), 1);
    let again = delete(&desk, card, &card.name).await.unwrap();
    assert!(sentence(&again).contains("already gone"), "{again:?}");
}

#[tokio::test]
async fn forbidden_deletion_is_not_sent_and_the_workaround_is_named() {
    let (_folder, desk) = practice().await;
    let made = make(&desk, "lobby").await;
    let office = named(&made, "office");

    let refused = delete(&desk, office, &office.name).await.unwrap();

    let notice = refused.notice.unwrap();
    assert!(
        notice.sentence.contains("doesn’t delete the default"),
        "{notice:?}"
    );
    assert!(
        notice
            .next
            .unwrap()
            .contains("another realm the default first")
    );
    let sent = desk.exchanges();
    assert!(
        sent.iter().all(|one| !one.request.starts_with("DELETE")),
        "{sent:?}"
    );
    assert!(office.no_default.is_some());
    let cards = desk.realm_cards();
    let lobby = cards.iter().find(|card| card.name.starts_with("lobby"));
    assert!(lobby.unwrap().no_delete.is_none());
}

#[tokio::test]
async fn a_change_by_somebody_else_is_shown_and_never_overwritten() {
    let (_folder, desk) = practice().await;
    let shown = make(&desk, "lobby").await;
    let card = named(&shown, "lobby");
    let theirs = desk.change_realm(change(card, "theirs", false)).await;
    assert_eq!(named(&theirs.unwrap(), "lobby").description, "theirs");

    let ours = desk
        .change_realm(change(card, "ours", false))
        .await
        .unwrap();
    let deleted = delete(&desk, card, &card.name).await.unwrap();

    for told in [&ours, &deleted] {
        assert!(told.conflict);
        assert!(
            next(told).contains("from “made at the desk” to “theirs”"),
            "{told:?}"
        );
        assert_eq!(named(told, "lobby").description, "theirs");
    }
    let knowing = desk
        .change_realm(change(named(&ours, "lobby"), "ours", false))
        .await;
    assert_eq!(named(&knowing.unwrap(), "lobby").description, "ours");
}

#[tokio::test]
async fn a_name_that_is_taken_is_said_and_what_was_typed_stays() {
    let (_folder, desk) = practice().await;
    let draft = RealmDraft {
        name: "office".to_owned(),
        ..RealmDraft::default()
    };
    let preview = desk.keep_realm_draft(draft.clone());
    assert!(preview.request.unwrap().contains("<Realm>office</Realm>"));

    let refused = desk
        .add_realm(draft, &CancellationToken::new(), &|_| {})
        .await;

    assert_eq!(refused.unwrap_err().code(), Some(33002));
    assert_eq!(desk.realm_form().name, "office");
}

fn realm(description: &str, status: &str) -> Reply {
    Reply::xml(
        200,
        &format!(
            "<RealmResponse><Realm><Id>1</Id><Realm>r.example</Realm><Description>{description}\
             </Description><Default>false</Default><SipCredentialCount>0</SipCredentialCount>\
             <Status>{status}</Status></Realm></RealmResponse>"
        ),
    )
}

fn realms() -> Reply {
    Reply::xml(
        200,
        "<RealmsResponse><Realms><Realm><Id>1</Id><Realm>r.example</Realm><Default>false</Default>\
         <SipCredentialCount>0</SipCredentialCount><Status>ACTIVE</Status></Realm></Realms>\
         </RealmsResponse>",
    )
}

fn gone() -> Reply {
    Reply::xml(
        404,
        "<RealmResponse><ResponseStatus><Description>The resource does not exist</Description>\
         </ResponseStatus></RealmResponse>",
    )
}

fn refused(status: u16, code: u32) -> Reply {
    Reply::xml(
        status,
        &format!(
            "<RealmResponse><ResponseStatus><ErrorCode>{code}</ErrorCode><Description>no\
             </Description></ResponseStatus></RealmResponse>"
        ),
    )
}

/// A desk with an API that returns these responses after the sign-in and the first list.
async fn against(mut replies: Vec<Reply>) -> (Desk, RealmCard, Scripted) {
    replies.splice(0..0, [realms(), realms()]);
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
    let desk = Desk::open(
        Services::real(),
        account,
        Jobs::at(std::env::temp_dir().join("never-made")),
    );
    desk.sign_in(SignInSecret::new("password-7f3a"))
        .await
        .unwrap();
    let card = desk.list_realms().await.unwrap().realms.remove(0);
    (desk, card, api)
}

#[tokio::test]
async fn deletion_with_a_lost_answer_is_looked_up_and_not_resent() {
    let lost = Reply::Bytes(b"HTTP/1.1 202 Accepted\r\nContent-Length: 9\r\n\r\n<".to_vec());
    let (desk, card, api) = against(vec![
        realm("", "ACTIVE"),
        lost,
        realm("", "DELETE_PENDING"),
        gone(),
        realms(),
    ])
    .await;

    let told = delete(&desk, &card, &card.name).await.unwrap();

    assert!(sentence(&told).contains("was deleted"), "{told:?}");
    let deletes = api.lines();
    let deletes = deletes.iter().filter(|line| line.starts_with("DELETE"));
    assert_eq!(deletes.count(), 1);
}

#[tokio::test]
async fn each_refused_deletion_has_its_words_and_the_realm_stays() {
    for (status, code, words) in [
        (409, 33006, "default realm can’t be deleted"),
        (400, 33006, "default realm can’t be deleted"),
        (409, 12666, "doesn’t allow this realm to be deleted"),
        (404, 33001, "realm wasn’t found"),
    ] {
        let (desk, card, _api) = against(vec![
            realm("", "ACTIVE"),
            refused(status, code),
            realm("", "ACTIVE"),
        ])
        .await;

        let error = delete(&desk, &card, &card.name).await.unwrap_err();

        let failure = error.failure();
        assert!(failure.sentence.contains(words), "{code}: {failure:?}");
        assert!(!failure.next.is_empty(), "{code}");
        assert_eq!(desk.realm_cards().len(), 1);
    }
}

#[tokio::test]
async fn a_deletion_that_bandwidth_gave_up_is_said() {
    let (desk, card, _api) = against(vec![
        realm("", "ACTIVE"),
        Reply::new(202, &[], b""),
        realm("", "DELETE_FAILED"),
        realms(),
    ])
    .await;

    let told = delete(&desk, &card, &card.name).await.unwrap();

    assert!(sentence(&told).contains("couldn’t delete"), "{told:?}");
}

#[tokio::test]
async fn stopped_wait_says_that_the_deletion_continues() {
    let (desk, card, _api) = against(vec![
        realm("", "ACTIVE"),
        Reply::new(202, &[], b""),
        realm("", "DELETE_PENDING"),
    ])
    .await;
    let stop = CancellationToken::new();
    let tell = |line: &str| {
        if line.starts_with("Bandwidth is deleting") {
            stop.cancel();
        }
    };
    let asked = DeleteRealm {
        operation: 1,
        precondition: precondition(&card),
        typed: card.name.clone(),
    };

    let stopped = desk.delete_realm(asked, &stop, &tell).await.unwrap_err();

    let failure = stopped.failure();
    assert!(failure.next.contains("can’t be undone"), "{failure:?}");
}

#[tokio::test]
async fn a_change_whose_answer_was_lost_counts_when_it_is_there() {
    let (desk, card, _api) = against(vec![
        realm("", "ACTIVE"),
        Reply::xml(200, "<html>"),
        realm("new", "ACTIVE"),
        realms(),
    ])
    .await;

    let told = desk
        .change_realm(change(&card, "new", false))
        .await
        .unwrap();

    assert!(sentence(&told).contains("was changed"), "{told:?}");
}

#[tokio::test]
async fn a_change_that_was_taken_otherwise_is_said() {
    let (desk, card, _api) = against(vec![
        realm("", "ACTIVE"),
        realm("something else", "ACTIVE"),
        realms(),
    ])
    .await;

    let told = desk
        .change_realm(change(&card, "new", false))
        .await
        .unwrap();

    assert!(
        sentence(&told).contains("different values from the ones sent"),
        "{told:?}"
    );
}
