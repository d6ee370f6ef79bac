//! TLS under SIP: to the domain that was asked for (RFC 5922 section 7), and what went wrong.

use std::io;
use std::sync::Arc;

use rustls::client::Resumption;
use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConfig, Error};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::trust::{Facts, Trust, Untrusted};

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
    /// Takes the word of those whom this computer trusts.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            trust: Trust::default(),
        }
    }
}

/// Why there is no TLS connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The certificate is bad in another way, such as for another purpose or withdrawn.
    #[error("the certificate cannot be used")]
    BadCertificate {
        /// Who issued it.
        issuer: Option<String>,
    },
    /// The other side ended the handshake without a word.
    #[error("the handshake was cut off")]
    CutOff,
    /// The certificate's time is over.
    #[error("the certificate's time is over")]
    Expired {
        /// Its last day.
        until: Option<String>,
    },
    /// This computer has no list of whom to trust.
    #[error("this computer has no list of whom to trust")]
    NobodyToTrust,
    /// The certificate's time has not begun.
    #[error("the certificate's time has not begun")]
    NotYetValid {
        /// Its first day.
        from: Option<String>,
    },
    /// What answered is not TLS.
    #[error("what answered is not TLS")]
    NotTls,
    /// The certificate is for others.
    #[error("the certificate is for others")]
    OtherName {
        /// The name that was asked for.
        asked: String,
        /// The names that it is for: hosts, addresses, and SIP URIs as they are written.
        names: Vec<String>,
    },
    /// The other side speaks TLS, and refused, or asks for what we cannot do.
    #[error("the handshake was refused")]
    Refused,
    /// The connection was taken, and nothing came over it.
    #[error("the handshake was not answered")]
    Silent,
    /// The certificate leads to nobody whom this computer trusts.
    #[error("the issuer is not known")]
    UnknownIssuer {
        /// Who issued it.
        issuer: Option<String>,
        /// It was issued by itself.
        self_signed: bool,
    },
}

/// Opens TLS over a connection. It has no limit of its own.
pub(super) async fn open(
    connection: TcpStream,
    peer: &Peer,
) -> Result<Box<TlsStream<TcpStream>>, Problem> {
    let asked = peer.name.trim_matches(['[', ']']).trim_end_matches('.');
    let Ok(name) = ServerName::try_from(asked.to_owned()) else {
        // No certificate can be for what is no name.
        return Err(Problem::OtherName {
            asked: asked.to_owned(),
            names: Vec::new(),
        });
    };
    let config = config(peer.trust.clone()).await?;
    let opened = TlsConnector::from(config).connect(name, connection).await;
    opened.map(Box::new).map_err(|error| meant(&error, asked))
}

/// Tells the other side that nothing more comes (RFC 8446 section 6.1). It does not wait: what the
/// system doesn't take at once is lost with the connection.
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

/// Reads this computer's list away from the other tasks: it is made of files.
async fn config(trust: Trust) -> Result<Arc<ClientConfig>, Problem> {
    let read = match tokio::task::spawn_blocking(move || trust.sip_config()).await {
        Ok(read) => read,
        // A part that broke says nothing of trust: whoever waits breaks with it, and says so.
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime ends.
            Err(_) => std::future::pending().await,
        },
    };
    let mut config = read.map_err(|_| Problem::NobodyToTrust)?;
    // A session that is taken up again shows no certificate, and a check is to see it.
    config.resumption = Resumption::disabled();
    Ok(Arc::new(config))
}

/// Says what a failure of the handshake means.
fn meant(error: &io::Error, asked: &str) -> Problem {
    let inner = error.get_ref();
    match inner.and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(error) => of_tls(error, asked),
        None => Problem::CutOff,
    }
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the enum is foreign and grows; what is not named means the same"
)]
fn of_tls(error: &Error, asked: &str) -> Problem {
    match error {
        Error::InvalidCertificate(_) => match Untrusted::behind(error) {
            Some(Untrusted { facts, why }) => of_certificate(why, facts, asked),
            None => Problem::BadCertificate { issuer: None },
        },
        Error::NoCertificatesPresented => Problem::BadCertificate { issuer: None },
        Error::InvalidMessage(_) | Error::InappropriateMessage { .. } => Problem::NotTls,
        _ => Problem::Refused,
    }
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the enum is foreign and grows; what is not named means the same"
)]
fn of_certificate(why: &Error, facts: &Facts, asked: &str) -> Problem {
    let Facts {
        issuer,
        self_issued,
        from,
        until,
        names,
    } = facts.clone();
    let Error::InvalidCertificate(why) = why else {
        return Problem::BadCertificate { issuer };
    };
    match why {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            Problem::Expired { until }
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Problem::NotYetValid { from }
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Problem::OtherName {
                asked: asked.to_owned(),
                names,
            }
        }
        CertificateError::UnknownIssuer => Problem::UnknownIssuer {
            issuer,
            self_signed: self_issued,
        },
        // An authority's own certificate in the place of one for a host is refused for that.
        _ if self_issued => Problem::UnknownIssuer {
            issuer,
            self_signed: true,
        },
        _ => Problem::BadCertificate { issuer },
    }
}

#[cfg(test)]
#[path = "tls_tests.rs"]
mod tests;
