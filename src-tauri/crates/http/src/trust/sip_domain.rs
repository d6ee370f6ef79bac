//! The SIP domains that a certificate is valid for (RFC 5922 section 7).

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;
use webpki::EndEntityCert;

/// Whether the platform's verifier compares names last, so that a wrong name implies a valid chain.
/// On Linux it is rustls-webpki, which verifies the chain first. Windows and macOS return one error
/// for the chain and the name together, and don't document which takes precedence.
pub const NAME_IS_COMPARED_LAST: bool = cfg!(target_os = "linux");

/// The extension nameConstraints in DER: RFC 5280 section 4.2.1.10.
const NAME_CONSTRAINTS: &[u8] = &[0x06, 0x03, 0x55, 0x1d, 0x1e];

/// Returns the SIP domain that a URI in a subjectAltName identifies: the host of a `sip` URI
/// without a user part (RFC 5922 section 7.1). Port and parameters are ignored.
#[must_use]
pub fn sip_domain(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once(':')?;
    // Any `@` ends a user part; `sips` is a different scheme.
    if !scheme.eq_ignore_ascii_case("sip") || rest.contains('@') {
        return None;
    }
    let host = match rest.find(']') {
        Some(end) if rest.starts_with('[') => rest.get(..=end)?,
        _ => rest.split([':', ';', '?']).next()?,
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// The platform's verifier, except that names are compared as SIP domains. An address, or a
/// certificate without a SIP domain, is left to the platform.
#[derive(Debug)]
pub(super) struct SipIdentities {
    platform: Verifier,
}

impl SipIdentities {
    pub(super) fn new(platform: Verifier) -> Self {
        Self { platform }
    }
}

impl ServerCertVerifier for SipIdentities {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = (self.platform).verify_server_cert(certificate, between, name, ocsp, now);
        let ServerName::DnsName(asked) = name else {
            return verified;
        };
        let Ok(parsed) = EndEntityCert::try_from(certificate) else {
            return verified;
        };
        let mut domains = parsed.valid_uri_names().filter_map(sip_domain).peekable();
        if domains.peek().is_none() {
            return verified;
        }
        // The whole name, without wildcards (RFC 5922 section 7.2).
        let asked = asked.as_ref().trim_end_matches('.');
        let named = domains.any(|domain| domain.eq_ignore_ascii_case(asked));
        match verified {
            Ok(_) if !named => Err(CertificateError::NotValidForName.into()),
            Err(error) if named && only_name_is_wrong(&error) && !constrained(between) => {
                Ok(ServerCertVerified::assertion())
            }
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.platform
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.platform
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.platform.supported_verify_schemes()
    }
}

/// Returns whether everything except the name was verified successfully.
fn only_name_is_wrong(error: &Error) -> bool {
    NAME_IS_COMPARED_LAST
        && matches!(
            error,
            Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }
            )
        )
}

/// Returns whether an issuer may be constrained to certain names. Constraints on DNS names don't
/// apply to URIs, so such an issuer could name any SIP domain.
fn constrained(between: &[CertificateDer<'_>]) -> bool {
    between.iter().any(|issuer| {
        issuer
            .windows(NAME_CONSTRAINTS.len())
            .any(|bytes| bytes == NAME_CONSTRAINTS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sip_uris_without_a_user_name_a_domain() {
        for (uri, domain) in [
            ("sip:r.example", Some("r.example")),
            ("SIP:R.Example.", Some("R.Example")),
            ("sip:r.example:5061", Some("r.example")),
            ("sip:r.example;transport=tls", Some("r.example")),
            ("sip:r.example?subject=x", Some("r.example")),
            ("sip:*.r.example", Some("*.r.example")),
            ("sip:[2001:db8::1]:5061", Some("[2001:db8::1]")),
            ("sips:r.example", None),
            ("https://r.example", None),
            ("sip:alice@r.example", None),
            ("sip:@r.example", None),
            ("sip:r.example;x=@", None),
            ("sip:", None),
            ("sip:.", None),
            ("r.example", None),
        ] {
            assert_eq!(sip_domain(uri), domain, "{uri}");
        }
    }
}
