//! What it means if no readable response arrived.

use super::isolate::isolated;
use super::words::Words;
use crate::FailureKind::Unreachable;
use crate::RecoveryOption::{self, SignInAgain, TryAgain, TypeAddress};
use registrar_activity::{Service, Silence};
use registrar_http::Error;

/// Returns the words for an answer that did not come or cannot be read, and `None` for a refusal and
/// for what was not sent.
#[must_use]
pub fn words(error: &Error) -> Option<Words> {
    match error {
        Error::Malformed { service, what } => Some(malformed(*service, what)),
        Error::TooLarge { service, .. } => Some(Words::new(
            Unreachable,
            &capital(format!(
                "{} sent far more than it should, so reading was stopped.",
                name(*service)
            )),
            &[
                "Something on the network answers in its place.",
                "The address is wrong.",
            ],
            "Check the address, then try again from another network.",
            recovery_options(*service),
        )),
        Error::Unreachable { service, silence } => Some(unreachable(*service, *silence)),
        Error::Untrusted { service, issuer } => Some(untrusted(*service, issuer.as_deref())),
        Error::Insecure | Error::Refused(_) => None,
    }
}

fn unreachable(service: Service, silence: Silence) -> Words {
    let name = name(service);
    let (sentence, causes, next): (String, &[&str], &str) = match (silence, service) {
        (Silence::CutOff, _) => (
            format!("The connection to {name} was interrupted during the answer."),
            &[
                "The network was interrupted.",
                "Something on the way, such as a proxy, closed the connection.",
            ],
            "Try again. What you asked for may have been done, so the app checks before it asks \
             twice.",
        ),
        (Silence::NameUnknown, Service::Registrar) => (
            "This computer can’t find the registrar’s name yet.".to_owned(),
            &[
                "The realm is so new that its name isn’t known everywhere.",
                "The registrar’s name is misspelled.",
            ],
            "Wait a few minutes and try again, or enter the address and port that Bandwidth gave \
             you.",
        ),
        (Silence::NameUnknown, _) => (
            format!("This computer can’t find the address of {name}."),
            &[
                "This computer is offline.",
                "Its DNS isn’t working or blocks the name.",
                "The address is misspelled.",
            ],
            "Open a web page to see whether this computer is online, then try again.",
        ),
        (Silence::Proxy, _) => (
            format!("This computer’s proxy made no connection to {name}."),
            &[
                "The proxy isn’t running, or its address is wrong.",
                "The proxy requires another user name and password.",
                "The proxy doesn’t allow this address.",
            ],
            "Ask whoever manages this computer to check its proxy settings, then try again.",
        ),
        (Silence::Refused, Service::Registrar) => (
            "No answer at the registrar’s address and port.".to_owned(),
            &["The port is wrong.", "A firewall blocks SIP."],
            "Ask Bandwidth support for the registrar’s port, and compare it. If it’s right, try \
             from another network.",
        ),
        (Silence::Refused, _) => (
            format!("The connection to {name} was refused."),
            &[
                "A firewall blocks the app.",
                "The address is wrong.",
                "The service is down.",
            ],
            "Try again, then try from another network. If it still fails, ask whoever looks after \
             the network.",
        ),
        (Silence::TimedOut, Service::Registrar) => (
            "The registrar didn’t answer in time.".to_owned(),
            &[
                "The port is wrong.",
                "A firewall blocks SIP.",
                "A router setting called SIP ALG damages the messages.",
            ],
            "Ask Bandwidth support for the registrar’s port, and compare it. If it’s right, try \
             from another network.",
        ),
        (Silence::TimedOut, _) => (
            format!("{name} didn’t answer in time."),
            &[
                "The network is slow or interrupted.",
                "A firewall blocks the requests.",
                "The service is overloaded.",
            ],
            "Try again in a minute.",
        ),
    };
    Words::new(
        Unreachable,
        &capital(sentence),
        causes,
        next,
        recovery_options(service),
    )
}

fn untrusted(service: Service, issuer: Option<&str>) -> Words {
    let name = name(service);
    let sentence = match issuer {
        Some(issuer) => format!(
            "The connection to {name} isn’t trusted. Its certificate was issued by {}.",
            isolated(issuer)
        ),
        None => format!("The connection to {name} isn’t trusted, so nothing was sent over it."),
    };
    Words::new(
        Unreachable,
        &sentence,
        &[
            "Your company’s network reads encrypted connections (by a proxy), and this computer \
             doesn’t trust it.",
            "This computer’s clock is wrong.",
            "This computer’s system needs an update, so it doesn’t know the newest certificates.",
            "Someone in between is pretending to be the service.",
        ],
        "Check this computer’s date and time, then try from another network. If it works there, \
         show this message to whoever looks after your network.",
        recovery_options(service),
    )
}

fn malformed(service: Service, what: &str) -> Words {
    Words::new(
        Unreachable,
        &capital(format!(
            "{} sent something that this app can’t read: {what}.",
            name(service)
        )),
        &[
            "A proxy or the network’s sign-in page answered in its place.",
            "The address is wrong.",
            "The service has changed its answers.",
        ],
        "Open a web page to see whether the network asks for a sign-in. Check the address, then \
         try again.",
        recovery_options(service),
    )
}

/// Names a service inside a sentence.
fn name(service: Service) -> &'static str {
    match service {
        Service::Dashboard => "Bandwidth",
        Service::Dns => "the DNS server",
        Service::Registrar => "the registrar",
        Service::Token => "Bandwidth’s sign-in service",
        Service::Twilio => "Twilio",
        Service::Voice => "Bandwidth’s Voice API",
    }
}

fn capital(sentence: String) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => sentence,
    }
}

fn recovery_options(service: Service) -> &'static [RecoveryOption] {
    match service {
        Service::Dashboard | Service::Token | Service::Voice => &[TryAgain, SignInAgain],
        Service::Dns | Service::Registrar => &[TryAgain, TypeAddress],
        Service::Twilio => &[TryAgain],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const SERVICES: [Service; 6] = [
        Service::Dashboard,
        Service::Dns,
        Service::Registrar,
        Service::Token,
        Service::Twilio,
        Service::Voice,
    ];

    #[test]
    fn every_silence_of_every_service_has_its_own_sentence() {
        let silences = [
            Silence::CutOff,
            Silence::NameUnknown,
            Silence::Proxy,
            Silence::Refused,
            Silence::TimedOut,
        ];
        let mut sentences = HashSet::new();
        for service in SERVICES {
            let errors = silences.map(|silence| Error::Unreachable { service, silence });
            let others = [
                Error::Untrusted {
                    service,
                    issuer: None,
                },
                Error::Malformed {
                    service,
                    what: "a web page",
                },
                Error::TooLarge { service, limit: 1 },
            ];
            for error in errors.iter().chain(&others) {
                let words = words(error).unwrap();
                assert!(
                    words.sentence.starts_with(char::is_uppercase),
                    "{}",
                    words.sentence
                );
                assert!(!words.causes.is_empty() && !words.recovery_options.is_empty());
                sentences.insert(words.sentence);
            }
        }
        assert_eq!(sentences.len(), SERVICES.len() * 8);
    }

    #[test]
    fn the_issuer_of_a_certificate_is_named() {
        let error = Error::Untrusted {
            service: Service::Dashboard,
            issuer: Some("Example Corp Proxy".to_owned()),
        };

        assert!(
            words(&error)
                .unwrap()
                .sentence
                .contains("Example Corp Proxy")
        );
    }

    #[test]
    fn a_refusal_is_explained_elsewhere() {
        assert_eq!(words(&Error::Insecure), None);
    }
}
