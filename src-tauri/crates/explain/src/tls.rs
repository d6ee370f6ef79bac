//! Why there is no TLS connection, in words.

use super::message::bad;
use crate::{RecoveryOption, Verdict as Words};
use registrar_http::trust::{NAME_IS_COMPARED_LAST, sip_domain};
use registrar_secret::redact::sanitized_line;
use registrar_sip::failure::TlsProblem;

/// Longest untrusted text inside a sentence, in characters.
const LONGEST: usize = 160;
const ANOTHER_TIME: &str = "The clock of this computer is wrong.";
const NOT_FOR_TLS: &str = "The port is for plain connections (UDP or TCP) only.";

/// Says why there is no TLS connection to `place`, and what to do.
#[allow(
    clippy::too_many_lines,
    reason = "one table, one row for each problem, is easier to check than many small ones"
)]
pub(super) fn words(problem: &TlsProblem, place: &str) -> Words {
    let again = &[RecoveryOption::TryAgain, RecoveryOption::TypeAddress];
    match problem {
        TlsProblem::BadCertificate { issuer } => bad(
            format!(
                "The certificate at {place}{} cannot be used for an encrypted connection.",
                by(issuer.as_deref())
            ),
            &[
                "The certificate was made for another purpose, was withdrawn, or is damaged.",
                "A proxy of the company opens encrypted connections.",
            ],
            "Try from another network; then tell whoever runs the registrar.",
            again,
        ),
        TlsProblem::CutOff => bad(
            format!("{place} took the connection and cut it off before it was encrypted."),
            &[
                NOT_FOR_TLS,
                "A firewall cut the connection.",
                "The registrar wants another version of TLS than 1.2 or 1.3.",
            ],
            "Check over UDP, or type the port for TLS.",
            again,
        ),
        TlsProblem::Expired { until } => bad(
            match until {
                Some(day) => format!(
                    "The certificate at {place} has expired: its last day was {}.",
                    short(day)
                ),
                None => format!("The certificate at {place} has expired."),
            },
            &[
                "Whoever runs the registrar did not renew the certificate in time.",
                ANOTHER_TIME,
            ],
            "Look at this computer's date; then tell whoever runs the registrar.",
            again,
        ),
        TlsProblem::NobodyToTrust => bad(
            "This computer's list of whom to trust cannot be read, so no encrypted connection can \
             be checked."
                .to_owned(),
            &[
                "The system's certificates are not installed (on Linux: the package ca-certificates).",
                "A certificate that was added to the list is damaged.",
            ],
            "Install the system's certificates, or check over UDP.",
            &[RecoveryOption::TryAgain],
        ),
        TlsProblem::NotYetValid { from } => bad(
            match from {
                Some(day) => format!(
                    "The certificate at {place} does not count yet: its first day is {}.",
                    short(day)
                ),
                None => format!("The certificate at {place} does not count yet."),
            },
            &[
                ANOTHER_TIME,
                "Whoever runs the registrar put the certificate in place too early.",
            ],
            "Look at this computer's date; then tell whoever runs the registrar.",
            again,
        ),
        TlsProblem::NotTls => bad(
            format!("What answers at {place} does not speak TLS."),
            &[NOT_FOR_TLS, "The port belongs to another service."],
            "Check over TCP or UDP, or type the port for TLS.",
            again,
        ),
        TlsProblem::OtherName { asked, names } => other_name(place, asked, names),
        TlsProblem::Refused => bad(
            format!("{place} refused the encrypted connection."),
            &[
                "The registrar wants another version of TLS than 1.2 or 1.3, or another cipher.",
                "The registrar wants a certificate from this computer, which phones do not have.",
            ],
            "Check over UDP, the transport that Bandwidth documents.",
            again,
        ),
        TlsProblem::Silent => bad(
            format!("{place} took the connection and then did not answer the start of TLS."),
            &[
                NOT_FOR_TLS,
                "A firewall lets connections through and nothing over them.",
                "The registrar is overloaded.",
            ],
            "Check over TCP or UDP, or type the port for TLS.",
            again,
        ),
        TlsProblem::UnknownIssuer {
            issuer,
            self_signed: true,
        } => bad(
            format!(
                "The certificate at {place} was signed by itself{}, so anybody could have made it.",
                match issuer {
                    Some(issuer) => format!(" ({})", short(issuer)),
                    None => String::new(),
                }
            ),
            &[
                "The address belongs to a test registrar or to a company's own device.",
                "Somebody else answers in the registrar's place.",
            ],
            "Make sure that the address is the registrar's; nothing was sent over the connection.",
            &[RecoveryOption::TypeAddress, RecoveryOption::TryAgain],
        ),
        TlsProblem::UnknownIssuer {
            issuer,
            self_signed: false,
        } => bad(
            format!(
                "The certificate at {place}{} is from nobody whom this computer trusts.",
                by(issuer.as_deref())
            ),
            &[
                "A proxy of the company opens encrypted connections, and this computer does not \
                 know the company's authority.",
                "The registrar's certificate is from a company's own authority.",
                "Somebody else answers in the registrar's place.",
            ],
            "Ask your IT department whether they know that issuer; nothing was sent over the \
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
        let limited = "The certificate's issuer may issue for certain names only.";
        let causes: &[&str] = if NAME_IS_COMPARED_LAST {
            &[limited]
        } else {
            &["This operating system checks DNS names only.", limited]
        };
        return bad(
            format!(
                "The certificate at {place} names {} only by a SIP URI, and this computer cannot \
                 tell whether its issuer may do so.",
                short(asked)
            ),
            causes,
            "Ask whoever runs the registrar for a certificate that has the domain as a DNS name \
             as well, or check over UDP.",
            recovery_options,
        );
    }
    let sentence = match short(&names.join(", ")) {
        names if names.is_empty() => format!(
            "The certificate at {place} is not for {}: it names no host and no SIP domain.",
            short(asked)
        ),
        names => format!(
            "The certificate at {place} is not for {}: it is for {names}.",
            short(asked)
        ),
    };
    let mut causes = vec![
        "The address belongs to another registrar.",
        "The registrar's certificate does not name the realm.",
        "Somebody else answers in the registrar's place.",
    ];
    if names.iter().any(|name| sip_domain(name).is_some()) {
        let cause = "The certificate has a sip: URI for another domain, and then its DNS names do \
                     not count.";
        causes.insert(0, cause);
    } else if names.iter().any(|name| is_sip_uri(name)) {
        let cause = "The certificate has a sips: URI, or one with a user name; neither counts for \
                     a domain.";
        causes.insert(0, cause);
    }
    bad(
        sentence,
        &causes,
        "Compare host and port with what Bandwidth gave you; type a host that the certificate is \
         for if it is the registrar's.",
        recovery_options,
    )
}

/// Returns whether a certificate's name is a URI: neither hosts nor addresses begin so.
fn is_sip_uri(name: &str) -> bool {
    let scheme = name.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("sip") || scheme.eq_ignore_ascii_case("sips")
}

fn by(issuer: Option<&str>) -> String {
    issuer.map_or_else(String::new, |issuer| {
        format!(", issued by {},", short(issuer))
    })
}

fn short(text: &str) -> String {
    sanitized_line(text, LONGEST)
}

#[cfg(test)]
pub(super) mod sentences;
