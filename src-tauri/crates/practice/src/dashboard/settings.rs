//! The account's settings: whether SIP authentication is on, its port, and its DNS records.

use hyper::StatusCode;
use serde::Serialize;

use super::xml::{self, Root};
use super::{Dashboard, Visit};
use crate::dns;
use crate::http::Answer;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Settings {
    sbc_settings: SbcSettings,
    sip_authentication: Authentication,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SbcSettings {
    trunk_group_id: &'static str,
    node_group_name: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Authentication {
    enabled: bool,
    status: &'static str,
    #[serde(rename = "Type")]
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SipAuthentication {
    sip_authentication: Details,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Details {
    #[serde(rename = "SBC")]
    sbc: Sbc,
    realm_dns_list: RealmDnsList,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Sbc {
    zone: Zone,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Zone {
    id: u32,
    name: String,
    sip_sig_port: SipSigPort,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SipSigPort {
    index: u32,
    port_number: u16,
}

#[derive(Serialize)]
struct RealmDnsList {
    #[serde(rename = "RealmDns")]
    realms: Vec<RealmDns>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RealmDns {
    realm: String,
    default_group_name: String,
    #[serde(rename = "DNSRecords")]
    records: Records,
}

#[derive(Serialize)]
struct Records {
    #[serde(rename = "DNSRecord")]
    records: Vec<Record>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Record {
    #[serde(rename = "Type")]
    kind: &'static str,
    name: String,
    data: String,
    #[serde(rename = "TTL")]
    seconds: u32,
}

impl Dashboard {
    pub(super) fn settings(&self, visit: &Visit<'_>) -> Answer {
        let settings = Settings {
            sbc_settings: SbcSettings {
                trunk_group_id: "PRACTICE_TRUNK_GROUP",
                node_group_name: "Practice",
            },
            sip_authentication: Authentication {
                enabled: self.enabled(visit.login),
                status: "COMPLETE",
                kind: "REGISTRAR",
            },
        };
        xml::answer(Root::EdgeManagementSettings, StatusCode::OK, &settings)
    }

    pub(super) fn sip_authentication(&self, visit: &Visit<'_>) -> Answer {
        let account = visit.login.account;
        let names: Vec<String> = if self.enabled(visit.login) {
            let faults = self.faults.now();
            self.memory
                .look(|state| dns::listed(state, visit.now_ms, &faults))
        } else {
            Vec::new()
        };
        let realms = names
            .into_iter()
            .map(|realm| RealmDns {
                records: Records {
                    records: records(&realm, self.registrar_port),
                },
                default_group_name: format!("{account}_1"),
                realm,
            })
            .collect();
        let details = Details {
            sbc: Sbc {
                zone: Zone {
                    id: 1,
                    name: format!("CUST1_{account}_ZONE"),
                    sip_sig_port: SipSigPort {
                        index: 1,
                        port_number: self.registrar_port,
                    },
                },
            },
            realm_dns_list: RealmDnsList { realms },
        };
        let answer = SipAuthentication {
            sip_authentication: details,
        };
        xml::answer(Root::SipAuthentication, StatusCode::OK, &answer)
    }
}

fn records(realm: &str, port: u16) -> Vec<Record> {
    let host = Record {
        kind: "A",
        name: realm.to_owned(),
        data: dns::ADDRESS.to_string(),
        seconds: dns::TTL_SECONDS,
    };
    let service = dns::record(port);
    let services = dns::TRANSPORTS.into_iter().map(|transport| Record {
        kind: "SRV",
        name: format!("_sip._{transport}.{realm}"),
        data: format!(
            "{} {} {} {}",
            service.priority, service.weight, service.port, service.host
        ),
        seconds: dns::TTL_SECONDS,
    });
    std::iter::once(host).chain(services).collect()
}
