//! One check from its request to what is shown and what can be saved.

use crate::evidence::{About, Trace};
use crate::explain;
use crate::ipc::{CheckReport, DnsView, LadderLine};
use crate::sip::check::{CheckRequest, Checks, Limits};

/// Runs a check. `dns` is what was found out about the names that led to its targets, and `practice`
/// says that nothing about it is real.
pub(crate) async fn run(
    checks: &Checks,
    request: &CheckRequest,
    dns: &[DnsView],
    practice: bool,
    on_message: &(dyn Fn(&LadderLine) + Send + Sync),
) -> (CheckReport, Trace) {
    let mut outcome = checks.check(request, Limits::default(), on_message).await;
    let timing = std::mem::take(&mut outcome.timing);
    let mut report = explain::registration::report(request, outcome);
    report.dns = dns.to_vec();
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
