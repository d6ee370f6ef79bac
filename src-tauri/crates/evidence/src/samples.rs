//! Sample traces for the tests of all forms.

use std::time::Duration;

use super::{Trace, TraceMessage};
use registrar_activity::Tone;
use registrar_explain::{SummaryRow, Verdict};
use registrar_sip::{BindingView, TransportName};
use registrar_user_agent::message_chart::Ends;

/// Text that must have no effect in a file that someone opens.
pub(super) const HOSTILE: &str = "<script>alert(1)</script> & \"quotes\" 'single' ]]> --> \
    &lt; \u{202e}drawkcab\u{2066} \u{1b}[31mred\u{7} \u{0}\u{fffe}";

/// A successful full check, with its four messages repeated.
pub(super) fn trace(messages: usize) -> Trace {
    let four = [
        (
            true,
            Tone::Plain,
            "REGISTER",
            "This computer contacts the registrar, without signing in yet.",
            REGISTER.to_owned(),
        ),
        (
            false,
            Tone::Plain,
            "401 Unauthorized",
            "The registrar asks this computer to sign in for realm office.1a2b3c.auth.bandwidth.com.",
            UNAUTHORIZED.to_owned(),
        ),
        (
            true,
            Tone::Wait,
            "REGISTER",
            "This computer signs in. The password itself is never sent.",
            REGISTER.replace("Expires", &format!("{AUTHORIZATION}\nExpires")),
        ),
        (
            false,
            Tone::Good,
            "200 OK",
            "The registrar accepted the credential and listed 1 registered device.",
            OK.to_owned(),
        ),
    ];
    let messages = (0..messages).map(|index| {
        let (sent, tone, label, plain, text) = four[index % 4].clone();
        let step = u64::try_from(index).unwrap();
        TraceMessage {
            sent,
            at: Duration::from_micros(step * 1_234),
            ends: Some(ends("192.0.2.7:40000", "203.0.113.5:5006")),
            tone,
            label: label.to_owned(),
            plain: plain.to_owned(),
            text,
        }
    });
    Trace {
        kind: "check",
        subject: "bob".to_owned(),
        title: "Full registration check of bob".to_owned(),
        practice: true,
        began_ms: 1_795_534_212_045,
        facts: vec![
            fact("Realm", "office.1a2b3c.auth.bandwidth.com"),
            fact("Registrar address", "UDP 203.0.113.5:5006"),
        ],
        verdict: Verdict {
            tone: Tone::Good,
            sentence: "The registrar accepted the credential.".to_owned(),
            causes: vec![
                "The first cause.".to_owned(),
                "The second cause.".to_owned(),
            ],
            next: Some("Enter the same values in the phone.".to_owned()),
            recovery_options: Vec::new(),
        },
        bindings: vec![BindingView {
            address: "sip:bob@192.0.2.9:5060".to_owned(),
            name: None,
            expires: 59,
            ours: true,
        }],
        messages: messages.collect(),
    }
}

/// A trace in which every text is `text`, as if chosen by someone else.
pub(super) fn hostile(text: &str) -> Trace {
    let mut trace = trace(3);
    trace.title = text.to_owned();
    trace.facts = vec![fact(text, text)];
    trace.verdict = Verdict {
        tone: Tone::Bad,
        sentence: text.to_owned(),
        causes: vec![text.to_owned(); 2],
        next: Some(text.to_owned()),
        recovery_options: Vec::new(),
    };
    trace.bindings[0].address = text.to_owned();
    for message in &mut trace.messages {
        text.clone_into(&mut message.label);
        text.clone_into(&mut message.plain);
        message.text = format!("SIP/2.0 200 {text}\nSubject: {text}\n\n{text}\n{text}");
    }
    trace
}

pub(super) fn fact(name: &str, value: &str) -> SummaryRow {
    SummaryRow {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

pub(super) fn ends(local: &str, remote: &str) -> Ends {
    Ends {
        transport: TransportName::Udp,
        local: local.parse().unwrap(),
        remote: remote.parse().unwrap(),
    }
}

const REGISTER: &str = "REGISTER sip:office.1a2b3c.auth.bandwidth.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.7:40000;branch=z9hG4bK5f0c1d2e3a4b5c6d;rport
Max-Forwards: 70
From: <sip:bob@office.1a2b3c.auth.bandwidth.com>;tag=0a1b2c3d4e5f6071
To: <sip:bob@office.1a2b3c.auth.bandwidth.com>
Call-ID: 0a1b2c3d4e5f6071-0a1b2c3d4e5f6072
CSeq: 1 REGISTER
Contact: <sip:registrar-setup-check-0a1b2c3d4e5f6073@192.0.2.7:40000>
Expires: 60
";
const AUTHORIZATION: &str = "Authorization: Digest username=\"bob\", \
    realm=\"office.1a2b3c.auth.bandwidth.com\", nonce=\"Zx9\", \
    uri=\"sip:office.1a2b3c.auth.bandwidth.com\", response=\"••••••\", algorithm=MD5, \
    cnonce=\"0a1b2c3d4e5f6074\", qop=auth, nc=00000001";
const UNAUTHORIZED: &str = "SIP/2.0 401 Unauthorized
Via: SIP/2.0/UDP 192.0.2.7:40000;branch=z9hG4bK5f0c1d2e3a4b5c6d;rport=40000;received=192.0.2.7
From: <sip:bob@office.1a2b3c.auth.bandwidth.com>;tag=0a1b2c3d4e5f6071
To: <sip:bob@office.1a2b3c.auth.bandwidth.com>;tag=7f
Call-ID: 0a1b2c3d4e5f6071-0a1b2c3d4e5f6072
CSeq: 1 REGISTER
WWW-Authenticate: Digest realm=\"office.1a2b3c.auth.bandwidth.com\", nonce=\"Zx9\", qop=\"auth\"
Content-Length: 0
";
const OK: &str = "SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.7:40000;branch=z9hG4bK5f0c1d2e3a4b5c6d;rport=40000;received=192.0.2.7
From: <sip:bob@office.1a2b3c.auth.bandwidth.com>;tag=0a1b2c3d4e5f6071
To: <sip:bob@office.1a2b3c.auth.bandwidth.com>;tag=7f
Call-ID: 0a1b2c3d4e5f6071-0a1b2c3d4e5f6072
CSeq: 2 REGISTER
Contact: <sip:bob@192.0.2.9:5060>;expires=59
Authentication-Info: Digest rspauth=\"••••••\"
Content-Length: 0
";
