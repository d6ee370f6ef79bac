//! Builds the journey's screen from what is known.

mod call;
mod head;
mod summary;

use registrar_activity::clock;
use registrar_bandwidth::dashboard::{Addresses, EnvironmentName, Realm, RealmStatus};
use registrar_explain as explain;
use registrar_explain::api_users::ApiUsers;

use self::call::call_form;
use self::head::head;
pub(super) use self::summary::about;
use self::summary::summary;
use super::session::phone::phone_setup;
use super::session::state::State;
use super::step::{Journey, Subject};
use crate::ipc::{
    CredentialForm, EnvironmentView, Head, PhoneChoice, PhoneList, PhonePage, PhoneSettings,
    RealmDraft, RealmForm, RealmView, RegisterPart, Screen, SignInDraft, SignInForm,
};
use crate::phones;
use crate::services::Services;
use crate::texts;

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
        Journey::Register { subject, part } => register(state, head, subject, *part),
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

/// Returns a part of the registration step.
fn register(state: &State, head: Head, subject: &Subject, part: RegisterPart) -> Screen {
    let phone = phone(state, subject);
    match part {
        RegisterPart::Test => Screen::Test {
            head,
            phone,
            last_check: state.last_check.clone(),
            details_open: state.drafts.test_details,
        },
        RegisterPart::Phone => Screen::Phone {
            head,
            phone,
            phones: PhoneList {
                phones: phones::list(),
                used: state.used_phones.clone(),
            },
            page: page(state, subject),
            choice: state.drafts.phone.clone(),
            field: state.shown_field.clone(),
        },
        RegisterPart::Wait => Screen::Wait {
            head,
            phone,
            phone_name: state
                .drafts
                .phone
                .as_ref()
                .and_then(PhoneChoice::listed)
                .map(|(phone, _)| phone.name.to_owned()),
            registered: state.arrived.clone(),
            saved_files: state
                .phone_files
                .iter()
                .map(|file| file.path().display().to_string())
                .collect(),
        },
    }
}

/// Returns the page of the chosen phone, where it is a listed one.
fn page(state: &State, subject: &Subject) -> Option<Box<PhonePage>> {
    let choice = state.drafts.phone.as_ref()?;
    phone_setup(state, subject).page(choice).ok().map(Box::new)
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

/// Returns the initial values of a sign-in form.
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
