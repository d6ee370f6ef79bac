//! The Via header, which routes a response back (RFC 3261 section 20.42, RFC 3581).

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use super::syntax::{self, MOST_PARAMETERS, is_token, quote};

/// The default port of SIP (RFC 3261 section 19.1.2).
pub const DEFAULT_PORT: u16 = 5060;
/// The prefix of every branch (RFC 3261 section 8.1.1.7).
pub const COOKIE: &str = "z9hG4bK";

/// One Via value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// `UDP`, `TCP` and so on, in upper case.
    pub transport: String,
    /// Host, or host and port.
    pub sent_by: String,
    parameters: Vec<(String, Option<String>)>,
}

impl Via {
    /// Creates the Via of a request of ours; `rport` requests the port that the other side sees.
    #[must_use]
    pub fn ours(transport: &str, local: SocketAddr, branch: &str) -> Self {
        Self {
            transport: transport.to_owned(),
            sent_by: local.to_string(),
            parameters: vec![
                ("rport".to_owned(), None),
                ("branch".to_owned(), Some(branch.to_owned())),
            ],
        }
    }

    /// Parses a Via value.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (head, parameters) = text.split_once(';').unwrap_or((text, ""));
        let (protocol, rest) = head.split_once('/')?;
        let (version, rest) = rest.split_once('/')?;
        if !protocol.trim().eq_ignore_ascii_case("SIP") || version.trim() != "2.0" {
            return None;
        }
        let (transport, sent_by) = rest.trim_start().split_once([' ', '\t'])?;
        // White space is allowed around the colon, too.
        let sent_by = match sent_by.trim().rsplit_once(':') {
            Some((host, port)) => format!("{}:{}", host.trim_end(), port.trim_start()),
            None => sent_by.trim().to_owned(),
        };
        if !is_token(transport) || sent_by.is_empty() || sent_by.contains(char::is_whitespace) {
            return None;
        }
        Some(Self {
            transport: transport.to_ascii_uppercase(),
            sent_by,
            parameters: syntax::parameters(parameters),
        })
    }

    /// Returns the branch, which identifies the transaction.
    #[must_use]
    pub fn branch(&self) -> Option<&str> {
        syntax::value(&self.parameters, "branch")
    }

    /// Returns our own address as the other side saw it, if it said so.
    #[must_use]
    pub fn seen_as(&self) -> Option<SocketAddr> {
        let port = syntax::value(&self.parameters, "rport").and_then(|port| port.parse().ok());
        let received = syntax::value(&self.parameters, "received").and_then(address);
        // Without `received`, it is the address that we sent.
        let own = self.sent_by.parse::<SocketAddr>().ok();
        let host = received.or_else(|| own.map(|own| own.ip()))?;
        let port = match (port, received) {
            (Some(port), _) => port,
            (None, Some(_)) => own?.port(),
            (None, None) => return None,
        };
        Some(SocketAddr::new(host, port))
    }

    /// Returns where a response to a request from `source` goes (RFC 3261 section 18.2.2,
    /// RFC 3581 section 4).
    #[must_use]
    pub fn reply_to(&self, source: SocketAddr) -> SocketAddr {
        if self.parameters.iter().any(|(name, _)| name == "rport") {
            return source;
        }
        let port = match self.sent_by.rsplit_once(':') {
            Some((_, port)) if !port.ends_with(']') => port.parse().unwrap_or(DEFAULT_PORT),
            Some(_) | None => DEFAULT_PORT,
        };
        SocketAddr::new(source.ip(), port)
    }

    /// Records where a request really came from (RFC 3261 section 18.2.1, RFC 3581 section 4).
    pub fn mark(&mut self, source: SocketAddr) {
        let asked = self.parameters.iter().any(|(name, _)| name == "rport");
        self.parameters
            .retain(|(name, _)| name != "received" && name != "rport");
        // A parser that reads no more parameters than ours must still find these.
        self.parameters.truncate(MOST_PARAMETERS - 2);
        if asked {
            let port = source.port().to_string();
            self.parameters.push(("rport".to_owned(), Some(port)));
        }
        if asked || self.sent_by != source.to_string() {
            let address = source.ip().to_string();
            self.parameters.push(("received".to_owned(), Some(address)));
        }
    }
}

impl fmt::Display for Via {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SIP/2.0/{} {}", self.transport, self.sent_by)?;
        for (name, value) in &self.parameters {
            match value {
                Some(value) if is_plain(value) => write!(formatter, ";{name}={value}")?,
                Some(value) => write!(formatter, ";{name}={}", quote(value))?,
                None => write!(formatter, ";{name}")?,
            }
        }
        Ok(())
    }
}

/// Returns whether a value needs no quotes: a token, or an address as in `received`.
fn is_plain(value: &str) -> bool {
    let token = |part: &str| part.is_empty() || is_token(part);
    !value.is_empty() && value.split([':', '[', ']']).all(token)
}

fn address(text: &str) -> Option<IpAddr> {
    text.trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origin_of_a_request_is_read_among_many_parameters() {
        let many = ";a".repeat(MOST_PARAMETERS);
        let mut via = Via::parse(&format!("SIP/2.0/UDP [::1]:5070;rport{many}")).unwrap();
        via.mark("203.0.113.7:40001".parse().unwrap());

        let read = Via::parse(&via.to_string()).unwrap();

        assert_eq!(read.seen_as(), Some("203.0.113.7:40001".parse().unwrap()));
    }

    #[test]
    fn a_marked_via_tells_the_public_address() {
        let mut via = Via::ours("UDP", "10.0.0.5:5060".parse().unwrap(), "z9hG4bKx");
        via.mark("203.0.113.7:40001".parse().unwrap());

        let read = Via::parse(&via.to_string()).unwrap();

        assert_eq!(read.seen_as(), "203.0.113.7:40001".parse().ok());
        assert_eq!(read.branch(), Some("z9hG4bKx"));
    }

    #[test]
    fn an_address_of_ipv6_is_read_with_and_without_brackets() {
        for received in ["2001:db8::7", "[2001:db8::7]"] {
            let text = format!("SIP / 2.0 / UDP [::1]:5;received={received};rport=9;branch=b");

            // RFC 3261 allows white space around the slashes.
            let via = Via::parse(&text).unwrap();

            assert_eq!(via.seen_as(), "[2001:db8::7]:9".parse().ok());
        }
    }

    #[test]
    fn white_space_is_read_wherever_it_may_stand() {
        let via =
            Via::parse("SIP  /  2.0 / UDP   host.example : 5070 ; branch = z9hG4bKx").unwrap();

        assert_eq!(
            via.to_string(),
            "SIP/2.0/UDP host.example:5070;branch=z9hG4bKx"
        );
    }

    #[test]
    fn what_is_odd_in_a_value_stays_in_it() {
        let via = Via::parse(r#"SIP/2.0/UDP h;branch="a;b\"c""#).unwrap();

        assert_eq!(via.branch(), Some(r#"a;b"c"#));
        assert_eq!(Via::parse(&via.to_string()), Some(via));
    }

    #[test]
    fn what_is_no_via_is_refused() {
        for text in [
            "",
            "SIP/2.0/UDP",
            "SIP/7.0/UDP h",
            "HTTP/2.0/UDP h",
            "SIP/2.0/U@P h",
            "SIP/2.0/UDP a b",
        ] {
            assert_eq!(Via::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_via_that_was_not_marked_tells_nothing() {
        let via = Via::parse("SIP/2.0/UDP 10.0.0.5:5060;rport;branch=b").unwrap();

        assert_eq!(via.seen_as(), None);
    }
}
