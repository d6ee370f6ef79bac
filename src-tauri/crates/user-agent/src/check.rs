//! A registration check from its first message to its report.

mod attempt;
#[cfg(test)]
mod fixture;
mod full;
mod undoing;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_activity::{MessageChartLine, clock};
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
use super::message_chart::{MessageChart, Timing};
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
    /// A query that disturbs nothing, or a full registration that is un-registered at once.
    pub kind: CheckKind,
    /// The transport.
    pub transport: TransportName,
    /// Where the registrar may be, tried in their order until one answers (RFC 3263 section 4.3).
    pub targets: Vec<Target>,
    /// The registrar as a person knows it, such as `r.example`: over TLS, whom it must prove to be.
    pub target_name: String,
    /// Whose word is taken for that.
    pub trust: Trust,
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
    pub message_chart: Vec<MessageChartLine>,
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
    /// Bindings of ours that may still stand.
    pub left: Vec<LeftBehind>,
    /// What the last refusal said besides its status.
    pub remarks: Vec<Remark>,
    /// What the answers told of the way; `None` where no socket could be opened.
    pub path: Option<Path>,
    /// From the first request sent to the last response received; zero where none came.
    pub wire: Duration,
    /// Where it was sent, such as `UDP 203.0.113.5:5006`.
    pub target: String,
    /// Each target that was tried, in its order, and how that ended. A line of the message chart names one
    /// by its place here.
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

/// Checks a credential: first by the composite user name (Hash1), and where that is refused, afresh
/// with `@realm` behind it (Hash1b).
///
/// It always ends within `limits.total`. Each message goes to `on_message` as soon as it is sent or
/// heard. A full check that is dropped still removes its binding, in a task of its own.
pub async fn check(
    request: &CheckRequest,
    limits: Limits,
    on_message: &(dyn Fn(&MessageChartLine) + Send + Sync),
) -> CheckOutcome {
    run(&Checks::default(), request, limits, on_message).await
}

async fn run(
    checks: &Checks,
    request: &CheckRequest,
    limits: Limits,
    on_message: &(dyn Fn(&MessageChartLine) + Send + Sync),
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
        // It is removed by a task of its own from here on.
        found.unregistered = cut_short.left_behind().map(|_| Unregistered::Underway);
    }

    let bindings = found.bindings.into_iter().map(|binding| BindingView {
        address: sanitized_line(&binding.contact, 200),
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

/// One check on its way.
struct Run<'a> {
    checks: &'a Checks,
    request: &'a CheckRequest,
    limits: Limits,
    message_chart: MessageChart<'a>,
    tried: Vec<Tried>,
    /// The place of the target that decided.
    decided: usize,
    /// The one on its way.
    attempt: Option<Attempt>,
    left: Vec<LeftBehind>,
    path: Option<Path>,
    remarks: Vec<Remark>,
    /// A registrar offered MD5 behind the SHA-256 that was answered.
    passed_over_md5: bool,
    /// The hashes that were taken where SHA-256 was refused.
    by_md5: Option<Proof>,
}

impl Run<'_> {
    async fn all_targets(&mut self) -> Outcome {
        let mut found = Outcome::without_bindings(Verdict::NoAddress);
        for (place, target) in self.request.targets.iter().enumerate() {
            // Until it ends otherwise: the time of the whole check may be up before.
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
            // That this network has no IPv6 says less than what an IPv4 address did.
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

    /// Tries both names, and with a password once more by MD5 where the registrar refused SHA-256
    /// and had offered both: one that holds only MD5 hashes cannot verify anything else.
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

    /// A registrar that answered a check before and answers no longer is not one that never did.
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

    /// Keeps what an attempt learned of the way. An address that did not answer tells nothing.
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
