//! A single SIP credential at the desk, against the practice services: created, diagnosed, repaired
//! and given a new password.

use registrar_activity::Tone;
use registrar_bandwidth::dashboard::{Credential, CredentialKey};
use registrar_bandwidth::discovery;
use registrar_digest::{Hashes, StoredHashes};
use registrar_explain::RecoveryOption;
use registrar_practice::phone::{PhoneSettings, PretendPhone};
use registrar_practice::{Faults, Practice, Spoiled, WireFault};
use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;

use super::fixture::{check, load, practice, shown};
use super::*;
use crate::ipc::{Copyable, CredentialDraft, DeskWhich};

/// A password that must not appear anywhere.
pub(super) const CANARY: &str = "canary-7f3a";

pub(super) fn password(plain: &str) -> SipPassword {
    SipPassword::new(plain)
}

pub(super) fn stop() -> CancellationToken {
    CancellationToken::new()
}

fn draft(user_name: &str, domain: &str) -> CredentialDraft {
    CredentialDraft {
        user_name: user_name.to_owned(),
        domain: domain.to_owned(),
        application_id: String::new(),
    }
}

pub(super) fn id_of(desk: &Desk, find: &str) -> f64 {
    desk.rows(&shown(find)).rows.remove(0).id
}

/// Returns what the practice API has stored.
pub(super) async fn stored(desk: &Desk, id: f64) -> Credential {
    let id = CredentialId(number(id));
    let realm = desk.model().shown().list.row(id).unwrap().realm_id;
    let key = CredentialKey::InRealm(realm, id);
    let dashboard = desk.dashboard().unwrap();
    dashboard.credential(&key).await.unwrap().unwrap()
}

/// Replaces the hashes as someone else.
pub(super) async fn put(desk: &Desk, id: f64, hashes: &StoredHashes) {
    let there = stored(desk, id).await;
    let dashboard = desk.dashboard().unwrap();
    let application = there.application_id.as_deref();
    let answer = dashboard.put_credential(&there, hashes, application);
    answer.await.unwrap();
}

pub(super) async fn is_accepted(desk: &Desk, id: f64) -> bool {
    check(desk, DeskWhich::One { id }, &|_| {}).await.accepted == 1
}

pub(super) fn puts(desk: &Desk) -> usize {
    let all = desk.exchanges();
    let is_put = |one: &&Exchange| one.request.starts_with("PUT ");
    all.iter().filter(is_put).count()
}

pub(super) fn practice_of(desk: &Desk) -> Arc<Practice> {
    desk.services.practice.clone().unwrap()
}

pub(super) fn cut_off() -> Faults {
    Faults {
        dashboard: WireFault {
            spoiled: Some(Spoiled::CutOff),
            ..WireFault::default()
        },
        ..Faults::default()
    }
}

#[tokio::test]
async fn a_credential_is_made_listed_handed_out_and_registers() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let realm = desk.state().realms[0].id;
    for (user_name, domain, composite) in [("bob", "", "bob"), ("bob", "bw.com", "bob@bw.com")] {
        let told = Mutex::new(Vec::new());
        let tell = |line: &str| told.lock().push(line.to_owned());

        let made = desk
            .add_credential(
                realm,
                &draft(user_name, domain),
                Some(password(CANARY)),
                &stop(),
                &tell,
            )
            .await
            .unwrap();

        assert_eq!(made.phone.user_name, composite);
        assert_eq!(made.phone.password_length, Some(11));
        assert!(made.phone.port.is_some());
        assert_eq!(made.notices, []);
        assert_eq!(*desk.reveal(Copyable::Password).unwrap(), CANARY);
        assert_eq!(desk.unsaved_password(), None, "whoever typed it knows it");
        let copied = desk.clipboard_text(Copyable::UserName).unwrap();
        assert_eq!((&**copied.text, copied.secret), (composite, false));
        assert!(desk.clipboard_text(Copyable::Hash1).unwrap().secret);
        let (window, told) = (serde_json::to_string(&made).unwrap(), format!("{told:?}"));
        assert!(!window.contains(CANARY) && !told.contains(CANARY));
        assert!(is_accepted(&desk, made.id).await);
    }
    assert_eq!(
        desk.state().sentence,
        "All 4 SIP credentials are loaded.",
        "the counts went along"
    );
    desk.close_task();
    assert!(desk.reveal(Copyable::Password).is_err(), "it is forgotten");
}

#[tokio::test]
async fn a_made_password_is_used_and_wrong_fields_are_named_at_once() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let realm = desk.state().realms[0].id;

    let wrong = desk
        .add_credential(realm, &draft("a:b", "d d"), None, &stop(), &|_| {})
        .await;
    let Err(Error::Invalid { problems }) = wrong else {
        panic!("{wrong:?}")
    };
    let fields: Vec<&str> = problems.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["password", "userName", "domain"]);

    assert_eq!(desk.generate_password().unwrap(), 22);
    let shown = desk.reveal(Copyable::Password).unwrap();
    let made = desk
        .add_credential(realm, &draft("carla", ""), None, &stop(), &|_| {})
        .await
        .unwrap();
    assert_eq!(*desk.reveal(Copyable::Password).unwrap(), *shown);
    assert_eq!(desk.unsaved_password().as_deref(), Some("carla"));
    desk.password_is_kept();
    assert_eq!(desk.unsaved_password(), None, "it is kept elsewhere");
    let there = stored(&desk, made.id).await;
    let hashes = Hashes::make("carla", &there.realm, &password(&shown));
    assert!(there.hashes.unwrap().are(&hashes));
}

#[tokio::test]
async fn a_name_that_is_taken_leads_to_the_credential_that_has_it() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let realm = desk.state().realms[0].id;
    let taken = draft("RECEPTION", "");

    let refused = desk
        .add_credential(realm, &taken, Some(password(CANARY)), &stop(), &|_| {})
        .await;

    let told = refused.unwrap_err().failure();
    let options = &told.recovery_options;
    assert!(options.contains(&RecoveryOption::UseExisting), "{told:?}");
    assert!(options.contains(&RecoveryOption::NewPassword));
    let found = desk.find_credential(realm, &taken).await.unwrap();
    assert_eq!(number(found), number(id_of(&desk, "reception")));
}

#[tokio::test]
async fn changed_letter_case_is_reported_and_hashes_are_made_for_it() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    practice_of(&desk).set_faults(Faults {
        letter_case_changed: true,
        ..Faults::default()
    });
    let realm = desk.state().realms[0].id;

    let made = desk
        .add_credential(
            realm,
            &draft("dora", ""),
            Some(password("x")),
            &stop(),
            &|_| {},
        )
        .await
        .unwrap();

    assert_eq!(made.phone.user_name, "Dora");
    assert!(made.notices[0].sentence.contains("Dora"), "{made:?}");
    assert!(is_accepted(&desk, made.id).await);
}

#[tokio::test]
async fn credential_with_a_lost_answer_is_looked_up_before_a_resend() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let realm = desk.state().realms[0].id;
    let new = draft("erik", "");
    let typed = || Some(password(CANARY));

    practice_of(&desk).set_faults(cut_off());
    let lost = desk
        .add_credential(realm, &new, typed(), &stop(), &|_| {})
        .await;
    assert!(lost.unwrap_err().answer_is_unknown());
    practice_of(&desk).set_faults(Faults::default());
    let made = desk
        .add_credential(realm, &new, typed(), &stop(), &|_| {})
        .await;

    assert!(is_accepted(&desk, made.unwrap().id).await);
    let posts = desk.exchanges();
    let posts = posts
        .iter()
        .filter(|one| one.request.starts_with("POST ") && one.request.contains("sipcredentials"));
    assert_eq!(posts.count(), 1, "it was sent once");
}

#[tokio::test]
async fn each_mistake_in_the_stored_hashes_is_named_and_repaired() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let anna = id_of(&desk, "anna");
    let there = stored(&desk, anna).await;
    let (name, realm) = (there.composite(), there.realm.clone());
    let short = realm.split(['.', '-']).next().unwrap().to_owned();
    let of = |name: &str, realm: &str, plain: &str| {
        StoredHashes::from(Hashes::make(name, realm, &password(plain)))
    };
    let right = of(&name, &realm, CANARY);
    let capitals = StoredHashes {
        hash1: Hash::new(right.hash1.expose().to_uppercase()),
        ..right.clone()
    };
    let only_first = StoredHashes {
        hash1b: None,
        ..right.clone()
    };
    for (mistake, says) in [
        (of(&name, &realm, "other"), "don’t match this password"),
        (of(&name, &realm, "canary-7f3a\n"), "the echo command adds"),
        (of(&name, &short, CANARY), "the short name"),
        (
            of(&name, &realm.to_uppercase(), CANARY),
            "The realm was in capital letters.",
        ),
        (
            of(&name.to_uppercase(), &realm, CANARY),
            "The user name was in capital letters.",
        ),
        (of("anna", &realm, CANARY), "The domain was left out."),
        (
            of("Anna@phones.example", &realm, CANARY),
            "letter case differs",
        ),
        (capitals, "The hash was in capital letters"),
        (only_first, "Hash1b is missing"),
    ] {
        put(&desk, anna, &mistake).await;

        let why = desk
            .diagnose_password(anna, password(CANARY))
            .await
            .unwrap();

        assert!(why.verdict.sentence.contains(says), "{says}: {why:?}");
        assert!(why.repairable);
        let written = serde_json::to_string(&why).unwrap();
        assert!(!written.contains(CANARY), "{written}");

        let repaired = desk.repair_hashes(anna, &stop()).await.unwrap();
        assert_eq!(repaired.tone, Tone::Good);
        assert_eq!(
            desk.view(Vec::new()).last_check,
            None,
            "it spoke of another hash"
        );
        assert!(
            stored(&desk, anna).await.hashes.unwrap().same_as(&right),
            "{says}"
        );
        assert!(is_accepted(&desk, anna).await, "{says}");
        let again = desk
            .diagnose_password(anna, password(CANARY))
            .await
            .unwrap();
        assert!(!again.repairable && again.verdict.tone == Tone::Good);
    }
    let hash = right.hash1.expose();
    for exchange in desk.exchanges() {
        let written = serde_json::to_string(&exchange).unwrap();
        assert!(
            !written.contains(CANARY) && !written.contains(hash),
            "{written}"
        );
    }
}

#[tokio::test]
async fn repair_needs_the_password_typed_for_this_credential() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let (anna, reception) = (id_of(&desk, "anna"), id_of(&desk, "reception"));
    desk.diagnose_password(anna, password(CANARY))
        .await
        .unwrap();

    let other = desk.repair_hashes(reception, &stop()).await;
    desk.close_task();
    let left = desk.repair_hashes(anna, &stop()).await;

    for refused in [other, left] {
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
    }
    assert_eq!(puts(&desk), 0);
}

#[tokio::test]
async fn a_password_with_outer_white_space_is_never_stored() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let anna = id_of(&desk, "anna");
    let realm = stored(&desk, anna).await.realm;
    let right = Hashes::make("anna@phones.example", &realm, &password(CANARY));
    put(&desk, anna, &right.into()).await;
    let before = puts(&desk);
    let spaced = || password("canary-7f3a ");

    let why = desk.diagnose_password(anna, spaced()).await.unwrap();

    assert!(
        why.verdict
            .sentence
            .contains("spaces around the password were left out"),
        "{why:?}"
    );
    assert!(!why.repairable, "{why:?}");
    assert!(desk.repair_hashes(anna, &stop()).await.is_err());
    let realm = desk.state().realms[0].id;
    let eve = draft("eve", "");
    let stop = stop();
    let made = desk.add_credential(realm, &eve, Some(spaced()), &stop, &|_| {});
    assert!(matches!(made.await, Err(Error::Invalid { .. })));
    let replaced = desk.replace_password(anna, Some(spaced()), &stop).await;
    assert!(matches!(replaced, Err(Error::Invalid { .. })));
    assert_eq!(puts(&desk), before, "nothing was sent");
}

#[tokio::test]
async fn a_phone_is_seen_before_its_password_is_replaced() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let realm = desk.state().realms[0].id;
    let made = desk
        .add_credential(
            realm,
            &draft("fred", ""),
            Some(password("old")),
            &stop(),
            &|_| {},
        )
        .await
        .unwrap();
    let dashboard = desk.dashboard().unwrap();
    let settings = dashboard.sip_authentication().await.ok();
    let resolver = desk.services.resolver.as_ref();
    let found = discovery::find(resolver, settings.as_ref(), &made.phone.realm).await;
    let settings = PhoneSettings {
        realm: made.phone.realm.clone(),
        composite: "fred".to_owned(),
        registrar: found.targets(TransportName::Udp)[0].address,
        transport: TransportName::Udp,
    };
    let phone = PretendPhone::register(settings, password("old"), "Phone").await;
    let phone = phone.unwrap();

    assert!(is_accepted(&desk, made.id).await);
    let before = desk.credential(made.id).unwrap();
    let given = desk
        .replace_password(made.id, Some(password(CANARY)), &stop())
        .await;

    assert_eq!(before.bindings.len(), 1, "{before:?}");
    assert_eq!(given.unwrap().phone.user_name, "fred");
    assert_eq!(*desk.reveal(Copyable::Password).unwrap(), CANARY);
    assert!(is_accepted(&desk, made.id).await);
    drop(phone);
}
