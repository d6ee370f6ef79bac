//! Records an exchange, even one whose caller stopped waiting before it ended.

use registrar_activity::{Activity, ActivityKind, End, Entry, Service, Tone, clock};
use tokio::time::Instant;

use super::{Answer, Error, Request, scrub, silence_in_words};

/// An exchange in progress. If it is dropped before it was answered, it is recorded as broken off.
#[derive(Debug)]
pub(super) struct Recording<'a> {
    activity: &'a Activity,
    began: Instant,
    entry: Option<Entry>,
}

impl<'a> Recording<'a> {
    pub(super) fn begin(activity: &'a Activity, request: &Request) -> Self {
        let shown = request.text();
        Self {
            activity,
            began: Instant::now(),
            entry: Some(Entry {
                kind: match request.service() {
                    Service::Twilio | Service::Voice => ActivityKind::Call,
                    Service::Dashboard | Service::Dns | Service::Registrar | Service::Token => {
                        ActivityKind::Request
                    }
                },
                title: request.title().to_owned(),
                at_ms: clock::now_ms(),
                took_ms: 0,
                method: request.method().name().to_owned(),
                address: shown.address(),
                request: shown.text(),
                response: "Broken off here before an answer came.".to_owned(),
                messages: Vec::new(),
                end: End::BrokenOff,
                tone: Tone::Wait,
            }),
        }
    }

    pub(super) fn answered(mut self, answer: &Answer, request: &Request, failed: Option<&Error>) {
        let kind = answer.content_type.as_deref().unwrap_or("none");
        let kind = answer.line(kind, 100);
        let mut response = format!("HTTP {}\nContent-Type: {kind}\n", answer.status);
        let body = scrub::answer(request.service(), &answer.body, &answer.secrets);
        if !body.trim().is_empty() {
            response.push('\n');
            response.push_str(&body);
        }
        let status = answer.status;
        match failed {
            None => self.end(response, End::Done { status }, answer.tone()),
            Some(error) => self.end(response, end(error, Some(status)), Tone::Bad),
        }
    }

    pub(super) fn failed(mut self, error: &Error) {
        let response = match error {
            Error::Unreachable { silence, .. } => silence_in_words(*silence).to_owned(),
            Error::Untrusted { issuer, .. } => match issuer {
                Some(issuer) => {
                    format!("The certificate isn’t trusted. It was issued by {issuer}.")
                }
                None => "The certificate isn’t trusted.".to_owned(),
            },
            Error::TooLarge { limit, .. } => {
                format!("The response was longer than {limit} bytes, so reading was stopped.")
            }
            Error::Malformed { what, .. } => format!("The response couldn’t be read: {what}."),
            Error::Insecure | Error::Refused(_) => "Nothing was sent.".to_owned(),
        };
        self.end(response, end(error, None), Tone::Bad);
    }

    fn end(&mut self, response: String, end: End, tone: Tone) {
        if let Some(entry) = &mut self.entry {
            entry.response = response;
            entry.end = end;
            entry.tone = tone;
        }
    }
}

/// Converts the way an exchange failed; `status` is that of the response, if there was one.
fn end(error: &Error, status: Option<u16>) -> End {
    match error {
        Error::Refused(refusal) => End::Refused {
            service: refusal.service,
            status: refusal.status,
            code: refusal.code,
            diagnosis: refusal.diagnosis,
        },
        Error::Malformed { service, .. } | Error::TooLarge { service, .. } => End::Unread {
            service: *service,
            status,
        },
        Error::Unreachable { service, silence } => End::Silent {
            service: *service,
            silence: *silence,
        },
        Error::Untrusted { service, issuer } => End::Untrusted {
            service: *service,
            issuer: issuer.clone(),
        },
        Error::Insecure => End::NotSent,
    }
}

impl Drop for Recording<'_> {
    fn drop(&mut self) {
        if let Some(mut entry) = self.entry.take() {
            entry.took_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
            self.activity.record(entry);
        }
    }
}
