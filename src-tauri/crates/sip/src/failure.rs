//! Failures below SIP: no connection, no response, or one that isn't SIP.

use std::net::SocketAddr;

use super::noise::Noise;

/// A failure below SIP.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The response came from an address other than the one that was asked, and none from that one.
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
    /// The input isn't a complete SIP message.
    #[error("what came is not SIP")]
    NotSip(Noise),
    /// The connection timed out.
    #[error("nobody answered in time")]
    TimedOut,
    /// TLS couldn't be established.
    #[error(transparent)]
    Tls(TlsProblem),
    /// This computer can't send to the address.
    #[error("the network cannot be reached")]
    Unreachable,
}

/// Why TLS couldn't be established.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsProblem {
    /// The certificate is invalid for another reason, such as its purpose or a revocation.
    #[error("the certificate cannot be used")]
    BadCertificate {
        /// Who issued it.
        issuer: Option<String>,
    },
    /// The other side closed the connection during the handshake.
    #[error("the handshake was cut off")]
    CutOff,
    /// The certificate has expired.
    #[error("the certificate's time is over")]
    Expired {
        /// Its last day.
        until: Option<String>,
    },
    /// This computer has no trust roots.
    #[error("this computer has no list of whom to trust")]
    NobodyToTrust,
    /// The certificate isn't valid yet.
    #[error("the certificate's time has not begun")]
    NotYetValid {
        /// Its first day.
        from: Option<String>,
    },
    /// The response isn't TLS.
    #[error("what answered is not TLS")]
    NotTls,
    /// The certificate is for other names.
    #[error("the certificate is for others")]
    OtherName {
        /// The name that was asked for.
        asked: String,
        /// The names it is for: hosts, addresses, and SIP URIs as written.
        names: Vec<String>,
    },
    /// The other side refused the handshake, or requires something that we don't support.
    #[error("the handshake was refused")]
    Refused,
    /// The connection was accepted, but nothing was received.
    #[error("the handshake was not answered")]
    Silent,
    /// The certificate has no path to a trusted authority.
    #[error("the issuer is not known")]
    UnknownIssuer {
        /// Who issued it.
        issuer: Option<String>,
        /// It is self-signed.
        self_signed: bool,
    },
}
