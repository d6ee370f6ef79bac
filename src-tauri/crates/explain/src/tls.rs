//! Wording for a missing TLS connection.

use super::isolate::foreign;
use super::message::bad;
use crate::{RecoveryOption, Verdict as Words};
use registrar_http::trust::{NAME_IS_COMPARED_LAST, sip_domain};
use registrar_sip::failure::TlsProblem;

/// Maximum length of untrusted text in a sentence, in characters.
const LONGEST: usize = 160;
const ANOTHER_TIME: &str = "This computer’s clock is wrong.";
const NOT_FOR_TLS: &str = "This port is for plain connections (UDP or TCP) only.";

/// Says why there is no TLS connection to `place`, and what to do.
#[allow(
    clippy::too_many_lines,
    reason = "one table, one row for each problem, is easier to check than many small ones"
)]
pub(super) fn words(problem: &TlsProblem, place: &str) -> Words {
    let again = &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress];
    match problem {
        TlsProblem::BadCertificate { issuer } => bad(
            match issuer {
                Some(issuer) => format!(
                    "The certificate at {place}, issued by {}, can’t be used for an encrypted \
                     connection.",
                    short(issuer)
                ),
                None => {
                    format!("The certificate at {place} can’t be used for an encrypted connection.")
                }
            },
            &[
                "The certificate is for another purpose, was revoked, or is damaged.",
                "Your company’s network reads encrypted connections (by a proxy).",
            ],
            "Try from another network. If it still fails, tell Bandwidth support, or whoever runs the registrar.",
            again,
        ),
        TlsProblem::CutOff => bad(
            format!("The server at {place} closed the connection before it was encrypted."),
            &[
                NOT_FOR_TLS,
                "A firewall closed the connection.",
                "The registrar requires a TLS version other than 1.2 or 1.3.",
            ],
            "Choose UDP as the transport, or ask Bandwidth support for the TLS port and enter it.",
            again,
        ),
        TlsProblem::Expired { until } => bad(
            match until {
                Some(day) => format!(
                    "The certificate at {place} has expired. Its last day was {}.",
                    short(day)
                ),
                None => format!("The certificate at {place} has expired."),
            },
            &[
                "Whoever runs the registrar didn’t renew the certificate in time.",
                ANOTHER_TIME,
            ],
            "Check this computer’s date. If it’s right, tell Bandwidth support, or whoever runs the registrar.",
            again,
        ),
        TlsProblem::NobodyToTrust => bad(
            "This computer’s list of trusted authorities can’t be read, so encrypted connections \
             can’t be checked."
                .to_owned(),
            &[
                "The system’s certificates aren’t installed (on Linux, the package \
                 ca-certificates).",
                "A certificate that was added to the list is damaged.",
            ],
            "Ask whoever manages this computer to install the system’s certificates, or choose UDP \
             as the transport.",
            &[RecoveryOption::TryAgain],
        ),
        TlsProblem::NotYetValid { from } => bad(
            match from {
                Some(day) => format!(
                    "The certificate at {place} isn’t valid yet. Its first day is {}.",
                    short(day)
                ),
                None => format!("The certificate at {place} isn’t valid yet."),
            },
            &[
                ANOTHER_TIME,
                "Whoever runs the registrar installed the certificate too early.",
            ],
            "Check this computer’s date. If it’s right, tell Bandwidth support, or whoever runs the registrar.",
            again,
        ),
        TlsProblem::NotTls => bad(
            format!("The server at {place} doesn’t speak TLS."),
            &[NOT_FOR_TLS, "The port belongs to another service."],
            "Choose UDP as the transport, or ask Bandwidth support for the TLS port and enter it.",
            again,
        ),
        TlsProblem::OtherName { asked, names } => other_name(place, asked, names),
        TlsProblem::Refused => bad(
            format!("The server at {place} refused the encrypted connection."),
            &[
                "The registrar requires a TLS version other than 1.2 or 1.3, or another cipher.",
                "The registrar requires a certificate from this computer, which phones don’t have.",
            ],
            "Choose UDP as the transport, the only one that Bandwidth documents.",
            again,
        ),
        TlsProblem::Silent => bad(
            format!(
                "The server at {place} accepted the connection, but didn’t answer the start of TLS."
            ),
            &[
                NOT_FOR_TLS,
                "A firewall lets connections through, but blocks what is sent over them.",
                "The registrar is overloaded.",
            ],
            "Choose UDP as the transport, or ask Bandwidth support for the TLS port and enter it.",
            again,
        ),
        TlsProblem::UnknownIssuer {
            issuer,
            self_signed: true,
        } => bad(
            match issuer {
                Some(issuer) => format!(
                    "The certificate at {place} is self-signed ({}), so anyone could have made it.",
                    short(issuer)
                ),
                None => format!(
                    "The certificate at {place} is self-signed, so anyone could have made it."
                ),
            },
            &[
                "The address belongs to a test registrar or to a company’s own device.",
                "Someone else is answering in the registrar’s place.",
            ],
            "Ask Bandwidth support whether this address is theirs. Nothing was sent over the \
             connection.",
            &[RecoveryOption::TypeAddress, RecoveryOption::TryAgain],
        ),
        TlsProblem::UnknownIssuer {
            issuer,
            self_signed: false,
        } => bad(
            match issuer {
                Some(issuer) => format!(
                    "The certificate at {place}, issued by {}, isn’t signed by an authority that \
                     this computer trusts.",
                    short(issuer)
                ),
                None => format!(
                    "The certificate at {place} isn’t signed by an authority that this computer \
                     trusts."
                ),
            },
            &[
                "Your company’s network reads encrypted connections (by a proxy), and this computer \
                 doesn’t know the company’s authority.",
                "The registrar’s certificate is from a company’s own authority.",
                "Someone else is answering in the registrar’s place.",
            ],
            "Ask your IT department whether they know this issuer. Nothing was sent over the \
             connection.",
            again,
        ),
    }
}

/// Says that the certificate is for other names.
fn other_name(place: &str, asked: &str, names: &[String]) -> Words {
    let recovery_options = &[RecoveryOption::TypeAddress, RecoveryOption::TryAgain];
    let domain = |uri: &String| sip_domain(uri).is_some_and(|it| it.eq_ignore_ascii_case(asked));
    if names.iter().any(domain) {
        let limited = "The certificate’s issuer may issue for certain names only.";
        let causes: &[&str] = if NAME_IS_COMPARED_LAST {
            &[limited]
        } else {
            &["This operating system checks DNS names only.", limited]
        };
        return bad(
            format!(
                "The certificate at {place} names {} only by a SIP URI. This computer can’t tell \
                 whether its issuer may do that.",
                short(asked)
            ),
            causes,
            "Choose UDP as the transport, or ask whoever runs the registrar to add the domain to \
             the certificate as a DNS name.",
            recovery_options,
        );
    }
    let sentence = match short(&names.join(", ")) {
        names if names.is_empty() => format!(
            "The certificate at {place} isn’t for {}. It names no host and no SIP domain.",
            short(asked)
        ),
        names => format!(
            "The certificate at {place} isn’t for {}. It’s for {names}.",
            short(asked)
        ),
    };
    let mut causes = vec![
        "The address belongs to a different registrar.",
        "The registrar’s certificate doesn’t name the realm.",
        "Someone else is answering in the registrar’s place.",
    ];
    if names.iter().any(|name| sip_domain(name).is_some()) {
        let cause = "The certificate has a sip: URI for another domain, so its DNS names don’t \
                     count.";
        causes.insert(0, cause);
    } else if names.iter().any(|name| is_sip_uri(name)) {
        let cause = "The certificate has a sips: URI, or one with a user name. Neither counts for \
                     a domain.";
        causes.insert(0, cause);
    }
    bad(
        sentence,
        &causes,
        "Compare the host and port with what Bandwidth gave you. If they’re right, send this \
         message to Bandwidth support, or enter a host that the certificate is for.",
        recovery_options,
    )
}

/// Returns whether a certificate's name is a URI: neither hosts nor addresses begin so.
fn is_sip_uri(name: &str) -> bool {
    let scheme = name.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("sip") || scheme.eq_ignore_ascii_case("sips")
}

fn short(text: &str) -> String {
    foreign(text, LONGEST)
}

#[cfg(test)]
pub(super) mod sentences;
