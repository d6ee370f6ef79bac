//! Why a registrar's address couldn't be determined.

use registrar_user_agent::resolve::Failure;

/// Why a registrar's address isn't known, classified by how a caller handles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// This computer's DNS couldn't be queried; a retry may succeed.
    #[error("this computer's DNS could not be asked")]
    Dns(#[source] Failure),
    /// The typed address is invalid.
    #[error("what was typed leads to no registrar: {0:?}")]
    Typed(TypedProblem),
    /// No source has it, so someone must enter it.
    #[error("nothing names the registrar")]
    Unknown,
}

/// What is wrong with a typed address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypedProblem {
    /// It isn't a host, host and port, or SIP URI.
    Malformed,
    /// It names a transport other than UDP, TCP and TLS.
    OtherTransport,
    /// Its port isn't a number from 1 to 65535.
    Port,
    /// This computer's DNS doesn't know its host.
    UnknownHost,
}
