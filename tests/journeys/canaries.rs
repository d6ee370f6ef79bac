//! Secrets with known values go through a whole journey; nothing that the app wrote or showed may
//! hold one, plain, in base64 or percent-encoded.

use std::fmt::Debug;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use acceptance::practice_journey::{
    Machine, call_draft, check_twilio, guide, make_credential, make_realm, sign_in, sign_in_draft,
};
use acceptance::secret_forms::{found_in, open_values};
use base64::Engine as _;
use md5::{Digest, Md5};
use registrar_app::ipc::{
    ActivityQuery, Copyable, CredentialDraft, Draft, EvidenceOf, Existing, ListActivity, Savable,
    Screen, VoiceDraft,
};
use registrar_app::journey::guide::{Guide, LocalCall};
use registrar_app::services::Services;
use registrar_evidence::{Machine as Where, Sheet, page};
use registrar_explain::CallSound;
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::{Faults, Practice, PracticeAddresses, Spoiled, WireFault};
use registrar_secret::{SignInSecret, SipPassword, TwilioSecret};
use registrar_sip::{CheckKind, TransportName};
use registrar_storage::store::Store;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

const PASSWORD: &str = "canary-sip:7f3a @ü\"\\";
const SECOND_PASSWORD: &str = "canary-second-91c4";
const WRONG_SECRET: &str = "canary-wrong-client-5d20";
const WRONG_TOKEN: &str = "canary-wrong-twilio-8be1";

/// The files in which the pretend Bandwidth keeps what it was sent, whole and change by change. They
/// have to hold the hashes, as the real one does; they are read for everything else.
const PRETEND_MEMORY: [&str; 2] = ["state.json", "changes"];

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Written {
    fn show(&self, what: &(impl Serialize + Debug)) {
        let mut all = self.0.lock().unwrap();
        all.extend_from_slice(serde_json::to_string(what).unwrap().as_bytes());
        all.extend_from_slice(format!("\n{what:?}\n").as_bytes());
    }

    fn file(&self, bytes: &[u8]) {
        self.0.lock().unwrap().extend_from_slice(bytes);
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

fn md5(text: &str) -> String {
    hex::encode(Md5::digest(text.as_bytes()))
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            found.push((
                path.file_name().unwrap().to_string_lossy().into_owned(),
                text,
            ));
        }
    }
    found
}

/// The `response` that stood in a request (RFC 2617 section 3.2.2.1), from what may be shown of it.
fn response(shown: &str, ha1: &str) -> Option<String> {
    let answer = shown
        .lines()
        .find(|line| line.contains("Authorization: "))?;
    let (method, _) = shown.split_once(' ')?;
    let value = |name: &str| {
        let (_, behind) = answer.split_once(&format!(" {name}="))?;
        let value = behind.split([',', ' ', '\r']).next()?;
        Some(value.trim_matches('"').to_owned())
    };
    let (nonce, cnonce) = (value("nonce")?, value("cnonce")?);
    let (count, uri) = (value("nc")?, value("uri")?);
    let ha2 = md5(&format!("{method}:{uri}"));
    Some(md5(&format!("{ha1}:{nonce}:{count}:{cnonce}:auth:{ha2}")))
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one journey, told in its order")]
async fn no_secret_of_a_whole_journey_is_written_or_shown() {
    let written = Written::default();
    let for_log = written.clone();
    let log = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_writer(move || for_log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(log);
    let machine = Machine::new();
    let app = machine.start();
    app.start(true).await.unwrap();
    let open = guide(&app);
    written.show(&open.continue_to_sign_in().unwrap());

    let (draft, secret) = sign_in_draft(&open.screen());
    let Screen::SignIn { form, .. } = open.screen() else {
        panic!("not at the sign-in")
    };
    let client = form.sample.unwrap();
    let (client_id, client_secret) = (client.client_id, client.client_secret);
    drop(secret);
    let refused = open
        .sign_in(draft, Some(SignInSecret::new(WRONG_SECRET)))
        .await
        .unwrap_err();
    written.show(&refused.failure());
    written.show(&format!("{refused:?} {refused}"));
    // From here on no screen shows the sample of the sign-in.
    let seen_before = written.text().len();
    written.show(&sign_in(&open).await);
    written.show(&make_realm(&open, "lobby").await);
    let typed = CredentialDraft {
        user_name: "front-desk".to_owned(),
        domain: "somewhere.com".to_owned(),
        application_id: String::new(),
    };
    written.show(
        &open
            .save_draft(Draft::Credential {
                draft: typed.clone(),
            })
            .unwrap(),
    );
    written.show(&make_credential(&open, "front-desk", "somewhere.com", PASSWORD).await);
    let realm = open.clip(Copyable::Realm).await.unwrap().text.to_string();

    let ha1 = md5(&format!("front-desk@somewhere.com:{realm}:{PASSWORD}"));
    let mut responses = Vec::new();
    for (kind, transport) in [
        (CheckKind::Full, TransportName::Udp),
        (CheckKind::Query, TransportName::Tcp),
    ] {
        let lines = written.clone();
        let report = open
            .check_registration(kind, transport, "", &move |line| lines.show(line))
            .await
            .unwrap();
        let answers = report.ladder.iter().filter(|line| line.sent);
        responses.extend(answers.filter_map(|line| response(&line.text, &ha1)));
        written.show(&report);
        for form in [
            Savable::LadderPcapng,
            Savable::LadderSvg,
            Savable::LadderText,
        ] {
            let (name, file) = open.file(form).await.unwrap();
            written.show(&name);
            written.file(&file);
        }
    }
    assert!(
        responses.len() >= 3,
        "the answers of both checks: {}",
        responses.len()
    );
    open.register_practice_phone().await.unwrap();
    let looks = written.clone();
    open.watch_bindings(&move |look| looks.show(&look))
        .await
        .unwrap();
    let again = open
        .verify_password(SipPassword::new("canary-guess-44aa"))
        .await
        .unwrap_err();
    written.show(&again.failure());
    written.show(
        &open
            .change_password(
                Some(SipPassword::new(SECOND_PASSWORD)),
                &CancellationToken::new(),
            )
            .await
            .unwrap(),
    );
    let (_, linphone) = open.file(Savable::Linphone).await.unwrap();
    open.continue_to_call().unwrap();
    let Screen::Call { form, .. } = open.screen() else {
        panic!("not at the call")
    };
    let sample = form.sample.unwrap();
    let twilio_draft = registrar_app::ipc::TwilioDraft {
        account_sid: sample.account_sid.clone(),
        key_kind: registrar_app::ipc::TwilioKeyKind::AuthToken,
        key_sid: String::new(),
    };
    let wrong = Some(TwilioSecret::new(WRONG_TOKEN));
    let refused = open
        .check_twilio(twilio_draft, wrong, false)
        .await
        .unwrap_err();
    written.show(&refused.failure());
    check_twilio(&open).await;
    written.show(
        &open
            .save_draft(Draft::Call {
                draft: call_draft(&open),
            })
            .unwrap(),
    );
    let states = written.clone();
    let call = open
        .place_call(
            call_draft(&open),
            &CancellationToken::new(),
            &move |state| states.show(&state),
        )
        .await
        .unwrap();
    written.show(&call);
    let news = written.clone();
    let local = LocalCall {
        to: call_draft(&open).to,
        sound: CallSound::Tone,
        transport: TransportName::Udp,
        seconds: Some(1),
    };
    let local = open
        .place_local_call(local, &CancellationToken::new(), &move |told| {
            news.show(&told);
        })
        .await
        .unwrap();
    let ha1 = md5(&format!(
        "front-desk@somewhere.com:{realm}:{SECOND_PASSWORD}"
    ));
    let before = responses.len();
    let proofs = local.ladder.iter().filter(|line| line.sent);
    responses.extend(proofs.filter_map(|line| response(&line.text, &ha1)));
    assert!(responses.len() >= before + 2, "the INVITE's and the BYE's");
    written.show(&local);
    let at = Where::default();
    let (name, page) = app.evidence(EvidenceOf::Open, &at).await.unwrap();
    written.show(&name);
    written.file(&page);
    written.show(&open.continue_to_finish().unwrap());
    let (_, sheet) = open.file(Savable::Summary).await.unwrap();
    written.show(&String::from_utf8(sheet).unwrap());
    written.show(&open.exchanges());
    open.set_up_another_phone().unwrap();
    let existing = open
        .create_credential(
            typed,
            Some(SipPassword::new(PASSWORD)),
            Existing::Refuse,
            &CancellationToken::new(),
            &|_| {},
        )
        .await
        .unwrap_err();
    written.show(&existing.failure());
    written.show(&format!("{existing:?}"));
    written.show(&open.exchanges());
    written.show(&format!("{open:?} {app:?}"));

    let everything = || ActivityQuery {
        find: String::new(),
        account: None,
        kind: None,
        tone: None,
    };
    let rows = ListActivity {
        query: everything(),
        offset: 0,
        count: 500,
    };
    let rows = app.activity_rows(rows).await.unwrap();
    assert!(rows.total > 20, "the activity was kept: {}", rows.total);
    for row in &rows.rows {
        written.show(&app.activity_entry(row.id).await.unwrap());
    }
    let all = EvidenceOf::Found {
        query: everything(),
    };
    let (_, page) = app.evidence(all, &at).await.unwrap();
    written.file(&page);

    let shown = written.text();
    let user = "front-desk@somewhere.com";
    let hashes: Vec<String> = [PASSWORD, SECOND_PASSWORD]
        .iter()
        .flat_map(|password| {
            [
                md5(&format!("{user}:{realm}:{password}")),
                md5(&format!("{user}@{realm}:{realm}:{password}")),
            ]
        })
        .collect();
    assert!(
        shown.contains("front-desk") && shown.contains("REGISTER"),
        "it was captured"
    );
    assert!(
        String::from_utf8(linphone).unwrap().contains(&hashes[2]),
        "the hashes of this test are those of the app"
    );
    let mut secrets = vec![
        PASSWORD,
        SECOND_PASSWORD,
        WRONG_SECRET,
        WRONG_TOKEN,
        "canary-guess-44aa",
    ];
    secrets.extend(hashes.iter().map(String::as_str));
    secrets.extend(responses.iter().map(String::as_str));
    for secret in &secrets {
        assert_eq!(found_in(&shown, secret), None, "{secret} was shown");
    }
    assert_eq!(
        found_in(&shown[seen_before..], &client_secret),
        None,
        "it was shown"
    );
    assert_eq!(open_values(&shown), Vec::<String>::new());

    let basic = |user: &str, secret: &str| {
        base64::engine::general_purpose::STANDARD.encode(format!("{user}:{secret}"))
    };
    let basics = [
        basic(&client_id, &client_secret),
        basic(&sample.account_sid, &sample.auth_token),
    ];
    for value in &basics {
        assert_eq!(found_in(&shown, value), None, "a Basic value was shown");
    }
    secrets.extend(basics.iter().map(String::as_str));
    secrets.extend([client_secret.as_str(), sample.auth_token.as_str()]);
    let kept = files(machine.folder());
    assert!(
        kept.iter().any(|(name, _)| name == "journeys.json"),
        "files were read"
    );
    let of_activity = |name: &str| Path::new(name).extension() == Some("jsonl".as_ref());
    assert!(
        kept.iter()
            .any(|(name, text)| of_activity(name) && text.contains("REGISTER")),
        "the activity was read"
    );
    for (name, text) in kept {
        assert_eq!(open_values(&text), Vec::<String>::new(), "in {name}");
        for secret in &secrets {
            if PRETEND_MEMORY.contains(&name.as_str()) && hashes.iter().any(|hash| hash == secret) {
                continue;
            }
            assert_eq!(found_in(&text, secret), None, "{secret} is in {name}");
        }
    }
}

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
    let open = Guide::open(services, store, None).unwrap();
    open.continue_to_sign_in().unwrap();
    written.show(&open.screen());
    written.show(&sign_in(&open).await);
    written.show(&make_realm(&open, "lobby").await);
    written.show(&make_credential(&open, "front-desk", "", PASSWORD).await);
    open.register_practice_phone().await.unwrap();
    open.watch_bindings(&|_| {}).await.unwrap();
    written.show(&open.continue_to_call().unwrap());
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
    let (_, sheet) = open.file(Savable::Summary).await.unwrap();
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
