//! Has Bandwidth call a phone, follows the call to its end, and hangs it up.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use tokio::time::{Instant, sleep};
use zeroize::Zeroizing;

use super::answer::{self, line, malformed};
use super::names::{AnswerUrl, CallId};
use super::{Method, Voice};
use crate::dashboard::ApplicationId;
use registrar_activity::{Service, Silence};
use registrar_http::{Answer, Error, Member, Request, RequestText};
use registrar_names::PhoneNumber;

/// Number of consecutive failed polls after which a call is no longer followed.
const MOST_FAILURES: u32 = 5;

/// The API's limits for `callTimeout`, in seconds.
const RINGS: std::ops::RangeInclusive<u64> = 1..=300;

/// A call to a registered phone.
#[derive(Clone, Debug)]
pub struct NewCall {
    /// The callee: a SIP URI, such as `sip:user@realm` of a credential.
    pub to: String,
    /// A number of the account, which the phone displays.
    pub from: PhoneNumber,
    /// The voice application that the number belongs to.
    pub application: ApplicationId,
    /// Where Bandwidth requests instructions once the phone is answered.
    pub answer_url: AnswerUrl,
    /// How long it may ring. If it doesn't start ringing within 30 seconds, Bandwidth gives up on
    /// its own.
    pub ring: Duration,
}

/// The state of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallState {
    /// It was answered.
    Answered,
    /// It has ended.
    Disconnected,
    /// Bandwidth is calling the phone.
    Initiated,
    /// Bandwidth hasn't started it yet.
    Queued,
    /// It is ringing. The API doesn't document this state, but it may occur.
    Ringing,
    /// A state that isn't documented.
    Unknown,
}

impl CallState {
    /// Returns Bandwidth's own name for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Disconnected => "disconnected",
            Self::Initiated => "initiated",
            Self::Queued => "queued",
            Self::Ringing => "ringing",
            Self::Unknown => "unknown",
        }
    }

    fn parse(word: &str) -> Self {
        match word {
            "answered" | "active" => Self::Answered,
            "disconnected" | "completed" => Self::Disconnected,
            "initiated" => Self::Initiated,
            "queued" => Self::Queued,
            "ringing" => Self::Ringing,
            _ => Self::Unknown,
        }
    }
}

/// Why a call ended. The list is Bandwidth's and may grow.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DisconnectCause {
    /// The account's limit was reached.
    AccountLimit,
    /// The instructions requested something impossible.
    ApplicationError,
    /// The phone is busy.
    Busy,
    /// The answer URL couldn't be requested.
    CallbackError,
    /// The caller canceled it while it was ringing.
    Cancel,
    /// None of the other causes.
    Error,
    /// Either side hung up, or the instructions ended.
    Hangup,
    /// The answer URL returned no BXML.
    InvalidBxml,
    /// Bandwidth's system was at capacity.
    NodeCapacityExceeded,
    /// The phone, or the registrar on its behalf, refused.
    Rejected,
    /// Nobody answered in time.
    Timeout,
    /// Unknown to Bandwidth as well.
    Unknown,
    /// An undocumented cause, redacted.
    Other(String),
}

impl DisconnectCause {
    /// All documented causes with Bandwidth's own names.
    pub const DOCUMENTED: [(Self, &'static str); 12] = [
        (Self::AccountLimit, "account-limit"),
        (Self::ApplicationError, "application-error"),
        (Self::Busy, "busy"),
        (Self::CallbackError, "callback-error"),
        (Self::Cancel, "cancel"),
        (Self::Error, "error"),
        (Self::Hangup, "hangup"),
        (Self::InvalidBxml, "invalid-bxml"),
        (Self::NodeCapacityExceeded, "node-capacity-exceeded"),
        (Self::Rejected, "rejected"),
        (Self::Timeout, "timeout"),
        (Self::Unknown, "unknown"),
    ];

    /// Returns Bandwidth's own name for it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        if let Self::Other(word) = self {
            return word;
        }
        let mut all = Self::DOCUMENTED.iter();
        all.find(|(cause, _)| cause == self)
            .map_or("unknown", |(_, word)| word)
    }

    /// Returns whether it can occur only after an answer, because the answer URL isn't requested
    /// any earlier.
    #[must_use]
    pub fn follows_an_answer(&self) -> bool {
        match self {
            Self::ApplicationError | Self::CallbackError | Self::Hangup | Self::InvalidBxml => true,
            Self::AccountLimit
            | Self::Busy
            | Self::Cancel
            | Self::Error
            | Self::NodeCapacityExceeded
            | Self::Other(_)
            | Self::Rejected
            | Self::Timeout
            | Self::Unknown => false,
        }
    }

    fn read(answer: &Answer, value: &Value) -> Option<Self> {
        let word = line(answer, value)?;
        let mut all = Self::DOCUMENTED.into_iter();
        let known = all.find(|(_, known)| *known == word);
        Some(known.map_or(Self::Other(word), |(cause, _)| cause))
    }
}

/// A call as Bandwidth returns it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Bandwidth's ID of it.
    pub id: CallId,
    /// Where it stands.
    pub state: CallState,
    /// It was answered, even if it has ended.
    pub answered: bool,
    /// Why it ended, if it has.
    pub cause: Option<DisconnectCause>,
    /// Bandwidth's description of an error, redacted.
    pub error: Option<String>,
}

/// Only the call's ID is required; other fields are ignored if missing or of another type.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct WireCall {
    call_id: Value,
    state: Value,
    answer_time: Value,
    end_time: Value,
    disconnect_cause: Value,
    error_message: Value,
}

impl Voice {
    /// Has Bandwidth call a phone. This may cost money if the account is real.
    pub async fn call(&self, new: &NewCall) -> Result<Call, Error> {
        self.send(self.call_request(new), read).await
    }

    /// Returns the request that [`Voice::call`] sends.
    #[must_use]
    pub fn preview_call(&self, new: &NewCall) -> RequestText {
        self.account.preview(self.call_request(new))
    }

    /// Returns the state of a call. A call that was just created may not be known yet (404).
    pub async fn fetch(&self, id: &CallId) -> Result<Call, Error> {
        let request = self.request("Get the call", Method::Get, &[id.as_str()]);
        self.send(request, read).await
    }

    /// Polls a call at intervals of `every` until it has ended, for at most `limit`, and passes
    /// each change of its state to `report`. Tolerates a few consecutive failures, and the time
    /// until Bandwidth knows the call itself. Dropping the future stops polling and leaves the call
    /// as it is: see [`Voice::hang_up`].
    pub async fn follow(
        &self,
        id: &CallId,
        every: Duration,
        limit: Duration,
        mut report: impl FnMut(&Call),
    ) -> Result<Call, Error> {
        let end = Instant::now() + limit;
        let (mut last, mut answered, mut failures) = (None, false, 0);
        loop {
            match self.fetch(id).await {
                Ok(call) => {
                    failures = 0;
                    answered |= call.answered;
                    let call = Call { answered, ..call };
                    if last != Some(call.state) {
                        last = Some(call.state);
                        report(&call);
                    }
                    if call.state == CallState::Disconnected {
                        return Ok(call);
                    }
                }
                Err(error) if last.is_none() && refused_with(&error, &[404]) => {}
                Err(error) if error.is_passing() && failures < MOST_FAILURES => failures += 1,
                Err(error) => return Err(error),
            }
            wait(every, end).await?;
        }
    }

    /// Ends a call, and polls at intervals of `every` for its end, for at most `limit`. Retries if
    /// Bandwidth doesn't allow the call to be changed yet; a call that has ended is left alone.
    pub async fn hang_up(
        &self,
        id: &CallId,
        every: Duration,
        limit: Duration,
    ) -> Result<Call, Error> {
        let end = Instant::now() + limit;
        let (mut asked, mut failures) = (false, 0);
        loop {
            let outcome = match self.fetch(id).await {
                Ok(call) if call.state == CallState::Disconnected => return Ok(call),
                Ok(_) if asked => Ok(()),
                Ok(_) => self.complete(id).await.map(|()| asked = true),
                Err(error) => Err(error),
            };
            match outcome {
                Ok(()) => failures = 0,
                Err(error) if refused_with(&error, &[404, 409]) => {}
                Err(error) if error.is_passing() && failures < MOST_FAILURES => failures += 1,
                Err(error) => return Err(error),
            }
            wait(every, end).await?;
        }
    }

    async fn complete(&self, id: &CallId) -> Result<(), Error> {
        let request = self
            .request("Hang up the call", Method::Post, &[id.as_str()])
            .json(vec![Member::Text("state", "completed".to_owned())]);
        self.send(request, answer::accepted).await
    }

    fn call_request(&self, new: &NewCall) -> Request {
        let url = &new.answer_url;
        let answer_url = if url.may_hold_a_secret() {
            Member::Secret {
                name: "answerUrl",
                value: Zeroizing::new(url.as_str().to_owned()),
                variable: "ANSWER_URL",
            }
        } else {
            Member::Text("answerUrl", url.as_str().to_owned())
        };
        let ring = new.ring.as_secs().clamp(*RINGS.start(), *RINGS.end());
        self.request("Call the phone from Bandwidth", Method::Post, &[])
            .json(vec![
                Member::Text("from", new.from.to_string()),
                Member::Text("to", new.to.clone()),
                Member::Text("applicationId", new.application.to_string()),
                answer_url,
                Member::Number("callTimeout", ring),
            ])
    }
}

async fn wait(every: Duration, end: Instant) -> Result<(), Error> {
    if Instant::now() + every > end {
        return Err(Error::Unreachable {
            service: Service::Voice,
            silence: Silence::TimedOut,
        });
    }
    sleep(every).await;
    Ok(())
}

fn refused_with(error: &Error, statuses: &[u16]) -> bool {
    matches!(error, Error::Refused(refusal) if statuses.contains(&refusal.status))
}

/// Returns whether a point in time is given, in whatever form.
fn is_given(moment: &Value) -> bool {
    match moment {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::Array(_) | Value::Object(_) => true,
    }
}

/// Parses a call. The response to a new one has no state: it is queued. A call with an end time or
/// a cause has ended.
pub(super) fn read(answer: &Answer, now_ms: u64) -> Result<Call, Error> {
    let wire: WireCall = serde_json::from_value(answer::read(answer, now_ms)?)
        .map_err(|_| malformed("JSON with other fields than expected"))?;
    let id = wire.call_id.as_str().map(CallId::parse);
    let Some(Ok(id)) = id else {
        return Err(malformed("a call without its ID"));
    };
    let cause = DisconnectCause::read(answer, &wire.disconnect_cause);
    let ended = cause.is_some() || is_given(&wire.end_time);
    let state = match wire.state.as_str() {
        // The end time and the cause are final, whatever the state says.
        _ if ended => CallState::Disconnected,
        Some(word) => CallState::parse(word),
        None if wire.state.is_null() => CallState::Queued,
        None => CallState::Unknown,
    };
    let follows_an_answer = cause
        .as_ref()
        .is_some_and(DisconnectCause::follows_an_answer);
    Ok(Call {
        id,
        state,
        answered: wire.state.as_str().map(CallState::parse) == Some(CallState::Answered)
            || is_given(&wire.answer_time)
            || follows_an_answer,
        cause,
        error: line(answer, &wire.error_message),
    })
}
