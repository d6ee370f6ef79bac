//! Draws the journey: from what is known to what the window shows.

use registrar_activity::{Tone, clock};
use registrar_bandwidth::dashboard::{Addresses, EnvironmentName, Realm, RealmStatus};
use registrar_explain::api_users::ApiUsers;
use registrar_explain::{self as explain, Notice, SummaryRow};
use registrar_sip::TransportName;
use registrar_twilio::{self as twilio, PhoneNumber};

use super::guide::state::State;
use super::step::{Journey, Outcome, Registration, Subject};
use crate::ipc::{
    CallForm, CredentialForm, EnvironmentView, Head, PhoneSettings, RealmDraft, RealmForm,
    RealmView, Screen, SignInDraft, SignInForm, SignInMethod, StepId, StepState, StepView, Summary,
    TwilioDraft, TwilioKeyKind, VoiceForm,
};
use crate::services::Services;
use crate::{api_users, texts};

/// All steps in their order.
const STEPS: [StepId; 7] = [
    StepId::Prepare,
    StepId::SignIn,
    StepId::Realm,
    StepId::Credential,
    StepId::Register,
    StepId::Call,
    StepId::Finish,
];

/// Returns the screen of the open step.
pub(super) fn draw(state: &State, services: &Services) -> Screen {
    let head = head(state, services);
    match &state.journey {
        Journey::Prepare => Screen::Prepare {
            head,
            sales_text: texts::SALES.to_owned(),
            support_text: texts::SUPPORT.to_owned(),
        },
        Journey::SignIn => Screen::SignIn {
            head,
            form: sign_in_form(state, services),
        },
        Journey::Realm { .. } => {
            let draft = state.drafts.realm.clone().unwrap_or_else(|| RealmDraft {
                default: state.realms.is_empty(),
                ..RealmDraft::default()
            });
            Screen::Realm {
                head,
                realms: state.realms.iter().map(realm_view).collect(),
                form: RealmForm {
                    name: draft.name,
                    description: draft.description,
                    default: draft.default,
                },
            }
        }
        Journey::Credential { realm, .. } => {
            let draft = state.drafts.credential.clone().unwrap_or_default();
            let made = state
                .made_password
                .as_ref()
                .map(registrar_secret::SipPassword::length);
            Screen::Credential {
                head,
                realm: realm.name.clone(),
                form: CredentialForm {
                    user_name: draft.user_name,
                    domain: draft.domain,
                    application_id: draft.application_id,
                    made_password: made.and_then(|length| u32::try_from(length).ok()),
                },
            }
        }
        Journey::Register(subject) => Screen::Register {
            head,
            phone: phone(state, subject),
            last_check: state.last_check.clone(),
            registered: state.registration.phone.clone(),
        },
        Journey::Call { subject, .. } => Screen::Call {
            head,
            form: call_form(state, services, subject),
            last_call: state.last_call.clone(),
        },
        Journey::Finish {
            subject,
            registration,
            call,
        } => Screen::Finish {
            head,
            summary: summary(state, subject, registration, call.as_ref()),
        },
    }
}

fn head(state: &State, services: &Services) -> Head {
    let account = state.account();
    let now = state.journey.id();
    let at = STEPS
        .iter()
        .position(|step| *step == now)
        .unwrap_or_default();
    let steps = STEPS.iter().enumerate().map(|(index, id)| StepView {
        id: *id,
        state: match index.cmp(&at) {
            std::cmp::Ordering::Less if missing(state, *id).is_some() => StepState::Todo,
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Now,
            std::cmp::Ordering::Greater => StepState::Todo,
        },
        detail: (index < at).then(|| detail(state, *id)).flatten(),
    });
    let method = state.drafts.sign_in.as_ref().map(|draft| draft.method);
    let about_method = method
        .filter(|_| now == StepId::SignIn)
        .and_then(|method| api_users::notice(method, clock::now_ms()));
    Head {
        account_name: account.map(|account| account.name.clone()),
        account_number: account.map(|account| account.number.to_string()),
        signed_in_as: account
            .filter(|_| state.dashboard.is_some())
            .map(|account| {
                let what = match account.method {
                    SignInMethod::ApiClient => "API client",
                    SignInMethod::ApiUser => "API user",
                };
                format!("{what} {}", account.user)
            }),
        practice: services.practice.is_some(),
        steps: steps.collect(),
        notices: about_method
            .into_iter()
            .chain(state.notices.iter().cloned())
            .collect(),
    }
}

/// Returns what is missing of a step that was left without what it is there for.
fn missing(state: &State, step: StepId) -> Option<&'static str> {
    match (step, &state.journey) {
        (StepId::Register, _) if state.registration.phone.is_none() => Some("no phone seen"),
        (StepId::Call, Journey::Finish { call: None, .. }) => Some("skipped"),
        _ => None,
    }
}

fn detail(state: &State, step: StepId) -> Option<String> {
    if let Some(missing) = missing(state, step) {
        return Some(missing.to_owned());
    }
    match step {
        StepId::SignIn => state.account().map(|account| account.number.to_string()),
        StepId::Realm => state.journey.realm().map(|realm| realm.name.clone()),
        StepId::Credential => state
            .journey
            .subject()
            .map(|subject| subject.credential.composite()),
        StepId::Register => Some("registered".to_owned()),
        StepId::Prepare | StepId::Call | StepId::Finish => None,
    }
}

fn sign_in_form(state: &State, services: &Services) -> SignInForm {
    let start = || SignInDraft::start(services.environments[0].name);
    let draft = state.drafts.sign_in.clone().unwrap_or_else(start);
    SignInForm {
        secret_saved: state.secret_saved,
        continues_at: state.resume.as_ref().map(Journey::id),
        ..sign_in_form_of(draft, services)
    }
}

/// Returns what a form of a way to sign in starts with.
pub(crate) fn sign_in_form_of(draft: SignInDraft, services: &Services) -> SignInForm {
    let mut environments: Vec<EnvironmentView> = services
        .environments
        .iter()
        .map(|environment| EnvironmentView {
            name: environment.name,
            addresses: environment.addresses(),
        })
        .collect();
    if services.practice.is_none() {
        environments.push(EnvironmentView {
            name: EnvironmentName::Own,
            addresses: Addresses {
                token: draft.token_address.clone(),
                bearer: draft.bearer_address.clone(),
                basic: draft.basic_address.clone(),
            },
        });
    }
    SignInForm {
        environment: draft.environment,
        token_address: draft.token_address,
        bearer_address: draft.bearer_address,
        basic_address: draft.basic_address,
        name: draft.name,
        account_number: draft.account_number,
        method: draft.method,
        user: draft.user,
        environments,
        secret_saved: false,
        remember: draft.remember,
        continues_at: None,
        api_users_off: ApiUsers::at(clock::now_ms()) == ApiUsers::Ended,
        sample: services.sample_sign_in(),
    }
}

fn realm_view(realm: &Realm) -> RealmView {
    #[allow(
        clippy::cast_precision_loss,
        reason = "Bandwidth's numbers fit in 53 bits"
    )]
    let number = |value: u64| value as f64;
    RealmView {
        id: number(realm.id.0),
        name: realm.name.clone(),
        description: realm.description.clone(),
        default: realm.default,
        credentials: number(realm.credential_count),
        active: realm.status == RealmStatus::Active,
        status: texts::realm_status(realm.status).to_owned(),
    }
}

fn phone(state: &State, subject: &Subject) -> PhoneSettings {
    let found = state.registrar.as_ref();
    let length = state
        .password
        .as_ref()
        .map(registrar_secret::SipPassword::length);
    PhoneSettings {
        user_name: subject.credential.composite(),
        realm: subject.realm.name.clone(),
        registrar: found.map_or_else(
            || subject.realm.name.clone(),
            |found| found.phone_host(state.transport).to_owned(),
        ),
        port: found.and_then(|found| found.port(state.transport)),
        transport: state.transport,
        password_length: length.and_then(|length| u32::try_from(length).ok()),
        found: found.map_or_else(String::new, |found| {
            explain::discovery::origin(found.origin).to_owned()
        }),
        dns: found.map_or_else(Vec::new, |found| explain::discovery::views(&found.dns)),
    }
}

fn call_form(state: &State, services: &Services, subject: &Subject) -> CallForm {
    let known = state.account().and_then(|account| account.twilio.clone());
    let draft = state
        .drafts
        .twilio
        .clone()
        .or(known)
        .unwrap_or(TwilioDraft {
            account_sid: String::new(),
            key_kind: TwilioKeyKind::AuthToken,
            key_sid: String::new(),
        });
    let call = state.drafts.call.clone().unwrap_or_default();
    let found = state.registrar.as_ref();
    let port = found.and_then(|found| found.port(TransportName::Udp));
    CallForm {
        account_sid: draft.account_sid,
        key_kind: draft.key_kind,
        key_sid: draft.key_sid,
        secret_saved: state
            .account()
            .is_some_and(|account| account.twilio_remembered),
        checked: state.twilio.is_some(),
        from: if call.from.is_empty() {
            state
                .numbers
                .first()
                .map(ToString::to_string)
                .unwrap_or_default()
        } else {
            call.from
        },
        target: PhoneNumber::parse(&call.to)
            .ok()
            .zip(port)
            .map(|(to, port)| twilio::target(&to, &subject.realm.name, port))
            .unwrap_or_default(),
        to: call.to,
        message: call.message,
        url: call.url,
        twiml: call.twiml,
        numbers: state.numbers.iter().map(ToString::to_string).collect(),
        password_known: state.password.is_some(),
        sample: services.sample_twilio(),
        voice: voice_form(state, services, subject).map(Box::new),
        microphone: state.devices.microphone,
        speakers: state.devices.speakers,
        local_to: if state.local_to.is_empty() {
            // In practice: the number that answers.
            let sample = services.sample_twilio();
            sample.map(|sample| sample.to).unwrap_or_default()
        } else {
            state.local_to.clone()
        },
    }
}

fn voice_form(state: &State, services: &Services, subject: &Subject) -> Option<VoiceForm> {
    let address = state.dashboard.as_ref()?.environment().voice.as_ref()?;
    let draft = state.drafts.voice.clone().unwrap_or_default();
    let credential = &subject.credential;
    Some(VoiceForm {
        from: draft.from,
        application_id: Some(draft.application_id)
            .filter(|typed| !typed.is_empty())
            .or_else(|| credential.application_id.clone())
            .unwrap_or_default(),
        answer_url: draft.answer_url,
        target: subject.phone_address(),
        address: address.shown(),
        registered: state.registration.phone.clone(),
        sample: services.sample_voice(),
    })
}

fn summary(
    state: &State,
    subject: &Subject,
    registration: &Registration,
    call: Option<&Outcome>,
) -> Summary {
    let mut rows = Vec::new();
    let mut row = |name: &str, value: String| {
        rows.push(SummaryRow {
            name: name.to_owned(),
            value,
        });
    };
    if let Some(account) = state.account() {
        let number = account.number.to_string();
        if account.name.contains(&number) {
            row("Account", account.name.clone());
        } else {
            row("Account", format!("{} ({number})", account.name));
        }
    }
    row("Realm", subject.realm.name.clone());
    row("User name", subject.credential.composite());
    if let Some(application) = &subject.credential.application_id {
        row("Voice application", application.clone());
    }
    if let Some(registrar) = &registration.registrar {
        row("Registrar", registrar.clone());
    } else if let Some(port) =
        (state.registrar.as_ref()).and_then(|found| found.port(TransportName::Udp))
    {
        row("Registrar", format!("{}:{port} UDP", subject.realm.name));
    }
    row(
        "Password",
        "Not on this page. Hand it over another way.".to_owned(),
    );

    let checks = vec![
        outcome(
            registration.check.as_ref(),
            "The registration was not checked.",
        ),
        registration.phone.as_ref().map_or_else(
            || open("No phone was seen registered."),
            |phone| Notice {
                tone: Tone::Good,
                sentence: phone.clone(),
                next: None,
            },
        ),
        outcome(call, "No test call was made."),
    ];
    Summary {
        rows,
        checks,
        left_open: vec![
            "Emergency calling was neither set up nor tested here. Do not rely on this phone for \
             emergency calls until that is done."
                .to_owned(),
        ],
        password_known: state.password.is_some(),
    }
}

fn outcome(outcome: Option<&Outcome>, missing: &str) -> Notice {
    outcome.map_or_else(
        || open(missing),
        |outcome| Notice {
            tone: if outcome.good { Tone::Good } else { Tone::Bad },
            sentence: outcome.sentence.clone(),
            next: None,
        },
    )
}

fn open(sentence: &str) -> Notice {
    Notice {
        tone: Tone::Wait,
        sentence: sentence.to_owned(),
        next: None,
    }
}
