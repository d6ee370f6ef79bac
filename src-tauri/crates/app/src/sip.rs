//! SIP as values and over sockets, under one name until their callers move.

pub use registrar_sip::*;
pub use registrar_user_agent::*;
