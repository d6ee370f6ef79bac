//! A registration check from its first message to its report.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::time::{sleep_until, timeout};

use super::answer::{NameForm, Proof};
use super::ladder::{Ends, Ladder, Timing};
use super::register::{Outcome, Plan, Register, SECONDS, USER_AGENT, transport_word};
use super::tokens::SystemTokens;
use super::transport::Transport;
use super::verdict::{Unregistered, Verdict};
use crate::clock;
use crate::ipc::{BindingView, CheckKind, LadderLine, TransportName};
use crate::redact::foreign_line;

/// What is checked, and where.
#[derive(Clone, Debug)]
pub struct CheckRequest {
    /// The full name of the realm, as the hashes were made for it.
    pub realm: String,
    /// The composite user name.
    pub composite: String,
    /// The password, or the stored hashes.
    pub proof: Proof,
    /// A query that disturbs nothing, or a full registration that is un-registered at once.
    pub kind: CheckKind,
    /// The transport.
    pub transport: TransportName,
    /// The registrar's addresses, tried in their order until one answers.
    pub targets: Vec<SocketAddr>,
    /// The registrar as a person knows it, such as `r.example`.
    pub target_name: String,
}

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// One request until its final response; also one TCP connection.
    pub give_up: Duration,
    /// The whole check.
    pub total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            give_up: Duration::from_secs(8),
            total: Duration::from_secs(40),
        }
    }
}

/// The end of a check.
#[derive(Clone, Debug)]
pub struct CheckOutcome {
    /// What it proved.
    pub verdict: Verdict,
    /// Every message in its order, redacted.
    pub ladder: Vec<LadderLine>,
    /// When each of them was, and between which addresses.
    pub timing: Timing,
    /// All bindings that the registrar listed.
    pub bindings: Vec<BindingView>,
    /// The user name that the registrar took.
    pub accepted_user_name: Option<String>,
    /// This computer's address as the registrar sees it.
    pub seen_as: Option<String>,
    /// What became of our own binding; `None` where there was none.
    pub unregistered: Option<Unregistered>,
    /// Where it was sent, such as `UDP 203.0.113.5:5006`.
    pub target: String,
}

/// Checks a credential: first by the composite user name (Hash1), and where that is refused, afresh
/// with `@realm` behind it (Hash1b).
///
/// It always ends within `limits.total`. Each message goes to `on_message` as soon as it is sent or
/// heard. A full check that is dropped still removes its binding, in a task of its own.
pub async fn check(
    request: &CheckRequest,
    limits: Limits,
    on_message: &(dyn Fn(&LadderLine) + Send + Sync),
) -> CheckOutcome {
    let began_ms = clock::now_ms();
    let mut run = Run {
        request,
        limits,
        ladder: Ladder::new(Instant::now(), on_message),
        target: request.targets.first().copied(),
        seen_as: None,
    };
    let found = timeout(limits.total, run.all_targets()).await;
    let found = found.unwrap_or_else(|_| ended(Verdict::OutOfTime));

    let bindings = found.bindings.into_iter().map(|binding| BindingView {
        address: foreign_line(&binding.contact, 200),
        expires: binding.expires,
        ours: binding.ours || binding.of_a_check,
    });
    CheckOutcome {
        bindings: bindings.collect(),
        accepted_user_name: found.verdict.accepted_name().map(str::to_owned),
        verdict: found.verdict,
        seen_as: run.seen_as.map(|address| address.to_string()),
        unregistered: found.unregistered,
        target: match run.target {
            Some(target) => format!("{} {target}", transport_word(request.transport)),
            None => request.target_name.clone(),
        },
        timing: run.ladder.timing(began_ms),
        ladder: run.ladder.into_lines(),
    }
}

/// One check on its way.
struct Run<'a> {
    request: &'a CheckRequest,
    limits: Limits,
    ladder: Ladder<'a>,
    target: Option<SocketAddr>,
    seen_as: Option<SocketAddr>,
}

impl Run<'_> {
    async fn all_targets(&mut self) -> Outcome {
        let mut last = ended(Verdict::NoAddress);
        for target in &self.request.targets {
            self.target = Some(*target);
            last = self.both_names(*target).await;
            if !last.verdict.asks_for_other_address() {
                break;
            }
        }
        last
    }

    async fn both_names(&mut self, target: SocketAddr) -> Outcome {
        let first = self.one_name(target, NameForm::Composite).await;
        let other = NameForm::WithRealm;
        if !first.verdict.asks_for_other_name() || !self.request.proof.fits(other) {
            return first;
        }
        let second = self.one_name(target, other).await;
        match (first.verdict, second.verdict) {
            (
                Verdict::CredentialRefused { mut tried },
                Verdict::CredentialRefused { tried: also },
            ) => {
                tried.extend(also);
                ended(Verdict::CredentialRefused { tried })
            }
            (_, verdict @ (Verdict::Accepted { .. } | Verdict::AcceptedForOtherRealm { .. })) => {
                Outcome { verdict, ..second }
            }
            (verdict, _) => Outcome { verdict, ..first },
        }
    }

    async fn one_name(&mut self, target: SocketAddr, form: NameForm) -> Outcome {
        let name = self.request.transport;
        let opened = Transport::connect(name, target, self.limits.give_up).await;
        let opened = opened.and_then(|transport| Ok((transport.local()?, transport)));
        let (local, transport) = match opened {
            Ok(opened) => opened,
            Err(failure) => return ended(failure.into()),
        };
        self.ladder.between(Ends {
            transport: name,
            local,
            remote: target,
        });
        let plan = Plan {
            realm: self.request.realm.clone(),
            composite: self.request.composite.clone(),
            form,
            proof: self.request.proof.clone(),
            kind: self.request.kind.into(),
            expires: SECONDS,
            user_agent: USER_AGENT.to_owned(),
            transport: name,
            local,
            give_up: self.limits.give_up,
        };
        let register = Register::new(plan, &mut SystemTokens, Instant::now());
        let mut attempt = Attempt {
            parts: Some((register, transport)),
        };
        let outcome = attempt.run(&mut self.ladder).await;
        self.seen_as = attempt.seen_as().or(self.seen_as);
        outcome
    }
}

/// A registration and its socket. Where it is dropped before its end, the binding that it may have
/// made is removed by a task of its own.
struct Attempt {
    parts: Option<(Register, Transport)>,
}

impl Attempt {
    async fn run(&mut self, ladder: &mut Ladder<'_>) -> Outcome {
        match &mut self.parts {
            Some((register, transport)) => drive(register, transport, Some(ladder)).await,
            None => ended(Verdict::OutOfTime),
        }
    }

    fn seen_as(&self) -> Option<SocketAddr> {
        self.parts
            .as_ref()
            .and_then(|(register, _)| register.seen_as())
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
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            // It ends by itself: each request has its limit, and there are two at most.
            runtime.spawn(async move { drive(&mut register, &mut transport, None).await });
        }
    }
}

/// Carries messages between the registration and its socket until the end.
pub(crate) async fn drive(
    register: &mut Register,
    transport: &mut Transport,
    mut ladder: Option<&mut Ladder<'_>>,
) -> Outcome {
    loop {
        if let Some(outcome) = register.outcome() {
            return outcome.clone();
        }
        if let Some(transmit) = register.poll_transmit() {
            if let Some(ladder) = &mut ladder {
                ladder.sent(&transmit, Instant::now());
            }
            if let Err(failure) = transport.send(&transmit.message).await {
                register.fail(failure.into());
            }
            continue;
        }
        let Some(due) = register.poll_timeout() else {
            return ended(Verdict::OutOfTime);
        };
        tokio::select! {
            heard = transport.receive() => match heard {
                Ok(message) => {
                    let now = Instant::now();
                    let meaning = register.handle_input(&message, &mut SystemTokens, now);
                    if let Some(ladder) = &mut ladder {
                        ladder.heard(&message, &meaning, now);
                    }
                }
                Err(failure) => register.fail(failure.into()),
            },
            () = sleep_until(due.into()) => register.handle_timeout(Instant::now()),
        }
    }
}

fn ended(verdict: Verdict) -> Outcome {
    Outcome {
        verdict,
        bindings: Vec::new(),
        unregistered: None,
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
