//! A registration check from its first message to its report.

mod attempt;
#[cfg(test)]
mod fixture;
mod full;
mod rate_limiter;
mod undoing;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_activity::clock;
use registrar_digest::Hashes;
use registrar_http::trust::Trust;
use registrar_secret::redact::sanitized_line;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::path::Path;
use registrar_sip::register::{
    Kind, LeftBehind, Outcome, Plan, Register, Remark, SECONDS, USER_AGENT,
};
use registrar_sip::tokens::SystemTokens;
use registrar_sip::verdict::{Unregistered, Verdict};
use registrar_sip::{BindingView, CheckKind, TransportName};
use tokio::time::timeout;

use self::attempt::Attempt;
use super::message_chart::{MessageChart, Timing, TracedMessage};
use super::resolve::Target;
use super::tls::Peer;

pub use self::attempt::{Way, drive};
pub use self::undoing::Checks;

/// What is checked, and where.
#[derive(Clone, Debug)]
pub struct CheckRequest {
    /// The full name of the realm, as the hashes were made for it.
    pub realm: String,
    /// The composite user name.
    pub composite: String,
    /// The password, or the stored hashes.
    pub proof: Proof,
    /// A query that adds no binding, or a full registration that is un-registered immediately.
    pub kind: CheckKind,
    /// The transport.
    pub transport: TransportName,
    /// The registrar's possible addresses, tried in order until one responds (RFC 3263 section
    /// 4.3).
    pub targets: Vec<Target>,
    /// The registrar as the person knows it, such as `r.example`; over TLS, the identity that it
    /// must prove.
    pub target_name: String,
    /// The trust roots for that.
    pub trust: Trust,
}

/// Time limits.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// One request until its final response; also opening a TCP connection.
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

/// The outcome of a check.
#[derive(Clone, Debug)]
pub struct CheckOutcome {
    /// What it proved.
    pub verdict: Verdict,
    /// Every message in its order, redacted.
    pub message_chart: Vec<TracedMessage>,
    /// When each of them was, and between which addresses.
    pub timing: Timing,
    /// All bindings that the registrar listed.
    pub bindings: Vec<BindingView>,
    /// The user name that the registrar accepted.
    pub accepted_user_name: Option<String>,
    /// This computer's address as the registrar sees it.
    pub seen_as: Option<String>,
    /// What happened to our own binding; `None` if there was none.
    pub unregistered: Option<Unregistered>,
    /// Bindings of ours that may still exist.
    pub left: Vec<LeftBehind>,
    /// What the last refusal said in addition to its status.
    pub remarks: Vec<Remark>,
    /// What responses revealed about the path; `None` if no socket could be opened.
    pub path: Option<Path>,
    /// From the first request to the last response; zero if there was none.
    pub wire: Duration,
    /// Its target, such as `UDP 203.0.113.5:5006`.
    pub target: String,
    /// All targets that were tried, in order, and the result of each. A line of the message chart
    /// refers to one by its index.
    pub tried: Vec<Tried>,
}

/// A target that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// It.
    pub target: Target,
    /// How that ended.
    pub verdict: Verdict,
}

/// Checks a credential: first with the composite user name (Hash1) and, if that is refused, again
/// with `@realm` appended (Hash1b).
///
/// It always ends within `limits.total`. Each message is passed to `on_message` as soon as it is
/// sent or received. If a full check is dropped, a separate task still removes its binding.
pub async fn check(
    request: &CheckRequest,
    limits: Limits,
    on_message: &(dyn Fn(&TracedMessage) + Send + Sync),
) -> CheckOutcome {
    run(&Checks::default(), request, limits, on_message).await
}

async fn run(
    checks: &Checks,
    request: &CheckRequest,
    limits: Limits,
    on_message: &(dyn Fn(&TracedMessage) + Send + Sync),
) -> CheckOutcome {
    let began_ms = clock::now_ms();
    let mut run = Run {
        checks,
        request,
        limits,
        message_chart: MessageChart::new(Instant::now(), on_message),
        tried: Vec::new(),
        decided: 0,
        attempt: None,
        left: Vec::new(),
        path: None,
        remarks: Vec::new(),
        passed_over_md5: false,
        by_md5: None,
    };
    let found = timeout(limits.total, run.all_targets()).await;
    let mut found = found.unwrap_or_else(|_| Outcome::without_bindings(Verdict::OutOfTime));
    if let Some(cut_short) = run.attempt.take() {
        run.note(&cut_short);
        // From here on, a separate task removes it.
        found.unregistered = cut_short.left_behind().map(|_| Unregistered::Underway);
    }

    let bindings = found.bindings.into_iter().map(|binding| BindingView {
        address: sanitized_line(&binding.contact, 200),
        name: binding.name.map(|name| sanitized_line(&name, 80)),
        expires: binding.expires,
        ours: binding.ours || binding.of_a_check,
    });
    let seen_as = run.path.as_ref().and_then(Path::seen_as);
    CheckOutcome {
        bindings: bindings.collect(),
        accepted_user_name: found.verdict.accepted_name(),
        verdict: found.verdict,
        seen_as: seen_as.map(|address| address.to_string()),
        unregistered: found.unregistered,
        left: run.left,
        path: run.path,
        remarks: run.remarks,
        wire: run.message_chart.wire(),
        target: match request.targets.get(run.decided) {
            Some(target) => {
                let word = request.transport.as_str();
                format!("{word} {}", target.address)
            }
            None => request.target_name.clone(),
        },
        tried: run.tried,
        timing: run.message_chart.timing(began_ms),
        message_chart: run.message_chart.into_lines(),
    }
}

/// A check in progress.
struct Run<'a> {
    checks: &'a Checks,
    request: &'a CheckRequest,
    limits: Limits,
    message_chart: MessageChart<'a>,
    tried: Vec<Tried>,
    /// The index of the decisive target.
    decided: usize,
    /// The current attempt.
    attempt: Option<Attempt>,
    left: Vec<LeftBehind>,
    path: Option<Path>,
    remarks: Vec<Remark>,
    /// A registrar offered MD5 after the SHA-256 that was answered.
    passed_over_md5: bool,
    /// The hashes that were accepted after SHA-256 was refused.
    by_md5: Option<Proof>,
}

impl Run<'_> {
    async fn all_targets(&mut self) -> Outcome {
        let mut found = Outcome::without_bindings(Verdict::NoAddress);
        for (place, target) in self.request.targets.iter().enumerate() {
            // Applies unless it ends otherwise, because the whole check's time may run out first.
            self.tried.push(Tried {
                target: target.clone(),
                verdict: Verdict::OutOfTime,
            });
            self.message_chart.turn_to(place);
            let outcome = self.one_target(target.address).await;
            if let Some(tried) = self.tried.last_mut() {
                tried.verdict = outcome.verdict.clone();
            }
            let is_last = !outcome.verdict.asks_for_other_address();
            // The lack of IPv6 here says less than the result of an IPv4 address.
            if place == 0 || outcome.verdict != Verdict::NetworkUnreachable {
                found = outcome;
                self.decided = place;
            }
            if is_last {
                break;
            }
        }
        found
    }

    async fn one_target(&mut self, target: SocketAddr) -> Outcome {
        match self.request.kind {
            CheckKind::Query => self.both_names(target, Kind::Query).await,
            CheckKind::Full | CheckKind::Replacing => self.full(target).await,
        }
    }

    /// Tries both names, and with a password once more using MD5 if the registrar refused SHA-256
    /// and had offered both, because one that stores only MD5 hashes can't verify anything else.
    async fn both_names(&mut self, target: SocketAddr, kind: Kind) -> Outcome {
        let CheckRequest {
            realm,
            composite,
            proof,
            ..
        } = self.request;
        let first = self.both_names_by(target, proof, kind).await;
        let refused = matches!(first.verdict, Verdict::CredentialRefused { .. });
        let (Proof::Password(password), true) = (proof, refused && self.passed_over_md5) else {
            return first;
        };
        let hashes = Proof::Hashes(Hashes::make(composite, realm, password).into());
        let by_md5 = self.both_names_by(target, &hashes, kind).await;
        if by_md5.verdict.proved() {
            self.by_md5 = Some(hashes);
            by_md5
        } else {
            first
        }
    }

    async fn both_names_by(&mut self, target: SocketAddr, proof: &Proof, kind: Kind) -> Outcome {
        let other = NameForm::WithRealm;
        if !proof.fits(NameForm::Composite) {
            return self.one_name(target, other, proof, kind).await;
        }
        let first = self
            .one_name(target, NameForm::Composite, proof, kind)
            .await;
        if !first.verdict.asks_for_other_name() || !proof.fits(other) {
            return first;
        }
        let second = self.one_name(target, other, proof, kind).await;
        match (first.verdict, second.verdict) {
            (
                Verdict::CredentialRefused { mut tried },
                Verdict::CredentialRefused { tried: also },
            ) => {
                tried.extend(also);
                Outcome::without_bindings(Verdict::CredentialRefused { tried })
            }
            (Verdict::CredentialRefused { .. }, verdict @ Verdict::Forbidden { .. }) => {
                Outcome { verdict, ..second }
            }
            (_, verdict)
                if verdict.proved() || matches!(verdict, Verdict::AcceptedForOtherRealm { .. }) =>
            {
                Outcome { verdict, ..second }
            }
            (verdict, _) => Outcome { verdict, ..first },
        }
    }

    async fn one_name(
        &mut self,
        target: SocketAddr,
        form: NameForm,
        proof: &Proof,
        kind: Kind,
    ) -> Outcome {
        let way = Way {
            transport: self.request.transport,
            target,
            peer: Peer {
                name: self.request.target_name.clone(),
                trust: self.request.trust.clone(),
            },
            limit: self.limits.give_up,
        };
        let (local, transport) = match way.open().await {
            Ok(opened) => opened,
            Err(failure) => {
                let verdict = self.with_what_was_heard_before(target, failure.into());
                return Outcome::without_bindings(verdict);
            }
        };
        self.message_chart.between(way.ends(local));
        let plan = Plan {
            realm: self.request.realm.clone(),
            composite: self.request.composite.clone(),
            form,
            proof: proof.clone(),
            other_realms: self.checks.consents().realms_at(&self.request.target_name),
            kind,
            expires: SECONDS,
            user_agent: USER_AGENT.to_owned(),
            transport: way.transport,
            local,
            contact: local,
            give_up: self.limits.give_up,
        };
        let register = Register::new(plan, &mut SystemTokens, Instant::now());
        let attempt = Attempt::new(register, transport, way, self.checks);
        let mut outcome = self
            .attempt
            .insert(attempt)
            .run(&mut self.message_chart)
            .await;
        outcome.verdict = self.with_what_was_heard_before(target, outcome.verdict);
        if let Some(ended) = self.attempt.take() {
            self.note(&ended);
            self.left.extend(ended.left_behind());
        }
        outcome
    }

    /// Distinguishes a registrar that responded to an earlier check from one that never did.
    fn with_what_was_heard_before(&self, target: SocketAddr, verdict: Verdict) -> Verdict {
        let breaker = self.checks.breaker();
        if verdict == Verdict::NobodyListens {
            breaker.refused(target);
        }
        let refused = verdict == Verdict::NobodyListens;
        let silent = verdict == Verdict::NoAnswer { provisional: false };
        if (refused || silent) && breaker.has_answered(target) {
            Verdict::FellSilent { refused }
        } else {
            verdict
        }
    }

    /// Stores what an attempt learned about the path. An address that didn't respond reveals
    /// nothing.
    fn note(&mut self, attempt: &Attempt) {
        self.passed_over_md5 |= attempt.passed_over_md5();
        self.remarks = attempt.remarks().to_vec();
        let known = self.path.is_some();
        let path = attempt.path();
        let path = path.filter(|path| !known || path.seen_as().is_some());
        self.path = path.cloned().or(self.path.take());
    }
}

#[cfg(test)]
#[path = "check_stray_tests.rs"]
mod stray_tests;
#[cfg(test)]
mod tests;
