//! What it means when no answer came that could be read.

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
                "Something between here and there answers in its place.",
                "The address is wrong.",
            ],
            "Check the address, and try again from another network.",
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
            format!("The connection to {name} broke off in the middle of the answer."),
            &[
                "The network was interrupted.",
                "Something on the way, such as a proxy, closed the connection.",
            ],
            "Try again. What was asked for may have been done: the app looks before it asks twice.",
        ),
        (Silence::NameUnknown, Service::Registrar) => (
            "This computer does not find the registrar's name yet.".to_owned(),
            &[
                "The realm is so new that its name is not known everywhere.",
                "The registrar's name is mistyped.",
            ],
            "Wait a few minutes and try again, or type the address and port that Bandwidth gave.",
        ),
        (Silence::NameUnknown, _) => (
            format!("This computer does not find the name of {name}."),
            &[
                "This computer is offline.",
                "Its DNS does not work or blocks the name.",
                "The address is mistyped.",
            ],
            "Open a web page to see whether this computer is online, then try again.",
        ),
        (Silence::Proxy, _) => (
            format!("This computer's proxy made no connection to {name}."),
            &[
                "The proxy isn't running, or its address is wrong.",
                "The proxy wants another user name and password.",
                "The proxy doesn't allow this address.",
            ],
            "Check the proxy in this computer's network settings, then try again.",
        ),
        (Silence::Refused, Service::Registrar) => (
            "Nobody answers at the registrar's address and port.".to_owned(),
            &["The port is wrong.", "A firewall blocks SIP."],
            "Check the port; the account's settings at Bandwidth name it.",
        ),
        (Silence::Refused, _) => (
            format!("The connection to {name} was refused."),
            &[
                "A firewall does not let the app out.",
                "The address is wrong.",
                "The service is down.",
            ],
            "Try again, then from another network; ask who looks after the network.",
        ),
        (Silence::TimedOut, Service::Registrar) => (
            "The registrar did not answer in time.".to_owned(),
            &[
                "The port is wrong.",
                "A firewall swallows SIP on its way.",
                "A SIP helper (ALG) in the router spoils the messages.",
            ],
            "Check the port, then try from another network.",
        ),
        (Silence::TimedOut, _) => (
            format!("{name} did not answer in time."),
            &[
                "The network is slow or interrupted.",
                "A firewall swallows the requests.",
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
            "The connection to {name} is not trusted: its certificate was issued by {issuer}."
        ),
        None => format!("The connection to {name} is not trusted, so nothing was sent over it."),
    };
    Words::new(
        Unreachable,
        &sentence,
        &[
            "A proxy of the company opens encrypted connections, and this computer does not trust it.",
            "The clock of this computer is wrong.",
            "This computer has no up-to-date list of whom to trust.",
            "Somebody pretends to be the service.",
        ],
        "Ask who looks after the network to install the proxy's certificate, or try from another network.",
        recovery_options(service),
    )
}

fn malformed(service: Service, what: &str) -> Words {
    Words::new(
        Unreachable,
        &capital(format!(
            "{} sent something that this app cannot read: {what}.",
            name(service)
        )),
        &[
            "A proxy or a sign-in page of the network answered in its place.",
            "The address is wrong.",
            "The service changed its answers.",
        ],
        "Open a web page to see whether the network asks for a sign-in, check the address, then try again.",
        recovery_options(service),
    )
}

/// Names a service inside a sentence.
fn name(service: Service) -> &'static str {
    match service {
        Service::Dashboard => "Bandwidth",
        Service::Dns => "the DNS",
        Service::Registrar => "the registrar",
        Service::Token => "Bandwidth's sign-in service",
        Service::Twilio => "Twilio",
        Service::Voice => "Bandwidth's Voice API",
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
