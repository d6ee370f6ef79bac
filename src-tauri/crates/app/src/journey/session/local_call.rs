//! The test call from this computer, through the registrar.

use std::time::{Duration, Instant};

use parking_lot::Mutex;
use registrar_activity::{ActivityKind, Entry, clock};
use registrar_bandwidth::discovery::Found;
use registrar_explain::call::{self as words, Asked};
use registrar_explain::{CallSound, CallState, LocalCallReport, LocalCallState};
use registrar_media::{Source, Tone};
use registrar_sip::TransportName;
use registrar_sip::answer::NameForm;
use registrar_sip::uri::Uri;
use registrar_user_agent::call::{Callee, DialRequest, News, Order, dial};
use registrar_user_agent::tls::Peer;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::JourneySession;
use crate::Error;
use crate::form::Problems;
use crate::ipc::{CallReport, CallWay, LocalCallProgress};
use crate::journey::step::Journey;

/// How long a call may ring.
const RING: Duration = Duration::from_secs(45);
/// How long a tone is played: enough to measure it, plus the round trip.
const TONE_SECONDS: u32 = 10;
/// How long two people may speak.
const SPEECH_SECONDS: u32 = 180;
/// Maximum requested duration of a call, in seconds.
const MOST_SECONDS: u32 = 600;
/// Maximum number of queued key presses.
const MOST_KEYS: usize = 32;

/// A requested call from this computer.
#[derive(Clone, Debug)]
pub struct LocalCall {
    /// A number, an extension or a SIP address.
    pub to: String,
    /// What is sent.
    pub sound: CallSound,
    /// Over which transport.
    pub transport: TransportName,
    /// The duration before it hangs up, in seconds; `None` depends on the sound.
    pub seconds: Option<u32>,
}

impl JourneySession {
    /// Calls from this computer and follows the call to its end. Stopping hangs up, and the
    /// resulting end is reported. The password needn't be known: stored hashes are enough.
    pub async fn place_local_call(
        &self,
        call: LocalCall,
        stop: &CancellationToken,
        on_progress: &(dyn Fn(LocalCallProgress) + Send + Sync),
    ) -> Result<LocalCallReport, Error> {
        self.at(|journey| matches!(journey, Journey::Call { .. }))?;
        let place = self.place();
        self.state().local_to.clone_from(&call.to);
        let mut problems = Problems::default();
        let Some(callee) = problems.take("to", Callee::parse(&call.to)) else {
            return Err(problems.into_error());
        };
        let found = self.target("", call.transport).await?;
        let (asked, request) = self.local_call(&call, &callee, &found, stop).await?;

        let (sender, orders) = mpsc::channel(MOST_KEYS);
        {
            let mut state = self.state_at(place)?;
            if state.orders.is_some() {
                return Err(Error::OutOfStep);
            }
            state.orders = Some(sender);
        }
        let _up = Up(self);
        let (at_ms, began) = (clock::now_ms(), Instant::now());
        let states = Mutex::new(Vec::new());
        let on_news = |news| match news {
            News::State(state) => {
                let (state, sentence) = words::state(state);
                tell(began, &states, state, sentence, on_progress);
            }
            News::Sound { talked, reading } => {
                on_progress(LocalCallProgress::Reading(words::reading(talked, &reading)));
            }
            News::Message(_) => {}
        };
        let outcome = dial(request, orders, &on_news).await;
        let over = (LocalCallState::Ended, "The call is over.");
        tell(began, &states, over.0, over.1, on_progress);

        let states = states.into_inner();
        let report = words::report(&asked, states, outcome);
        let title = format!("Call from this computer, {}", report.target);
        let kind = ActivityKind::Call;
        let (target, message_chart, verdict) =
            (&report.target, &report.message_chart, &report.verdict);
        let entry = Entry::of_messages(kind, title, at_ms, target, message_chart, verdict.into());
        self.activity.record(entry);
        let fact = |row: &registrar_explain::SummaryRow| format!("{}: {}", row.name, row.value);
        self.state_at(place)?.last_call = Some(CallReport {
            way: CallWay::ThisComputer,
            verdict: report.verdict.clone(),
            states: report.states.clone(),
            notes: report.facts.iter().map(fact).collect(),
        });
        Ok(report)
    }

    /// Presses a key in the call from this computer that is up.
    pub fn press_digit(&self, digit: &str) -> Result<(), Error> {
        let mut keys = digit.chars();
        let key = keys.next().filter(|key| {
            keys.next().is_none() && "0123456789*#ABCD".contains(key.to_ascii_uppercase())
        });
        let key = key.ok_or_else(|| Error::field("digit", "Press 0 to 9, *, or #."))?;
        let orders = self.state().orders.clone().ok_or(Error::OutOfStep)?;
        // If too many keys are queued, further ones are lost, as on a phone.
        let _ = orders.try_send(Order::Press(key));
        Ok(())
    }

    async fn local_call(
        &self,
        call: &LocalCall,
        callee: &Callee,
        found: &Found,
        stop: &CancellationToken,
    ) -> Result<(Asked, DialRequest), Error> {
        let subject = self.subject()?;
        let (realm, user_name) = (subject.realm.name, subject.credential.composite());
        let target = found.targets(call.transport).first();
        let target = target.ok_or(Error::OutOfStep)?.address;
        let form = {
            let state = self.state();
            let accepted = state.last_check.as_ref();
            let accepted = accepted.and_then(|check| check.accepted_user_name.clone());
            let with_realm = NameForm::WithRealm.user_name(&user_name, &realm);
            if accepted == Some(with_realm) {
                NameForm::WithRealm
            } else {
                NameForm::Composite
            }
        };
        let proof = self.proof().await?;
        let with_password = proof.is_password();
        let label = call.transport.as_str();
        let asked = Asked {
            callee: callee.user().to_owned(),
            user_name: user_name.clone(),
            realm: realm.clone(),
            host: found.host.clone(),
            place: format!("{} ({label} port {})", found.host, target.port()),
            target: format!("{label} {target}"),
            with_password,
            sound: call.sound,
            ring: RING,
        };
        let (sound, speakers, seconds) = match call.sound {
            CallSound::Tone => (Source::Tone(Tone::default()), false, TONE_SECONDS),
            CallSound::Microphone => (Source::Microphone, true, SPEECH_SECONDS),
        };
        let seconds = call.seconds.unwrap_or(seconds).clamp(1, MOST_SECONDS);
        let request = DialRequest {
            peer: Peer::new(&found.host),
            target,
            request_uri: callee.uri(&realm),
            from: Uri::new(Some(&user_name), &realm).to_string(),
            user_name,
            form,
            proof,
            realm,
            other_realms: self.checks.consents().realms_at(&found.host),
            transport: call.transport,
            ring_timeout: RING,
            talk: Duration::from_secs(seconds.into()),
            hangup: stop.clone(),
            sound,
            speakers,
        };
        Ok((asked, request))
    }
}

/// An active call. When it ends, or its future is dropped, key presses are no longer accepted.
struct Up<'a>(&'a JourneySession);

impl Drop for Up<'_> {
    fn drop(&mut self) {
        self.0.state().orders = None;
    }
}

fn tell(
    began: Instant,
    states: &Mutex<Vec<CallState>>,
    state: LocalCallState,
    sentence: &str,
    on_progress: &(dyn Fn(LocalCallProgress) + Send + Sync),
) {
    let after = began.elapsed();
    let mut states = states.lock();
    states.push(CallState {
        second: u32::try_from(after.as_secs()).unwrap_or(u32::MAX),
        sentence: sentence.to_owned(),
    });
    drop(states);
    on_progress(LocalCallProgress::State {
        state,
        sentence: sentence.to_owned(),
        at_ms: u32::try_from(after.as_millis()).unwrap_or(u32::MAX),
    });
}
