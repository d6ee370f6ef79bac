//! The secret in the URL of a practice service.

use std::sync::Arc;

use acceptance::practice_journey::{
    call_draft, check_twilio, make_credential, make_realm, register_phone, sign_in, to_call,
};
use acceptance::secret_forms::found_in;
use registrar_app::ipc::VoiceDraft;
use registrar_app::journey::session::JourneySession;
use registrar_app::services::Services;
use registrar_evidence::{Machine as Where, Sheet, page};
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::{Faults, Practice, PracticeAddresses, Spoiled, WireFault};
use registrar_storage::store::Store;
use tokio_util::sync::CancellationToken;

use super::PASSWORD;
use super::written::{Written, files};

#[tokio::test]
async fn secret_of_a_practice_address_is_never_written_or_shown() {
    let written = Written::default();
    let for_log = written.clone();
    let log = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || for_log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(log);
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start(&folder.path().join("practice")).await;
    let keychain = Vault::new(Arc::new(Forgetting::default()));
    let services = Services::practice(practice.unwrap(), keychain);
    let practice = services.practice.clone().unwrap();
    written.show(&format!(
        "{services:?} {:?} {practice:?}",
        practice.addresses()
    ));
    let store = Store::open(&folder.path().join("app")).unwrap();
    let open = JourneySession::open(services, store, None).unwrap();
    open.continue_to_sign_in().unwrap();
    written.show(&open.screen());
    written.show(&sign_in(&open).await);
    written.show(&make_realm(&open, "lobby").await);
    written.show(&make_credential(&open, "front-desk", "", PASSWORD).await);
    register_phone(&open).await;
    written.show(&to_call(&open));
    check_twilio(&open).await;
    let cancel = CancellationToken::new();
    let call = open.place_call(call_draft(&open), &cancel, &|_| {}).await;
    written.show(&call.unwrap());
    let sample = Practice::sample_voice();
    let ring = VoiceDraft {
        from: sample.from,
        application_id: sample.application_id,
        answer_url: sample.answer_url,
    };
    written.show(&open.ring_phone(ring, &cancel, &|_| {}).await.unwrap());
    practice.set_faults(Faults {
        twilio: unreadable(),
        dashboard: unreadable(),
        ..Faults::default()
    });
    let again = open.place_call(call_draft(&open), &cancel, &|_| {}).await;
    let again = again.unwrap_err();
    written.show(&again.failure());
    written.show(&format!("{again:?} {again}"));
    written.show(&open.exchanges());
    let begin = |subject: &str, title: &str| Sheet::begin(subject, title, 0, &Where::default());
    written.file(&page(&open.evidence(&begin)).1);
    written.show(&open.continue_to_finish().unwrap());
    let (_, sheet) = open.setup_sheet(false).await.unwrap();
    written.file(&sheet);
    for (_, text) in files(folder.path()) {
        written.file(text.as_bytes());
    }

    let all = written.text();
    let PracticeAddresses {
        token,
        bearer,
        basic,
        twilio,
        voice,
    } = practice.addresses();
    for (address, is_asked) in [
        (token, true),
        (bearer, true),
        (basic, false),
        (twilio, true),
        (voice, true),
    ] {
        let host = &address.url()[url::Position::BeforeHost..url::Position::AfterPort];
        assert!(
            all.contains(host) || !is_asked,
            "requests to {host} were seen"
        );
        let whole = address.expose();
        let secret = whole.split('/').nth(3).unwrap();
        assert_eq!(found_in(&all, secret), None, "the secret of {host}");
    }
}

fn unreadable() -> WireFault {
    WireFault {
        spoiled: Some(Spoiled::CutOff),
        ..WireFault::default()
    }
}
