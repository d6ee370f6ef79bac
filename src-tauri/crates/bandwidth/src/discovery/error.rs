//! Why a registrar's address couldn't be determined.

use registrar_user_agent::resolve::Failure;

/// Why no address of a registrar is known, sorted by what a caller does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// This computer's DNS couldn't be asked: it may answer a moment later.
    #[error("this computer's DNS could not be asked")]
    Dns(#[source] Failure),
    /// What was typed needs another value.
    #[error("what was typed leads to no registrar: {0:?}")]
    Typed(TypedProblem),
    /// Nothing names it: somebody has to.
    #[error("nothing names the registrar")]
    Unknown,
}

/// What is wrong with a typed address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypedProblem {
    /// It is no host, host and port, or SIP URI.
    Malformed,
    /// It names a transport other than UDP, TCP and TLS.
    OtherTransport,
    /// Its port isn't a number from 1 to 65535.
    Port,
    /// This computer's DNS doesn't know its host.
    UnknownHost,
}
