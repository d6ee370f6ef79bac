//! TLS trust roots: the platform's, plus any the user adds. A certificate without a path to one of
//! them is refused, and the error says what the certificate claims about itself: its issuer is
//! often a company's proxy.

mod certificate;
mod sip_domain;

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, SignatureScheme,
};
use rustls_platform_verifier::Verifier;

pub use self::certificate::Facts;
use self::sip_domain::SipIdentities;
pub use self::sip_domain::{NAME_IS_COMPARED_LAST, sip_domain};

/// The trust roots: this computer's, and certificates added to them, such as a company's.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    added: Vec<CertificateDer<'static>>,
    #[cfg(any(test, feature = "testing"))]
    breaks: bool,
}

/// The added file contains no PEM certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no certificate in it")]
pub struct NoCertificate;

impl Trust {
    /// Returns a value that panics when its roots are loaded, as a broken part of the system would.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn breaking() -> Self {
        Self {
            added: Vec::new(),
            breaks: true,
        }
    }

    /// Adds all certificates of a PEM file (RFC 7468). Fails if it contains none, or one that can't
    /// be parsed.
    pub fn and_pem(mut self, pem: &[u8]) -> Result<Self, NoCertificate> {
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        let found = found.map_err(|_| NoCertificate)?;
        if found.is_empty() {
            return Err(NoCertificate);
        }
        self.added.extend(found);
        Ok(self)
    }

    /// Returns a configuration for TLS 1.2 and 1.3, using ring, with these roots. Fails if this
    /// computer has no trust roots or an added certificate isn't valid.
    pub fn config(&self) -> Result<ClientConfig, Error> {
        self.config_with(|verifier| Arc::new(verifier))
    }

    /// Returns the same for a SIP domain: the certificate's SIP URIs take precedence over its DNS
    /// names (RFC 5922 section 7.1).
    pub fn sip_config(&self) -> Result<ClientConfig, Error> {
        self.config_with(|verifier| Arc::new(SipIdentities::new(verifier)))
    }

    fn config_with(
        &self,
        names: impl FnOnce(Verifier) -> Arc<dyn ServerCertVerifier>,
    ) -> Result<ClientConfig, Error> {
        #[cfg(any(test, feature = "testing"))]
        assert!(!self.breaks, "as the test wants it");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let added = self.added.iter().cloned();
        let inner = names(Verifier::new_with_extra_roots(
            added,
            Arc::clone(&provider),
        )?);
        let versions = [&rustls::version::TLS13, &rustls::version::TLS12];
        let config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&versions)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Naming { inner }))
            .with_no_client_auth();
        Ok(config)
    }
}

/// A certificate was refused.
#[derive(Debug, thiserror::Error)]
#[error("the certificate is not trusted")]
pub struct Untrusted {
    /// What the certificate says about itself.
    pub facts: Facts,
    /// The refusal itself.
    #[source]
    pub why: Error,
}

impl Untrusted {
    /// Returns the refusal that caused a TLS error, if any.
    #[must_use]
    pub fn behind(error: &Error) -> Option<&Self> {
        if let Error::InvalidCertificate(CertificateError::Other(other)) = error {
            other.0.downcast_ref()
        } else {
            None
        }
    }
}

/// Adds the certificate's own claims to a verifier's refusal. Only the verifier decides.
#[derive(Debug)]
struct Naming {
    inner: Arc<dyn ServerCertVerifier>,
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
            let facts = Facts::read(certificate);
            let untrusted = OtherError(Arc::new(Untrusted { facts, why }));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_certificates_can_be_added() {
        for text in [
            &b""[..],
            b"canary",
            b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
        ] {
            assert_eq!(Trust::default().and_pem(text).unwrap_err(), NoCertificate);
        }
        let no_certificate = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let trust = Trust::default().and_pem(no_certificate).unwrap();
        assert!(
            trust.config().is_err(),
            "what is no certificate is found out"
        );
    }
}
