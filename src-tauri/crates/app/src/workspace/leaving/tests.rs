use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use registrar_activity::MessageChartLine;
use registrar_explain::CheckReport;
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::Practice;
use registrar_practice::registrar::{Faults, Registrar};
use registrar_secret::CheckSecret;
use registrar_sip::CheckKind;
use tempfile::TempDir;
use tokio::sync::Notify;

use super::*;
use crate::ipc::{CheckDraft, Screen};
use crate::operation::Operations;
use crate::services::Services;
use crate::standalone_check::StandaloneCheck;

/// The messages of a full check until the registration's answer to the challenge is sent: four of the
/// query, and three more.
const ANSWERED: usize = 7;
const SHORT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(5);

fn app(folder: &TempDir) -> Workspace {
    let services = Services {
        keychain: Vault::new(Arc::new(Forgetting::default())),
        ..Services::real()
    };
    Workspace::new(folder.path().to_owned(), services)
}

fn silent() -> Faults {
    Faults {
        silent: true,
        ..Faults::default()
    }
}

/// Starts a full check and stops it once it may have bound, with `at_the_end` right before. Returns
/// what a person is told.
async fn stop_a_full_check(
    app: &Workspace,
    practised: &Practice,
    at_the_end: impl Fn() + Sync,
) -> String {
    let operations = Operations::default();
    let on_message = || {
        at_the_end();
        operations.cancel(1);
    };
    let standalone_check = app.standalone_check().unwrap();
    let work = full_check(&standalone_check, practised, &on_message);
    let stopped = standalone_check.stopped(CheckKind::Full);
    match operations.run_saying(1, stopped, Box::pin(work)).await {
        Err(Error::Stopped { done }) => done,
        end => panic!("it ended: {end:?}"),
    }
}

/// Starts a full check and drops it once it may have bound, with `at_the_end` right before.
async fn drop_a_full_check(app: &Workspace, practised: &Practice, at_the_end: impl Fn() + Sync) {
    let reached = Notify::new();
    let on_message = || {
        at_the_end();
        reached.notify_one();
    };
    let standalone_check = app.standalone_check().unwrap();
    tokio::select! {
        biased;
        () = reached.notified() => {}
        end = full_check(&standalone_check, practised, &on_message) => panic!("it ended: {end:?}"),
    }
}

/// Makes a full check of the sample, and calls `answered` once it may have bound.
async fn full_check(
    standalone_check: &StandaloneCheck,
    practised: &Practice,
    answered: &(dyn Fn() + Sync),
) -> Result<CheckReport, Error> {
    let sample = practised.sample_check().unwrap();
    let draft = CheckDraft {
        realm: sample.realm,
        user_name: sample.user_name,
        address: sample.address,
        kind: CheckKind::Full,
        ..crate::standalone_check::blank()
    };
    let seen = AtomicUsize::new(0);
    let on_message = |_: &MessageChartLine| {
        if seen.fetch_add(1, Ordering::Relaxed) + 1 == ANSWERED {
            answered();
        }
    };
    let password = CheckSecret::new(sample.password.unwrap());
    standalone_check
        .check(draft, Some(password), &on_message)
        .await
}

fn notices(app: &Workspace) -> Vec<String> {
    let Screen::Home { notices, .. } = app.home() else {
        panic!("not Home")
    };
    notices.into_iter().map(|notice| notice.sentence).collect()
}

fn bindings(registrar: &Registrar, practised: &Practice) -> usize {
    let sample = practised.sample_check().unwrap();
    registrar.bindings(&sample.realm, &sample.user_name).len()
}

#[tokio::test]
async fn binding_left_behind_is_named_at_exit_and_at_the_next_start() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let practised = Practice::start(elsewhere.path()).await.unwrap();
    let this = app(&folder);
    this.open_check(false).await.unwrap();
    drop_a_full_check(&this, &practised, || {
        practised.registrar().set_faults(silent());
    })
    .await;

    let left = this.settle(SHORT).await;

    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].contains("may still be active"), "{left:?}");
    let told = notices(&app(&folder));
    assert_eq!(told.len(), 1, "{told:?}");
    let contact = |sentence: &str| sentence.split(' ').nth(3).map(str::to_owned);
    assert_eq!(contact(&told[0]), contact(&left[0]));
}

#[tokio::test]
async fn what_is_taken_back_in_time_leaves_nothing_to_say() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let practised = Practice::start(elsewhere.path()).await.unwrap();
    let this = app(&folder);
    this.open_check(false).await.unwrap();
    drop_a_full_check(&this, &practised, || {}).await;

    let left = this.settle(LONG).await;

    assert_eq!(left, [""; 0]);
    assert_eq!(bindings(practised.registrar(), &practised), 0);
    assert_eq!(notices(&app(&folder)), [""; 0]);
}

#[tokio::test]
async fn closing_waits_for_a_check_whose_screen_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let this = app(&folder);
    this.open_check(true).await.unwrap();
    let practised = this.side(true).await.unwrap().0.practice.unwrap();
    drop_a_full_check(&this, &practised, || {
        practised.registrar().set_faults(silent());
    })
    .await;
    this.reset_practice().await.unwrap();

    let left = this.settle(SHORT).await;

    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(notices(&this), [""; 0], "it was never real");
}

#[tokio::test]
async fn expired_or_absurd_bindings_are_not_named_and_are_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let this = app(&folder);
    for ends_at in [0, clock::now_ms() - 1, u64::MAX] {
        let contact = "sip:check@192.0.2.1".to_owned();
        let store = this.real_store().unwrap();
        store
            .write(FILE, VERSION, &[Kept { contact, ends_at }])
            .unwrap();

        assert_eq!(notices(&this), [""; 0], "{ends_at}");
        assert!(!folder.path().join(FILE).exists());
    }
}

#[tokio::test]
async fn stopping_a_check_tells_what_became_of_its_registration() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let practised = Practice::start(elsewhere.path()).await.unwrap();
    let this = app(&folder);
    this.open_check(false).await.unwrap();

    let gone = stop_a_full_check(&this, &practised, || {}).await;
    assert_eq!(gone, crate::texts::CHECK_STOPPED);
    assert_eq!(bindings(practised.registrar(), &practised), 0);
    let stays = stop_a_full_check(&this, &practised, || {
        practised.registrar().set_faults(silent());
    })
    .await;

    assert!(stays.contains("may still be active"), "{stays}");
    let looked = this
        .standalone_check()
        .unwrap()
        .stopped(CheckKind::Query)
        .await;
    assert_eq!(looked, crate::texts::LOOK_STOPPED);
    assert_eq!(this.settle(Duration::ZERO).await.len(), 1, "it stays known");
}
