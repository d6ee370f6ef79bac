//! Builds the REGISTER request.

use std::net::SocketAddr;

use super::super::message::Message;
use super::super::uri::{Address, Uri};
use super::super::via::{COOKIE, Via};
use crate::TransportName;

/// The parts common to all REGISTER requests of one registration.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) realm: String,
    pub(super) composite: String,
    pub(super) transport: TransportName,
    pub(super) local: SocketAddr,
    pub(super) call_id: String,
    pub(super) tag: String,
    pub(super) user_agent: String,
}

impl Frame {
    /// Returns the Request-URI: only the realm (RFC 3261 section 10.2).
    pub(super) fn target(&self) -> String {
        Uri::new(None, &self.realm).to_string()
    }

    /// Builds a REGISTER without Contact, Expires and credentials.
    pub(super) fn request(&self, number: u32, branch: &str) -> Message {
        let user = Uri::new(Some(&self.composite), &self.realm);
        let from = Address::new(user.clone()).with("tag", &self.tag);
        let via = Via::ours(
            self.transport.as_str(),
            self.local,
            &format!("{COOKIE}{branch}"),
        );
        Message::request("REGISTER", &self.target())
            .with("Via", via.to_string())
            .with("Max-Forwards", "70")
            .with("From", from.to_string())
            .with("To", Address::new(user).to_string())
            .with("Call-ID", &self.call_id)
            .with("CSeq", format!("{number} REGISTER"))
            // A registrar behind an edge proxy may require it (RFC 3327 section 5.1).
            .with("Supported", "path")
            .with("User-Agent", &self.user_agent)
    }
}

/// Returns a Contact at our own address.
#[must_use]
pub fn contact(user: &str, local: SocketAddr, transport: TransportName) -> Address {
    let host = match local {
        SocketAddr::V4(local) => local.ip().to_string(),
        SocketAddr::V6(local) => format!("[{}]", local.ip()),
    };
    let mut uri = Uri::new(Some(user), &host);
    uri.port = Some(local.port());
    if transport.is_reliable() {
        let word = transport.as_str().to_ascii_lowercase();
        uri.parameters.push(("transport".to_owned(), Some(word)));
    }
    Address::new(uri)
}
