//! Failures below SIP: no connection, no response, or one that isn't SIP.

use std::net::SocketAddr;

use super::astray::Noise;
use super::verdict::Verdict;

/// What went wrong below SIP.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The answer came from another address than the one that was asked, and nothing from that one.
    #[error("the answer came from another address")]
    AnsweredElsewhere {
        /// The address.
        from: SocketAddr,
        /// The status of the answer.
        status: u16,
    },
    /// The other side closed the connection.
    #[error("the connection was closed")]
    Closed,
    /// The port is closed.
    #[error("nobody listens there")]
    NobodyListens,
    /// What came is not a whole SIP message.
    #[error("what came is not SIP")]
    NotSip(Noise),
    /// Nobody took the connection in time.
    #[error("nobody answered in time")]
    TimedOut,
    /// There is no TLS connection.
    #[error(transparent)]
    Tls(TlsProblem),
    /// This computer cannot send there.
    #[error("the network cannot be reached")]
    Unreachable,
}

impl From<Failure> for Verdict {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::AnsweredElsewhere { from, status } => Self::AnsweredElsewhere { from, status },
            Failure::Closed => Self::ConnectionClosed,
            Failure::NobodyListens => Self::NobodyListens,
            Failure::NotSip(noise) => Self::NotSip(noise),
            Failure::TimedOut => Self::NoAnswer { provisional: false },
            Failure::Tls(problem) => Self::Tls(problem),
            Failure::Unreachable => Self::NetworkUnreachable,
        }
    }
}

/// Why there is no TLS connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsProblem {
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
