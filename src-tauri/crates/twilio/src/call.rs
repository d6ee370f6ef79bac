//! Places a call, follows it to its end, and hangs it up.

use std::time::Duration;

use serde::Deserialize;
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::answer::{self, malformed};
use super::message::Message;
use super::names::CallSid;
use super::problem::{self, CallProblem};
use super::{Method, PhoneNumber, Twilio};
use registrar_activity::{Service, Silence};
use registrar_http::{Answer, Error, Field, Request, RequestText};
use registrar_secret::SipPassword;

/// Twilio's limit for `To`: fewer than 255 characters.
const LONGEST_TO: usize = 254;

/// Twilio's limit for the SIP user name and password (21221, 21223), in characters.
const LONGEST_SIGN_IN: usize = 255;

/// Number of consecutive failed polls after which a call is no longer followed.
const MOST_FAILURES: u32 = 5;

/// Number of attempts to hang up while the call's state changes.
const MOST_HANG_UPS: u32 = 3;

/// A call to place.
#[derive(Clone, Debug)]
pub struct NewCall {
    /// The SIP address: see [`target`].
    pub to: String,
    /// The caller ID.
    pub from: PhoneNumber,
    /// The composite user name of the SIP credential.
    pub sip_user: String,
    /// Its password, with which Twilio answers the registrar's challenge.
    pub sip_password: SipPassword,
    /// What is played.
    pub message: Message,
    /// How long it may ring.
    pub timeout: Duration,
}

impl NewCall {
    /// Creates the test call: it rings for at most 30 seconds and plays a message that it works.
    #[must_use]
    pub fn test(
        to: String,
        from: PhoneNumber,
        sip_user: String,
        sip_password: SipPassword,
    ) -> Self {
        Self {
            to,
            from,
            sip_user,
            sip_password,
            message: Message::standard(),
            timeout: Duration::from_secs(30),
        }
    }
}

/// Returns the SIP URI that reaches a number through the registrar.
#[must_use]
pub fn target(number: &PhoneNumber, realm: &str, port: u16) -> String {
    format!("sip:{number}@{realm}:{port}")
}

/// The state of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallStatus {
    /// The far end is busy.
    Busy,
    /// It was ended before it was answered.
    Canceled,
    /// It was answered and has ended.
    Completed,
    /// It couldn't be placed.
    Failed,
    /// It was answered and is in progress.
    InProgress,
    /// Nobody answered in time.
    NoAnswer,
    /// Twilio hasn't started it yet.
    Queued,
    /// It rings.
    Ringing,
    /// A status that isn't documented.
    Unknown,
}

impl CallStatus {
    /// Returns whether this status is final.
    #[must_use]
    pub fn is_end(self) -> bool {
        match self {
            Self::Busy | Self::Canceled | Self::Completed | Self::Failed | Self::NoAnswer => true,
            Self::InProgress | Self::Queued | Self::Ringing | Self::Unknown => false,
        }
    }

    /// Returns Twilio's own name for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Canceled => "canceled",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::InProgress => "in-progress",
            Self::NoAnswer => "no-answer",
            Self::Queued => "queued",
            Self::Ringing => "ringing",
            Self::Unknown => "unknown",
        }
    }

    fn parse(text: &str) -> Self {
        match text {
            "busy" => Self::Busy,
            "canceled" => Self::Canceled,
            "completed" => Self::Completed,
            "failed" => Self::Failed,
            "in-progress" => Self::InProgress,
            "no-answer" => Self::NoAnswer,
            "queued" | "initiated" => Self::Queued,
            "ringing" => Self::Ringing,
            _ => Self::Unknown,
        }
    }
}

/// A call as Twilio returns it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Twilio's ID for it.
    pub sid: CallSid,
    /// Where it stands.
    pub status: CallStatus,
    /// Its destination as written by Twilio, redacted.
    pub to: String,
    /// How long the answered call lasted, once it has ended.
    pub duration: Option<Duration>,
}

#[derive(Deserialize)]
struct WireCall {
    sid: Option<String>,
    status: Option<String>,
    to: Option<String>,
    /// Sent as text.
    #[serde(default)]
    duration: serde_json::Value,
}

impl Twilio {
    /// Default interval and time limit of [`Twilio::follow`].
    pub const USUAL_WAIT: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(10));

    /// Places a call. This costs money if the account is real.
    pub async fn call(&self, new: &NewCall) -> Result<Call, problem::Error> {
        let request = self.call_request(new)?;
        Ok(self.send(request, read).await?)
    }

    /// Returns the request that [`Twilio::call`] sends.
    pub fn preview_call(&self, new: &NewCall) -> Result<RequestText, CallProblem> {
        Ok(self.call_request(new)?.text())
    }

    /// Returns the state of a call.
    pub async fn fetch(&self, sid: &CallSid) -> Result<Call, Error> {
        let path = ["Calls", &format!("{sid}.json")];
        let request = self.request("Get the call", Method::Get, &path, &[]);
        self.send(request, read).await
    }

    /// Polls a call at intervals of `every` until it has ended, for at most `limit`, and passes
    /// each change of its status to `report`. Tolerates a few consecutive failures. Dropping the
    /// future stops polling and leaves the call as it is: see [`Twilio::hang_up`].
    pub async fn follow(
        &self,
        sid: &CallSid,
        every: Duration,
        limit: Duration,
        mut report: impl FnMut(&Call),
    ) -> Result<Call, Error> {
        let end = Instant::now() + limit;
        let mut last = None;
        let mut failures = 0;
        loop {
            match self.fetch(sid).await {
                Ok(call) => {
                    failures = 0;
                    if last != Some(call.status) {
                        last = Some(call.status);
                        report(&call);
                    }
                    if call.status.is_end() {
                        return Ok(call);
                    }
                }
                Err(error) if error.is_passing() && failures < MOST_FAILURES => failures += 1,
                Err(error) => return Err(error),
            }
            if Instant::now() + every > end {
                return Err(Error::Unreachable {
                    service: Service::Twilio,
                    silence: Silence::TimedOut,
                });
            }
            tokio::time::sleep(every).await;
        }
    }

    /// Ends a call: it is canceled while it is queued or ringing, and completed if it was answered.
    /// Returns its resulting state. A call that has ended is left alone.
    pub async fn hang_up(&self, sid: &CallSid) -> Result<Call, Error> {
        let mut tried = 0;
        loop {
            let call = self.fetch(sid).await?;
            let status = match call.status {
                CallStatus::Queued | CallStatus::Ringing => "canceled",
                CallStatus::InProgress | CallStatus::Unknown => "completed",
                CallStatus::Busy
                | CallStatus::Canceled
                | CallStatus::Completed
                | CallStatus::Failed
                | CallStatus::NoAnswer => return Ok(call),
            };
            let path = ["Calls", &format!("{sid}.json")];
            let request = self
                .request("Hang up the call", Method::Post, &path, &[])
                .form(vec![Field::Plain("Status", status.to_owned())]);
            tried += 1;
            match self.send(request, read).await {
                // It was answered or ended between the query and the request.
                Err(Error::Refused(refusal))
                    if matches!(refusal.status, 400 | 409) && tried < MOST_HANG_UPS => {}
                outcome => return outcome,
            }
        }
    }

    fn call_request(&self, new: &NewCall) -> Result<Request, CallProblem> {
        check(new)?;
        let (name, variable, value) = match &new.message {
            Message::Twiml(twiml) => ("Twiml", "TWIML", twiml.clone()),
            Message::Url(url) => ("Url", "TWIML_URL", url.to_string()),
        };
        let message = if new.message.may_hold_a_secret() {
            Field::Secret {
                name,
                value: Zeroizing::new(value),
                variable,
            }
        } else {
            Field::Plain(name, value)
        };
        let request = self.request("Place the test call", Method::Post, &["Calls.json"], &[]);
        Ok(request.form(vec![
            Field::Plain("To", new.to.clone()),
            Field::Plain("From", new.from.to_string()),
            message,
            Field::Plain("SipAuthUsername", new.sip_user.clone()),
            Field::Secret {
                name: "SipAuthPassword",
                value: Zeroizing::new(new.sip_password.expose().to_owned()),
                variable: "SIP_PASSWORD",
            },
            Field::Plain("Timeout", new.timeout.as_secs().clamp(1, 600).to_string()),
        ]))
    }
}

/// Rejects what Twilio would refuse, before it is sent.
fn check(new: &NewCall) -> Result<(), CallProblem> {
    let odd = |letter: char| letter.is_whitespace() || letter.is_control();
    if !new.to.starts_with("sip:") || new.to.len() > LONGEST_TO || new.to.contains(odd) {
        return Err(CallProblem::Target);
    }
    if new.sip_user.is_empty() || new.sip_user.chars().count() > LONGEST_SIGN_IN {
        return Err(CallProblem::UserName);
    }
    if new.sip_password.is_empty() || new.sip_password.length() > LONGEST_SIGN_IN {
        return Err(CallProblem::Password);
    }
    let message = match &new.message {
        Message::Twiml(twiml) => Message::twiml(twiml).map_err(CallProblem::Twiml),
        Message::Url(url) => Message::url(url.as_str()).map_err(CallProblem::Url),
    };
    message.map(drop)
}

pub(super) fn read(answer: &Answer, now_ms: u64) -> Result<Call, Error> {
    let wire: WireCall = answer::read(answer, now_ms)?;
    let sid = wire.sid.ok_or(malformed("a call without a sid"))?;
    let status = wire.status.ok_or(malformed("a call without a status"))?;
    Ok(Call {
        sid: CallSid::parse(&sid).map_err(|_| malformed("a call with an odd sid"))?,
        status: CallStatus::parse(&status),
        to: answer.line(&wire.to.unwrap_or_default(), LONGEST_TO),
        duration: answer::number(&wire.duration).map(|seconds| Duration::from_secs(seconds.into())),
    })
}
