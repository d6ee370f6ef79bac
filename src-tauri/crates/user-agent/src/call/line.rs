//! Drives a call over its socket to its end.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_media::{Direction, Reading, Session, Source};
use registrar_sip::failure::Failure;
use registrar_sip::invite::{CallEvent, Invite};
use registrar_sip::message::Message;
use registrar_sip::noise::Noise;
use registrar_sip::tokens::SystemTokens;
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::super::message_chart::{MessageChart, MessageMeaning};
use super::meaning::Conversation;
use super::signaling::Signaling;
use super::{CallEnd, CallState, DialOutcome, DialRequest, Hearing, News, OnNews, Order};

/// How long the other side may retransmit its last request if our response was lost (RFC 3261 timer
/// J, 64 × T1).
const ECHOES: Duration = Duration::from_secs(32);
/// Time limit for ending a call that was dropped.
const LAST_WORDS: Duration = Duration::from_secs(16);
/// Time limit for ending a call after hanging up.
const LONGEST_END: Duration = Duration::from_secs(30);

/// A call and its socket. If it is dropped before its end, a separate task hangs up; over UDP, that
/// task also answers later retransmissions.
pub(super) struct Line<'a> {
    parts: Option<(Invite, Signaling)>,
    target: SocketAddr,
    hangup: CancellationToken,
    talk: Duration,
    sound: Source,
    message_chart: MessageChart<'a>,
    conversation: Conversation,
    failure: Option<Failure>,
}

impl<'a> Line<'a> {
    pub(super) fn new(
        call: Invite,
        signaling: Signaling,
        request: DialRequest,
        message_chart: MessageChart<'a>,
    ) -> Self {
        Self {
            parts: Some((call, signaling)),
            target: request.target,
            hangup: request.hangup,
            talk: request.talk,
            sound: request.sound,
            message_chart,
            conversation: Conversation::default(),
            failure: None,
        }
    }

    /// Follows the call to its end.
    pub(super) async fn follow(
        &mut self,
        session: Session,
        mut orders: mpsc::Receiver<Order>,
        on_news: OnNews<'_>,
    ) -> DialOutcome {
        let mut progress = Progress {
            outcome: DialOutcome::new(CallEnd::Unreachable),
            dialed: Instant::now(),
            answered: None,
            session,
            on_news,
        };
        let mut readings = Some(progress.session.readings());
        let mut leaving: Option<Instant> = None;
        progress.outcome.hearing = Hearing::new(self.sound);
        let end = loop {
            self.send_all().await;
            let Some((call, _)) = &mut self.parts else {
                break CallEnd::Lost;
            };
            while let Some(event) = call.poll_event() {
                progress.take(event);
            }
            if let Some(end) = call.end() {
                break end.clone();
            }
            let ends = progress.answered.map(|answered| answered + self.talk);
            let told = self.hangup.clone();
            let to_leave = async {
                tokio::select! {
                    () = told.cancelled() => {}
                    () = until(ends) => {}
                }
            };
            tokio::select! {
                heard = self.step() => if let Some((message, source)) = heard {
                    self.hear(&message, source);
                },
                () = to_leave, if leaving.is_none() => {
                    leaving = Some(Instant::now() + LONGEST_END);
                    progress.session.direct(None);
                    self.hang_up();
                }
                () = until(leaving) => break CallEnd::HungUp { by_us: true },
                Some(order) = orders.recv() => self.obey(order, &progress.session),
                measured = changed(&mut readings) => progress.measure(measured),
            }
        };
        self.finish(end, progress).await
    }

    async fn finish(&mut self, end: CallEnd, progress: Progress<'_>) -> DialOutcome {
        let mut outcome = progress.outcome;
        let ended = Instant::now();
        if let Some((call, _)) = &self.parts {
            outcome.status = call.status().map(|(status, _)| *status);
            outcome.said = call.said().clone();
            outcome.accepted = call.accepted().to_vec();
        }
        let noise = self
            .parts
            .as_ref()
            .and_then(|(_, signaling)| signaling.noise());
        let (end, failure) = or_noise(end, noise);
        outcome.end = end;
        self.failure = failure.or(self.failure.take());
        outcome.answered = progress.answered.is_some();
        let answered = progress.answered.unwrap_or(ended);
        outcome.until_answer = answered.saturating_duration_since(progress.dialed);
        outcome.talked = ended.saturating_duration_since(answered);
        outcome.sound = progress.session.end().await;
        outcome.failure = self.failure.take();
        outcome.message_chart = self.message_chart.take_lines();
        outcome
    }

    /// Waits for a message or a timeout. Cancel safe.
    async fn step(&mut self) -> Option<(Message, SocketAddr)> {
        let Some((call, signaling)) = &mut self.parts else {
            return std::future::pending().await;
        };
        let due = call.poll_timeout();
        tokio::select! {
            heard = signaling.receive() => match heard {
                Ok(heard) => return Some(heard),
                Err(Failure::Closed) if signaling.is_reliable() && call.reopen() => {
                    signaling.close();
                }
                Err(failure) => {
                    self.failure = Some(failure);
                    call.fail();
                }
            },
            () = until(due) => call.handle_timeout(&mut SystemTokens, Instant::now()),
        }
        None
    }

    fn hear(&mut self, message: &Message, source: SocketAddr) {
        let now = Instant::now();
        let Some((call, _)) = &mut self.parts else {
            return;
        };
        // Messages from strangers aren't part of the call's history, and may be endless.
        if !call.handle_input(message, source, &mut SystemTokens, now) && source != self.target {
            return;
        }
        let meaning = MessageMeaning::CallHeard {
            said: self.conversation.heard(message),
            astray: (source != self.target).then_some(source),
        };
        self.message_chart.keep(false, message, meaning, now);
    }

    async fn send_all(&mut self) {
        let Some((call, signaling)) = &mut self.parts else {
            return;
        };
        while let Some(transmit) = call.poll_transmit() {
            let message = &transmit.message;
            let meaning = MessageMeaning::CallSent(self.conversation.sent(message));
            self.message_chart
                .keep(true, message, meaning, Instant::now());
            if let Err(failure) = signaling.send(&transmit).await {
                self.failure = Some(failure);
                call.fail();
            }
        }
    }

    fn hang_up(&mut self) {
        if let Some((call, _)) = &mut self.parts {
            call.hang_up(&mut SystemTokens, Instant::now());
        }
    }

    fn obey(&mut self, order: Order, session: &Session) {
        match order {
            Order::Hold(on) => {
                if let Some((call, _)) = &mut self.parts {
                    call.hold(on, &mut SystemTokens, Instant::now());
                }
            }
            // A key that can't be sent was pressed before there was anyone to hear it.
            Order::Press(key) => _ = session.press(key),
        }
    }
}

/// The progress of a call, and its audio.
struct Progress<'a> {
    outcome: DialOutcome,
    dialed: Instant,
    answered: Option<Instant>,
    session: Session,
    on_news: OnNews<'a>,
}

impl Progress<'_> {
    fn take(&mut self, event: CallEvent) {
        let state = match event {
            CallEvent::Answered(direction) => {
                self.answered = Some(Instant::now());
                self.outcome
                    .hearing
                    .answered(*self.session.readings().borrow());
                self.direct(direction);
                CallState::Answered
            }
            CallEvent::Early(direction) => {
                self.outcome.rang = true;
                self.direct(Some(direction));
                CallState::Early
            }
            CallEvent::Held(held) => {
                self.outcome.held = held;
                if held {
                    CallState::Held
                } else {
                    CallState::Resumed
                }
            }
            CallEvent::Ringing => {
                self.outcome.rang = true;
                CallState::Ringing
            }
            CallEvent::Sound(direction) => return self.direct(direction),
            CallEvent::Trying => CallState::Trying,
        };
        (self.on_news)(News::State(state));
    }

    fn direct(&mut self, direction: Option<Direction>) {
        if let Some(direction) = direction {
            self.outcome.codec = Some(direction.codec);
        }
        self.session.direct(direction);
    }

    fn measure(&mut self, reading: Reading) {
        let talked = self.answered.map(|answered| answered.elapsed());
        if let Some(talked) = talked {
            self.outcome.hearing.hear(&reading, talked);
        }
        (self.on_news)(News::Sound {
            talked: talked.unwrap_or_default(),
            reading,
        });
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        let Some((mut call, mut signaling)) = self.parts.take() else {
            return;
        };
        call.hang_up(&mut SystemTokens, Instant::now());
        let comes_again = !signaling.is_reliable();
        if call.end().is_some() && !comes_again {
            return;
        }
        let end = async move {
            let mut quiet = None;
            loop {
                while let Some(message) = call.poll_transmit() {
                    if signaling.send(&message).await.is_err() {
                        call.fail();
                    }
                }
                if call.end().is_some() {
                    let now = Instant::now();
                    let quiet = *quiet.get_or_insert(now + ECHOES);
                    if !comes_again || now >= quiet {
                        return;
                    }
                }
                let due = call.poll_timeout();
                let mut tokens = SystemTokens;
                tokio::select! {
                    heard = signaling.receive() => match heard {
                        Ok((message, source)) => {
                            call.handle_input(&message, source, &mut tokens, Instant::now());
                        }
                        Err(_) if call.end().is_some() => return,
                        Err(_) => call.fail(),
                    },
                    () = until(due) => call.handle_timeout(&mut tokens, Instant::now()),
                    () = until(quiet) => {}
                }
            }
        };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(timeout(LAST_WORDS + ECHOES, end));
        }
    }
}

/// Returns how a call ended that got no answer: if the registrar sent something else, it isn't
/// silent.
pub(super) fn or_noise(end: CallEnd, noise: Option<&Noise>) -> (CallEnd, Option<Failure>) {
    match noise {
        Some(noise) if end == CallEnd::Silent => {
            let failure = Failure::NotSip(noise.clone());
            (CallEnd::Unreachable, Some(failure))
        }
        Some(_) | None => (end, None),
    }
}

/// Waits for the next reading, or forever once there are no more.
async fn changed(readings: &mut Option<watch::Receiver<Reading>>) -> Reading {
    if let Some(open) = readings {
        if open.changed().await.is_ok() {
            return *open.borrow_and_update();
        }
        *readings = None;
    }
    std::future::pending().await
}

/// Waits until a time, or forever if there is none.
async fn until(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due.into()).await,
        None => std::future::pending().await,
    }
}
