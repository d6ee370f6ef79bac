//! Secrets with known values pass through a whole journey; nothing that the app wrote or showed may
//! contain one, whether plain, in base64 or percent-encoded.

mod address;
mod written;

use std::path::Path;

use acceptance::practice_journey::{
    Machine, call_draft, check_twilio, journey_session, make_credential, make_realm, sign_in,
    sign_in_draft, to_call, to_wait,
};
use acceptance::secret_forms::{found_in, open_values};
use base64::Engine as _;
use registrar_app::ipc::{
    ActivityQuery, Copyable, CredentialDraft, Draft, EvidenceOf, Existing, ListActivity,
    PhoneChoice, Savable, Screen,
};
use registrar_app::journey::session::{JourneySession, LocalCall};
use registrar_evidence::Machine as Where;
use registrar_explain::CallSound;
use registrar_secret::{SignInSecret, SipPassword, TwilioSecret};
use registrar_sip::{CheckKind, TransportName};
use tokio_util::sync::CancellationToken;

use self::written::{Written, files, md5, response};

const PASSWORD: &str = "canary-sip:7f3a @ü\"\\";
const SECOND_PASSWORD: &str = "canary-second-91c4";
const WRONG_SECRET: &str = "canary-wrong-client-5d20";
const WRONG_TOKEN: &str = "canary-wrong-twilio-8be1";

/// The files in which the pretend Bandwidth keeps what it was sent, whole and change by change. They
/// have to hold the hashes, as the real one does; they are read for everything else.
const PRETEND_MEMORY: [&str; 2] = ["state.json", "changes"];

fn listed(phone: &str, dialect: &str) -> PhoneChoice {
    PhoneChoice::Listed {
        phone: phone.to_owned(),
        dialect: dialect.to_owned(),
    }
}

/// Shows each phone's page, including its reasons why it can't hold a value.
fn phone_pages(open: &JourneySession, written: &Written) {
    for phone in registrar_phones::phones() {
        for dialect in phone.dialects {
            let choice = listed(phone.id, dialect.id);
            written.show(&open.choose_phone(Some(choice)).unwrap());
        }
    }
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
    let open = journey_session(&app);
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
    let realm = open
        .clipboard_text(Copyable::Realm)
        .await
        .unwrap()
        .text
        .to_string();

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
        let answers = report.message_chart.iter().filter(|line| line.sent);
        responses.extend(answers.filter_map(|line| response(&line.text, &ha1)));
        written.show(&report);
        for form in [
            Savable::MessageChartPcapng,
            Savable::MessageChartSvg,
            Savable::MessageChartText,
        ] {
            let (name, file) = open.file(form).unwrap();
            written.show(&name);
            written.file(&file);
        }
    }
    assert!(
        responses.len() >= 3,
        "the answers of both checks: {}",
        responses.len()
    );
    written.show(&open.continue_to_phone().unwrap());
    phone_pages(&open, &written);
    to_wait(&open);
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
    written.show(&open.go_back().unwrap());
    phone_pages(&open, &written);
    let guess = SipPassword::new("canary-guess-44aa");
    written.show(&open.compare_password(&guess).unwrap());
    let (_, linphone) = open.phone_file(&listed("linphone", "any")).await.unwrap();
    to_call(&open);
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
    let proofs = local.message_chart.iter().filter(|line| line.sent);
    responses.extend(proofs.filter_map(|line| response(&line.text, &ha1)));
    assert!(responses.len() >= before + 2, "the INVITE's and the BYE's");
    written.show(&local);
    let at = Where::default();
    let (name, page) = app.evidence(EvidenceOf::Open, &at).await.unwrap();
    written.show(&name);
    written.file(&page);
    written.show(&open.continue_to_finish().unwrap());
    let (_, sheet) = open.setup_sheet(false).await.unwrap();
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
