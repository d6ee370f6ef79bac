use registrar_activity::Tone;
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::Practice;
use tokio_util::sync::CancellationToken;

use super::*;

/// A standalone check in practice, and its sample as a person fills it in.
async fn practised() -> (tempfile::TempDir, StandaloneCheck, CheckDraft, CheckSecret) {
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start(folder.path()).await.unwrap();
    let keychain = Vault::new(Arc::new(Forgetting::default()));
    let standalone_check =
        StandaloneCheck::open(Services::practice(practice, keychain), Checks::default());
    let Screen::Check { form, practice, .. } = standalone_check.screen() else {
        panic!("another screen")
    };
    assert!(practice);
    let sample = form.sample.unwrap();
    let draft = CheckDraft {
        realm: sample.realm,
        user_name: sample.user_name,
        ..form::blank()
    };
    (
        folder,
        standalone_check,
        draft,
        CheckSecret::new(sample.password.unwrap()),
    )
}

fn digits(hash: &registrar_secret::Hash) -> CheckSecret {
    CheckSecret::new(hash.expose())
}

#[tokio::test]
async fn practice_sample_is_proved_by_its_password_and_each_hash() {
    let (_folder, standalone_check, draft, password) = practised().await;
    let sip_password = registrar_secret::SipPassword::new(password.expose());
    let hashes = registrar_digest::Hashes::make(&draft.user_name, &draft.realm, &sip_password);
    for (proof, secret) in [
        (ProofKind::Password, password),
        (ProofKind::Hash1, digits(&hashes.hash1)),
        (ProofKind::Hash1b, digits(&hashes.hash1b)),
    ] {
        let draft = CheckDraft {
            proof,
            ..draft.clone()
        };

        let report = standalone_check
            .check(draft, Some(secret), &|_| {})
            .await
            .unwrap();

        let words = &report.verdict;
        assert!(words.sentence.contains("accepted"), "{proof:?}: {words:?}");
        assert!(report.unregistered.is_none(), "a look binds nothing");
    }
}

#[tokio::test]
async fn secret_is_kept_until_leaving_and_used_for_its_own_kind_only() {
    let (_folder, standalone_check, draft, password) = practised().await;
    let again = || standalone_check.check(draft.clone(), None, &|_| {});

    standalone_check
        .check(draft.clone(), Some(password), &|_| {})
        .await
        .unwrap();
    assert!(again().await.is_ok());
    let as_hash = CheckDraft {
        proof: ProofKind::Hash1,
        ..draft.clone()
    };
    assert!(
        standalone_check
            .check(as_hash, None, &|_| {})
            .await
            .is_err()
    );
    standalone_check.leave();

    let Err(Error::Invalid { problems }) = again().await else {
        panic!("the secret is still there")
    };
    assert_eq!(problems[0].field, "secret");
    let Screen::Check { form, last, .. } = standalone_check.screen() else {
        panic!("another screen")
    };
    assert_eq!(form.user_name, draft.user_name, "what was typed stays");
    assert!(last.is_some());
}

#[tokio::test]
async fn watch_runs_until_stopped_and_ping_needs_no_secret() {
    let (_folder, standalone_check, draft, password) = practised().await;
    let stop = CancellationToken::new();
    let ticks = Mutex::new(Vec::new());
    let on_tick = |tick: &WatchTick| {
        ticks.lock().push(tick.clone());
        stop.cancel();
    };

    let full = CheckDraft {
        kind: CheckKind::Full,
        ..draft.clone()
    };
    let watch = standalone_check.watch(full, Some(password), 5, &on_tick);
    assert!(stop.run_until_cancelled(Box::pin(watch)).await.is_none());
    let ping = standalone_check.ping(draft).await.unwrap();

    let ticks = ticks.into_inner();
    assert_eq!(ticks[0].tone, Tone::Good, "{ticks:?}");
    assert_eq!(ticks[0].bindings, 0, "a look binds nothing");
    assert_eq!(ping.tone, Tone::Good, "{ping:?}");
}

#[tokio::test]
async fn the_last_check_is_saved_and_holds_no_secret() {
    let (_folder, standalone_check, draft, password) = practised().await;
    assert!(matches!(
        standalone_check.file(Savable::MessageChartText),
        Err(Error::NoCheck)
    ));

    standalone_check
        .check(draft, Some(password.clone()), &|_| {})
        .await
        .unwrap();

    for what in [
        Savable::MessageChartPcapng,
        Savable::MessageChartSvg,
        Savable::MessageChartText,
    ] {
        let (name, bytes) = standalone_check.file(what).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("REGISTER"), "{name}");
        assert!(!text.contains(password.expose()), "{name}");
    }
    assert!(standalone_check.file(Savable::ImportSample).is_err());
}

#[tokio::test]
async fn what_cannot_be_checked_is_named_beside_its_field_and_stays() {
    let (_folder, standalone_check, draft, password) = practised().await;
    let wrong = CheckDraft {
        realm: "sip:office".to_owned(),
        ..draft
    };

    let Err(Error::Invalid { problems }) = standalone_check
        .check(wrong.clone(), Some(password), &|_| {})
        .await
    else {
        panic!("it was taken")
    };

    assert_eq!(problems[0].field, "realm");
    assert_eq!(standalone_check.save_draft(wrong.clone()).problems.len(), 1);
    let empty = CheckDraft {
        realm: String::new(),
        ..wrong
    };
    assert!(standalone_check.save_draft(empty).problems.is_empty());
}

#[tokio::test]
async fn practice_does_not_leave_this_computer() {
    let (_folder, standalone_check, draft, password) = practised().await;
    let away = CheckDraft {
        address: "192.0.2.7:5060".to_owned(),
        ..draft
    };

    let Err(Error::Invalid { problems }) =
        standalone_check.check(away, Some(password), &|_| {}).await
    else {
        panic!("it was sent")
    };

    assert_eq!(problems[0].field, "address");
}
