//! The test call that Bandwidth makes to the registered phone.

use std::time::Duration;

use registrar_bandwidth::dashboard::ApplicationId;
use registrar_bandwidth::voice::{AnswerUrl, Call, NewCall, Voice};
use registrar_explain as explain;
use registrar_explain::{CallState, FieldProblem};
use registrar_http::RequestText;
use registrar_names::PhoneNumber;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::JourneySession;
use crate::Error;
use crate::form::Problems;
use crate::ipc::{CallProgress, CallReport, CallWay, VoiceDraft};
use crate::journey::step::{Journey, Subject};

/// The polling interval of a call's state; Bandwidth's own states change about that often.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a call is followed.
const LONGEST_CALL: Duration = Duration::from_mins(3);
/// How long it may ring.
const RINGS: Duration = Duration::from_secs(30);
/// Time limit for hanging up: a call that Bandwidth doesn't allow to be changed before it is
/// answered rings to its end, or is given up after 30 seconds without ringing.
const LONGEST_HANG_UP: Duration = Duration::from_secs(45);

impl JourneySession {
    /// Has Bandwidth call the phone, and follows the call to its end, or for three minutes.
    /// Stopping hangs up, and the resulting end is reported.
    ///
    /// The phone must be registered, otherwise nothing rings.
    pub async fn ring_phone(
        &self,
        draft: VoiceDraft,
        stop: &CancellationToken,
        on_state: &(dyn Fn(CallProgress) + Send + Sync),
    ) -> Result<CallReport, Error> {
        self.at(|journey| matches!(journey, Journey::Call { .. }))?;
        let place = self.place();
        self.take(crate::ipc::Draft::Voice {
            draft: draft.clone(),
        });
        let subject = self.subject()?;
        let new = new_call(&draft, &subject)?;
        let voice = Voice::of(&*self.dashboard()?).ok_or(Error::OutOfStep)?;

        let begun = Instant::now();
        let mut states = Vec::new();
        let call = voice.call(&new).await.map_err(|error| {
            if error.answer_is_unknown() {
                still_on(&error.into())
            } else {
                error.into()
            }
        })?;
        let mut report = |call: &Call| {
            let sentence = explain::voice::state(call.state).to_owned();
            on_state(CallProgress {
                state: call.state.as_str().to_owned(),
                sentence: sentence.clone(),
            });
            let second = u32::try_from(begun.elapsed().as_secs()).unwrap_or(u32::MAX);
            states.push(CallState { second, sentence });
        };
        let followed = tokio::select! {
            end = voice.follow(&call.id, LOOK_EVERY, LONGEST_CALL, &mut report) => end,
            () = stop.cancelled() => voice.hang_up(&call.id, LOOK_EVERY, LONGEST_HANG_UP).await,
        };
        let end = match followed {
            Ok(end) => end,
            // A call that isn't followed must not continue, because it costs money.
            Err(lost) => voice
                .hang_up(&call.id, LOOK_EVERY, LONGEST_HANG_UP)
                .await
                .map_err(|_| still_on(&lost.into()))?,
        };

        let report = CallReport {
            way: CallWay::Bandwidth,
            verdict: explain::voice::ended(&end),
            states,
            notes: notes(&end),
        };
        self.state_at(place)?.last_call = Some(report.clone());
        Ok(report)
    }

    /// Returns the first request that [`Self::ring_phone`] sends.
    pub(super) fn ring_request(&self, draft: &VoiceDraft) -> Option<RequestText> {
        let new = new_call(draft, &self.subject().ok()?).ok()?;
        let voice = Voice::of(&*self.dashboard().ok()?)?;
        Some(voice.preview_call(&new))
    }
}

/// Returns the problems of the form, ignoring empty fields.
pub(super) fn problems(draft: &VoiceDraft) -> Vec<FieldProblem> {
    let typed = |text: &str| !text.trim().is_empty();
    let from = PhoneNumber::parse(&draft.from)
        .map_err(explain::name::sentence)
        .map(drop);
    let application = ApplicationId::parse(&draft.application_id)
        .map_err(explain::name::sentence)
        .map(drop);
    let address = AnswerUrl::parse(&draft.answer_url)
        .map_err(explain::name::sentence)
        .map(drop);
    [
        ("ringFrom", from, typed(&draft.from)),
        ("ringApplication", application, typed(&draft.application_id)),
        ("answerUrl", address, typed(&draft.answer_url)),
    ]
    .into_iter()
    .filter_map(|(field, read, typed)| {
        let sentence = read.err().filter(|_| typed)?;
        Some(FieldProblem::new(field, sentence))
    })
    .collect()
}

fn new_call(draft: &VoiceDraft, subject: &Subject) -> Result<NewCall, Error> {
    let mut problems = Problems::default();
    let from = problems.take_name("ringFrom", PhoneNumber::parse(&draft.from));
    let application = match ApplicationId::parse_optional(&draft.application_id) {
        Ok(None) => Err("Enter the voice application’s ID. It’s in the Bandwidth App."),
        Ok(Some(id)) => Ok(id),
        Err(problem) => Err(explain::name::sentence(problem)),
    };
    let application = problems.take("ringApplication", application);
    let answer_url = problems.take_name("answerUrl", AnswerUrl::parse(&draft.answer_url));
    match (from, application, answer_url) {
        (Some(from), Some(application), Some(answer_url)) => Ok(NewCall {
            to: subject.phone_address(),
            from,
            application,
            answer_url,
            ring: RINGS,
        }),
        _ => Err(problems.into_error()),
    }
}

/// Formats Bandwidth's information about the end: the meaning of its cause, then its own
/// description.
fn notes(end: &Call) -> Vec<String> {
    let cause = end.cause.as_ref().map(explain::voice::cause);
    let error = end.error.as_ref();
    let error = error.map(|said| format!("Bandwidth says: {said}"));
    cause.into_iter().chain(error).collect()
}

/// The error for a call whose state is unknown.
fn still_on(lost: &Error) -> Error {
    let why = lost.failure().sentence;
    Error::Lost {
        done: format!(
            "{why} The call may still be going on. The phone rings for at most 30 seconds. If \
             somebody answered, hang up there."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journey::step::{ChosenCredential, ChosenRealm};

    fn subject() -> Subject {
        Subject {
            account: "a".to_owned(),
            realm: ChosenRealm {
                id: 1,
                name: "desk.abc123.auth.example".to_owned(),
            },
            credential: ChosenCredential {
                user_name: "bob".to_owned(),
                domain: Some("bw.com".to_owned()),
                application_id: None,
            },
        }
    }

    fn draft() -> VoiceDraft {
        VoiceDraft {
            from: " +1 (555) 444-3333".to_owned(),
            application_id: "7FC9698A-b04a-468b-9e8f-91238c0d0086".to_owned(),
            answer_url: "https://voice.example.com/answer\n".to_owned(),
        }
    }

    #[test]
    fn the_composite_user_name_is_called_with_its_at_sign_escaped() {
        let new = new_call(&draft(), &subject()).unwrap();

        assert_eq!(new.to, "sip:bob%40bw.com@desk.abc123.auth.example");
        assert_eq!(new.from.as_str(), "+15554443333");
    }

    #[test]
    fn every_field_that_is_wrong_is_named_at_once() {
        let Err(Error::Invalid { problems: found }) = new_call(&VoiceDraft::default(), &subject())
        else {
            panic!("an empty form is no call");
        };

        let fields: Vec<_> = found.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["ringFrom", "ringApplication", "answerUrl"]);
        assert_eq!(
            problems(&VoiceDraft::default()),
            [],
            "nothing is typed yet, so nothing is told off"
        );
        let half = VoiceDraft {
            answer_url: "http://a.example".to_owned(),
            ..draft()
        };
        assert_eq!(problems(&half)[0].field, "answerUrl");
        assert_eq!(problems(&draft()), []);
    }
}
