//! Session timers: refreshes a call before the agreed interval runs out (RFC 4028).

use std::time::{Duration, Instant};

use super::super::message::Message;

/// The option tag.
pub(super) const TAG: &str = "timer";
/// The minimum and maximum interval that we agree to, in seconds (RFC 4028 section 4).
const SHORTEST: u32 = 90;
const LONGEST: u32 = 86_400;
/// How long a refresh waits for another change of the call.
const LATER: Duration = Duration::from_secs(1);

/// The agreed session timer. We never request one ourselves; the registrar or the far end does.
#[derive(Debug, Default)]
pub(super) struct Timer {
    /// In seconds.
    agreed: Option<u32>,
    /// The minimum interval that a 422 required, in seconds.
    least: Option<u32>,
    /// When we refresh, if that is our responsibility.
    due: Option<Instant>,
    ours: bool,
}

impl Timer {
    /// Adds our capabilities to an INVITE of ours, and what was agreed before.
    pub(super) fn add_to(&self, invite: &mut Message) {
        invite.push("Supported", TAG);
        let refresher = match (self.agreed, self.ours) {
            (None, _) => "",
            (Some(_), true) => ";refresher=uac",
            (Some(_), false) => ";refresher=uas",
        };
        if let Some(seconds) = self.agreed.max(self.least) {
            invite.push("Session-Expires", &format!("{seconds}{refresher}"));
        }
        if let Some(least) = self.least {
            invite.push("Min-SE", &least.to_string());
        }
    }

    /// Applies a 2xx to an INVITE of ours.
    pub(super) fn accepted(&mut self, response: &Message, now: Instant) {
        let asked = expires(response);
        let ours = asked.as_ref().is_some_and(|(_, who)| who == "uac");
        self.agree(asked.map(|(seconds, _)| seconds), ours, now);
    }

    /// Applies a request of the other side, and adds our answer to its 2xx. We refresh if it says
    /// so, or if it doesn't support session timers itself.
    pub(super) fn answered(
        &mut self,
        request: &Message,
        response: Message,
        now: Instant,
    ) -> Message {
        let response = response.with("Supported", TAG);
        let Some((seconds, who)) = expires(request) else {
            self.agree(None, false, now);
            return response;
        };
        let mut tags = request.list("Supported");
        tags.extend(request.list("Require"));
        let knows = tags.iter().any(|tag| tag.eq_ignore_ascii_case(TAG));
        let ours = who == "uas" || !knows;
        self.agree(Some(seconds), ours, now);
        if ours {
            return response.with("Session-Expires", format!("{seconds};refresher=uas"));
        }
        response
            .with("Session-Expires", format!("{seconds};refresher=uac"))
            .with("Require", TAG)
    }

    /// Applies the interval required by a 422. Returns whether the request may be sent again.
    pub(super) fn raise(&mut self, response: &Message) -> bool {
        let least = response.header("Min-SE").and_then(seconds);
        let least = least.filter(|least| self.least.is_none_or(|known| *least > known));
        let again = self.least.is_none() && least.is_some();
        self.least = self.least.or(least);
        again
    }

    fn agree(&mut self, seconds: Option<u32>, ours: bool, now: Instant) {
        self.agreed = seconds;
        self.ours = ours && seconds.is_some();
        let half = seconds.map(|seconds| Duration::from_secs(seconds.into()) / 2);
        self.due = half.filter(|_| ours).map(|half| now + half);
    }

    /// Returns when we refresh the session.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Called when the refresh was sent; its response says when the next one is due.
    pub(super) fn refreshed(&mut self) {
        self.due = None;
    }

    /// Delays the refresh, because another change is in progress.
    pub(super) fn postpone(&mut self, now: Instant) {
        self.due = Some(now + LATER);
    }
}

/// Parses Session-Expires: its seconds, and who refreshes, in lower case.
fn expires(message: &Message) -> Option<(u32, String)> {
    let value = message.header("Session-Expires")?;
    let (_, parameters) = value.split_once(';').unwrap_or((value, ""));
    let parameters = super::super::syntax::parameters(parameters);
    let who = super::super::syntax::value(&parameters, "refresher").unwrap_or_default();
    Some((seconds(value)?, who.to_ascii_lowercase()))
}

/// Parses a number of seconds before any parameters, within the agreed limits.
fn seconds(value: &str) -> Option<u32> {
    let digits = value.split(';').next()?.trim();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = digits.parse().unwrap_or(LONGEST);
    is_number.then(|| seconds.clamp(SHORTEST, LONGEST))
}
