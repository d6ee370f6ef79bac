//! Saved evidence of a check, read by tshark, Wireshark's command line.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use acceptance::practice_journey::{Machine, full_check, make_credential, with_realm};
use registrar_activity::Tone;
use registrar_app::ipc::Savable;
use registrar_evidence::{Trace, TraceMessage, pcapng};
use registrar_explain::{CheckReport, Verdict};
use registrar_sip::TransportName;
use registrar_user_agent::message_chart::Ends;
use tempfile::TempDir;

const FIELDS: [&str; 14] = [
    "frame.time_epoch",
    "sip.Method",
    "sip.Status-Code",
    "sip.CSeq.method",
    "sip.Call-ID",
    "sip.auth.digest.response",
    "exported_pdu.src_port",
    "exported_pdu.dst_port",
    "ip.src",
    "ip.dst",
    "ipv6.src",
    "ipv6.dst",
    "_ws.col.Protocol",
    "_ws.malformed",
];

/// One packet as tshark tells it: a value for each of [`FIELDS`].
type Packet = Vec<String>;

fn value<'a>(packet: &'a Packet, field: &str) -> &'a str {
    let at = FIELDS.iter().position(|other| *other == field).unwrap();
    &packet[at]
}

/// Runs tshark with nobody's settings.
fn tshark(file: &Path, arguments: &[&str]) -> String {
    let settings = TempDir::new().unwrap();
    let ended = Command::new("tshark")
        .env("WIRESHARK_CONFIG_DIR", settings.path())
        .arg("-n")
        .arg("-r")
        .arg(file)
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "tshark: {said}");
    String::from_utf8(ended.stdout).unwrap()
}

fn packets(file: &Path) -> Vec<Packet> {
    let mut arguments = vec!["-T", "fields", "-E", "separator=|"];
    arguments.extend(FIELDS.iter().flat_map(|field| ["-e", field]));
    let lines = tshark(file, &arguments);
    let values = |line: &str| line.split('|').map(str::to_owned).collect();
    lines.lines().map(values).collect()
}

fn saved(bytes: &[u8]) -> (TempDir, std::path::PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("check.pcapng");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn port(address: &str) -> String {
    address.rsplit_once(':').unwrap().1.to_owned()
}

async fn checked(transport: TransportName) -> (CheckReport, Vec<u8>) {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "front-desk", "somewhere.com", "canary-sip:7f3a").await;
    let report = full_check(&open, transport).await;
    let (name, bytes) = open.file(Savable::MessageChartPcapng).unwrap();
    assert!(
        name.starts_with("check-front-desk-somewhere-com-20")
            && name.strip_suffix(".pcapng").is_some(),
        "{name}"
    );
    (report, bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn wireshark_sees_a_real_check_message_by_message() {
    for transport in [TransportName::Udp, TransportName::Tcp] {
        let (report, bytes) = checked(transport).await;
        let (_folder, file) = saved(&bytes);

        let packets = packets(&file);

        assert_eq!(packets.len(), report.message_chart.len(), "{transport:?}");
        assert!(packets.len() >= 6, "asked, proved, un-registered");
        let registrar = port(&report.target);
        let epoch = |packet: &Packet| -> f64 { value(packet, "frame.time_epoch").parse().unwrap() };
        for (packet, line) in packets.iter().zip(&report.message_chart) {
            let (method, status) = if line.sent {
                (line.label.as_str(), "")
            } else {
                ("", line.label.split_once(' ').unwrap().0)
            };
            assert_eq!(value(packet, "sip.Method"), method, "{packet:?}");
            assert_eq!(value(packet, "sip.Status-Code"), status, "{packet:?}");
            assert_eq!(value(packet, "sip.CSeq.method"), "REGISTER");
            assert_eq!(value(packet, "_ws.col.Protocol"), "SIP");
            assert_eq!(value(packet, "_ws.malformed"), "", "{packet:?}");
            let proves = line.text.contains("\nAuthorization:");
            let response = if proves { "\"redacted\"" } else { "" };
            assert_eq!(
                value(packet, "sip.auth.digest.response").trim_matches('"'),
                response.trim_matches('"')
            );
            let (to, from) = (
                value(packet, "exported_pdu.dst_port"),
                value(packet, "exported_pdu.src_port"),
            );
            assert_eq!(if line.sent { to } else { from }, registrar);
            for field in ["ip.src", "ip.dst"] {
                assert_eq!(value(packet, field), "127.0.0.1", "{packet:?}");
            }
            let after = (epoch(packet) - epoch(&packets[0])) * 1_000.0;
            let shown = f64::from(line.at_ms) - f64::from(report.message_chart[0].at_ms);
            assert!((after - shown).abs() < 1.001, "{after} ms, {shown} ms");
        }
        assert!(
            packets
                .windows(2)
                .all(|two| epoch(&two[0]) <= epoch(&two[1])),
            "in their order"
        );
        let calls: Vec<&str> = packets
            .iter()
            .map(|packet| value(packet, "sip.Call-ID"))
            .collect();
        assert!(
            calls.iter().all(|call| !call.is_empty()) && calls.chunk_by(|a, b| a == b).count() == 2,
            "answers are found with what they answer, the query's and the registration's: {calls:?}"
        );
        let complaints = tshark(&file, &["-Y", "_ws.expert.severity >= warning"]);
        assert_eq!(complaints, "", "{transport:?}");
    }
}

#[test]
fn wireshark_sees_sip_on_any_port_and_without_its_secrets() {
    let answer = |way: &str| {
        format!(
            "SIP/2.0 200 OK\nVia: SIP/2.0/{way} 192.0.2.7:4;branch=z9hG4bK1\n\
             From: <sip:b@r>;tag=1\nTo: <sip:b@r>;tag=2\nCall-ID: a\nCSeq: 1 REGISTER\n\
             Authentication-Info: ••••••\nContent-Length: 5\n"
        )
    };
    let refusal = "REGISTER sip:r SIP/2.0\nVia: SIP/2.0/TCP 192.0.2.7:4;branch=z9hG4bK1\n\
        From: <sip:b@r>;tag=1\nTo: <sip:b@r>\nCall-ID: a\nCSeq: 1 REGISTER\n\
        Max-Forwards: 70\nAuthorization: ••••••\n";
    let message = |sent, transport, local: &str, remote: &str, text: &str| TraceMessage {
        sent,
        at: std::time::Duration::from_micros(7),
        ends: Some(Ends {
            transport,
            local: local.parse::<SocketAddr>().unwrap(),
            remote: remote.parse::<SocketAddr>().unwrap(),
        }),
        tone: Tone::Plain,
        label: "x".to_owned(),
        plain: "In plain words.".to_owned(),
        text: text.to_owned(),
    };
    let trace = Trace {
        kind: "check",
        subject: "bob".to_owned(),
        title: "Registration check of bob".to_owned(),
        practice: false,
        began_ms: 1_795_534_212_045,
        facts: Vec::new(),
        verdict: Verdict {
            tone: Tone::Good,
            sentence: "The registrar accepted the credential.".to_owned(),
            causes: Vec::new(),
            next: None,
            recovery_options: Vec::new(),
        },
        bindings: Vec::new(),
        messages: vec![
            message(
                true,
                TransportName::Tcp,
                "192.0.2.7:40000",
                "203.0.113.5:443",
                refusal,
            ),
            message(
                false,
                TransportName::Udp,
                "[2001:db8::7]:40000",
                "[2001:db8::5]:53",
                &answer("UDP"),
            ),
        ],
    };
    let (_folder, file) = saved(&pcapng::capture(&trace));

    let packets = packets(&file);

    let told = |packet: &Packet| {
        [
            "sip.Method",
            "sip.Status-Code",
            "ip.dst",
            "ipv6.src",
            "_ws.malformed",
        ]
        .map(|field| value(packet, field).to_owned())
    };
    assert_eq!(told(&packets[0]), ["REGISTER", "", "203.0.113.5", "", ""]);
    assert_eq!(told(&packets[1]), ["", "200", "", "2001:db8::5", ""]);
    assert_eq!(
        value(&packets[1], "frame.time_epoch"),
        "1795534212.045007000"
    );
    let words = tshark(&file, &["-T", "fields", "-e", "frame.comment"]);
    assert!(words.contains("In plain words."), "{words}");
}
