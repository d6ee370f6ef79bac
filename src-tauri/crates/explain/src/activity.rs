//! Explains the end of a recorded exchange.

use super::request;
use registrar_activity::{End, Head, Tone};
use registrar_http::{Error, Refusal};

/// The meaning of an exchange's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// In one sentence.
    pub sentence: String,
    /// Why, likeliest first.
    pub causes: Vec<String>,
    /// What to do, if anything.
    pub next: Option<String>,
}

/// Explains the end of an exchange.
#[must_use]
pub fn meaning(head: &Head) -> Meaning {
    match &head.end {
        End::BrokenOff => said(
            "The app didn’t wait for the answer. The request was canceled, or its screen was closed.",
            Some(
                "If it was meant to change something, that may have been done. See what’s there before \
                 you try again.",
            ),
        ),
        End::Done { status } => said(done(*status, head.tone()), None),
        End::NotSent => said("Nothing was sent.", None),
        End::Refused {
            service,
            status,
            code,
            diagnosis,
        } => of_error(&Error::Refused(Refusal {
            code: *code,
            diagnosis: *diagnosis,
            ..Refusal::new(*service, *status)
        })),
        End::Silent { service, silence } => of_error(&Error::Unreachable {
            service: *service,
            silence: *silence,
        }),
        End::Unread { service, .. } => of_error(&Error::Malformed {
            service: *service,
            what: "an answer",
        }),
        End::Untrusted { service, issuer } => of_error(&Error::Untrusted {
            service: *service,
            issuer: issuer.clone(),
        }),
        End::Verdict { sentence, next, .. } => said(sentence, next.as_deref()),
    }
}

fn done(status: u16, tone: Tone) -> &'static str {
    match (status, tone) {
        (_, Tone::Wait) => "The service did part of what was asked and refused the rest.",
        (300..400, _) => "The service pointed to another address. Its response says which.",
        (404 | 410, Tone::Plain) => "The service has nothing with this name.",
        (_, Tone::Bad) => "The service refused the request. Its response may say why.",
        (status, Tone::Good | Tone::Plain) => good(status),
    }
}

fn good(status: u16) -> &'static str {
    match status {
        201 => "The service created what was asked for.",
        202 => "The service accepted the request and is working on it.",
        204 => "The service did what was asked and had nothing to return.",
        _ => "The service did what was asked.",
    }
}

fn of_error(error: &Error) -> Meaning {
    let words = request::words(error);
    Meaning {
        sentence: words.sentence,
        causes: words.causes,
        next: Some(words.next),
    }
}

fn said(sentence: &str, next: Option<&str>) -> Meaning {
    Meaning {
        sentence: sentence.to_owned(),
        causes: Vec::new(),
        next: next.map(str::to_owned),
    }
}

#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests {
    use super::*;
    use registrar_activity::{ActivityKind, Diagnosis, Record, Service, Silence, Tone};

    fn ended(end: End) -> Meaning {
        meaning(&Head {
            at: 0,
            took: 0,
            account: None,
            practice: false,
            kind: ActivityKind::Request,
            method: "GET".to_owned(),
            address: String::new(),
            title: String::new(),
            tone: Tone::Bad,
            end,
        })
    }

    #[test]
    fn a_code_is_told_in_the_words_of_the_failure_that_it_was() {
        let exists = ended(End::Refused {
            service: Service::Dashboard,
            status: 400,
            code: Some(23026),
            diagnosis: None,
        });
        let role = ended(End::Refused {
            service: Service::Dashboard,
            status: 403,
            code: None,
            diagnosis: Some(Diagnosis::RoleMissing),
        });
        let silent = ended(End::Silent {
            service: Service::Token,
            silence: Silence::TimedOut,
        });

        assert!(exists.sentence.contains("exists") || exists.sentence.contains("already"));
        assert!(role.sentence.contains("role"), "{role:?}");
        assert!(silent.next.is_some() && !silent.causes.is_empty());
    }

    #[test]
    fn a_line_of_another_version_is_read_as_no_record() {
        let line = r#"{"head":{"at":1,"end":{"of_tomorrow":{}}},"request":""}"#;

        assert!(serde_json::from_str::<Record>(line).is_err());
    }
}
