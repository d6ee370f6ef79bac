//! The test call through Twilio.

use std::sync::Arc;
use std::time::Duration;

use registrar_explain as explain;
use registrar_explain::{CallState, Notice};
use registrar_secret::TwilioSecret;
use registrar_sip::TransportName;
use registrar_twilio::{
    self, AccountSid, Call, CallError, CallProblem, Key, KeySid, Message, NewCall, Notification,
    PhoneNumber, Twilio,
};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::JourneySession;
use crate::Error;
use crate::account::Account;
use crate::form::Problems;
use crate::ipc::{
    CallDraft, CallMessage, CallProgress, CallReport, CallWay, Draft, Screen, TwilioDraft,
    TwilioKeyKind,
};
use crate::journey::saved;
use crate::journey::step::{Event, Journey, Outcome};

/// The polling interval of a call's state; Twilio's own states change about that often.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a call is followed: it rings for half a minute and speaks for a few seconds.
const LONGEST_CALL: Duration = Duration::from_mins(3);

impl JourneySession {
    /// Checks the Twilio keys, and lists the numbers that can be the caller ID.
    pub async fn check_twilio(
        &self,
        draft: TwilioDraft,
        typed: Option<TwilioSecret>,
        remember: bool,
    ) -> Result<Screen, Error> {
        self.at(|journey| matches!(journey, Journey::Call { .. }))?;
        let place = self.place();
        self.state().drafts.twilio = Some(draft.clone());
        let account = self.account()?;
        let secret = match typed.map(|secret| secret.without_line_breaks()) {
            Some(typed) if typed.length() > 255 => {
                return Err(Error::field("secret", "Use at most 255 characters."));
            }
            Some(typed) if !typed.is_empty() => typed,
            Some(_) | None => self
                .services
                .keychain
                .load(&account.id)
                .await?
                .ok_or_else(|| Error::field("secret", missing(draft.key_kind)))?,
        };
        let (sid, key) = keys(&draft, secret.clone())?;

        let twilio = Twilio::new(
            self.services.twilio.clone(),
            sid,
            key,
            Arc::clone(&self.activity),
        )?;
        twilio.check().await?;
        let numbers = twilio.numbers().await?;

        let notice = self.remember_twilio(&account.id, &secret, remember).await;
        let account = {
            let mut state = self.state_at(place)?;
            state.numbers = numbers;
            state.twilio = Some(Arc::new(twilio));
            let mut account = account;
            account.twilio = Some(draft.clone());
            account.twilio_remembered = remember && notice.is_none();
            state.notices = notice.into_iter().collect();
            account
        };
        self.know(&account);
        match self.keep_twilio(&account) {
            Err(Error::OutOfStep) => return Err(Error::OutOfStep),
            Err(error) => self.say(error.notice()),
            Ok(()) => {}
        }
        self.keep_or_say();
        Ok(self.screen())
    }

    /// Places the test call and follows it to its end. Stopping hangs up, and the resulting end is
    /// reported.
    pub async fn place_call(
        &self,
        draft: CallDraft,
        stop: &CancellationToken,
        on_state: &(dyn Fn(CallProgress) + Send + Sync),
    ) -> Result<CallReport, Error> {
        self.at(|journey| matches!(journey, Journey::Call { .. }))?;
        let place = self.place();
        self.take(Draft::Call {
            draft: draft.clone(),
        });
        let subject = self.subject()?;
        let (from, to, message) = order(&draft)?;
        let twilio = self.state().twilio.clone().ok_or(Error::OutOfStep)?;
        let password = self.state().password.clone().ok_or_else(|| {
            Error::field(
                "password",
                "Enter the SIP password above. The call needs it.",
            )
        })?;
        let transport = TransportName::Udp;
        let found = self.target("", transport).await?;
        let port = found.port(transport).ok_or_else(no_port)?;
        let target = registrar_twilio::target(&to, &subject.realm.name, port);
        let new = NewCall {
            message,
            ..NewCall::test(target, from, subject.credential.composite(), password)
        };

        let begun = Instant::now();
        let mut states = Vec::new();
        let call = twilio.call(&new).await.map_err(|error| {
            let error = not_placed(error);
            if error.answer_is_unknown() {
                still_on(&error)
            } else {
                error
            }
        })?;
        let report = |call: &Call| {
            let sentence = explain::twilio::state(call.status).to_owned();
            let state = call.status.as_str().to_owned();
            on_state(CallProgress {
                state,
                sentence: sentence.clone(),
            });
            let second = u32::try_from(begun.elapsed().as_secs()).unwrap_or(u32::MAX);
            states.push(CallState { second, sentence });
        };
        let followed = tokio::select! {
            end = twilio.follow(&call.sid, LOOK_EVERY, LONGEST_CALL, report) => end,
            () = stop.cancelled() => twilio.hang_up(&call.sid).await,
        };
        let end = match followed {
            Ok(end) => end,
            // A call that isn't followed must not continue, because it costs money.
            Err(lost) => twilio
                .hang_up(&call.sid)
                .await
                .map_err(|_| still_on(&lost.into()))?,
        };
        let notes = twilio.notifications(&end.sid).await.unwrap_or_default();

        let report = CallReport {
            way: CallWay::Twilio,
            verdict: explain::twilio::ended(end.status, &notes),
            states,
            notes: notes.iter().map(note).collect(),
        };
        self.state_at(place)?.last_call = Some(report.clone());
        Ok(report)
    }

    /// Continues to the last page, with or without the outcome of a call.
    pub fn continue_to_finish(&self) -> Result<Screen, Error> {
        let call = self.state().last_call.as_ref().map(|report| Outcome {
            good: report.verdict.tone == registrar_activity::Tone::Good,
            sentence: report.verdict.sentence.clone(),
        });
        self.advance(Event::CallDone(call))
    }

    /// Saves how an account signs in to Twilio. The rest of the saved account stays unchanged.
    fn keep_twilio(&self, account: &Account) -> Result<(), Error> {
        saved::update_accounts(&self.store, |kept| {
            if self.is_ended() {
                return Err(Error::OutOfStep);
            }
            match kept.iter_mut().find(|kept| kept.id == account.id) {
                Some(kept) => {
                    kept.twilio.clone_from(&account.twilio);
                    kept.twilio_remembered = account.twilio_remembered;
                }
                None => kept.push(account.clone()),
            }
            Ok(())
        })
    }

    async fn remember_twilio(
        &self,
        account: &str,
        secret: &TwilioSecret,
        remember: bool,
    ) -> Option<Notice> {
        let keychain = &self.services.keychain;
        let done = if remember {
            keychain.save(account, secret).await
        } else {
            keychain.forget::<TwilioSecret>(account).await
        };
        explain::not_kept(done, remember)
    }
}

fn missing(kind: TwilioKeyKind) -> &'static str {
    match kind {
        TwilioKeyKind::AuthToken => "Enter the Twilio account’s auth token.",
        TwilioKeyKind::ApiKey => "Enter the Twilio API key’s secret.",
    }
}

fn keys(draft: &TwilioDraft, secret: TwilioSecret) -> Result<(AccountSid, Key), Error> {
    let mut problems = Problems::default();
    let sid = problems.take_name("accountSid", AccountSid::parse(&draft.account_sid));
    let key = match draft.key_kind {
        TwilioKeyKind::AuthToken => Some(Key::AuthToken(secret)),
        TwilioKeyKind::ApiKey => {
            let sid = problems.take_name("keySid", KeySid::parse(&draft.key_sid));
            sid.map(|sid| Key::ApiKey { sid, secret })
        }
    };
    match (sid, key) {
        (Some(sid), Some(key)) => Ok((sid, key)),
        _ => Err(problems.into_error()),
    }
}

fn order(draft: &CallDraft) -> Result<(PhoneNumber, PhoneNumber, Message), Error> {
    let mut problems = Problems::default();
    let from = problems.take_name("from", PhoneNumber::parse(&draft.from));
    let to = problems.take_name("to", PhoneNumber::parse(&draft.to));
    let message = match message(draft) {
        Ok(message) => Some(message),
        Err(error) => {
            problems.add(error)?;
            None
        }
    };
    match (from, to, message) {
        (Some(from), Some(to), Some(message)) => Ok((from, to, message)),
        _ => Err(problems.into_error()),
    }
}

/// Returns what Twilio plays, or what is wrong with that field.
pub(super) fn message(draft: &CallDraft) -> Result<Message, Error> {
    match draft.message {
        CallMessage::Standard => Ok(Message::standard()),
        CallMessage::Twiml => {
            Message::twiml(&draft.twiml).map_err(|problem| in_field(&CallProblem::Twiml(problem)))
        }
        CallMessage::Url => {
            Message::url(&draft.url).map_err(|problem| in_field(&CallProblem::Url(problem)))
        }
    }
}

fn not_placed(error: CallError) -> Error {
    match error {
        CallError::Call(problem) => in_field(&problem),
        CallError::Http(error) => error.into(),
    }
}

/// Returns the error for the field that a problem belongs to.
fn in_field(problem: &CallProblem) -> Error {
    let field = match problem {
        CallProblem::Password => "password",
        CallProblem::Target => "to",
        CallProblem::Twiml(_) => "twiml",
        CallProblem::Url(_) => "url",
        CallProblem::UserName => "userName",
    };
    Error::field(field, &explain::twilio::call_problem(problem))
}

/// The error for a call whose state is unknown.
fn still_on(lost: &Error) -> Error {
    let why = lost.failure().sentence;
    Error::Lost {
        done: format!("{why} The call may still be going on. If so, end it in the Twilio Console."),
    }
}

fn no_port() -> Error {
    Error::Lost {
        done: "The registrar’s port isn’t known. Go back and check the registration with its \
               address first."
            .to_owned(),
    }
}

/// Formats a notification on one line: its meaning, then Twilio's message.
fn note(note: &Notification) -> String {
    let meaning = note
        .code
        .map(|code| format!("{} ({code})", explain::twilio::code(code).sentence));
    let parts: Vec<String> = meaning
        .into_iter()
        .chain((!note.message.is_empty()).then(|| note.message.clone()))
        .collect();
    parts.join(" ")
}
