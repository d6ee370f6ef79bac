//! One registration over one socket. Its own binding is removed even if it is dropped.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_sip::TransportName;
use registrar_sip::failure::Failure;
use registrar_sip::message::Message;
use registrar_sip::path::Path;
use registrar_sip::register::{LeftBehind, Meaning, Outcome, Register, Remark};
use registrar_sip::tokens::SystemTokens;
use registrar_sip::verdict::Verdict;
use tokio::time::sleep_until;

use super::rate_limiter::RateLimiter;
use super::undoing::Checks;
use crate::message_chart::{Ends, MessageChart};
use crate::tls::Peer;
use crate::transport::{Received, Transport};

/// Maximum number of reconnections per registration, which has no more requests than that.
const MOST_CONNECTIONS: usize = 6;

/// How to reach one registrar.
#[derive(Clone, Debug)]
pub struct Way {
    /// The transport.
    pub transport: TransportName,
    /// The registrar's address.
    pub target: SocketAddr,
    /// The identity that a TLS peer must prove.
    pub peer: Peer,
    /// Time limit for establishing a connection.
    pub limit: Duration,
}

impl Way {
    /// Returns both addresses; ours is `local`.
    pub(super) fn ends(&self, local: SocketAddr) -> Ends {
        Ends {
            transport: self.transport,
            local,
            remote: self.target,
        }
    }

    /// Opens the transport, and returns our own address on it.
    pub async fn open(&self) -> Result<(SocketAddr, Transport), Failure> {
        let (transport, target) = (self.transport, self.target);
        let transport = Transport::connect(transport, target, &self.peer, self.limit).await?;
        let transport = transport.hearing_others();
        Ok((transport.local()?, transport))
    }
}

/// A registration and its socket. If dropped early, a separate task removes the binding that it may
/// have created.
pub(super) struct Attempt {
    parts: Option<(Register, Transport)>,
    way: Way,
    checks: Checks,
}

impl Attempt {
    pub(super) fn new(register: Register, transport: Transport, way: Way, checks: &Checks) -> Self {
        Self {
            parts: Some((register, transport)),
            way,
            checks: checks.clone(),
        }
    }

    pub(super) async fn run(&mut self, message_chart: &mut MessageChart<'_>) -> Outcome {
        let rate_limiter = self.checks.rate_limiter(self.way.target);
        let Some((register, transport)) = &mut self.parts else {
            return Outcome::without_bindings(Verdict::OutOfTime);
        };
        let message_chart = Some(message_chart);
        let outcome = to_the_end(
            register,
            transport,
            &self.way,
            message_chart,
            rate_limiter.as_ref(),
        )
        .await;
        let breaker = self.checks.breaker();
        if register.has_heard() {
            breaker.heard_once(self.way.target);
        }
        outcome
    }

    pub(super) fn path(&self) -> Option<&Path> {
        self.parts.as_ref().map(|(register, _)| register.path())
    }

    pub(super) fn remarks(&self) -> &[Remark] {
        let parts = self.parts.as_ref();
        parts.map_or(&[], |(register, _)| register.remarks())
    }

    pub(super) fn passed_over_md5(&self) -> bool {
        let parts = self.parts.as_ref();
        parts.is_some_and(|(register, _)| register.passed_over_md5())
    }

    /// Returns the binding that may still exist.
    pub(super) fn left_behind(&self) -> Option<LeftBehind> {
        let (register, _) = self.parts.as_ref()?;
        register.left_behind(Instant::now())
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        let Some((mut register, mut transport)) = self.parts.take() else {
            return;
        };
        if !register.abandon() {
            return;
        }
        let (way, rate_limiter) = (self.way.clone(), self.checks.rate_limiter(self.way.target));
        let left = register.left_behind(Instant::now());
        // This ends on its own: each request has a time limit, and there are at most four.
        self.checks.undo(left, async move {
            to_the_end(
                &mut register,
                &mut transport,
                &way,
                None,
                rate_limiter.as_ref(),
            )
            .await;
            register.left_behind(Instant::now())
        });
    }
}

/// Exchanges messages until the end. If a registrar closes its connection after each response, the
/// next request is sent over another one. If the path is lost before our binding was known to be
/// removed, it is tried once more.
async fn to_the_end(
    register: &mut Register,
    transport: &mut Transport,
    way: &Way,
    mut message_chart: Option<&mut MessageChart<'_>>,
    rate_limiter: Option<&RateLimiter>,
) -> Outcome {
    let mut outcome = drive(
        register,
        transport,
        message_chart.as_deref_mut(),
        rate_limiter,
    )
    .await;
    for _ in 0..MOST_CONNECTIONS {
        if !register.wants_another_connection() {
            break;
        }
        let Ok((local, fresh)) = way.open().await else {
            break;
        };
        *transport = fresh;
        if let Some(message_chart) = &mut message_chart {
            message_chart.between(way.ends(local));
        }
        register.go_on(local, &mut SystemTokens, Instant::now());
        outcome = drive(
            register,
            transport,
            message_chart.as_deref_mut(),
            rate_limiter,
        )
        .await;
    }
    if !register.wants_another_way(Instant::now()) {
        return outcome;
    }
    let Ok((local, fresh)) = way.open().await else {
        return outcome;
    };
    *transport = fresh;
    register.go_another_way(local, &mut SystemTokens, Instant::now());
    drive(register, transport, message_chart, rate_limiter).await
}

/// Exchanges messages between the registration and its socket until the end.
///
/// A received message is added to the message chart only after the response to it was sent, because
/// recording it takes longer than responding.
pub async fn drive(
    register: &mut Register,
    transport: &mut Transport,
    mut message_chart: Option<&mut MessageChart<'_>>,
    rate_limiter: Option<&RateLimiter>,
) -> Outcome {
    let mut heard = None;
    loop {
        if let Some(outcome) = register.outcome() {
            write_down(&mut message_chart, heard);
            return outcome.clone();
        }
        if register.wants_to_send() {
            let leave = match rate_limiter {
                Some(rate_limiter) => {
                    write_down(&mut message_chart, heard.take());
                    if register.sends_again() {
                        // A response may arrive in the meantime, so this doesn't wait.
                        if !rate_limiter
                            .breaker
                            .passes_again(rate_limiter.registrar, rate_limiter.sender)
                        {
                            register.poll_transmit();
                            continue;
                        }
                    } else if rate_limiter
                        .breaker
                        .pass(rate_limiter.registrar, rate_limiter.sender)
                        .await
                        .is_err()
                    {
                        register.fail(Verdict::FellSilent { refused: false });
                        continue;
                    }
                    let leave = rate_limiter.pace.pass().await;
                    register.held_until(Instant::now());
                    Some(leave)
                }
                None => None,
            };
            let Some(transmit) = register.poll_transmit() else {
                continue;
            };
            let at = Instant::now();
            let sent = transport.send(&transmit.message).await;
            drop(leave);
            write_down(&mut message_chart, heard.take());
            if let Some(message_chart) = &mut message_chart {
                message_chart.sent(&transmit, at);
            }
            if let Err(failure) = sent {
                register.fail(failure.into());
            }
            continue;
        }
        write_down(&mut message_chart, heard.take());
        let Some(due) = register.poll_timeout() else {
            return Outcome::without_bindings(Verdict::OutOfTime);
        };
        tokio::select! {
            received = transport.hear() => match received {
                Ok(Received::Elsewhere(message, source)) => {
                    register.handle_elsewhere(&message, source);
                }
                Ok(Received::Noise(noise)) => register.handle_noise(noise),
                Ok(Received::Message(message)) => {
                    let now = Instant::now();
                    let meaning = register.handle_input(&message, &mut SystemTokens, now);
                    if let Some(rate_limiter) = rate_limiter.filter(|_| meaning != Meaning::Stray) {
                        rate_limiter.breaker.heard(rate_limiter.registrar, rate_limiter.sender);
                    }
                    heard = Some((message, meaning, now));
                }
                Err(failure) => register.fail(failure.into()),
            },
            () = sleep_until(due.into()) => {
                if let Some(noise) = transport.unfinished() {
                    register.handle_noise(noise);
                }
                register.handle_timeout(&mut SystemTokens, Instant::now());
            }
        }
    }
}

fn write_down(
    message_chart: &mut Option<&mut MessageChart<'_>>,
    heard: Option<(Message, Meaning, Instant)>,
) {
    if let (Some(message_chart), Some((message, meaning, at))) = (message_chart, heard) {
        message_chart.heard(&message, &meaning, at);
    }
}
