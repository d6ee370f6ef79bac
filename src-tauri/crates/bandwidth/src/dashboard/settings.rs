//! SIP authentication settings: the registrar's port and DNS records.

use std::net::IpAddr;

use super::answer::{self, malformed};
use super::wire::{EdgeSettings, SipAuthenticationResponse, WireDnsRecord, WireRealmDns, filled};
use super::{Dashboard, Method};
use registrar_http::{Answer, Error};

/// The SIP authentication settings for the account's realms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SipAuthentication {
    /// The DNS records of each realm.
    pub realms: Vec<RealmDns>,
    /// The signaling ports of the account's zones.
    pub zone_ports: Vec<u16>,
}

/// The DNS records of one realm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealmDns {
    /// The realm's full name.
    pub realm: String,
    /// Its records, as far as they can be parsed.
    pub records: Vec<DnsRecord>,
}

/// A DNS record, as returned by the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsRecord {
    /// Its type, such as `A` or `SRV`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its data; for SRV, `priority weight port target`.
    pub data: String,
    /// How long it may be cached, in seconds.
    pub ttl: u32,
}

/// A service record, RFC 2782.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Srv {
    /// The lowest is tried first.
    pub priority: u16,
    /// The share among records of equal priority.
    pub weight: u16,
    /// The registrar's port.
    pub port: u16,
    /// The registrar's host.
    pub target: String,
}

/// The relevant edge management settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EdgeManagement {
    /// Whether SIP authentication is enabled; `None` if the API doesn't say.
    pub enabled: Option<bool>,
    /// `COMPLETE`, `FAILED` or `PROCESSING`.
    pub status: Option<String>,
    /// `BRIDGE` or `REGISTRAR`.
    pub kind: Option<String>,
    /// Errors that occurred when it was enabled: code and description, redacted.
    pub errors: Vec<(Option<u32>, String)>,
}

impl SipAuthentication {
    /// Returns a realm's registrar over UDP: the service record to try first.
    #[must_use]
    pub fn registrar(&self, realm: &str) -> Option<Srv> {
        let records = self.services(realm, &format!("_sip._udp.{realm}"));
        records
            .into_iter()
            .min_by_key(|srv| (srv.priority, u16::MAX - srv.weight))
    }

    /// Returns the service records that the API lists for a name below a realm.
    #[must_use]
    pub fn services(&self, realm: &str, name: &str) -> Vec<Srv> {
        self.records(realm)
            .filter(|record| {
                record.kind.eq_ignore_ascii_case("SRV") && same_name(&record.name, name)
            })
            .filter_map(|record| Srv::parse(&record.data))
            .collect()
    }

    /// Returns all names for which the API lists an address, without duplicates and in its order.
    #[must_use]
    pub fn hosts(&self, realm: &str) -> Vec<String> {
        let mut hosts: Vec<String> = Vec::new();
        for record in self.records(realm) {
            let is_address = matches!(record.kind.to_ascii_uppercase().as_str(), "A" | "AAAA");
            if is_address && !hosts.iter().any(|host| same_name(host, &record.name)) {
                hosts.push(record.name.trim().trim_end_matches('.').to_owned());
            }
        }
        hosts
    }

    /// Returns the addresses that the API lists for a host name below a realm.
    #[must_use]
    pub fn addresses(&self, realm: &str, host: &str) -> Vec<IpAddr> {
        self.records(realm)
            .filter(|record| same_name(&record.name, host))
            .filter(|record| matches!(record.kind.to_ascii_uppercase().as_str(), "A" | "AAAA"))
            .filter_map(|record| record.data.parse().ok())
            .collect()
    }

    /// Returns whether the API lists DNS records for a realm.
    #[must_use]
    pub fn lists(&self, realm: &str) -> bool {
        self.records(realm).next().is_some()
    }

    fn records(&self, realm: &str) -> impl Iterator<Item = &DnsRecord> {
        let found = self.realms.iter().find(|dns| same_name(&dns.realm, realm));
        found.into_iter().flat_map(|dns| &dns.records)
    }
}

impl Srv {
    /// Parses `priority weight port target`.
    #[must_use]
    pub fn parse(data: &str) -> Option<Self> {
        let mut parts = data.split_whitespace();
        let srv = Self {
            priority: parts.next()?.parse().ok()?,
            weight: parts.next()?.parse().ok()?,
            port: parts.next()?.parse().ok()?,
            target: parts.next()?.trim_end_matches('.').to_owned(),
        };
        (srv.port != 0 && !srv.target.is_empty() && parts.next().is_none()).then_some(srv)
    }
}

impl Dashboard {
    /// Returns the registrar's port and the realms' DNS records.
    pub async fn sip_authentication(&self) -> Result<SipAuthentication, Error> {
        let path = [
            "products",
            "edgemanagement",
            "settings",
            "sipauthentication",
        ];
        let request = self.request(
            "Get the registrar’s port and DNS records",
            Method::Get,
            &path,
        );
        self.send(request, read_sip_authentication).await
    }

    /// Returns the edge management settings, which are readable without any role.
    pub async fn edge_management(&self) -> Result<EdgeManagement, Error> {
        let path = ["products", "edgemanagement", "settings"];
        let request = self.request("Get the account’s settings", Method::Get, &path);
        self.send(request, read_edge).await
    }
}

pub(super) fn read_sip_authentication(
    answer: &Answer,
    now_ms: u64,
) -> Result<SipAuthentication, Error> {
    parse(answer::read(answer, "SipAuthenticationResponse", now_ms)?)
}

pub(super) fn read_edge(answer: &Answer, now_ms: u64) -> Result<EdgeManagement, Error> {
    let response: EdgeSettings = answer::read(answer, "EdgeManagementSettings", now_ms)?;
    Ok(parse_edge(response, answer))
}

pub(super) fn parse(response: SipAuthenticationResponse) -> Result<SipAuthentication, Error> {
    let settings = response
        .sip_authentication
        .ok_or(malformed("an answer without SipAuthentication"))?;
    let zones = settings.sbc.unwrap_or_default().zone;
    let ports = zones.into_iter().flat_map(|zone| zone.sip_sig_port);
    let realms = settings.realm_dns_list.unwrap_or_default().realm_dns;
    Ok(SipAuthentication {
        zone_ports: ports
            .filter_map(|port| port.port_number?.trim().parse().ok())
            .filter(|port| *port != 0)
            .collect(),
        realms: realms.into_iter().filter_map(parse_realm).collect(),
    })
}

/// A record that can't be parsed is omitted, because the others may suffice.
fn parse_realm(wire: WireRealmDns) -> Option<RealmDns> {
    let records = wire.records.unwrap_or_default().record;
    Some(RealmDns {
        realm: filled(wire.realm)?,
        records: records.into_iter().filter_map(parse_record).collect(),
    })
}

fn parse_record(wire: WireDnsRecord) -> Option<DnsRecord> {
    Some(DnsRecord {
        kind: filled(wire.kind)?,
        name: filled(wire.name)?,
        data: filled(wire.data)?,
        ttl: filled(wire.ttl)
            .and_then(|ttl| ttl.parse().ok())
            .unwrap_or_default(),
    })
}

pub(super) fn parse_edge(response: EdgeSettings, answer: &Answer) -> EdgeManagement {
    let wire = response.sip_authentication.unwrap_or_default();
    let errors = wire.errors.unwrap_or_default().error;
    EdgeManagement {
        enabled: filled(wire.enabled).and_then(|text| text.to_ascii_lowercase().parse().ok()),
        status: filled(wire.status),
        kind: filled(wire.kind),
        errors: (errors
            .iter()
            .map(|error| answer::item_refusal(answer, error)))
        .map(|refusal| (refusal.code, refusal.description.unwrap_or_default()))
        .collect(),
    }
}

/// Host names are compared ignoring letter case and a trailing dot.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.trim().trim_end_matches('.').to_ascii_lowercase();
    plain(one) == plain(other)
}
