//! Whom TLS trusts: whom this computer trusts. A certificate that leads to nobody of them is
//! refused with the name of its issuer, because that is often a proxy of the company.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, SignatureScheme,
};
use rustls_platform_verifier::Verifier;

use crate::redact;

/// Longest name of an issuer that is shown, in characters.
const LONGEST_NAME: usize = 100;

/// A certificate was refused.
#[derive(Debug, thiserror::Error)]
#[error("the certificate is not trusted")]
pub(super) struct Untrusted {
    /// Who issued it, in words.
    pub(super) issuer: Option<String>,
    #[source]
    why: Error,
}

/// Returns TLS 1.2 and 1.3 over ring with the system's own list of whom to trust. Fails where this
/// computer has no such list.
pub(super) fn system() -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let inner = Verifier::new(Arc::clone(&provider))?;
    let versions = [&rustls::version::TLS13, &rustls::version::TLS12];
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&versions)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Naming { inner }))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// The system's verifier, which decides alone; a refusal only learns the issuer's name.
#[derive(Debug)]
struct Naming {
    inner: Verifier,
}

impl ServerCertVerifier for Naming {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = (self.inner).verify_server_cert(certificate, between, name, ocsp, now);
        verified.map_err(|why| {
            let issuer = issuer(certificate);
            let untrusted = OtherError(Arc::new(Untrusted { issuer, why }));
            Error::InvalidCertificate(CertificateError::Other(untrusted))
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// Tags of DER: X.690 section 8.
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const VERSION: u8 = 0xa0;

/// The attributes of a name that say who it is: X.520 commonName and organizationName.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANISATION: &[u8] = &[0x55, 0x04, 0x0a];

/// Reads the issuer's name out of a certificate: RFC 5280 section 4.1.
fn issuer(certificate: &[u8]) -> Option<String> {
    let (_, certificate, _) = element(certificate)?;
    let (_, mut rest, _) = element(certificate)?;
    if rest.first() == Some(&VERSION) {
        (_, _, rest) = element(rest)?;
    }
    let (_, _, after_serial) = element(rest)?;
    let (_, _, after_algorithm) = element(after_serial)?;
    let (tag, name, _) = element(after_algorithm)?;
    if tag != SEQUENCE {
        return None;
    }
    let (common, organisation) = (attribute(name, COMMON_NAME), attribute(name, ORGANISATION));
    match (common, organisation) {
        (Some(common), Some(organisation)) if !common.contains(&organisation) => {
            Some(format!("{common} ({organisation})"))
        }
        (common, organisation) => common.or(organisation),
    }
}

fn attribute(mut name: &[u8], kind: &[u8]) -> Option<String> {
    while let Some((tag, mut set, rest)) = element(name) {
        name = rest;
        if tag != SET {
            return None;
        }
        while let Some((_, pair, rest)) = element(set) {
            set = rest;
            let (_, found, value) = element(pair)?;
            if found == kind {
                let (tag, value, _) = element(value)?;
                return text(tag, value);
            }
        }
    }
    None
}

/// Reads one of the string types that names are made of.
fn text(tag: u8, bytes: &[u8]) -> Option<String> {
    let text = match tag {
        // BMPString, which is UTF-16
        0x1e => {
            let units = bytes.chunks_exact(2);
            let units: Vec<u16> = units
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let line = redact::foreign_line(&text, LONGEST_NAME);
    (!line.is_empty()).then_some(line)
}

/// Splits the first element off: its tag, what it holds, and what follows it.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, first], rest) = bytes.split_first_chunk::<2>()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x83 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first - 0x80))?;
            let length = digits
                .iter()
                .fold(0, |length, digit| length << 8 | usize::from(*digit));
            (length, rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &[u8] = include_bytes!("../../tests/fixtures/tls/proxy.der");

    #[test]
    fn the_issuer_is_read_out_of_a_certificate() {
        assert_eq!(
            issuer(PROXY).as_deref(),
            Some("Zoë's Inspection Proxy (Example Corp)")
        );
    }

    #[test]
    fn a_certificate_that_is_cut_or_changed_anywhere_does_no_harm() {
        for length in 0..PROXY.len() {
            drop(issuer(&PROXY[..length]));
            let mut changed = PROXY.to_vec();
            changed[length] ^= 0xff;
            drop(issuer(&changed));
        }
        assert_eq!(issuer(&PROXY[..40]), None);
    }
}
