//! Serialized values parse back to the same values: messages in a datagram and in a stream split
//! anywhere, quoted strings, and media offers.

use std::net::SocketAddr;

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::message::Message;
use super::sdp::{self, Flow, Ours};
use super::stream::Stream;
use super::syntax::{quote, unquote};

/// A message with arbitrary headers and body. Values have no surrounding white space, which isn't
/// part of a value (RFC 3261 section 7.3.1).
fn message() -> impl Strategy<Value = Message> {
    let value = r#"([!-~é"\\]([ -~é]{0,30}[!-~é])?)?"#;
    let headers = prop::collection::vec(("X-[A-Za-z0-9-]{1,12}", value), 0..8);
    let body = prop::collection::vec(any::<u8>(), 0..200);
    let request = ("[A-Z]{3,12}", "sips?:[a-z0-9+.-]{1,12}@[a-z0-9.-]{1,20}")
        .prop_map(|(method, uri)| Message::request(&method, &uri));
    let response = (100..700_u16, "([A-Za-z]([A-Za-z ]{0,20}[A-Za-z])?)?")
        .prop_map(|(status, reason)| Message::response(status, &reason));
    (prop_oneof![request, response], headers, body).prop_map(|(begun, headers, body)| {
        let mut message = headers
            .iter()
            .fold(begun, |message, (name, value)| message.with(name, value));
        message.body = body;
        message
    })
}

/// The message as it is after serialization: with its length.
fn written(message: &Message) -> Message {
    let length = message.body.len().to_string();
    message.clone().with("Content-Length", length)
}

proptest! {
    #![proptest_config(few())]
    #[test]
    fn a_message_in_a_datagram(message in message()) {
        let read = Message::from_datagram(&message.to_bytes()).unwrap().unwrap();

        prop_assert_eq!(read, written(&message));
    }

    #[test]
    fn messages_in_a_stream_that_is_cut_anywhere(
        messages in prop::collection::vec(message(), 1..4),
        piece in 1..80_usize,
    ) {
        let bytes: Vec<u8> = messages.iter().flat_map(Message::to_bytes).collect();
        let mut stream = Stream::default();
        let mut read = Vec::new();
        for piece in bytes.chunks(piece) {
            stream.push(piece);
            while let Some(message) = stream.next_message().unwrap() {
                read.push(message);
            }
        }

        let all: Vec<Message> = messages.iter().map(written).collect();
        prop_assert_eq!(read, all);
    }

    #[test]
    fn a_quoted_string(text in r#"[ -~é"\\]{0,40}"#) {
        prop_assert_eq!(unquote(&quote(&text)), text);
    }

    #[test]
    fn an_offer_of_sound(local: SocketAddr, id: u64, flow in 0..4_usize) {
        let flow = [Flow::SendRecv, Flow::SendOnly, Flow::RecvOnly, Flow::Inactive][flow];
        // A port of 0 refuses the stream.
        let local = SocketAddr::new(local.ip(), local.port().max(1));

        let offer = Ours::new(local, id).offer(flow);

        let audio = sdp::audio(offer.as_bytes()).unwrap();
        prop_assert_eq!(audio.address, Some(local));
        prop_assert_eq!(audio.flow, flow);
        prop_assert_eq!(audio.payloads, vec![0, 8, 101]);
        prop_assert_eq!(audio.telephone_event, Some(101));
    }
}

/// Doesn't persist failures: a failing case becomes a test.
fn few() -> Config {
    Config {
        failure_persistence: None,
        ..Config::with_cases(256)
    }
}
