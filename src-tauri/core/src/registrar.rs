//! Where an account's registrar is: from the account's own DNS records and this computer's DNS.
//!
//! The account's SIP authentication settings are read first, and this computer's DNS is asked only
//! for a realm that they list: an early question would be remembered as 'no such name'.

use std::net::{IpAddr, SocketAddr};

use crate::Error;
use crate::dashboard::SipAuthentication;
use crate::ipc::{FieldProblem, TransportName};
use crate::sip::resolve::{Failure, Resolve};

/// The default port of SIP (RFC 3261 section 19.1.2), for a typed host without one.
const SIP_PORT: u16 = 5060;

/// Where the registrar is, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The host as a phone takes it.
    pub host: String,
    /// Its port, once it is known.
    pub port: Option<u16>,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
    /// Where that comes from, in words.
    pub how: String,
    /// What stands in the way, in words.
    pub trouble: Option<String>,
}

impl Found {
    /// Returns the addresses with the port, empty where either is not known.
    #[must_use]
    pub fn targets(&self) -> Vec<SocketAddr> {
        let with_port = |port| {
            self.addresses
                .iter()
                .map(move |ip| SocketAddr::new(*ip, port))
        };
        self.port.into_iter().flat_map(with_port).collect()
    }
}

/// Looks for the registrar of a realm. `settings` are `None` where the account may not read them.
pub async fn find(
    resolver: &dyn Resolve,
    settings: Option<&SipAuthentication>,
    realm: &str,
) -> Found {
    let listed = settings.and_then(|settings| settings.registrar(realm));
    if listed.is_none() && settings.is_some() {
        return Found {
            host: realm.to_owned(),
            port: None,
            addresses: Vec::new(),
            how: "Not found yet.".to_owned(),
            trouble: Some(
                "The account's settings do not list the realm yet. A new realm can take some \
                 minutes: check again then, or type the address under 'Options of the check'."
                    .to_owned(),
            ),
        };
    }
    let answer = resolver.srv(&format!("_sip._udp.{realm}")).await;

    match (listed, answer) {
        (listed, Ok(mut records)) if records.iter().any(|record| !record.host.is_empty()) => {
            // A lone '.' as the host means that the service is not there (RFC 2782).
            records.retain(|record| !record.host.is_empty());
            records.sort_by_key(|record| (record.priority, u16::MAX - record.weight));
            let first = &records[0];
            let agrees = listed
                .as_ref()
                .is_none_or(|listed| listed.port == first.port);
            let how = match (&listed, agrees) {
                (Some(_), true) => "Found in the account's settings and in this computer's DNS.",
                (None, _) | (Some(_), false) => "Found in this computer's DNS.",
            };
            let trouble = (!agrees).then(|| {
                let expected = listed.as_ref().map_or(0, |listed| listed.port);
                format!(
                    "The account's settings name port {expected}, this computer's DNS names port \
                     {}. Use the port of the settings if the check fails.",
                    first.port
                )
            });
            Found {
                host: realm.to_owned(),
                port: Some(first.port),
                addresses: addresses(resolver, settings, &first.host, realm).await,
                how: how.to_owned(),
                trouble,
            }
        }
        (Some(listed), answer) => {
            let trouble = match answer {
                Ok(_) | Err(Failure::NotFound { remembered: None }) => {
                    "This computer's DNS does not know the realm yet. A new realm can take some \
                     minutes. The check goes to the address that the account's settings give."
                        .to_owned()
                }
                Err(Failure::NotFound {
                    remembered: Some(time),
                }) => format!(
                    "This computer's DNS does not know the realm yet, and may remember that for \
                     {} seconds. The check goes to the address that the account's settings give.",
                    time.as_secs()
                ),
                Err(Failure::NoAnswer) => {
                    "This computer's DNS did not answer. The check goes to the address that \
                           the account's settings give."
                        .to_owned()
                }
            };
            Found {
                host: realm.to_owned(),
                port: Some(listed.port),
                addresses: addresses(resolver, settings, &listed.target, realm).await,
                how: "Found in the account's settings.".to_owned(),
                trouble: Some(trouble),
            }
        }
        (None, _) => Found {
            host: realm.to_owned(),
            port: None,
            addresses: Vec::new(),
            how: "Not found.".to_owned(),
            trouble: Some(
                "Neither the account's settings nor this computer's DNS name the registrar's \
                 port. Ask Bandwidth support for it and type it under 'Options of the check'."
                    .to_owned(),
            ),
        },
    }
}

/// Reads a typed address: a host, or a host and a port.
pub async fn typed(resolver: &dyn Resolve, text: &str, port: Option<u16>) -> Result<Found, Error> {
    let (host, port) = split(text, port)
        .ok_or_else(|| Error::field("address", "Type a host, or a host and a port: host:5006."))?;
    let addresses = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(ip) => vec![ip],
        Err(_) => resolver.addresses(&host).await.unwrap_or_default(),
    };
    if addresses.is_empty() {
        return Err(Error::Invalid {
            problems: vec![FieldProblem::new(
                "address",
                "This computer's DNS does not know that host. Look at its spelling.",
            )],
        });
    }
    Ok(Found {
        host,
        port: Some(port),
        addresses,
        how: "Typed.".to_owned(),
        trouble: None,
    })
}

/// The way a transport is written for a person.
#[must_use]
pub fn transport_label(transport: TransportName) -> &'static str {
    match transport {
        TransportName::Udp => "UDP",
        TransportName::Tcp => "TCP",
        TransportName::Tls => "TLS",
    }
}

async fn addresses(
    resolver: &dyn Resolve,
    settings: Option<&SipAuthentication>,
    target: &str,
    realm: &str,
) -> Vec<IpAddr> {
    let known = resolver.addresses(target).await.unwrap_or_default();
    if !known.is_empty() {
        return known;
    }
    let Some(settings) = settings else {
        return Vec::new();
    };
    let listed = settings.addresses(realm, target);
    if listed.is_empty() {
        settings.addresses(realm, realm)
    } else {
        listed
    }
}

fn split(text: &str, known_port: Option<u16>) -> Option<(String, u16)> {
    let text = text.trim();
    let fallback = known_port.unwrap_or(SIP_PORT);
    let (host, port) = match text.rsplit_once(':') {
        // A bare IPv6 address has colons of its own; with a port it stands in brackets.
        Some((host, _)) if host.contains(':') && !host.ends_with(']') => (text, fallback),
        Some((host, port)) => (host, port.parse().ok().filter(|port| *port != 0)?),
        None => (text, fallback),
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-_:[]".contains(letter);
    (!host.is_empty() && host.len() <= 253 && host.chars().all(plain))
        .then(|| (host.to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sip::resolve::{Answer, Srv};

    /// A DNS that must not be asked.
    struct Untouched;

    impl Resolve for Untouched {
        fn srv<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<Srv>> {
            panic!("{name} was asked for, and 'no such name' is remembered from now on")
        }

        fn addresses<'a>(&'a self, host: &'a str) -> Answer<'a, Vec<IpAddr>> {
            panic!("{host} was asked for")
        }
    }

    #[tokio::test]
    async fn dns_is_not_asked_for_a_realm_that_the_account_does_not_list_yet() {
        let settings = SipAuthentication {
            realms: Vec::new(),
            zone_ports: Vec::new(),
        };

        let found = find(&Untouched, Some(&settings), "new.1a2b3c.auth.bandwidth.com").await;

        assert_eq!(found.targets(), []);
        assert!(found.trouble.unwrap().contains("do not list the realm yet"));
    }

    #[test]
    fn a_typed_address_is_a_host_with_or_without_a_port() {
        assert_eq!(
            split(" r.example:5006\n", None),
            Some(("r.example".to_owned(), 5006))
        );
        assert_eq!(
            split("r.example", Some(5007)),
            Some(("r.example".to_owned(), 5007))
        );
        assert_eq!(
            split("127.0.0.1", None),
            Some(("127.0.0.1".to_owned(), 5060))
        );
        assert_eq!(split("[::1]:5006", None), Some(("[::1]".to_owned(), 5006)));
        assert_eq!(split("::1", None), Some(("::1".to_owned(), 5060)));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            ":5006",
            "r.example:0",
            "r.example:99999",
            "sip:bob@x y",
            &"x".repeat(10_000),
        ] {
            assert_eq!(split(text, None), None, "{text:.40}");
        }
    }
}
