//! What lies between the registrar and its phones: a closed port, a router that rewrites, and TLS with
//! a certificate that nobody trusts.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use registrar_sip::message::Message;
use registrar_sip::via::Via;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// A certificate that is signed by its own key, and that key. They protect nothing.
const CERTIFICATE: &[u8] = include_bytes!("self-signed.der");
const KEY: &[u8] = include_bytes!("self-signed.key");
/// The first byte of a TLS connection (RFC 8446 section 5.1): a handshake.
const HANDSHAKE: u8 = 22;
/// A router's address, which is reserved for examples (RFC 5737).
const ROUTER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 7);
/// The port that it gives to this computer.
const ROUTER_PORT: u16 = 40_112;

/// Faults between the registrar and its phones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetworkFaults {
    /// Nothing listens on the port.
    pub closed: bool,
    /// The port also speaks TLS, with a certificate that is signed by nobody.
    pub tls: bool,
    /// What a router does to each REGISTER.
    pub rewriting: Option<Rewriting>,
}

/// What a router does to messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rewriting {
    /// Its SIP ALG replaces addresses in the message.
    Alg,
    /// It translates the address that the message comes from.
    Nat,
}

/// Returns a message and its source as the registrar sees them behind a router.
pub(super) fn pass(
    rewriting: Option<Rewriting>,
    message: Message,
    source: SocketAddr,
) -> (Message, SocketAddr) {
    match rewriting.filter(|_| message.method() == "REGISTER") {
        None => (message, source),
        Some(Rewriting::Nat) => (message, (ROUTER, ROUTER_PORT).into()),
        Some(Rewriting::Alg) => (rewritten(&message, source), source),
    }
}

fn rewritten(message: &Message, source: SocketAddr) -> Message {
    let mut passed = Message::request(message.method(), message.uri());
    passed.body.clone_from(&message.body);
    let (inside, outside) = (source.ip().to_string(), ROUTER.to_string());
    for (name, value) in message.all_headers() {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        let value = if is("Via") && passed.header("Via").is_none() {
            Via::parse(value).map_or_else(
                || value.to_owned(),
                |mut via| {
                    via.sent_by = via.sent_by.replace(&inside, &outside);
                    via.to_string()
                },
            )
        } else if is("Contact") || is("m") {
            value.replace(&inside, &outside)
        } else {
            value.to_owned()
        };
        passed.push(name, &value);
    }
    passed
}

/// Returns whether a connection begins with TLS. Takes nothing from it.
pub(super) async fn begins_with_tls(connection: &TcpStream) -> bool {
    let mut first = [0];
    matches!(connection.peek(&mut first).await, Ok(1)) && first[0] == HANDSHAKE
}

/// Opens TLS with the self-signed certificate.
pub(super) async fn accept(connection: TcpStream) -> io::Result<TlsStream<TcpStream>> {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(KEY));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| {
            config
                .with_no_client_auth()
                .with_single_cert(vec![CertificateDer::from(CERTIFICATE)], key)
        })
        .map_err(io::Error::other)?;
    TlsAcceptor::from(Arc::new(config)).accept(connection).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alg_replaces_addresses_and_nat_the_source() {
        let source: SocketAddr = "127.0.0.1:5062".parse().unwrap();
        let register = Message::request("REGISTER", "sip:r")
            .with("Via", "SIP/2.0/UDP 127.0.0.1:5062;rport;branch=z9hG4bK1")
            .with("Via", "SIP/2.0/UDP 127.0.0.1:1;branch=z9hG4bK2")
            .with("To", "<sip:bob@127.0.0.1>")
            .with("Contact", "<sip:bob@127.0.0.1:5062>");

        let (alg, alg_source) = pass(Some(Rewriting::Alg), register.clone(), source);
        let (nat, nat_source) = pass(Some(Rewriting::Nat), register.clone(), source);

        assert_eq!(alg_source, source);
        assert_eq!(alg.via().unwrap().sent_by, "203.0.113.7:5062");
        assert!(
            alg.headers("Via")[1].contains("127.0.0.1"),
            "another router's"
        );
        assert_eq!(alg.header("Contact"), Some("<sip:bob@203.0.113.7:5062>"));
        assert_eq!(alg.header("To"), register.header("To"));
        assert!(nat == register);
        assert_eq!(nat_source.to_string(), "203.0.113.7:40112");
        let invite = Message::request("INVITE", "sip:r");
        assert!(pass(Some(Rewriting::Alg), invite.clone(), source).0 == invite);
    }
}
