//! Whole journeys over sockets, against the practice services, without a window.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod canaries;
mod journey;
mod typed;

use std::sync::Arc;

use registrar_core::ipc::{
    CallDraft, CheckKind, CredentialDraft, EnvironmentName, Existing, RealmDraft, Screen,
    SignInDraft, SignInMethod, StepId, TransportName, TwilioDraft, TwilioKeyKind,
};
use registrar_core::journey::guide::Guide;
use registrar_core::secret::{SignInSecret, SipPassword, TwilioSecret};
use registrar_core::services::Services;
use registrar_core::workspace::Workspace;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// An app on an empty machine.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Starts the app. Nothing is left of an earlier start but its files.
    fn start(&self) -> Workspace {
        Workspace::new(self.folder.path().to_owned(), Services::real())
    }
}

/// The values that the practice sign-in step shows.
fn sign_in_draft(screen: &Screen) -> (SignInDraft, SignInSecret) {
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

fn step(screen: &Screen) -> Option<StepId> {
    match screen {
        Screen::Home { .. } => None,
        Screen::Prepare { .. } => Some(StepId::Prepare),
        Screen::SignIn { .. } => Some(StepId::SignIn),
        Screen::Realm { .. } => Some(StepId::Realm),
        Screen::Credential { .. } => Some(StepId::Credential),
        Screen::Register { .. } => Some(StepId::Register),
        Screen::Call { .. } => Some(StepId::Call),
        Screen::Finish { .. } => Some(StepId::Finish),
    }
}

async fn sign_in(guide: &Guide) -> Screen {
    let (draft, secret) = sign_in_draft(&guide.screen());
    guide.sign_in(draft, Some(secret)).await.unwrap()
}

async fn make_realm(guide: &Guide, name: &str) -> Screen {
    let draft = RealmDraft {
        name: name.to_owned(),
        description: "For the front desk".to_owned(),
        default: false,
    };
    guide
        .create_realm(draft, &CancellationToken::new(), &|_| {})
        .await
        .unwrap()
}

async fn make_credential(guide: &Guide, user: &str, domain: &str, password: &str) -> Screen {
    let draft = CredentialDraft {
        user_name: user.to_owned(),
        domain: domain.to_owned(),
        application_id: String::new(),
    };
    let password = Some(SipPassword::new(password));
    let stop = CancellationToken::new();
    guide
        .create_credential(draft, password, Existing::Refuse, &stop, &|_| {})
        .await
        .unwrap()
}

async fn check_twilio(guide: &Guide) -> Screen {
    let Screen::Call { form, .. } = guide.screen() else {
        panic!("not at the call")
    };
    let sample = form.sample.unwrap();
    let draft = TwilioDraft {
        account_sid: sample.account_sid,
        key_kind: TwilioKeyKind::AuthToken,
        key_sid: String::new(),
    };
    guide
        .check_twilio(draft, Some(TwilioSecret::new(sample.auth_token)), true)
        .await
        .unwrap()
}

fn call_draft(guide: &Guide) -> CallDraft {
    let Screen::Call { form, .. } = guide.screen() else {
        panic!("not at the call")
    };
    CallDraft {
        from: form.from,
        to: form.sample.unwrap().to,
    }
}

async fn full_check(guide: &Guide, transport: TransportName) -> registrar_core::ipc::CheckReport {
    guide
        .check_registration(CheckKind::Full, transport, "", &|_| {})
        .await
        .unwrap()
}

fn guide(workspace: &Workspace) -> Arc<Guide> {
    workspace.guide().unwrap()
}
