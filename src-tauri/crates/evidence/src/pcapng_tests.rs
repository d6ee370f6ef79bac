//! Parses the file's blocks by hand. The contract tests check what tshark makes of it.

use super::*;
use crate::samples::{HOSTILE, ends, hostile, trace};

/// The blocks of a file: kind and body. Each length must stand at both ends.
fn blocks(file: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().unwrap());
    let mut blocks = Vec::new();
    let mut rest = file;
    while !rest.is_empty() {
        let length = number(&rest[4..8]) as usize;
        assert_eq!(length % 4, 0, "blocks are padded");
        assert_eq!(number(&rest[length - 4..length]) as usize, length);
        blocks.push((number(&rest[..4]), rest[8..length - 4].to_vec()));
        rest = &rest[length..];
    }
    blocks
}

fn packets(trace: &Trace) -> Vec<Vec<u8>> {
    let blocks = blocks(&capture(trace)).into_iter();
    blocks
        .filter(|(kind, _)| *kind == PACKET)
        .map(|(_, body)| body)
        .collect()
}

fn wire(text: &str) -> String {
    let mut trace = trace(1);
    text.clone_into(&mut trace.messages[0].text);
    String::from_utf8(on_the_wire(&trace.messages[0])).unwrap()
}

#[test]
fn file_has_a_section_an_interface_and_a_packet_per_message() {
    for messages in [0, 1, 4, 200] {
        let kinds: Vec<u32> = blocks(&capture(&trace(messages)))
            .into_iter()
            .map(|(kind, _)| kind)
            .collect();

        assert_eq!(kinds[..2], [SECTION_HEADER, INTERFACE]);
        assert_eq!(kinds[2..], vec![PACKET; messages]);
    }
}

#[test]
fn times_are_microseconds_since_1970_the_upper_half_first() {
    let packets = packets(&trace(2));

    let half = |at: usize| {
        u64::from(u32::from_le_bytes(
            packets[1][at..at + 4].try_into().unwrap(),
        ))
    };
    assert_eq!((half(4) << 32) + half(8), 1_795_534_212_045_000 + 1_234);
}

#[test]
fn a_message_is_as_on_the_wire_with_words_for_its_secrets() {
    let text = wire(
        "INVITE sip:a SIP/2.0\nAuthorization: Digest response=\"••••••\"\n\
                     content-length: 99\n\nv=0\r\na=••••••\r\n",
    );

    assert_eq!(
        text,
        "INVITE sip:a SIP/2.0\r\nAuthorization: Digest response=\"redacted\"\r\n\
         Content-Length: 17\r\n\r\nv=0\r\na=redacted\r\n"
    );
}

#[test]
fn credentials_that_were_left_out_whole_are_credentials_still() {
    for name in ["Authorization", "proxy-authorization"] {
        let text = wire(&format!("REGISTER sip:a SIP/2.0\n{name}: ••••••\n"));

        assert!(
            text.contains(&format!("\r\n{name}: redacted value=\"redacted\"\r\n")),
            "{text}"
        );
    }
}

#[test]
fn a_message_that_was_cut_is_a_message_still() {
    assert_eq!(
        wire("SIP/2.0 200 OK\nVia: a\nCont\n…"),
        "SIP/2.0 200 OK\r\nVia: a\r\nX-Cut-Off: Cont\r\nX-Cut-Off: …\r\nContent-Length: 0\r\n\r\n"
    );
    assert_eq!(wire(""), "\r\nContent-Length: 0\r\n\r\n");
}

#[test]
fn an_address_of_ipv4_in_ipv6_is_written_as_ipv4() {
    let mut trace = trace(1);
    trace.messages[0].ends = Some(ends("[::ffff:192.0.2.7]:5", "[2001:db8::5]:5006"));

    let tags = Tags::of(&trace.messages[0]).0;

    assert_eq!(tags[..8], *b"\x00\x0c\x00\x04sip\x00");
    assert_eq!(tags[8..16], [0, 20, 0, 4, 192, 0, 2, 7]);
    assert_eq!(tags[16..22], [0, 23, 0, 16, 0x20, 0x01]);
}

#[test]
fn hostile_and_endless_texts_stay_in_their_place() {
    for text in [HOSTILE, &"x".repeat(10_000), &"•".repeat(10_000)] {
        assert_eq!(packets(&hostile(text)).len(), 3);
    }
}
