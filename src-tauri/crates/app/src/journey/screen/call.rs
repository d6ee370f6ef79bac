//! The forms for the three kinds of test call.

use registrar_sip::TransportName;
use registrar_twilio::{self as twilio, PhoneNumber};

use super::super::session::state::State;
use super::super::step::Subject;
use crate::ipc::{CallForm, TwilioDraft, TwilioKeyKind, VoiceForm};
use crate::services::Services;

/// Returns the initial values of the test call's forms.
pub(super) fn call_form(state: &State, services: &Services, subject: &Subject) -> CallForm {
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
