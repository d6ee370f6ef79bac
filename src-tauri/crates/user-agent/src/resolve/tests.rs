use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::{Record, RecordType, rdata};
use registrar_sip::TransportName;
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

/// Takes the first that it may.
struct First;

impl Chance for First {
    fn up_to(&mut self, most: u32) -> u32 {
        most.min(1)
    }
}

async fn find(
    dns: &FixedDns,
    host: &str,
    port: Option<u16>,
    transport: TransportName,
) -> Result<Vec<Target>, Failure> {
    locate_by(dns, host, port, transport, &mut First).await
}

fn record(priority: u16, weight: u16, port: u16, host: &str) -> Srv {
    Srv {
        priority,
        weight,
        port,
        host: host.to_owned(),
    }
}

#[tokio::test]
async fn host_port_and_transport_lead_to_targets_as_rfc_3263_says() {
    use TransportName::{Tcp, Tls, Udp};
    let dns = table()
        .with_srv("_sip._tcp.r.example", 5007, HOST)
        .with_srv("_sips._tcp.r.example", 5008, HOST)
        .with_record("_sip._udp.two.example", record(20, 0, 5001, "b.example"))
        .with_record("_sip._udp.two.example", record(10, 5, 5002, HOST))
        .with_srv("_sip._udp.none.example", 0, "")
        .with_address("b.example", "192.0.2.6".parse().unwrap());
    let both = |port: u16| vec![format!("192.0.2.5:{port}"), format!("[2001:db8::5]:{port}")];
    let one = |address: &str| vec![address.to_owned()];
    for (host, port, transport, expected) in [
        ("r.example", None, Udp, both(5006)),
        ("r.example", None, Tcp, both(5007)),
        ("r.example", None, Tls, both(5008)),
        // The lower priority goes first.
        (
            "two.example",
            None,
            Udp,
            [both(5002), one("192.0.2.6:5001")].concat(),
        ),
        // Without SRV it is the default port, and a given port asks for no SRV.
        (HOST, None, Udp, both(5060)),
        (HOST, None, Tcp, both(5060)),
        (HOST, None, Tls, both(5061)),
        (HOST, Some(5099), Tls, both(5099)),
        ("192.0.2.9", None, Udp, one("192.0.2.9:5060")),
        ("192.0.2.9", Some(5006), Tcp, one("192.0.2.9:5006")),
        ("[::1]", None, Tls, one("[::1]:5061")),
        ("::1", Some(5006), Udp, one("[::1]:5006")),
    ] {
        let found = find(&dns, host, port, transport).await.unwrap();

        let found: Vec<String> = found.iter().map(|to| to.address.to_string()).collect();
        assert_eq!(found, expected, "{host} {port:?} {transport:?}");
    }
    let gone = find(&dns, "none.example", None, Udp).await;
    assert_eq!(gone, Err(Failure::NotFound { remembered: None }));
    // 'r.example' has SRV records and no address of its own.
    assert!(find(&dns, "r.example", Some(5006), Udp).await.is_err());
}

#[tokio::test]
async fn each_target_says_where_it_comes_from() {
    let by_srv = find(&table(), "r.example", None, TransportName::Udp).await;
    let by_default = find(&table(), HOST, None, TransportName::Tls).await;
    let typed = find(&table(), "[::1]", Some(5006), TransportName::Udp).await;

    let srv = Source::Srv {
        name: "_sip._udp.r.example".to_owned(),
        priority: 10,
        weight: 0,
    };
    let first = |found: Result<Vec<Target>, Failure>| found.unwrap().remove(0);
    let (by_srv, by_default, typed) = (first(by_srv), first(by_default), first(typed));
    assert_eq!((by_srv.host.as_str(), by_srv.source), (HOST, srv));
    assert_eq!(
        (by_default.host.as_str(), by_default.source),
        (HOST, Source::DefaultPort)
    );
    assert_eq!((typed.host.as_str(), typed.source), ("::1", Source::Typed));
}

#[tokio::test]
async fn the_srv_failure_counts_and_addresses_still_help() {
    let remembered = Failure::NotFound {
        remembered: Some(Duration::from_secs(90)),
    };
    for failure in [Failure::NoAnswer, Failure::Refused, remembered] {
        let dns = table()
            .with_failure("_sip._udp.edge.example", failure)
            .with_failure("_sip._udp.new.example", failure);

        let hidden = find(&dns, HOST, None, TransportName::Udp).await.unwrap();
        let nothing = find(&dns, "new.example", None, TransportName::Udp).await;

        assert_eq!(hidden[0].source, Source::DefaultPort);
        assert_eq!(nothing, Err(failure));
    }
}

#[tokio::test]
async fn a_flood_of_records_is_cut() {
    let mut dns = FixedDns::default();
    for place in 0..200 {
        let host = format!("h{place}.example");
        dns = dns
            .with_srv("_sip._udp.r.example", 5006, &host)
            .with_address(&host, "192.0.2.1".parse().unwrap())
            .with_address("many.example", IpAddr::from([192, 0, 2, place]));
    }

    for host in ["r.example", "many.example"] {
        let found = find(&dns, host, None, TransportName::Udp).await.unwrap();
        assert_eq!(found.len(), MOST_TARGETS);
    }
}

#[tokio::test]
async fn a_name_that_is_not_there_is_not_found() {
    for name in ["nowhere.example", "", "a b", "..", "ä".repeat(300).as_str()] {
        assert_eq!(
            find(&table(), name, None, TransportName::Udp).await,
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

/// A name server on loopback. It has records for `r.example` and `edge.example`, fails for
/// `broken`, is silent for `silent`, and says NXDOMAIN to all else, to be remembered for 90 seconds.
async fn name_server() -> (TokioResolver, JoinHandle<()>) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = socket.local_addr().unwrap().port();
    let serve = async move {
        let mut room = [0; 512];
        loop {
            let (length, source) = socket.recv_from(&mut room).await.unwrap();
            let query = Message::from_vec(&room[..length]).unwrap();
            if let Some(answer) = answer(&query) {
                let bytes = answer.to_vec().unwrap();
                socket.send_to(&bytes, source).await.unwrap();
            }
        }
    };
    let task = tokio::spawn(serve);
    let mut server = NameServerConfig::udp("127.0.0.1".parse().unwrap());
    server.connections[0].port = port;
    let config = ResolverConfig::from_parts(None, vec![], vec![server]);
    let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
    patient(builder.options_mut());
    builder.options_mut().timeout = Duration::from_millis(300);
    (builder.build().unwrap(), task)
}

fn answer(query: &Message) -> Option<Message> {
    let asked = query.queries[0].clone();
    let mut answer = Message::response(query.metadata.id, query.metadata.op_code);
    answer.add_query(asked.clone());
    let name = asked.name().to_utf8();
    let records = match (name.as_str(), asked.query_type()) {
        ("_sip._udp.r.example.", RecordType::SRV) => {
            let record = |priority, weight, port, host: &str| {
                let host = Name::from_utf8(host).unwrap();
                RData::SRV(rdata::SRV::new(priority, weight, port, host))
            };
            vec![
                record(20, 0, 5007, "far.example."),
                record(10, 2, 5006, "edge.example."),
            ]
        }
        ("edge.example.", RecordType::A) => vec![RData::A(rdata::A::new(192, 0, 2, 5))],
        ("edge.example.", RecordType::AAAA) => {
            let address = rdata::AAAA::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 5);
            vec![RData::AAAA(address)]
        }
        ("sbc_1.example." | "bücher.example.", RecordType::A) => {
            vec![RData::A(rdata::A::new(192, 0, 2, 7))]
        }
        ("far.example.", RecordType::A) => vec![RData::A(rdata::A::new(192, 0, 2, 6))],
        _ => Vec::new(),
    };
    if name.starts_with("silent") {
        return None;
    }
    if name.starts_with("broken") {
        answer.metadata.response_code = ResponseCode::ServFail;
    } else if records.is_empty() {
        answer.metadata.response_code = ResponseCode::NXDomain;
        let zone = Name::from_utf8("example.").unwrap();
        let soa = rdata::SOA::new(zone.clone(), zone.clone(), 1, 1, 1, 1, 90);
        answer.add_authority(Record::from_rdata(zone, 3600, RData::SOA(soa)));
    }
    for record in records {
        answer.add_answer(Record::from_rdata(asked.name().clone(), 60, record));
    }
    Some(answer)
}

/// The system's look-ups with another name server.
struct OverLoopback(TokioResolver);

impl Resolve for OverLoopback {
    fn srv<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<Srv>> {
        Box::pin(srv(&self.0, name))
    }

    fn addresses<'a>(&'a self, host: &'a str) -> Answer<'a, Vec<IpAddr>> {
        Box::pin(addresses(&self.0, host))
    }
}

#[tokio::test]
async fn a_registrar_is_found_over_a_real_name_server() {
    let (resolver, task) = name_server().await;

    let dns = OverLoopback(resolver);
    let found = locate(&dns, "r.example", None, TransportName::Udp).await;
    let found = found.unwrap();

    let found: Vec<(String, &str)> = found
        .iter()
        .map(|target| (target.address.to_string(), target.host.as_str()))
        .collect();
    let expected = [
        ("192.0.2.5:5006", "edge.example"),
        ("[2001:db8::5]:5006", "edge.example"),
        ("192.0.2.6:5007", "far.example"),
    ];
    assert_eq!(found, expected.map(|(at, host)| (at.to_owned(), host)));
    task.abort();
}

#[tokio::test]
async fn each_way_of_a_name_server_to_say_nothing_is_told_apart() {
    let (resolver, task) = name_server().await;
    let remembered = Some(Duration::from_secs(90));

    for (name, failure) in [
        ("nowhere.example", Failure::NotFound { remembered }),
        ("broken.example", Failure::Refused),
        ("silent.example", Failure::NoAnswer),
    ] {
        assert_eq!(srv(&resolver, name).await, Err(failure), "{name}");
        assert_eq!(addresses(&resolver, name).await, Err(failure), "{name}");
    }
    task.abort();
}

#[tokio::test]
async fn each_name_that_dns_can_hold_is_asked_for() {
    let (resolver, task) = name_server().await;

    for name in ["sbc_1.example", "sbc_1.example.", "bücher.example"] {
        let found = addresses(&resolver, name).await;

        assert_eq!(found, Ok(vec!["192.0.2.7".parse().unwrap()]), "{name}");
    }
    for name in [
        "",
        ".",
        "a..example",
        ".example",
        &"x".repeat(64),
        &"x.".repeat(140),
    ] {
        assert_eq!(
            addresses(&resolver, name).await,
            Err(Failure::BadName),
            "{name}"
        );
    }
    task.abort();
}
