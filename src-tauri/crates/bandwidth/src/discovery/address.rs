//! An address as typed or pasted: a host, a host and port, or a SIP URI.

use std::net::Ipv6Addr;

use super::TypedProblem;
use registrar_sip::TransportName;
use registrar_user_agent::resolve::to_ascii;

/// Maximum length of text that is parsed, in bytes.
const LONGEST: usize = 2_000;
/// Maximum length of a host name, and of one of its labels (RFC 1035 section 2.3.4).
const LONGEST_HOST: usize = 253;
const LONGEST_LABEL: usize = 63;

/// A parsed address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The host as SIP writes it: a name in ASCII, an IPv4 address, or an IPv6 address in brackets.
    pub(super) host: String,
    /// The port, where one is given.
    pub(super) port: Option<u16>,
    /// The transport, if the address specifies one: `;transport=`, or `sips:`.
    pub(super) transport: Option<TransportName>,
}

impl Address {
    /// Parses an address: `host`, `host:port`, `user@host`, `sip:user@host:port;transport=tcp`, or
    /// any of these as `"Name" <…>` (RFC 3261 sections 19.1 and 20.10). The user, a password,
    /// headers, and parameters other than `transport` are dropped.
    pub(super) fn read(text: &str) -> Result<Self, TypedProblem> {
        if text.len() > LONGEST {
            return Err(TypedProblem::Malformed);
        }
        let text = inside_brackets(text.trim()).trim();
        let (is_sips, rest) = without_scheme(text);
        // An escaped user part contains no '@', so the last one ends it.
        let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
        let rest = rest.split('?').next().unwrap_or_default();
        let (place, parameters) = rest.split_once(';').unwrap_or((rest, ""));
        let transport = transport(parameters)?;
        let (host, port) = host_and_port(place.trim_end_matches('/').trim())?;
        Ok(Self {
            host,
            port,
            // RFC 3261 section 26.2.2: `sips:` means TLS, whatever the parameter says.
            transport: if is_sips {
                Some(TransportName::Tls)
            } else {
                transport
            },
        })
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.host)?;
        match self.port {
            Some(port) => write!(formatter, ":{port}"),
            None => Ok(()),
        }
    }
}

fn inside_brackets(text: &str) -> &str {
    match text.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => text,
    }
}

/// Returns whether the scheme is `sips`, and the text after the scheme.
fn without_scheme(text: &str) -> (bool, &str) {
    let Some((scheme, rest)) = text.split_once(':') else {
        return (false, text);
    };
    let is_sips = scheme.eq_ignore_ascii_case("sips");
    if is_sips || scheme.eq_ignore_ascii_case("sip") {
        // A SIP URI has no slashes, but they are often pasted.
        (is_sips, rest.strip_prefix("//").unwrap_or(rest))
    } else {
        (false, text)
    }
}

fn transport(parameters: &str) -> Result<Option<TransportName>, TypedProblem> {
    let mut values = parameters.split(';').filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_transport = name.trim().eq_ignore_ascii_case("transport");
        is_transport.then(|| value.trim().to_ascii_lowercase())
    });
    match values.next_back().as_deref() {
        None => Ok(None),
        Some("udp") => Ok(Some(TransportName::Udp)),
        Some("tcp") => Ok(Some(TransportName::Tcp)),
        Some("tls") => Ok(Some(TransportName::Tls)),
        Some(_) => Err(TypedProblem::OtherTransport),
    }
}

fn host_and_port(text: &str) -> Result<(String, Option<u16>), TypedProblem> {
    // A bare IPv6 address contains colons; with a port it must be in brackets.
    if text.parse::<Ipv6Addr>().is_ok() {
        return Ok((format!("[{text}]"), None));
    }
    let end_of_host = match text.strip_prefix('[') {
        Some(rest) => rest.find(']').map(|at| at + 2),
        None => Some(text.find(':').unwrap_or(text.len())),
    };
    let (host, rest) = text.split_at(end_of_host.ok_or(TypedProblem::Malformed)?);
    let port = match rest.strip_prefix(':') {
        Some(port) => {
            let digits = port.bytes().all(|byte| byte.is_ascii_digit());
            let port = port.parse().ok().filter(|port| digits && *port != 0);
            Some(port.ok_or(TypedProblem::Port)?)
        }
        None if rest.is_empty() => None,
        None => return Err(TypedProblem::Malformed),
    };
    let host = match host.strip_prefix('[') {
        Some(inside) => {
            let inside = inside.trim_end_matches(']').parse::<Ipv6Addr>();
            inside.map(|address| format!("[{address}]")).ok()
        }
        None => to_ascii(host).filter(|host| is_host(host)),
    };
    Ok((host.ok_or(TypedProblem::Malformed)?, port))
}

fn is_host(host: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"-_".contains(&letter);
    host.len() <= LONGEST_HOST
        && host.split('.').all(|label| {
            !label.is_empty() && label.len() <= LONGEST_LABEL && label.bytes().all(plain)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_usual_form_of_an_address_is_read() {
        use TransportName::{Tcp, Tls, Udp};
        for (text, host, port, transport) in [
            (" r.example:5006\n", "r.example", Some(5006), None),
            ("r.example", "r.example", None, None),
            ("r.example.", "r.example", None, None),
            ("r.example.:5006", "r.example", Some(5006), None),
            ("sbc_1.example", "sbc_1.example", None, None),
            ("bücher.example", "xn--bcher-kva.example", None, None),
            ("127.0.0.1", "127.0.0.1", None, None),
            ("[::1]:5006", "[::1]", Some(5006), None),
            ("[::1]", "[::1]", None, None),
            ("::1", "[::1]", None, None),
            ("sip:r.example:5006", "r.example", Some(5006), None),
            ("SIP:r.example", "r.example", None, None),
            ("sip://r.example:5006/", "r.example", Some(5006), None),
            ("sips:r.example", "r.example", None, Some(Tls)),
            ("sips:r.example;transport=tcp", "r.example", None, Some(Tls)),
            (
                "sip:r.example:5006;transport=tcp",
                "r.example",
                Some(5006),
                Some(Tcp),
            ),
            (
                "sip:r.example;lr;Transport=UDP",
                "r.example",
                None,
                Some(Udp),
            ),
            ("r.example;transport=tls", "r.example", None, Some(Tls)),
            (
                "<sip:r.example:5006;transport=tcp>;expires=60",
                "r.example",
                Some(5006),
                Some(Tcp),
            ),
            ("\"Front\" <sip:anna@r.example>", "r.example", None, None),
            ("anna@r.example", "r.example", None, None),
            ("anna@home@r.example:5006", "r.example", Some(5006), None),
            ("sip:anna:pw@r.example?subject=x", "r.example", None, None),
            (
                "sip:anna@[2001:db8::5]:5006",
                "[2001:db8::5]",
                Some(5006),
                None,
            ),
        ] {
            assert_eq!(
                read(text),
                Some((host.to_owned(), port, transport)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in [
            "",
            ":5006",
            "sip:",
            "r.example:0",
            "r.example:99999",
            "r.example:+5",
            "r.example:",
            "r..example",
            ".example",
            "sip:bob@x y",
            "https://r.example",
            "[::1",
            "[r.example]",
            "[::1]5006",
            "fe80::1%en0",
            "sip:r.example;transport=ws",
            "\u{202e}r.example",
            &"x".repeat(64),
            &"x".repeat(10_000),
        ] {
            assert_eq!(read(text), None, "{text:.40}");
        }
    }

    fn read(text: &str) -> Option<(String, Option<u16>, Option<TransportName>)> {
        let address = Address::read(text).ok()?;
        Some((address.host, address.port, address.transport))
    }
}
