//! Classifies a failed exchange by the types of its causes, never by their messages.

use std::error::Error as Cause;
use std::io;

use registrar_activity::{Service, Silence};

use super::Error;
use super::route::{NameUnknown, Way};
use crate::trust::Untrusted;

/// Classifies a failure before the response's head. If there is a proxy, a connection that can't be
/// established is the proxy's failure.
pub(super) fn of(service: Service, error: &reqwest::Error, way: Way) -> Error {
    let no_connection = match way {
        Way::Direct => None,
        Way::Proxy { .. } => error.is_connect().then_some(Silence::Proxy),
    };
    if error.is_timeout() {
        return unreachable(service, no_connection.unwrap_or(Silence::TimedOut));
    }
    for cause in causes(error) {
        if cause.is::<NameUnknown>() {
            let own = match way {
                Way::Direct | Way::Proxy { asks_names: false } => None,
                Way::Proxy { asks_names: true } => no_connection,
            };
            return unreachable(service, own.unwrap_or(Silence::NameUnknown));
        }
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return of_tls(service, tls);
        }
    }
    let silence = if error.is_connect() {
        no_connection.unwrap_or(Silence::Refused)
    } else {
        Silence::CutOff
    };
    unreachable(service, silence)
}

/// Classifies a failure while reading the response's body.
pub(super) fn of_body(service: Service, error: &reqwest::Error) -> Error {
    if error.is_timeout() {
        return unreachable(service, Silence::TimedOut);
    }
    let badly_packed = causes(error).any(|cause| {
        let error = cause.downcast_ref::<io::Error>();
        error.is_some_and(|error| {
            matches!(
                error.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
            )
        })
    });
    if badly_packed {
        return Error::Malformed {
            service,
            what: "a body that’s compressed wrongly",
        };
    }
    unreachable(service, Silence::CutOff)
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the enum is foreign and grows; what is not named means the same"
)]
fn of_tls(service: Service, error: &rustls::Error) -> Error {
    match error {
        rustls::Error::InvalidCertificate(_) => Error::Untrusted {
            service,
            issuer: Untrusted::behind(error).and_then(|untrusted| untrusted.facts.issuer.clone()),
        },
        rustls::Error::NoCertificatesPresented => Error::Untrusted {
            service,
            issuer: None,
        },
        rustls::Error::InvalidMessage(_)
        | rustls::Error::PeerIncompatible(_)
        | rustls::Error::InappropriateMessage { .. } => Error::Malformed {
            service,
            what: "something other than TLS 1.2 or newer",
        },
        _ => unreachable(service, Silence::Refused),
    }
}

fn unreachable(service: Service, silence: Silence) -> Error {
    Error::Unreachable { service, silence }
}

/// Iterates over the chain of causes. `source` of an `io::Error` skips the error that it wraps.
fn causes<'a>(error: &'a (dyn Cause + 'static)) -> impl Iterator<Item = &'a (dyn Cause + 'static)> {
    let next = |error: &&'a (dyn Cause + 'static)| {
        let error = *error;
        match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(wrapped) => Some(wrapped as &(dyn Cause + 'static)),
            None => error.source(),
        }
    };
    std::iter::successors(Some(error), next)
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, route};
    use super::*;

    #[tokio::test]
    async fn a_name_that_nobody_knows_is_told_apart() {
        let client = route::common(Limits::default())
            .no_proxy()
            .tls_certs_only([])
            .build();

        // RFC 6761 section 6.4: this name never exists.
        let sent = client
            .unwrap()
            .get("http://registrar-setup.invalid/")
            .send()
            .await;

        let error = of(Service::Dashboard, &sent.unwrap_err(), Way::Direct);

        let silence = Silence::NameUnknown;
        assert!(
            matches!(error, Error::Unreachable { silence: found, .. } if found == silence),
            "{error:?}"
        );
    }
}
