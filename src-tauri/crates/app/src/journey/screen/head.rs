//! The header above every step: the account, and the journey's progress.

use std::cmp::Ordering;

use registrar_activity::clock;

use super::super::session::state::State;
use super::super::step::Journey;
use crate::api_users;
use crate::ipc::{Head, PartView, RegisterPart, SignInMethod, StepId, StepState, StepView};
use crate::services::Services;

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

/// The parts of the registration step, in their order.
const PARTS: [RegisterPart; 3] = [RegisterPart::Test, RegisterPart::Phone, RegisterPart::Wait];

/// Returns the header above the open step.
pub(super) fn head(state: &State, services: &Services) -> Head {
    let account = state.account();
    let now = state.journey.id();
    let at = STEPS
        .iter()
        .position(|step| *step == now)
        .unwrap_or_default();
    let steps = STEPS.iter().enumerate().map(|(index, id)| StepView {
        id: *id,
        state: match index.cmp(&at) {
            Ordering::Less if missing(state, *id).is_some() => StepState::Todo,
            Ordering::Less => StepState::Done,
            Ordering::Equal => StepState::Now,
            Ordering::Greater => StepState::Todo,
        },
        detail: (index < at).then(|| detail(state, *id)).flatten(),
        parts: if index == at {
            parts(state)
        } else {
            Vec::new()
        },
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

/// Returns the parts of the open step. One that was left without its result is still to do.
fn parts(state: &State) -> Vec<PartView> {
    let Some(open) = state.journey.part() else {
        return Vec::new();
    };
    let tested = state.registration.check.as_ref();
    let parts = PARTS.iter().map(|id| {
        let is_done = match id {
            RegisterPart::Test => tested.is_some_and(|outcome| outcome.good),
            RegisterPart::Phone => state.drafts.phone.is_some() || open == RegisterPart::Wait,
            RegisterPart::Wait => state.registration.phone.is_some(),
        };
        PartView {
            id: *id,
            state: match (*id == open, is_done) {
                (true, _) => StepState::Now,
                (false, true) => StepState::Done,
                (false, false) => StepState::Todo,
            },
        }
    });
    parts.collect()
}

/// Returns what is missing from a step that was left without its result.
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
