use hickory_resolver::config::{NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::Record;
use hickory_resolver::proto::rr::rdata;
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

use super::*;

const HOST: &str = "edge.example";

fn table() -> FixedDns {
    FixedDns::default()
        .with_srv("_sip._udp.r.example", 5006, HOST)
        .with_address(HOST, "192.0.2.5".parse().unwrap())
        .with_address(HOST, "2001:db8::5".parse().unwrap())
}

async fn find(host: &str, port: Option<u16>, transport: TransportName) -> Result<Located, Failure> {
    locate(&table(), host, port, transport).await
}

#[tokio::test]
async fn the_srv_record_names_host_and_port() {
    let found = find("r.example", None, TransportName::Udp).await.unwrap();

    assert_eq!(found.port, 5006);
    assert_eq!(found.source, Source::Srv("_sip._udp.r.example".to_owned()));
    let targets: Vec<String> = found.targets.iter().map(ToString::to_string).collect();
    assert_eq!(targets, ["192.0.2.5:5006", "[2001:db8::5]:5006"]);
}

#[tokio::test]
async fn without_srv_the_default_port_is_taken_and_a_given_one_goes_first() {
    let plain = find(HOST, None, TransportName::Tcp).await.unwrap();
    let given = find(HOST, Some(5099), TransportName::Udp).await.unwrap();
    let address = find("[::1]", None, TransportName::Udp).await.unwrap();

    assert_eq!((plain.port, plain.source), (5060, Source::DefaultPort));
    assert_eq!((given.port, given.source), (5099, Source::GivenPort));
    assert_eq!(address.targets, ["[::1]:5060".parse().unwrap()]);
}

#[tokio::test]
async fn a_name_that_is_not_there_is_not_found() {
    for name in ["nowhere.example", "", "a b", "..", "ä".repeat(300).as_str()] {
        assert_eq!(
            find(name, None, TransportName::Udp).await,
            Err(Failure::NotFound { remembered: None }),
            "{name:?}"
        );
    }
}

#[test]
fn a_name_that_dns_cannot_hold_is_not_found() {
    assert!(absolute(&"a".repeat(300)).is_err());
    assert!(absolute("r.example").unwrap().is_fqdn());
}

/// A name server on loopback that knows one SRV record and says NXDOMAIN to all else, to be
/// remembered for 90 seconds.
async fn name_server() -> (TokioResolver, JoinHandle<()>) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = socket.local_addr().unwrap().port();
    let serve = async move {
        let mut room = [0; 512];
        loop {
            let (length, source) = socket.recv_from(&mut room).await.unwrap();
            let query = Message::from_vec(&room[..length]).unwrap();
            let asked = query.queries[0].clone();
            let mut answer = Message::response(query.metadata.id, query.metadata.op_code);
            answer.add_query(asked.clone());
            if asked.name().to_utf8() == "_sip._udp.r.example." {
                let host = Name::from_utf8("edge.example.").unwrap();
                let srv = RData::SRV(rdata::SRV::new(1, 2, 5006, host));
                answer.add_answer(Record::from_rdata(asked.name().clone(), 60, srv));
            } else {
                answer.metadata.response_code = ResponseCode::NXDomain;
                let zone = Name::from_utf8("example.").unwrap();
                let soa = rdata::SOA::new(zone.clone(), zone.clone(), 1, 1, 1, 1, 90);
                answer.add_authority(Record::from_rdata(zone, 3600, RData::SOA(soa)));
            }
            socket
                .send_to(&answer.to_vec().unwrap(), source)
                .await
                .unwrap();
        }
    };
    let task = tokio::spawn(serve);
    let mut server = NameServerConfig::udp("127.0.0.1".parse().unwrap());
    server.connections[0].port = port;
    let config = ResolverConfig::from_parts(None, vec![], vec![server]);
    let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
    builder.options_mut().cache_size = 0;
    (builder.build().unwrap(), task)
}

#[tokio::test]
async fn the_time_for_which_a_missing_name_is_remembered_is_told() {
    let (resolver, task) = name_server().await;

    let found = srv(&resolver, "_sip._udp.r.example").await.unwrap();
    let missing = srv(&resolver, "_sip._udp.new.example").await;

    assert_eq!(found[0].port, 5006);
    assert_eq!(found[0].host, "edge.example");
    let remembered = Some(Duration::from_secs(90));
    assert_eq!(missing, Err(Failure::NotFound { remembered }));
    assert_eq!(
        addresses(&resolver, "nowhere.example").await,
        Err(Failure::NotFound { remembered })
    );
    task.abort();
}
