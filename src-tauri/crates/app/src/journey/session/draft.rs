//! Forms being edited: stored, validated, and previewed as the request they would send.

use registrar_bandwidth::dashboard::RealmId;
use registrar_bandwidth::voice::AnswerUrl;
use registrar_digest as digest;
use registrar_explain as explain;
use registrar_explain::FieldProblem;
use registrar_http::RequestText;
use registrar_secret::SipPassword;
use registrar_secret::redact::DOTS;
use registrar_sip::TransportName;
use registrar_twilio::{self as twilio, AccountSid, KeySid, NewCall, PhoneNumber};

use super::{JourneySession, call, forms, ring};
use crate::account::Account;
use crate::ipc::{
    CallDraft, CallMessage, CallWay, CredentialDraft, Draft, Preview, RealmDraft, SignInDraft,
    TwilioDraft, VoiceDraft,
};
use crate::journey::step::Journey;
use crate::{Error, credential_form};

/// Maximum size of a saved draft: a value that no field accepts isn't worth a growing file.
const LONGEST: usize = 20_000;

impl JourneySession {
    /// Saves what was typed, so that nothing is lost, and returns a preview of what it would create
    /// and send.
    pub fn save_draft(&self, draft: Draft) -> Result<Preview, Error> {
        let preview = self.preview(&draft);
        self.take(draft);
        self.keep()?;
        Ok(preview)
    }

    /// Returns the request that the open form would send.
    pub(super) fn request(&self) -> Option<RequestText> {
        let (journey, drafts, way) = {
            let state = self.state();
            (state.journey.clone(), state.drafts.clone(), state.call_way)
        };
        match journey {
            Journey::Realm { .. } => self.realm_request(&drafts.realm.unwrap_or_default()),
            Journey::Credential { realm, .. } => {
                self.credential_request(&drafts.credential.unwrap_or_default(), &realm.name)
            }
            Journey::Call { .. } => match way {
                CallWay::Bandwidth => self.ring_request(&drafts.voice.unwrap_or_default()),
                CallWay::ThisComputer => None,
                CallWay::Twilio => self.call_request(&drafts.call.unwrap_or_default()),
            },
            Journey::Prepare
            | Journey::SignIn
            | Journey::Register { .. }
            | Journey::Finish { .. } => None,
        }
    }

    fn preview(&self, draft: &Draft) -> Preview {
        let mut preview = Preview {
            problems: Vec::new(),
            hash1: Vec::new(),
            hash1b: Vec::new(),
            request: None,
            target: None,
        };
        match draft {
            Draft::SignIn { draft } => preview.problems = sign_in_problems(draft),
            Draft::Realm { draft } => {
                preview.problems = realm_problems(draft);
                preview.request = self.realm_request(draft).map(|request| request.text());
            }
            Draft::Credential { draft } => self.preview_credential(draft, &mut preview),
            Draft::Twilio { draft } => preview.problems = twilio_problems(draft),
            Draft::Call { draft } => {
                preview.problems = call_problems(draft);
                preview.target = self.target_of(draft);
                preview.request = self.call_request(draft).map(|request| request.text());
            }
            Draft::Voice { draft } => {
                preview.problems = ring::problems(draft);
                preview.request = self.ring_request(draft).map(|request| request.text());
            }
            // They belong to no step.
            Draft::Account { .. } | Draft::Check { .. } | Draft::DeskRealm { .. } => {}
        }
        preview
    }

    fn preview_credential(&self, draft: &CredentialDraft, preview: &mut Preview) {
        let Some(realm) = self.state().journey.realm().cloned() else {
            return;
        };
        let empty: &[&str] = if draft.user_name.trim().is_empty() {
            &["userName"]
        } else {
            &[]
        };
        let checked = credential_form::read(draft, &realm.name, &SipPassword::new(""));
        let composite = match &checked {
            Ok(new) => new.composite(),
            Err(_) => digest::composite(draft.user_name.trim(), Some(draft.domain.trim())),
        };
        if !composite.is_empty() && composite.len() <= LONGEST {
            let parts = |user: String| vec![user, realm.name.clone(), DOTS.to_owned()];
            preview.hash1b = parts(digest::with_realm(&composite, &realm.name));
            preview.hash1 = parts(composite);
        }
        preview.problems = problems(checked.err(), empty);
        preview.request = self
            .credential_request(draft, &realm.name)
            .map(|request| request.text());
    }

    fn realm_request(&self, draft: &RealmDraft) -> Option<RequestText> {
        let new = forms::realm(draft).ok()?;
        self.dashboard().ok()?.preview_create_realm(&new).ok()
    }

    fn credential_request(&self, draft: &CredentialDraft, realm: &str) -> Option<RequestText> {
        let new = credential_form::read(draft, realm, &SipPassword::new("")).ok()?;
        let scope = new.scope(RealmId(self.state().journey.realm()?.id));
        let dashboard = self.dashboard().ok()?;
        dashboard.preview_create_credentials(scope, &[new]).ok()
    }

    fn call_request(&self, draft: &CallDraft) -> Option<RequestText> {
        let target = self.target_of(draft)?;
        let from = PhoneNumber::parse(&draft.from).ok()?;
        let state = self.state();
        let twilio = state.twilio.as_deref()?;
        let subject = state.journey.subject()?;
        let composite = subject.credential.composite();
        let new = NewCall {
            message: call::message(draft).ok()?,
            ..NewCall::test(target, from, composite, SipPassword::new(""))
        };
        twilio.preview_call(&new).ok()
    }

    /// Returns the SIP address that the call would go to.
    fn target_of(&self, draft: &CallDraft) -> Option<String> {
        let to = PhoneNumber::parse(&draft.to).ok()?;
        let state = self.state();
        let found = state.registrar.as_ref()?;
        let port = found.port(TransportName::Udp)?;
        Some(twilio::target(
            &to,
            &state.journey.subject()?.realm.name,
            port,
        ))
    }

    pub(super) fn take(&self, draft: Draft) {
        let mut state = self.state();
        match &draft {
            Draft::Call { .. } | Draft::Twilio { .. } => state.call_way = CallWay::Twilio,
            Draft::Voice { .. } => state.call_way = CallWay::Bandwidth,
            Draft::Account { .. }
            | Draft::Check { .. }
            | Draft::DeskRealm { .. }
            | Draft::Credential { .. }
            | Draft::Realm { .. }
            | Draft::SignIn { .. } => {}
        }
        let drafts = &mut state.drafts;
        match draft {
            Draft::SignIn { draft } => drafts.sign_in = Some(cut_sign_in(draft)),
            Draft::Realm { mut draft } => {
                cut(&mut draft.name);
                cut(&mut draft.description);
                drafts.realm = Some(draft);
            }
            Draft::Credential { mut draft } => {
                cut(&mut draft.user_name);
                cut(&mut draft.domain);
                cut(&mut draft.application_id);
                drafts.credential = Some(draft);
            }
            Draft::Twilio { mut draft } => {
                cut(&mut draft.account_sid);
                cut(&mut draft.key_sid);
                drafts.twilio = Some(draft);
            }
            Draft::Call { mut draft } => {
                cut(&mut draft.from);
                cut(&mut draft.to);
                draft.url = AnswerUrl::without_sign_in(&draft.url);
                cut(&mut draft.url);
                cut(&mut draft.twiml);
                drafts.call = Some(draft);
            }
            Draft::Voice { draft } => drafts.voice = Some(cut_voice(draft)),
            Draft::Account { .. } | Draft::Check { .. } | Draft::DeskRealm { .. } => {}
        }
    }
}

/// Returns the problems of a typed realm, ignoring empty fields.
pub(crate) fn realm_problems(draft: &RealmDraft) -> Vec<FieldProblem> {
    let empty: &[&str] = if draft.name.trim().is_empty() {
        &["name"]
    } else {
        &[]
    };
    problems(forms::realm(draft).err(), empty)
}

/// Returns the problems of a typed sign-in, ignoring empty fields.
pub(crate) fn sign_in_problems(draft: &SignInDraft) -> Vec<FieldProblem> {
    let checked = Account::from_draft(String::new(), draft);
    let empty: Vec<&str> = [
        ("accountNumber", &draft.account_number),
        ("user", &draft.user),
        ("tokenAddress", &draft.token_address),
        ("bearerAddress", &draft.bearer_address),
        ("basicAddress", &draft.basic_address),
    ]
    .into_iter()
    .filter_map(|(field, text)| text.trim().is_empty().then_some(field))
    .collect();
    problems(checked.err(), &empty)
}

/// Returns the problems of a validated form, ignoring empty fields, because those haven't been
/// filled in yet.
fn problems(error: Option<Error>, empty: &[&str]) -> Vec<FieldProblem> {
    let Some(Error::Invalid { mut problems }) = error else {
        return Vec::new();
    };
    problems.retain(|problem| !empty.contains(&problem.field.as_str()));
    problems
}

fn twilio_problems(draft: &TwilioDraft) -> Vec<FieldProblem> {
    let sid = typed_problem("accountSid", &draft.account_sid, AccountSid::parse);
    let key = typed_problem("keySid", &draft.key_sid, KeySid::parse);
    sid.into_iter().chain(key).collect()
}

fn call_problems(draft: &CallDraft) -> Vec<FieldProblem> {
    let from = typed_problem("from", &draft.from, PhoneNumber::parse);
    let to = typed_problem("to", &draft.to, PhoneNumber::parse);
    let typed = match draft.message {
        CallMessage::Standard => "",
        CallMessage::Twiml => &draft.twiml,
        CallMessage::Url => &draft.url,
    };
    let empty: &[&str] = if typed.trim().is_empty() {
        &["twiml", "url"]
    } else {
        &[]
    };
    let message = problems(call::message(draft).err(), empty);
    from.into_iter().chain(to).chain(message).collect()
}

/// Returns what is wrong with a field, if it isn't empty.
fn typed_problem<T, P: explain::name::Problem>(
    field: &str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, P>,
) -> Option<FieldProblem> {
    let problem = parse(text).err().filter(|_| !text.trim().is_empty())?;
    Some(FieldProblem::new(field, explain::name::sentence(problem)))
}

fn cut_sign_in(mut draft: crate::ipc::SignInDraft) -> crate::ipc::SignInDraft {
    for field in [
        &mut draft.name,
        &mut draft.account_number,
        &mut draft.user,
        &mut draft.token_address,
        &mut draft.bearer_address,
        &mut draft.basic_address,
    ] {
        cut(field);
    }
    draft
}

/// A password in the URL isn't saved, because the form refuses it.
fn cut_voice(mut draft: VoiceDraft) -> VoiceDraft {
    draft.answer_url = AnswerUrl::without_sign_in(&draft.answer_url);
    for field in [
        &mut draft.from,
        &mut draft.application_id,
        &mut draft.answer_url,
    ] {
        cut(field);
    }
    draft
}

fn cut(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
    }
}
