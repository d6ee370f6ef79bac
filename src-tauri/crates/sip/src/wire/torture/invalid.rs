//! Messages that are invalid, or that require something no client has. A part that can't be parsed
//! is treated as absent; a message that could be mistaken for another is refused as a whole.

use super::super::challenge::schemes;
use super::super::message::Malformed::{CutOff, Header, Start};
use super::super::sdp;
use super::super::uri::Uri;
use super::Outcome::{Read, Refused};
use super::{Torture, address, torture, user};

pub(super) fn messages() -> impl Iterator<Item = Torture> {
    SYNTAX.into_iter().chain(MEANING)
}

/// Section 3.1.2.
const SYNTAX: [Torture; 19] = [
    torture!(
        "3.1.2.1-extra-separators",
        Read(|message| {
            assert_eq!(message.via().unwrap().branch(), None);
            assert_eq!(user(message, "Contact").as_deref(), Some("joe"));
        })
    ),
    torture!("3.1.2.2-content-length-too-large", Refused(CutOff)),
    torture!("3.1.2.3-negative-content-length", Refused(Header)),
    torture!(
        "3.1.2.4-request-numbers-too-large",
        Read(|message| {
            assert_eq!(message.cseq(), None);
            let contact = address(message, "Contact").unwrap();
            let expires = contact.parameter("expires").unwrap();
            assert!(expires.parse::<u32>().is_err());
        })
    ),
    torture!(
        "3.1.2.5-response-numbers-too-large",
        Read(|message| {
            assert_eq!(message.status(), Some(503));
            assert_eq!(message.cseq(), None, "so it answers nothing of ours");
        })
    ),
    torture!(
        "3.1.2.6-quote-without-end",
        Read(|message| assert_eq!(address(message, "To"), None))
    ),
    torture!(
        "3.1.2.7-brackets-around-request-uri",
        Read(|message| assert_eq!(Uri::parse(message.uri()), None))
    ),
    torture!("3.1.2.8-space-in-request-uri", Refused(Start)),
    torture!("3.1.2.9-two-spaces-in-first-line", Refused(Start)),
    torture!(
        "3.1.2.10-spaces-behind-first-line",
        Read(|message| assert_eq!(message.method(), "OPTIONS"))
    ),
    torture!(
        "3.1.2.11-headers-in-request-uri",
        Read(|message| {
            let uri = Uri::parse(message.uri()).unwrap();
            assert_eq!(uri.to_string(), "sip:user@example.com");
            assert_eq!(message.header("Route"), None);
        })
    ),
    torture!(
        "3.1.2.12-time-zone",
        Read(|message| assert_eq!(message.cseq(), Some((1_392_934, "INVITE"))))
    ),
    torture!(
        "3.1.2.13-contact-without-brackets",
        Read(|message| {
            let contact = address(message, "Contact").unwrap();
            assert_eq!(contact.to_string(), "<sip:user@example.com>");
        })
    ),
    torture!(
        "3.1.2.14-spaces-in-brackets",
        Read(|message| assert_eq!(user(message, "To").as_deref(), Some("t.user")))
    ),
    torture!(
        "3.1.2.15-comma-in-display-name",
        Read(|message| assert_eq!(user(message, "From").as_deref(), Some("a.g.bell")))
    ),
    torture!("3.1.2.16-unknown-version", Refused(Start)),
    torture!(
        "3.1.2.17-methods-differ",
        Read(|message| {
            assert_eq!(message.method(), "OPTIONS");
            assert_eq!(message.cseq(), Some((8, "INVITE")));
        })
    ),
    torture!(
        "3.1.2.18-unknown-method-differs",
        Read(|message| {
            assert_eq!(message.method(), "NEWMETHOD");
            assert_eq!(message.cseq(), Some((8, "INVITE")));
        })
    ),
    torture!("3.1.2.19-status-too-large", Refused(Start)),
];

/// Sections 3.2 to 3.4.
const MEANING: [Torture; 17] = [
    torture!(
        "3.2.1-branch-is-only-the-cookie",
        Read(|message| assert_eq!(message.via().unwrap().branch(), Some("z9hG4bK")))
    ),
    torture!(
        "3.3.1-required-headers-missing",
        Read(|message| {
            for name in ["Call-ID", "From", "To"] {
                assert_eq!(message.header(name), None);
            }
        })
    ),
    torture!(
        "3.3.2-unknown-scheme",
        Read(|message| {
            let uri = "nobodyKnowsThisScheme:totallyopaquecontent";
            assert_eq!(message.uri(), uri);
            assert_eq!(Uri::parse(uri), None);
        })
    ),
    torture!(
        "3.3.3-atypical-scheme",
        Read(|message| assert_eq!(message.uri(), "soap.beep://192.0.2.103:3002"))
    ),
    torture!(
        "3.3.4-unknown-schemes-in-headers",
        Read(|message| {
            for name in ["To", "From", "Contact"] {
                assert_eq!(address(message, name), None, "{name}");
            }
        })
    ),
    torture!(
        "3.3.5-unknown-extensions-required",
        Read(|message| assert_eq!(message.list("Require").len(), 2))
    ),
    torture!(
        "3.3.6-unknown-content",
        Read(|message| {
            assert_eq!(sdp::audio(&message.body), None);
            assert!(message.body.starts_with(b"<audio>"));
        })
    ),
    torture!(
        "3.3.7-unknown-authorization",
        Read(|message| {
            let read = schemes(message.header("Authorization").unwrap());
            assert_eq!(read[0].0, "NoOneKnowsThisScheme");
            assert_eq!(message.header("Content-Length"), Some("0"));
        })
    ),
    torture!(
        "3.3.8-single-headers-twice",
        Read(|message| {
            // The first one counts for every accessor.
            assert_eq!(message.cseq(), Some((5, "INVITE")));
            let call_id = "call-3.3.8-1@client.example.com";
            assert_eq!(message.header("Call-ID"), Some(call_id));
        })
    ),
    torture!("3.3.9-content-length-twice", Refused(Header)),
    torture!(
        "3.3.10-broadcast-via",
        Read(|message| {
            assert_eq!(message.list("Via").len(), 2);
            assert_eq!(message.via().unwrap().sent_by, "192.0.2.198");
        })
    ),
    torture!(
        "3.3.11-max-forwards-of-zero",
        Read(|message| assert_eq!(message.header("Max-Forwards"), Some("0")))
    ),
    torture!(
        "3.3.12-contact-parameter",
        Read(|message| {
            let contact = address(message, "Contact").unwrap();
            assert!(contact.uri.parameters.is_empty());
            assert_eq!(contact.parameters.len(), 1);
        })
    ),
    torture!(
        "3.3.13-uri-parameter",
        Read(|message| {
            let contact = address(message, "Contact").unwrap();
            assert!(contact.parameters.is_empty());
            assert_eq!(contact.uri.parameters.len(), 1);
        })
    ),
    torture!(
        "3.3.14-uri-header",
        Read(|message| {
            let contact = address(message, "Contact").unwrap();
            assert_eq!(contact.to_string(), "<sip:user@example.com>");
        })
    ),
    torture!(
        "3.3.15-unknown-accept",
        Read(|message| assert_eq!(message.list("Accept"), ["text/nobodyKnowsThis"]))
    ),
    torture!(
        "3.4.1-invite-of-rfc-2543",
        Read(|message| {
            assert_eq!(message.via().unwrap().branch(), None);
            assert_eq!(message.header("Max-Forwards"), None);
            let from = address(message, "From").unwrap();
            assert_eq!(from.parameter("tag"), None);
            assert!(sdp::audio(&message.body).is_some());
        })
    ),
];
