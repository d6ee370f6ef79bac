//! TLS for SIP: verifies the requested domain (RFC 5922 section 7), and classifies failures.

use std::io;
use std::sync::Arc;

use registrar_http::trust::{Facts, Trust, Untrusted};
use registrar_sip::failure::TlsProblem;
use rustls::client::Resumption;
use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConfig, Error};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Whom a TLS connection must lead to.
#[derive(Clone, Debug)]
pub struct Peer {
    /// The domain, host or address that was asked for; not the host that an SRV record names,
    /// because whoever answers for DNS chooses that one (RFC 5922 section 4).
    pub name: String,
    /// Whose word is taken for it.
    pub trust: Trust,
}

impl Peer {
    /// Trusts this computer's authorities.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            trust: Trust::default(),
        }
    }
}

/// Starts TLS over a connection, without a time limit of its own.
pub(super) async fn open(
    connection: TcpStream,
    peer: &Peer,
) -> Result<Box<TlsStream<TcpStream>>, TlsProblem> {
    let asked = peer.name.trim_matches(['[', ']']).trim_end_matches('.');
    let Ok(name) = ServerName::try_from(asked.to_owned()) else {
        // No certificate can be for what is no name.
        return Err(TlsProblem::OtherName {
            asked: asked.to_owned(),
            names: Vec::new(),
        });
    };
    let config = config(peer.trust.clone()).await?;
    let opened = TlsConnector::from(config).connect(name, connection).await;
    opened.map(Box::new).map_err(|error| meant(&error, asked))
}

/// Sends `close_notify` (RFC 8446 section 6.1). It doesn't wait: what the system doesn't accept at
/// once is lost with the connection.
pub(super) fn close(connection: &mut TlsStream<TcpStream>) {
    let (socket, session) = connection.get_mut();
    session.send_close_notify();
    let mut bytes = Vec::new();
    while session.wants_write() {
        if session.write_tls(&mut bytes).is_err() {
            return;
        }
    }
    let _ = socket.try_write(&bytes);
}

/// Reads this computer's trust list on a blocking thread, because it consists of files.
async fn config(trust: Trust) -> Result<Arc<ClientConfig>, TlsProblem> {
    let read = match tokio::task::spawn_blocking(move || trust.sip_config()).await {
        Ok(read) => read,
        // A panic says nothing about trust, so it's propagated to the caller.
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime ends.
            Err(_) => std::future::pending().await,
        },
    };
    let mut config = read.map_err(|_| TlsProblem::NobodyToTrust)?;
    // A session that is taken up again shows no certificate, and a check is to see it.
    config.resumption = Resumption::disabled();
    Ok(Arc::new(config))
}

/// Says what a failure of the handshake means.
fn meant(error: &io::Error, asked: &str) -> TlsProblem {
    let inner = error.get_ref();
    match inner.and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(error) => of_tls(error, asked),
        None => TlsProblem::CutOff,
    }
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the enum is foreign and grows; what is not named means the same"
)]
fn of_tls(error: &Error, asked: &str) -> TlsProblem {
    match error {
        Error::InvalidCertificate(_) => match Untrusted::behind(error) {
            Some(Untrusted { facts, why }) => of_certificate(why, facts, asked),
            None => TlsProblem::BadCertificate { issuer: None },
        },
        Error::NoCertificatesPresented => TlsProblem::BadCertificate { issuer: None },
        Error::InvalidMessage(_) | Error::InappropriateMessage { .. } => TlsProblem::NotTls,
        _ => TlsProblem::Refused,
    }
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the enum is foreign and grows; what is not named means the same"
)]
fn of_certificate(why: &Error, facts: &Facts, asked: &str) -> TlsProblem {
    let Facts {
        issuer,
        self_issued,
        from,
        until,
        names,
    } = facts.clone();
    let Error::InvalidCertificate(why) = why else {
        return TlsProblem::BadCertificate { issuer };
    };
    match why {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            TlsProblem::Expired { until }
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            TlsProblem::NotYetValid { from }
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TlsProblem::OtherName {
                asked: asked.to_owned(),
                names,
            }
        }
        CertificateError::UnknownIssuer => TlsProblem::UnknownIssuer {
            issuer,
            self_signed: self_issued,
        },
        // An authority's own certificate in the place of one for a host is refused for that.
        _ if self_issued => TlsProblem::UnknownIssuer {
            issuer,
            self_signed: true,
        },
        _ => TlsProblem::BadCertificate { issuer },
    }
}

#[cfg(test)]
#[path = "tls_tests.rs"]
mod tests;
