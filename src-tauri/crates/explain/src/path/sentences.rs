//! Sentences for each kind of path to a registrar.

use super::{repaired, view};
use crate::table::{Table, notice};
use registrar_sip::message::Message;
use registrar_sip::path::Path;

const LOCAL: &str = "10.0.0.5:5070";

/// What a registrar sends back of our own request.
const OURS: [(&str, &str); 5] = [
    ("Via", "SIP/2.0/UDP 10.0.0.5:5070;branch=b"),
    ("From", "<sip:bob@r.example>;tag=t"),
    ("Call-ID", "c"),
    ("CSeq", "1 REGISTER"),
    ("Contact", "<sip:check@10.0.0.5:5070>"),
];

#[test]
fn the_table_has_every_way_to_a_registrar() {
    let same = (
        "Via",
        "SIP/2.0/UDP 10.0.0.5:5070;received=10.0.0.5;rport=5070;branch=b",
    );
    let seen = (
        "Via",
        "SIP/2.0/UDP 10.0.0.5:5070;received=203.0.113.7;rport=40112;branch=b",
    );
    let branch = ("Via", "SIP/2.0/UDP 10.0.0.5:5070;branch=x");
    let sent_by = ("Via", "SIP/2.0/UDP <b>203.0.113.7;branch=b");
    let call_id = ("Call-ID", "x");
    let cseq = ("CSeq", "2 REGISTER");
    let tag = ("From", "<sip:bob@r.example>;tag=x");
    let stored = ("Contact", "<sip:check@203.0.113.7:40112>");
    let contact = ("Contact", "<sip:check@198.51.100.1:5070>");
    let answers: [&[(&str, &str)]; 12] = [
        &[],
        &[same],
        &[seen],
        &[seen, stored],
        &[seen, contact],
        &[branch],
        &[call_id],
        &[cseq],
        &[tag],
        &[sent_by],
        &[sent_by, contact],
        &[seen, call_id, cseq, tag],
    ];
    Table::new("What the way to a registrar does to messages")
        .with("By what comes back changed", answers, |changed| {
            let path = path(changed);
            let view = view(&path);
            let parts = [repaired(&path), view.alg].into_iter().flatten();
            let parts = parts.map(|part| format!("<br>{part}"));
            notice(&view.nat) + &parts.collect::<String>()
        })
        .assert_is(include_str!("sentences.md"));
}

fn path(changed: &[(&str, &str)]) -> Path {
    let mut request = Message::request("REGISTER", "sip:r");
    let mut response = Message::response(200, "OK");
    for (name, ours) in OURS {
        let returned = changed.iter().find(|(changed, _)| *changed == name);
        request = request.with(name, ours);
        response = response.with(name, returned.map_or(ours, |(_, value)| *value));
    }
    let mut path = Path::new(LOCAL.parse().unwrap());
    path.compare(&request, &response);
    path
}
