//! A journey in practice without a window, step by step.

use std::path::Path;
use std::sync::Arc;

use registrar_app::ipc::{
    CallDraft, CredentialDraft, Existing, RealmDraft, Screen, SignInDraft, SignInMethod, StepId,
    TwilioDraft, TwilioKeyKind,
};
use registrar_app::journey::session::JourneySession;
use registrar_app::services::Services;
use registrar_app::workspace::Workspace;
use registrar_bandwidth::dashboard::EnvironmentName;
use registrar_explain::CheckReport;
use registrar_secret::{SignInSecret, SipPassword, TwilioSecret};
use registrar_sip::{CheckKind, TransportName};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// An app on an empty machine.
#[derive(Debug)]
pub struct Machine {
    folder: TempDir,
}

impl Default for Machine {
    fn default() -> Self {
        Self::new()
    }
}

impl Machine {
    /// Makes an empty machine.
    #[must_use]
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// The folder that the app keeps its files in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts the app. Nothing is left of an earlier start but its files.
    #[must_use]
    pub fn start(&self) -> Workspace {
        Workspace::new(self.folder.path().to_owned(), Services::real())
    }
}

/// The values that the practice sign-in step shows.
#[must_use]
pub fn sign_in_draft(screen: &Screen) -> (SignInDraft, SignInSecret) {
    let Screen::SignIn { form, .. } = screen else {
        panic!("not at the sign-in: {screen:?}")
    };
    let sample = form.sample.clone().unwrap();
    let draft = SignInDraft {
        name: "Practice".to_owned(),
        account_number: sample.account_number,
        method: SignInMethod::ApiClient,
        user: sample.client_id,
        environment: EnvironmentName::Practice,
        token_address: String::new(),
        bearer_address: String::new(),
        basic_address: String::new(),
        remember: true,
    };
    (draft, SignInSecret::new(sample.client_secret))
}

/// Which step a screen is; `None` for the places outside of a journey.
#[must_use]
pub fn step(screen: &Screen) -> Option<StepId> {
    match screen {
        Screen::About { .. }
        | Screen::Account { .. }
        | Screen::AccountList { .. }
        | Screen::Accounts { .. }
        | Screen::Activity { .. }
        | Screen::Check { .. }
        | Screen::Desk { .. }
        | Screen::Home { .. }
        | Screen::Import { .. }
        | Screen::Realms { .. } => None,
        Screen::Prepare { .. } => Some(StepId::Prepare),
        Screen::SignIn { .. } => Some(StepId::SignIn),
        Screen::Realm { .. } => Some(StepId::Realm),
        Screen::Credential { .. } => Some(StepId::Credential),
        Screen::Test { .. } | Screen::Phone { .. } | Screen::Wait { .. } => Some(StepId::Register),
        Screen::Call { .. } => Some(StepId::Call),
        Screen::Finish { .. } => Some(StepId::Finish),
    }
}

/// Signs in with the values that practice shows.
pub async fn sign_in(session: &JourneySession) -> Screen {
    let (draft, secret) = sign_in_draft(&session.screen());
    session.sign_in(draft, Some(secret)).await.unwrap()
}

/// Starts the app and signs in to practice.
pub async fn signed_in(machine: &Machine) -> (Workspace, Arc<JourneySession>) {
    let app = machine.start();
    app.start(true).await.unwrap();
    let open = journey_session(&app);
    open.continue_to_sign_in().unwrap();
    sign_in(&open).await;
    (app, open)
}

/// Starts the app, signs in to practice and makes a realm.
pub async fn with_realm(machine: &Machine, name: &str) -> (Workspace, Arc<JourneySession>) {
    let (app, open) = signed_in(machine).await;
    make_realm(&open, name).await;
    (app, open)
}

/// Makes a realm and waits until it can be used.
pub async fn make_realm(session: &JourneySession, name: &str) -> Screen {
    let draft = RealmDraft {
        name: name.to_owned(),
        description: "For the front desk".to_owned(),
        default: false,
    };
    session
        .create_realm(draft, &CancellationToken::new(), &|_| {})
        .await
        .unwrap()
}

/// Makes a credential; an empty domain is none.
pub async fn make_credential(
    session: &JourneySession,
    user: &str,
    domain: &str,
    password: &str,
) -> Screen {
    let draft = CredentialDraft {
        user_name: user.to_owned(),
        domain: domain.to_owned(),
        application_id: String::new(),
    };
    let password = Some(SipPassword::new(password));
    let stop = CancellationToken::new();
    session
        .create_credential(draft, password, Existing::Refuse, &stop, &|_| {})
        .await
        .unwrap()
}

/// Signs in to the pretend Twilio.
pub async fn check_twilio(session: &JourneySession) -> Screen {
    let Screen::Call { form, .. } = session.screen() else {
        panic!("not at the call")
    };
    let sample = form.sample.unwrap();
    let draft = TwilioDraft {
        account_sid: sample.account_sid,
        key_kind: TwilioKeyKind::AuthToken,
        key_sid: String::new(),
    };
    session
        .check_twilio(draft, Some(TwilioSecret::new(sample.auth_token)), true)
        .await
        .unwrap()
}

/// The call to the pretend number that answers.
#[must_use]
pub fn call_draft(session: &JourneySession) -> CallDraft {
    let Screen::Call { form, .. } = session.screen() else {
        panic!("not at the call")
    };
    CallDraft {
        from: form.from,
        to: form.sample.unwrap().to,
        ..CallDraft::default()
    }
}

/// Registers from this computer, and un-registers.
pub async fn full_check(session: &JourneySession, transport: TransportName) -> CheckReport {
    session
        .check_registration(CheckKind::Full, transport, "", &|_| {})
        .await
        .unwrap()
}

/// Continues from a part of the registration step to the wait for the phone.
pub fn to_wait(session: &JourneySession) {
    if let Screen::Test { .. } = session.screen() {
        session.continue_to_phone().unwrap();
    }
    if let Screen::Phone { .. } = session.screen() {
        session.continue_to_wait().unwrap();
    }
}

/// Continues from a part of the registration step to the test call.
pub fn to_call(session: &JourneySession) -> Screen {
    to_wait(session);
    session.continue_to_call().unwrap()
}

/// Lets the practice phone register, and waits for it.
pub async fn register_phone(session: &JourneySession) {
    to_wait(session);
    session.register_practice_phone().await.unwrap();
    session.watch_bindings(&|_| {}).await.unwrap();
}

/// The open journey.
#[must_use]
pub fn journey_session(workspace: &Workspace) -> Arc<JourneySession> {
    workspace.journey_session().unwrap()
}
