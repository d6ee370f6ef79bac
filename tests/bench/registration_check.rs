//! The registration check compared with SIPp: time from the first request to the last response on
//! the wire. Both make the same exchange with the same Kamailio: REGISTER without a Contact, 401,
//! the answer, 200.

use std::net::Ipv4Addr;
use std::process::{Command, Stdio};

use acceptance::free_port::free_port;
use md5::{Digest as _, Md5};
use registrar_http::trust::Trust;
use registrar_secret::SipPassword;
use registrar_sip::answer::Proof;
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::{CheckRequest, Limits, check};
use registrar_user_agent::resolve::Target;

use super::REALM;
use super::capture::Capture;
use super::kamailio::Kamailio;
use super::row::{Row, median};

const USER_NAME: &str = "bench";
const PASSWORD: &str = "bench-password";
/// Rounds, in each of which both have their turn.
const ROUNDS: usize = 5;
/// Checks in one turn: 1,000 in all.
const CHECKS: usize = 200;
/// What the Call-IDs of SIPp begin with.
const SIPP: &str = "sipp-";
/// REGISTER, 401, REGISTER, 200.
const PACKETS: usize = 4;

pub(crate) async fn measure() -> Row {
    let password = SipPassword::new(PASSWORD);
    let row = format!(
        "{USER_NAME}\t-\t{}\t{}\n",
        digits(USER_NAME),
        digits(&format!("{USER_NAME}@{REALM}"))
    );
    let kamailio = Kamailio::start(&row, 300, true);
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let capture = Capture::start(kamailio.port);
        // Who begins changes from round to round.
        if round % 2 == 0 {
            check_as_the_app(kamailio.port, &password).await;
            check_by_sipp(kamailio.port);
        } else {
            check_by_sipp(kamailio.port);
            check_as_the_app(kamailio.port, &password).await;
        }
        let calls = capture.end();
        let times = |by_sipp: bool| {
            let times: Vec<f64> = calls
                .iter()
                .filter(|(call_id, _)| call_id.starts_with(SIPP) == by_sipp)
                .map(|(call_id, (packets, time))| {
                    assert_eq!(*packets, PACKETS, "the packets of {call_id}");
                    time.as_secs_f64() * 1e6
                })
                .collect();
            assert_eq!(times.len(), CHECKS, "all checks were captured");
            median(&times)
        };
        ours.push(times(false));
        peers.push(times(true));
    }
    assert!(kamailio.bindings().is_empty(), "a query binds nothing");
    Row {
        what: "a REGISTER check on loopback, first request to last response, 1,000 runs",
        against: "SIPp, the same transactions",
        unit: "µs",
        ours,
        peers,
        budget: 1.0,
    }
}

/// `md5(name:realm:password)`, as the registrar stores it.
fn digits(name: &str) -> String {
    hex::encode(Md5::digest(format!("{name}:{REALM}:{PASSWORD}")))
}

/// Checks in a task, as the app does for each command: in the thread that hears the socket.
async fn check_as_the_app(port: u16, password: &SipPassword) {
    let password = password.clone();
    let checks = tokio::spawn(async move { check_ours(port, &password).await });
    checks.await.unwrap();
}

async fn check_ours(port: u16, password: &SipPassword) {
    let request = CheckRequest {
        realm: REALM.to_owned(),
        composite: USER_NAME.to_owned(),
        proof: Proof::Password(password.clone()),
        kind: CheckKind::Query,
        transport: TransportName::Udp,
        targets: vec![Target::typed((Ipv4Addr::LOCALHOST, port).into())],
        target_name: REALM.to_owned(),
        trust: Trust::default(),
    };
    for _ in 0..CHECKS {
        let outcome = check(&request, Limits::default(), &|_| {}).await;
        assert!(outcome.verdict.proved(), "{:?}", outcome.verdict);
    }
}

fn check_by_sipp(port: u16) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("query.xml");
    std::fs::write(&file, scenario()).unwrap();
    let output = Command::new("sipp")
        .arg(format!("{}:{port}", Ipv4Addr::LOCALHOST))
        .arg("-sf")
        .arg(&file)
        // One after the other, as fast as it can.
        .args(["-m", &CHECKS.to_string(), "-l", "1", "-r", "10000"])
        .args(["-nostdin", "-timeout", "60", "-timeout_error"])
        .args(["-cid_str", &format!("{SIPP}%u-%p@%s")])
        .args(["-i", "127.0.0.1", "-p", &free_port().to_string()])
        .args(["-cp", &free_port().to_string()])
        .args(["-t", "u1", "-au", USER_NAME, "-ap", PASSWORD])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "SIPp: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn scenario() -> String {
    let register = |number: u32, more: &str| {
        format!(
            "<send retrans=\"500\"><![CDATA[\n\n\
             REGISTER sip:{REALM} SIP/2.0\n\
             Via: SIP/2.0/[transport] [local_ip]:[local_port];rport;branch=[branch]\n\
             Max-Forwards: 70\n\
             From: <sip:{USER_NAME}@{REALM}>;tag=[call_number]\n\
             To: <sip:{USER_NAME}@{REALM}>\n\
             Call-ID: [call_id]\n\
             CSeq: {number} REGISTER\n\
             User-Agent: SIPp\n{more}\
             Content-Length: 0\n\n]]></send>\n"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"query\">\n\
         {}<recv response=\"401\" auth=\"true\"/>\n{}<recv response=\"200\"/>\n</scenario>\n",
        register(1, ""),
        register(2, "[authentication]\n"),
    )
}
