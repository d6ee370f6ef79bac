//! Section 3.1.1: valid messages, all of whose parts must be parsed.

use super::super::message::Start;
use super::super::sdp;
use super::super::uri::Uri;
use super::Outcome::Read;
use super::{Torture, address, torture, user};

pub(super) const MESSAGES: [Torture; 13] = [
    torture!(
        "3.1.1.1-white-space-everywhere",
        Read(|message| {
            assert_eq!(message.method(), "INVITE");
            let to = address(message, "To").unwrap();
            assert_eq!(to.uri.user.as_deref(), Some("callee"));
            assert_eq!(to.parameter("tag"), Some("tag3111"));
            let from = address(message, "From").unwrap();
            assert_eq!(from.parameter("tag"), Some("tag3111"));
            assert_eq!(message.header("Max-Forwards"), Some("0068"));
            let call_id = "call-3.1.1.1-1@client.example.com";
            assert_eq!(message.header("Call-ID"), Some(call_id));
            assert_eq!(message.cseq(), Some((9, "INVITE")));
            assert_eq!(message.header("Subject"), Some(""));
            let continued = "newfangled value continued newfangled value";
            assert_eq!(message.header("NewFangledHeader"), Some(continued));
            let vias = message.list("Via");
            assert_eq!(vias.len(), 3);
            let via = message.via().unwrap();
            assert_eq!(via.to_string(), "SIP/2.0/UDP 192.0.2.2;branch=390skdjuw");
            let contact = address(message, "Contact").unwrap();
            assert_eq!(contact.parameter("newparam"), Some("newvalue"));
            assert_eq!(contact.parameter("q"), Some("0.33"));
            let audio = sdp::audio(&message.body).unwrap();
            assert_eq!(audio.address.unwrap().to_string(), "192.0.2.4:49217");
        })
    ),
    torture!(
        "3.1.1.2-wide-range-of-characters",
        Read(|message| {
            let method = "!a-method.of-Every0123456789_*+`%letter'~";
            assert_eq!(message.method(), method);
            assert_eq!(message.cseq(), Some((139_122_385, method)));
            let odd = "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*";
            let uri = Uri::parse(message.uri()).unwrap();
            assert_eq!(uri.user.as_deref(), Some(odd));
            assert_eq!(uri.host, "example.com");
            assert_eq!(user(message, "To").as_deref(), Some(odd));
            assert!(!message.header("To").unwrap().contains(char::is_control));
            let from = address(message, "From").unwrap();
            assert_eq!(from.uri.to_string(), "sip:plain@example.com");
            assert_eq!(from.parameter("tag"), Some("_token~1'+`*%!-."));
            assert_eq!(from.parameter("fromparam''~+*_!.-%"), Some("работающий"));
            let branch = message.via().unwrap();
            assert_eq!(branch.branch(), Some("z9hG4bK-.!%66*_+`'~"));
            let extension = message.header("extensionHeader-!.%*+_`'~");
            assert_eq!(extension, Some("\u{feff}大停電"));
        })
    ),
    torture!(
        "3.1.1.3-escapes",
        Read(|message| {
            let uri = Uri::parse(message.uri()).unwrap();
            assert_eq!(uri.user.as_deref(), Some("sips:user@example.com"));
            assert_eq!(uri.host, "example.net");
            assert_eq!(user(message, "To").as_deref(), Some("user"));
            assert_eq!(user(message, "From").as_deref(), Some("I have spaces"));
            let contact = address(message, "Contact").unwrap();
            assert_eq!(contact.uri.user.as_deref(), Some("caller"));
            assert!(contact.uri.parameters.contains(&("lr".to_owned(), None)));
            assert_eq!(contact.uri.parameter("name"), Some("value%41"));
        })
    ),
    torture!(
        "3.1.1.4-escaped-nulls",
        Read(|message| {
            assert_eq!(user(message, "To").as_deref(), Some("null-\0-null"));
            let contacts = message.headers("Contact");
            let read = contacts.into_iter().filter_map(super::Address::parse);
            let written: Vec<String> = read.map(|contact| contact.to_string()).collect();
            let expected = [
                "<sip:%00@host5.example.com>",
                "<sip:%00%00@host5.example.com>",
            ];
            assert_eq!(written, expected);
        })
    ),
    torture!(
        "3.1.1.5-percent-that-is-no-escape",
        Read(|message| {
            assert_eq!(message.method(), "RE%47IST%45R");
            let contacts = message.list("Contact");
            let own = [
                "<sip:alias1@host1.example.com>",
                "<sip:alias3@host3.example.com>",
            ];
            assert_eq!(contacts, own);
            assert_eq!(user(message, "To").as_deref(), Some("resource"));
            let via = message.via().unwrap();
            assert_eq!(via.branch(), Some("z9hG4bK209%fzsnel234"));
        })
    ),
    torture!(
        "3.1.1.6-no-space-before-bracket",
        Read(|message| {
            let from = address(message, "From").unwrap();
            assert_eq!(from.uri.to_string(), "sip:caller@example.com");
            assert_eq!(from.parameter("tag"), Some("tag3116"));
        })
    ),
    torture!(
        "3.1.1.7-long-values",
        Read(|message| {
            assert_eq!(message.list("Via").len(), 36);
            let to = address(message, "To").unwrap();
            let very = format!("{}longvalue", "very".repeat(20));
            assert_eq!(to.uri.parameter("unknownparam1"), Some(very.as_str()));
            assert_eq!(to.uri.port, Some(6000));
            let from = address(message, "From").unwrap();
            let tag = format!("12{}", "982424".repeat(50));
            assert_eq!(from.parameter("tag"), Some(tag.as_str()));
            let call_id = format!("3-1-1-7.one{}longcallid", "really".repeat(20));
            assert_eq!(message.header("Call-ID"), Some(call_id.as_str()));
        })
    ),
    torture!(
        "3.1.1.8-octets-behind-the-message",
        Read(|message| {
            assert_eq!(message.method(), "REGISTER");
            assert_eq!(user(message, "To").as_deref(), Some("j.user"));
            assert!(message.body.is_empty());
        })
    ),
    torture!(
        "3.1.1.9-semicolon-in-user-part",
        Read(|message| {
            let uri = Uri::parse(message.uri()).unwrap();
            assert_eq!(uri.user.as_deref(), Some("user;par=u@example.net"));
            assert_eq!(uri.host, "example.com");
            assert!(uri.parameters.is_empty());
            assert_eq!(message.list("Accept").len(), 6);
        })
    ),
    torture!(
        "3.1.1.10-transports",
        Read(|message| {
            let vias = message.list("Via").into_iter();
            let read = vias.filter_map(super::super::via::Via::parse);
            let transports: Vec<String> = read.map(|via| via.transport).collect();
            assert_eq!(transports, ["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"]);
        })
    ),
    torture!(
        "3.1.1.11-multipart",
        Read(|message| {
            let expected: Vec<u8> = (0..=u8::MAX)
                .cycle()
                .take(512)
                .map(|n| n.wrapping_mul(73).wrapping_add(19))
                .collect();
            let held = message.body.windows(512).any(|window| window == expected);
            assert!(held, "the binary part stays as it is");
            assert_eq!(message.via().unwrap().sent_by, "127.0.0.1:5070");
        })
    ),
    torture!(
        "3.1.1.12-unusual-reason",
        Read(|message| {
            assert_eq!(message.status(), Some(200));
            let Start::Response { reason, .. } = &message.start else {
                panic!("it is a response")
            };
            assert_eq!(reason, "= 2**3 * 5**2 но сто девяносто девять - простое");
            assert!(sdp::audio(&message.body).is_some());
        })
    ),
    torture!(
        "3.1.1.13-no-reason",
        Read(|message| {
            assert_eq!(message.status(), Some(100));
            assert_eq!(message.first_line(), "SIP/2.0 100 ");
            assert_eq!(message.cseq(), Some((35, "INVITE")));
        })
    ),
];
