//! One check, from its request to what is shown and can be saved.

use std::time::{Duration, Instant};

use registrar_activity::MessageChartLine;
use registrar_bandwidth::discovery::Compared;
use registrar_evidence::{About, Trace};
use registrar_explain as explain;
use registrar_explain::CheckReport;
use registrar_sip::CheckKind;
use registrar_user_agent::check::{CheckRequest, Checks, Limits};
use registrar_user_agent::message_chart::TracedMessage;

use crate::texts;

/// How long a person who stopped a check waits to hear what became of its registration.
const LAST_WORDS: Duration = Duration::from_secs(3);
/// Most registrations that are named then, the newest.
const MOST_NAMED: usize = 3;

/// Runs a check. `dns` is what was found out about the names that led to its targets, and `practice`
/// says that nothing about it is real.
pub(crate) async fn run(
    checks: &Checks,
    request: &CheckRequest,
    dns: &[Compared],
    practice: bool,
    on_message: &(dyn Fn(&MessageChartLine) + Send + Sync),
) -> (CheckReport, Trace) {
    let worded = |message: &TracedMessage| on_message(&explain::message_chart::line(message));
    let mut outcome = checks.check(request, Limits::default(), &worded).await;
    let timing = std::mem::take(&mut outcome.timing);
    let mut report = explain::registration::report(request, outcome);
    report.dns = explain::discovery::views(dns);
    let about = About {
        realm: &request.realm,
        user_name: &request.composite,
        kind: request.kind,
        transport: request.transport,
        practice,
    };
    let trace = Trace::of_check(about, &report, &timing);
    (report, trace)
}

/// Says what a check leaves behind that was stopped: its future was dropped before.
pub(crate) async fn stopped(checks: &Checks, kind: CheckKind) -> String {
    if kind == CheckKind::Query {
        return texts::LOOK_STOPPED.to_owned();
    }
    let left = checks.may_stand(LAST_WORDS).await;
    if left.is_empty() {
        return texts::CHECK_STOPPED.to_owned();
    }
    let now = Instant::now();
    let newest = left.iter().skip(left.len().saturating_sub(MOST_NAMED));
    let words = newest.map(|left| explain::registration::left_behind(left, now));
    words.collect::<Vec<_>>().join(" ")
}
