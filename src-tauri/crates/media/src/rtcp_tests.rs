use proptest::prelude::*;
use proptest::test_runner::Config;

use super::*;
use crate::rtp::Packet;

const SENDER: Sender = Sender {
    time: 0x0001_0002_8000_0000,
    timestamp: 3,
    packets: 4,
    bytes: 640,
};

const BLOCK: Block = Block {
    source: 9,
    fraction_lost: 25,
    lost: -3,
    highest: 0x0001_0005,
    jitter: 12,
    last_report: 0x0002_8000,
    delay: 0x8000,
};

#[test]
fn what_was_written_is_read() {
    let rows = [
        (Some(SENDER), Some(BLOCK), true),
        (Some(SENDER), None, false),
        (None, Some(BLOCK), false),
        (None, None, true),
    ];
    for (sender, block, bye) in rows {
        let bytes = write(5, sender, block, "call", bye);

        let mut parts = vec![
            Part::Report {
                source: 5,
                sender,
                blocks: block.into_iter().collect(),
            },
            Part::Other,
        ];
        if bye {
            parts.push(Part::Bye(vec![5]));
        }
        assert_eq!(parse(&bytes), Some(parts));
    }
}

#[test]
fn the_bytes_are_those_of_section_6() {
    let bytes = write(5, None, Some(BLOCK), "abcd", true);

    let expected: &[u8] = &[
        0x81, 201, 0, 7, 0, 0, 0, 5, // who reports
        0, 0, 0, 9, 25, 0xff, 0xff, 0xfd, 0, 1, 0, 5, 0, 0, 0, 12, // on what
        0, 2, 0x80, 0, 0, 0, 0x80, 0, // when
        0x81, 202, 0, 3, 0, 0, 0, 5, 1, 4, b'a', b'b', b'c', b'd', 0, 0, // CNAME
        0x81, 203, 0, 1, 0, 0, 0, 5, // goodbye
    ];
    assert_eq!(bytes, expected);
}

#[test]
fn a_name_of_any_length_fills_whole_words() {
    for length in [0, 1, 2, 3, 4, 5, 255, 300] {
        let bytes = write(5, None, None, &"n".repeat(length), true);

        assert_eq!(bytes.len() % 4, 0);
        assert_eq!(parse(&bytes).unwrap().len(), 3, "{length}");
    }
}

#[test]
fn the_largest_losses_are_written_as_such() {
    for (lost, read) in [(i32::MAX, 0x7f_ffff), (i32::MIN, -0x80_0000), (7, 7)] {
        let bytes = write(5, None, Some(Block { lost, ..BLOCK }), "", false);

        let Some(Part::Report { blocks, .. }) = parse(&bytes).unwrap().into_iter().next() else {
            panic!("no report");
        };
        assert_eq!(blocks[0].lost, read);
    }
}

#[test]
fn what_does_not_fit_is_no_report() {
    let whole = write(5, Some(SENDER), Some(BLOCK), "call", true);
    for length in 0..whole.len() {
        // A packet may end after any of its parts.
        let expected = match length {
            52 => 1,
            68 => 2,
            _ => 0,
        };
        assert_eq!(
            parse(&whole[..length]).map_or(0, |parts| parts.len()),
            expected,
            "{length}"
        );
    }
    let rows: [(&str, Vec<u8>); 4] = [
        ("more blocks than bytes", {
            let mut bytes = whole.clone();
            bytes[0] = 0x9f;
            bytes
        }),
        ("version 1", {
            let mut bytes = whole.clone();
            bytes[0] = 0x41;
            bytes
        }),
        ("goodbye to more than are named", vec![0x9f, 203, 0, 0]),
        ("very many parts", [0x80, 204, 0, 0].repeat(33)),
    ];
    for (name, bytes) in rows {
        assert_eq!(parse(&bytes), None, "{name}");
    }
}

#[test]
fn the_round_trip_is_what_the_peer_did_not_hold() {
    // Sent at 2.5 s, held for 0.5 s.
    let rows = [
        ("100 ms", BLOCK, 0x0003_0000 + 6554, Some(100)),
        ("no time", BLOCK, 0x0003_0000, Some(0)),
        ("rounded below zero", BLOCK, 0x0003_0000 - 1, Some(0)),
        ("before it was sent", BLOCK, 0x0002_f000, None),
        ("over a minute", BLOCK, 0x0003_0000 + (61 << 16), None),
        (
            "no report was answered",
            Block {
                last_report: 0,
                ..BLOCK
            },
            0x0003_0000,
            None,
        ),
        (
            "round the end",
            Block {
                last_report: 0xffff_8000,
                ..BLOCK
            },
            0x0000_4000,
            Some(250),
        ),
    ];
    for (name, block, now, millis) in rows {
        let found = round_trip(&block, now).map(|found| found.as_millis());

        assert_eq!(found, millis, "{name}");
    }
}

#[test]
fn the_first_report_comes_early_and_the_others_far_apart() {
    assert_eq!(until_next(0, 0.5), Duration::from_secs(1));
    assert_eq!(until_next(1, 1.0), Duration::from_secs(3));
    assert_eq!(until_next(2, 0.0), Duration::from_millis(2500));
    assert_eq!(until_next(usize::MAX, 7.0), Duration::from_millis(7500));
}

fn sender() -> impl Strategy<Value = Sender> {
    (any::<u64>(), any::<[u32; 3]>()).prop_map(|(time, [timestamp, packets, bytes])| Sender {
        time,
        timestamp,
        packets,
        bytes,
    })
}

fn block() -> impl Strategy<Value = Block> {
    let lost = -0x80_0000..=0x7f_ffff_i32;
    (any::<[u32; 5]>(), any::<u8>(), lost).prop_map(|(words, fraction_lost, lost)| {
        let [source, highest, jitter, last_report, delay] = words;
        Block {
            source,
            fraction_lost,
            lost,
            highest,
            jitter,
            last_report,
            delay,
        }
    })
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(256) })]
    #[test]
    fn any_report_is_read_back_the_same(
        source: u32,
        sender in prop::option::of(sender()),
        block in prop::option::of(block()),
        name in "[ -~é]{0,300}",
        bye: bool,
    ) {
        let parts = parse(&write(source, sender, block, &name, bye)).unwrap();

        let report = Part::Report { source, sender, blocks: block.into_iter().collect() };
        let end = bye.then(|| Part::Bye(vec![source]));
        let expected: Vec<Part> = [report, Part::Other].into_iter().chain(end).collect();
        prop_assert_eq!(parts, expected);
    }

    #[test]
    fn any_packet_of_sound_is_read_back_the_same(
        head: (u16, u32, u32),
        kind in 0..64_u8,
        marker: bool,
        payload in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let (sequence, timestamp, source) = head;
        let packet = Packet { marker, payload_type: kind, sequence, timestamp, source, payload: &payload };

        let written = packet.write();

        prop_assert_eq!(Packet::parse(&written), Some(packet));
    }
}
